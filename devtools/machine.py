"""The machine underneath: where things lie, starting programs, and Debian's packages."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TOOLS = ROOT / ".tools"

# Set by a shell or a container for itself; each would change what our own programs load.
NOT_FOR_US = {"PYTHONDONTWRITEBYTECODE", "PYTHONHOME", "PYTHONPATH", "VIRTUAL_ENV"}


class Missing(Exception):
    """The machine lacks something. The message says what, and how to get it."""


def say(sentence: str, end: str = "\n") -> None:
    """Tell the person in front of the screen what happens, at once."""
    print(sentence, end=end, flush=True)


def surroundings(**more: str) -> dict[str, str]:
    """Return the environment for our programs: the person's own, and what we add."""
    kept = {name: value for name, value in os.environ.items() if name not in NOT_FOR_US}
    if kept.get("HANDRAIL_VAR"):
        kept["HANDRAIL_VAR"] = str(Path(kept["HANDRAIL_VAR"]).absolute())
    return kept | more


def outcome(command: Sequence[str | Path], environment: dict[str, str] | None = None) -> int:
    """Run a program in the project's folder to its end and return its exit code."""
    with subprocess.Popen(command, cwd=ROOT, env=environment or surroundings()) as program:
        try:
            return program.wait()
        except BaseException:
            # Ctrl-C reached the program too: let it tidy up before it is ended.
            _end(program)
            raise


def quiet_outcome(command: Sequence[str | Path], environment: dict[str, str] | None = None) -> bool:
    """Run a program, showing what it said only when it failed. Return whether it worked."""
    done = subprocess.run(
        command, cwd=ROOT, env=environment or surroundings(), text=True, check=False,
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
    )  # fmt: skip
    if done.returncode:
        say("\n".join(done.stdout.splitlines()[-15:]))
    return done.returncode == 0


def install_with_apt(package: str) -> bool:
    """Install one of Debian's packages where we may. Return whether it is there now."""
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        return False
    say(f"Installing {package} with apt-get (once) …")
    # At run level 1 a package's own service is not started: we start what we need ourselves.
    calm = surroundings(DEBIAN_FRONTEND="noninteractive", RUNLEVEL="1")
    install = ["apt-get", "install", "--yes", "--no-install-recommends", package]
    return quiet_outcome(["apt-get", "update"], calm) and quiet_outcome(install, calm)


def temporary_folder() -> tempfile.TemporaryDirectory[str]:
    """Return a folder that is gone after its `with`, whatever happened inside."""
    return tempfile.TemporaryDirectory(prefix="handrail-", ignore_cleanup_errors=True)


def _end(program: subprocess.Popen[bytes]) -> None:
    program.terminate()
    try:
        program.wait(10)
    except subprocess.TimeoutExpired:
        program.kill()
