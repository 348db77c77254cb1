"""The kinds of things that can be reported, held, hidden and decided about.

A feature describes its kinds in its kinds.py and create_app joins them here, so
moderation reaches every kind without importing any feature.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from flask import Flask, current_app
from markupsafe import Markup
from sqlalchemy import Select


@dataclass(frozen=True, slots=True)
class Kind:
    name: str
    visible_to: Callable[[Any], Select[int]]  # actor → select of subject ids
    author_of: Callable[[int], int]  # subject id → the member whose words it is
    title: Callable[[int], str]  # subject id → what to call it
    address: Callable[[int], str]  # subject id → where to see it
    on_state_changed: Callable[[int, str], None]  # subject id, its new state
    render: Callable[[str], Any]  # words typed → RenderedText, by the rules of this kind
    # Subject id, number of its newest version, how that now shows. Ignored when a newer one came.
    on_rerendered: Callable[[int, int, Markup], None]


def join(app: Flask, kinds: Iterable[Kind]) -> None:
    """Make the kinds known to the app. Two of one name would be a mistake."""
    known = app.extensions.setdefault("kinds", {})
    for kind in kinds:
        if kind.name in known:
            raise ValueError(f"there are two kinds named {kind.name}")
        known[kind.name] = kind


def every_kind() -> tuple[Kind, ...]:
    return tuple(current_app.extensions["kinds"].values())


def kind_named(name: str) -> Kind:
    kind: Kind = current_app.extensions["kinds"][name]
    return kind
