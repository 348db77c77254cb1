"""Where in a thread something stands: the first new post, and a word."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import func, select

from app.boards.limits import (
    POSTS_FOUND,
    POSTS_LOOKED_THROUGH,
    SEARCH_LONGEST,
    SNIPPET_BEFORE,
    SNIPPET_LONGEST,
    WORDS_SEARCHED,
)
from app.boards.models import Post, ReadingPosition, Thread, Voice
from app.boards.queries.reach import thread_is_readable_by
from app.boards.queries.reading import is_muted_by, is_position_of, read_until
from app.care.models import ContentNote
from app.care.queries import FOLDED_AT_FIRST, notes_in, notes_of
from app.core import text
from app.core.errors import NotFound
from app.extensions import db
from app.moderation.models import State
from app.permissions import Actor

# What may stand in HTML in another shape than it is looked for: as an entity, in another case,
# as ß. LIKE lets it be anything; afterwards the plain words are looked at.
OTHER_SHAPE = re.compile(r"[^A-Za-z0-9]+|ss")


@dataclass(frozen=True, slots=True)
class PlaceInThread:
    thread_id: int
    title: str
    number: int  # of a post, from 1


@dataclass(frozen=True, slots=True)
class Found:
    """A post that holds all words somebody looked for."""

    id: int
    number: int
    shown_name: str
    written_at: datetime
    notes: tuple[ContentNote, ...]
    # Pieces of its words, each with whether it was looked for; none where a note folds them.
    snippet: tuple[tuple[str, bool], ...]


@dataclass(frozen=True, slots=True)
class ThreadSearch:
    """What was looked for in a thread, and what was found, newest first."""

    thread_id: int
    title: str
    asked: str
    posts: tuple[Found, ...]
    is_cut: bool  # there may be more that is older


def place_in_thread(thread_id: int, *, actor: Actor) -> PlaceInThread:
    """Return the first post of a thread that is new to the actor, or its last. Or NotFound."""
    first_new = func.coalesce(read_until(actor), 0) + 1
    head = (
        select(Thread.id, Thread.title, first_new, Thread.last_number)
        .outerjoin(ReadingPosition, is_position_of(actor))
        .where(Thread.id == thread_id, thread_is_readable_by(actor))
    )
    found = db.session.execute(head).one_or_none()
    if found is None:
        raise NotFound
    number, title, first, last = found
    return PlaceInThread(number, title, max(min(first, last), 1))


def search_thread(thread_id: int, asked: str, *, actor: Actor) -> ThreadSearch:
    """Return the newest posts in sight that hold every word asked for. Raises NotFound.

    It reads the thread from its end, so its cost grows with the thread, never with the place.
    """
    head = select(Thread.title).where(Thread.id == thread_id, thread_is_readable_by(actor))
    title = db.session.scalar(head)
    if title is None:
        raise NotFound
    asked = text.tidy(asked)[:SEARCH_LONGEST]
    words = tuple(dict.fromkeys(asked.casefold().split()))[:WORDS_SEARCHED]
    candidates = _candidates(thread_id, words, actor) if words else []
    found = [post for row in candidates if (post := _found(row, words))]
    is_cut = len(found) > POSTS_FOUND or len(candidates) == POSTS_LOOKED_THROUGH
    return ThreadSearch(thread_id, title, asked, tuple(found[:POSTS_FOUND]), is_cut)


def _candidates(thread_id: int, words: Sequence[str], actor: Actor) -> Sequence[Any]:
    """Return the newest posts that may hold the words, by a look at how they are typed."""
    html = sa.type_coerce(Post.html, sa.Text)
    posts = (
        select(Post.id, Post.number, Voice.shown_name, Post.written_at, Post.html)
        .add_columns(notes_of(Post.subject_id).label("notes"))
        .join(Voice, Voice.id == Post.voice_id)
        .where(Post.thread_id == thread_id, Post.number.is_not(None))
        .where(Post.state == State.VISIBLE, Post.withdrawn_at.is_(None), ~is_muted_by(actor))
        .where(*(html.ilike(_pattern(word)) for word in words))
    )
    return db.session.execute(posts.order_by(Post.number.desc()).limit(POSTS_LOOKED_THROUGH)).all()


def _pattern(word: str) -> str:
    """Return what LIKE may look for. Words that markup parts in their middle are not found."""
    return f"%{OTHER_SHAPE.sub('%', word)}%"


def _found(row: Any, words: Sequence[str]) -> Found | None:
    """Return a post as it was found, or None if a word is missing after all."""
    plain = text.shown_words(row.html)
    folded = plain.casefold()
    if not all(word in folded for word in words):
        return None
    notes = notes_in(row.notes)
    pieces = () if FOLDED_AT_FIRST & set(notes) else tuple(_snippet(plain, words))
    return Found(row.id, row.number, row.shown_name, row.written_at, notes, pieces)


def _snippet(plain: str, words: Sequence[str]) -> Iterator[tuple[str, bool]]:
    """Yield the words around the first that was looked for, in pieces."""
    spans = _spans(plain, words)
    begin = max(0, spans[0][0] - SNIPPET_BEFORE)
    begin = plain.find(" ", begin, spans[0][0]) + 1 or begin if begin else 0
    end = begin + SNIPPET_LONGEST
    if begin:
        yield "… ", False
    at = begin
    for first, last in spans:
        if last <= end:
            yield plain[at:first], False
            yield plain[first:last], True
            at = last
    yield plain[at:end] + ("…" if end < len(plain) else ""), False


def _spans(plain: str, words: Sequence[str]) -> list[tuple[int, int]]:
    """Return where the words stand, in order, none over another."""
    folded = [(each, place) for place, c in enumerate(plain) for each in c.casefold()]
    line = "".join(each for each, _place in folded)
    found = sorted(
        (folded[hit.start()][1], folded[hit.end() - 1][1] + 1)
        for word in words
        for hit in re.finditer(re.escape(word), line)
    )
    spans: list[tuple[int, int]] = []
    for first, last in found:
        if spans and first < spans[-1][1]:
            spans[-1] = spans[-1][0], max(last, spans[-1][1])
        else:
            spans.append((first, last))
    return spans
