"""Make pictures of the main pages, phone and desk, light and dark: screenshots [FOLDER]."""

from devtools import browser, environment
from devtools.machine import outcome, surroundings


def main(arguments: list[str]) -> int:
    """Serve a fresh demo community, look at it, and leave the pictures in a folder."""
    python = environment.ready("test")
    around = surroundings(HANDRAIL_CHROMIUM=browser.chromium())
    return outcome([python, "-m", "tests.looks", *arguments], around)
