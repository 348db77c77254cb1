"""Who is told of what happened.

A feature describes in its kinds.py whom an event concerns, and create_app joins that here,
so notifications tell of every feature without importing any.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from flask import Flask, current_app
from sqlalchemy import Select


@dataclass(frozen=True, slots=True)
class Telling:
    """Whom events of one verb concern, and as what."""

    verb: str
    about: str  # what a notification of it is about: one of notifications.models.About
    concerned: Callable[[Any], Select[int]]  # event → select of one column, the members' ids


def join(app: Flask, tellings: Iterable[Telling]) -> None:
    """Make tellings known to the app. Of several for a verb the first to name a member counts."""
    known = app.extensions.setdefault("tellings", {})
    for telling in tellings:
        known.setdefault(telling.verb, []).append(telling)


def tellings_of(verb: str) -> list[Telling]:
    """Return what members are told of an event, the most particular first."""
    found: list[Telling] = current_app.extensions["tellings"].get(verb, [])
    return found
