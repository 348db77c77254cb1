"""The virtual environment: made from the hashed lock files by plain pip, once."""

import fcntl
import hashlib
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Literal

from devtools import fetching
from devtools.machine import (
    ROOT,
    TOOLS,
    Missing,
    install_with_apt,
    quiet_outcome,
    say,
    surroundings,
)

Kind = Literal["run", "test"]

VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
READY = VENV / "handrail-ready"  # empty while being made, then a line for each finished set
BASE = getattr(sys, "_base_executable", sys.executable)  # dev.py may run inside .venv itself

OLDEST_PIP = (22, 3)  # the first that installs into another environment (--python)


def ready(kind: Kind) -> Path:
    """Return the Python of an environment that holds a set, making it the first time."""
    if is_ready(kind):
        return PYTHON
    with _alone():
        if not is_ready(kind):  # the other one, for whom we waited, may have made it
            _make(kind)
    return PYTHON


def is_ready(kind: Kind) -> bool:
    """Return whether a set is whole: its mark is written last."""
    return PYTHON.exists() and READY.exists() and mark_of(kind) in READY.read_text().splitlines()


def mark_of(kind: Kind) -> str:
    """Return what is true of a finished set: its lock and the Python it was made for."""
    digest = hashlib.sha256((ROOT / "requirements" / f"{kind}.lock").read_bytes()).hexdigest()
    return f"{kind} {digest} {sys.version_info[0]}.{sys.version_info[1]}"


def _make(kind: Kind) -> None:
    started = time.monotonic()
    marks = READY.read_text().splitlines() if READY.exists() else []
    if mark_of("run") not in marks or not PYTHON.exists():
        marks = []
        _make_empty()
    READY.write_text("")  # an interruption from here on means: begin again
    say(f"Making the environment in {VENV.name} (once) …")
    lock = ROOT / "requirements" / f"{kind}.lock"
    count = fetching.install(pip(), lock)
    # The larger set holds the smaller one.
    marks += [mark_of(each) for each in ("run", "test") if each == kind or kind == "test"]
    READY.write_text("\n".join(marks) + "\n")
    say(f"  {count} packages, each checked by its digest, in {time.monotonic() - started:.0f} s")


def _make_empty() -> None:
    """Make an environment without pip: making pip as well takes six seconds more."""
    if READY.exists():  # only one of our own is thrown away; somebody else's is added to
        _discard()
    if not quiet_outcome([BASE, "-m", "venv", "--without-pip", str(VENV)]):
        raise Missing(_how_to_get_pip())


def _discard() -> None:
    # Moved aside first, at once: one half deleted would look like one that works.
    aside = TOOLS / "discarded"
    shutil.rmtree(aside, ignore_errors=True)
    VENV.rename(aside)
    shutil.rmtree(aside, ignore_errors=True)


def pip() -> list[str]:
    """Return the start of a pip command that installs into the environment."""
    outside = [BASE, "-m", "pip", "--python", str(PYTHON)]
    if _pip_version(BASE) >= OLDEST_PIP:
        return outside
    inside = [str(PYTHON), "-m", "pip"]
    if _pip_version(PYTHON) > (0,):
        return inside
    if not _has_ensurepip() and not install_with_apt("python3-venv"):
        raise Missing(_how_to_get_pip())
    if not quiet_outcome([PYTHON, "-m", "ensurepip"]):
        raise Missing(_how_to_get_pip())
    return inside


def _has_ensurepip() -> bool:
    asked = subprocess.run([BASE, "-c", "import ensurepip"], capture_output=True, check=False)
    return asked.returncode == 0


def _pip_version(python: str | Path) -> tuple[int, ...]:
    asked = subprocess.run(
        [python, "-c", "import pip; print(pip.__version__)"],
        capture_output=True, text=True, check=False, env=surroundings(),
    )  # fmt: skip
    return tuple(int(number) for number in re.findall(r"\d+", asked.stdout)[:2]) or (0,)


def _how_to_get_pip() -> str:
    return (
        f"This Python ({BASE}) cannot make a virtual environment: it has neither pip nor "
        "ensurepip.\nOn Debian and Ubuntu: apt-get install python3-venv. On Fedora: dnf install "
        "python3-pip.\nThen start this command again."
    )


@contextmanager
def _alone() -> Iterator[None]:
    """Wait until no other dev.py is making the environment."""
    TOOLS.mkdir(exist_ok=True)
    with (TOOLS / "environment.lock").open("w") as file:
        # A pip that outlives a killed dev.py keeps holding the lock, so nobody builds beside it.
        os.set_inheritable(file.fileno(), True)
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say("Waiting for another dev.py that is making the environment …")
            fcntl.flock(file, fcntl.LOCK_EX)
        yield
