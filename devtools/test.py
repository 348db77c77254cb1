"""Test everything, on both databases and in a browser: test [pytest's own arguments]."""

from pathlib import Path

from devtools import browser, environment, postgresql
from devtools.check import read_code
from devtools.parts import Parts, pytest

# Pages look the same whatever holds the words, so the browser walks on one database only.
NOT_ON_POSTGRESQL = ["--ignore=tests/browser", "-m", "not browser and not sqlite_only"]


def main(arguments: list[str]) -> int:
    """Run the checks and all tests, or only the tests asked for. Return 1 when one failed."""
    python = environment.ready("test")
    tools = {"HANDRAIL_CHROMIUM": browser.chromium(), "HANDRAIL_AXE": str(browser.axe())}
    with postgresql.server() as address:
        parts = Parts()
        if not arguments:
            read_code(parts, python)
        _both(parts, python, arguments, tools, address)
    return parts.finish()


def _both(
    parts: Parts, python: Path, arguments: list[str], tools: dict[str, str], address: str
) -> None:
    chosen = bool(arguments)  # what was chosen may be about one database alone
    parts.tests("sqlite", pytest(python, arguments), chosen, **tools)
    on_postgresql = pytest(python, [*NOT_ON_POSTGRESQL, *arguments])
    parts.tests("postgresql", on_postgresql, chosen, **tools, TEST_DATABASE_URL=address)
