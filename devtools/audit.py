"""Walk through every page as everybody, and have each judged: audit [--quick] [--roles a,b]."""

from devtools import browser, environment
from devtools.machine import outcome, surroundings


def main(arguments: list[str]) -> int:
    """Serve a fresh demo community and judge its pages. Return 1 when something is wrong."""
    python = environment.ready("test")
    around = surroundings(
        HANDRAIL_CHROMIUM=browser.chromium(),
        HANDRAIL_AXE=str(browser.axe()),
        HANDRAIL_HTML_VALIDATE=str(browser.html_validate()),
    )
    return outcome([python, "-m", "tests.looks.audit", *arguments], around)
