"""A member's own words, wherever they stand, and what they saved. Only they see these lists."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy import ColumnElement, Select, and_, case, or_, select, tuple_
from sqlalchemy.orm import InstrumentedAttribute

from app.boards.limits import FIRST_WORDS, WORDS_A_PAGE
from app.boards.models import Post, Save, Thread, Voice
from app.boards.queries.reach import post_is_readable_by, thread_is_readable_by
from app.care.models import ContentNote
from app.care.queries import FOLDED_AT_FIRST, notes_in, notes_of
from app.core import text
from app.core.pagination import Key
from app.core.text import SafeHtml
from app.extensions import db
from app.moderation.models import State
from app.permissions import Actor


class Words(StrEnum):
    """What of a member's own is listed."""

    DRAFTS = "drafts"
    WAITING = "waiting"
    THREADS = "threads"
    POSTS = "posts"
    SAVED = "saved"


@dataclass(frozen=True, slots=True)
class WordsRow:
    """A post in a list of one's own. The title is empty where its thread is out of reach."""

    id: int
    title: str
    title_notes: tuple[ContentNote, ...]
    notes: tuple[ContentNote, ...]
    shown_name: str
    first_words: str  # empty where they are out of sight, or folded behind a note of another's
    at: datetime
    is_withdrawn: bool
    is_hidden: bool
    is_held: bool
    is_readable: bool

    @property
    def has_folded_title(self) -> bool:
        return not FOLDED_AT_FIRST.isdisjoint(self.title_notes)


@dataclass(frozen=True, slots=True)
class WordsList:
    """A page of a list of one's own."""

    posts: tuple[WordsRow, ...]
    older: Key | None


def own_posts(actor: Actor, *, after: Key | None = None) -> WordsList:
    """Return a page of everything the actor posted, newest first, whatever became of it."""
    return _own(actor, after)


def own_waiting(actor: Actor, *, after: Key | None = None) -> WordsList:
    """Return a page of the actor's posts that wait for a look, newest first."""
    return _own(actor, after, Post.state == State.HELD, Post.withdrawn_at.is_(None))


def saved_posts(actor: Actor, *, after: Key | None = None) -> WordsList:
    """Return a page of the posts the actor saved and may still read, the last saved first."""
    saved = _posts(actor, Save.saved_at).join(Save, Save.post_id == Post.id)
    saved = saved.where(Save.member_id == actor.id, _is_readable_by(actor))
    return _list(_newest(saved, Save.saved_at, after))


def _own(actor: Actor, after: Key | None, *which: ColumnElement[bool]) -> WordsList:
    """Choose a page by the index alone, so that sorting carries no words, then read it."""
    voices = select(Voice.id).where(Voice.member_id == actor.id)
    chosen = select(Post.id).where(Post.voice_id.in_(voices), *which)
    own = _posts(actor, Post.written_at)
    own = own.where(Post.id.in_(_newest(chosen, Post.written_at, after)))
    return _list(_newest(own, Post.written_at, None))


def _posts(actor: Actor, at: InstrumentedAttribute[datetime]) -> Select[Any]:
    readable = _is_readable_by(actor)
    return (
        select(Post.id, case((readable, Thread.title), else_="").label("title"))
        .add_columns(notes_of(Thread.subject_id).label("title_notes"), Voice.shown_name)
        .add_columns(notes_of(Post.subject_id).label("notes"), at.label("at"))
        .add_columns(_words().label("html"), (Voice.member_id == actor.id).label("is_own"))
        .add_columns(Post.withdrawn_at.is_not(None).label("is_withdrawn"))
        .add_columns((Post.state == State.HIDDEN).label("is_hidden"))
        .add_columns(and_(Post.state == State.HELD, Post.withdrawn_at.is_(None)).label("is_held"))
        .add_columns(readable.label("is_readable"))
        .join(Thread, Thread.id == Post.thread_id)
        .join(Voice, Voice.id == Post.voice_id)
    )


def _words() -> ColumnElement[Any]:
    """Words out of sight are not fetched, not even for who wrote them."""
    is_shut = or_(Post.state == State.HIDDEN, Post.withdrawn_at.is_not(None))
    return sa.type_coerce(case((is_shut, ""), else_=Post.html), SafeHtml)


def _is_readable_by(actor: Actor) -> ColumnElement[bool]:
    return and_(thread_is_readable_by(actor), post_is_readable_by(actor))


def _newest(
    listed: Select[Any], at: InstrumentedAttribute[datetime], after: Key | None
) -> Select[Any]:
    """Limit a list to its next page. One more than fits tells that there is another."""
    if after:
        listed = listed.where(tuple_(at, Post.id) < (after.at, after.id))
    return listed.order_by(at.desc(), Post.id.desc()).limit(WORDS_A_PAGE + 1)


def _list(listed: Select[Any]) -> WordsList:
    rows = tuple(_row(row) for row in db.session.execute(listed).mappings())
    shown = rows[:WORDS_A_PAGE]
    is_last = len(rows) == len(shown)
    return WordsList(shown, None if is_last else Key(shown[-1].at, shown[-1].id))


def _row(row: Any) -> WordsRow:
    own = {name: row[name] for name in _SAME}
    notes, title_notes = notes_in(row["notes"]), notes_in(row["title_notes"])
    is_folded = not row["is_own"] and not FOLDED_AT_FIRST.isdisjoint(notes)
    first = "" if is_folded else _first_words(text.shown_words(row["html"]))
    return WordsRow(**own, notes=notes, title_notes=title_notes, first_words=first)


_SAME = frozenset(WordsRow.__slots__) - {"notes", "title_notes", "first_words"}


def _first_words(words: str) -> str:
    if len(words) <= FIRST_WORDS:
        return words
    cut = words[:FIRST_WORDS]
    return f"{cut.rpartition(' ')[0] or cut}…"
