"""What is asked once more about a letter in the moment it is sent.

Between writing and sending somebody may lose their access, or change their mind. Whoever
writes such letters joins a check here, so the outbox asks without knowing what it is about.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from flask import Flask, current_app


@dataclass(frozen=True, slots=True)
class Check:
    name: str
    may_go: Callable[[int], bool]  # what the letter is about → whether it may still be sent
    on_taken_back: Callable[[int], None]  # called in the unit in which the letter is emptied


def join(app: Flask, checks: Iterable[Check]) -> None:
    """Make the checks known to the app. Two of one name would be a mistake."""
    known = app.extensions.setdefault("checks", {})
    for check in checks:
        if check.name in known:
            raise ValueError(f"there are two checks named {check.name}")
        known[check.name] = check


def check_named(name: str) -> Check | None:
    """Return a check, or None: a letter that names one nobody knows is not sent."""
    found: Check | None = current_app.extensions["checks"].get(name)
    return found
