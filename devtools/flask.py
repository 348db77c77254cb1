"""Any command of the app, in its environment: flask …"""

from devtools import environment
from devtools.machine import outcome, surroundings


def main(arguments: list[str]) -> int:
    """Run one of the app's own commands."""
    around = surroundings()
    around.setdefault("HANDRAIL_ENV", "development")
    python = environment.ready("run")
    return outcome([python, "-m", "flask", "--app", "wsgi", *arguments], around)
