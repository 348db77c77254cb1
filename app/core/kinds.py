"""The kinds of things that can be reported, held, hidden and decided about.

A feature describes its kinds in its kinds.py and create_app joins them here, so
moderation reaches every kind without importing any feature.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from flask import Flask, current_app
from markupsafe import Markup
from sqlalchemy import Select


@dataclass(frozen=True, slots=True)
class Glance:
    """What one line tells of a thing to somebody who may see it."""

    path: str  # leads to it, and has no word of anybody's in it: it may stand in a letter
    place: str  # the same for things that belong together, and leads to where
    title: str  # empty where it is folded behind its notes
    by: str  # as whom its author is heard; empty for somebody the actor does not want to hear
    notes: tuple[str, ...]  # what is said of it beforehand, in words
    is_for_digests: bool


def _nothing(_actor: Any, _subject_ids: Collection[int]) -> Mapping[int, Glance]:
    return {}


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
    # Actor, subject ids → a glance at those the actor may see, in one query.
    glances: Callable[[Any, Collection[int]], Mapping[int, Glance]] = _nothing
    # Actor → select of the subject ids that are no news to them: read, muted or out of sight.
    no_news_to: Callable[[Any], Select[int]] | None = None


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
