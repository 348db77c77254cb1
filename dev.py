#!/usr/bin/env python3
"""Run Handrail, test it, look after it. It needs nothing but Python; `python3 dev.py` says more."""

import sys

if sys.version_info < (3, 11):  # noqa: UP036 - here an older Python is told so
    sys.exit(f"Handrail needs Python 3.11 or later; this is Python {sys.version.split()[0]}.")

if sys.platform == "win32":
    sys.exit("Handrail runs on Linux and macOS. On Windows, use the Linux that WSL brings.")

import signal
from collections.abc import Callable

from devtools import audit, check, drill, flask, lock, run, screenshots, test
from devtools.machine import Missing

COMMANDS: dict[str, Callable[[list[str]], int]] = {
    "run": run.main,
    "test": test.main,
    "check": check.main,
    "audit": audit.main,
    "drill": drill.main,
    "screenshots": screenshots.main,
    "flask": flask.main,
    "lock": lock.main,
}


def main(arguments: list[str]) -> int:
    """Carry out one command and return its exit code."""
    if not arguments or arguments[0] not in COMMANDS:
        print(_usage())
        return 0 if arguments and arguments[0] in {"-h", "--help", "help"} else 2
    # What a command started, it stops on its way out; a plain SIGTERM would skip that.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
    try:
        return COMMANDS[arguments[0]](arguments[1:])
    except Missing as missing:
        print(f"\n{missing}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nStopped.", file=sys.stderr)
        return 130


def _usage() -> str:
    lines = ["usage: python3 dev.py COMMAND …", ""]
    for name, command in COMMANDS.items():
        summary = (sys.modules[command.__module__].__doc__ or "").splitlines()[0]
        lines.append(f"  {name:12} {summary}")
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
