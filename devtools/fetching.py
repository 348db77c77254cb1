"""Fetching a lock file's packages with pip, several at a time, with a count to look at."""

import os
import re
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

from devtools.machine import ROOT, Missing, say, surroundings, temporary_folder

# What a person may have set so that pip reaches an index at all. Anything else of theirs
# (a target folder, a user install) would put the packages in another place.
HOW_PIP_REACHES = {
    "PIP_CACHE_DIR", "PIP_CERT", "PIP_CLIENT_CERT", "PIP_CONFIG_FILE", "PIP_DEFAULT_TIMEOUT",
    "PIP_EXTRA_INDEX_URL", "PIP_FIND_LINKS", "PIP_INDEX_URL", "PIP_KEYRING_PROVIDER",
    "PIP_NO_INDEX", "PIP_PROXY", "PIP_RETRIES", "PIP_TIMEOUT", "PIP_TRUSTED_HOST",
}  # fmt: skip

# Every package stands in the lock with its digests, so nothing is left to resolve or to build,
# and what is imported first is compiled then: half the time of compiling everything here.
EXACTLY = ("install", "--no-deps", "--no-compile", "--only-binary", ":all:", "--require-hashes",
           "--no-input", "--disable-pip-version-check", "--progress-bar", "off")  # fmt: skip

SEEN = re.compile(r"^(Collecting|Requirement already satisfied: )")


class _Slice:
    """One pip at work on a part of the lock, and what it has said so far."""

    def __init__(self, pip: list[str], requirements: Path, options: tuple[str, ...]) -> None:
        self.lines: list[str] = []
        self.seen = 0
        self.program = subprocess.Popen(
            [*pip, *EXACTLY, *options, "--requirement", str(requirements)], cwd=ROOT,
            env=_surroundings(), text=True, errors="replace", stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
            start_new_session=True,  # pip starts another pip: both are ended by their group
            close_fds=False,  # and both hold the caller's lock while they write
        )  # fmt: skip
        self.reader = threading.Thread(target=self._read, daemon=True)
        self.reader.start()

    def _read(self) -> None:
        for line in self.program.stdout or ():
            self.lines.append(line.rstrip())
            self.seen += bool(SEEN.match(line))

    def end(self) -> None:
        """Stop what is still running; do nothing about what has ended."""
        if self.program.poll() is None:
            os.killpg(self.program.pid, signal.SIGTERM)
            self.program.wait()

    def complaint(self) -> str:
        """Return the lines that say what went wrong, or the last ones."""
        self.reader.join(5)
        errors = [line for line in self.lines if "ERROR" in line]
        return "\n".join(errors or self.lines[-10:])


def install(pip: list[str], lock: Path, *options: str) -> int:
    """Install every package of a lock and return how many there are. Raises Missing."""
    blocks = blocks_of(lock)
    # pip spends its time reading indexes on one core, so two halves take little over half.
    count = min(4, max(2, os.cpu_count() or 1), len(blocks))
    with temporary_folder() as folder:
        slices: list[_Slice] = []
        try:
            for number in range(count):
                part = Path(folder, f"{number}.txt")
                part.write_text("\n".join(blocks[number::count]))
                slices.append(_Slice(pip, part, options))
            _wait(slices, len(blocks))
        finally:
            for each in slices:
                each.end()
    return len(blocks)


def blocks_of(lock: Path) -> list[str]:
    """Return the lock's entries, each a package with its digests."""
    return re.findall(r"^\S+==.*(?:\n +.*)*", lock.read_text(), re.MULTILINE)


def _wait(slices: list[_Slice], total: int) -> None:
    shown = time.monotonic()
    on_terminal = sys.stdout.isatty()
    while any(each.program.poll() is None for each in slices):
        time.sleep(0.1)
        if on_terminal or time.monotonic() - shown > 10:
            shown = time.monotonic()
            count = sum(each.seen for each in slices)
            say(f"  {count} of {total} packages", end="\r" if on_terminal else "\n")
        if any(each.program.poll() for each in slices):
            break
    failed = [each for each in slices if each.program.poll()]
    if failed:
        raise Missing(
            "pip could not fetch the packages:\n\n" + failed[0].complaint() + "\n\nIs the "
            "network there? Start this command again to go on."
        )


def _surroundings() -> dict[str, str]:
    kept = {
        name: value for name, value in surroundings().items()
        if not name.startswith("PIP_") or name in HOW_PIP_REACHES
    }  # fmt: skip
    return kept | {"PIP_USER": "0", "PIP_REQUIRE_VIRTUALENV": "0"}
