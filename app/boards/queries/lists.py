"""Lists of threads: of a board and narrowed, waiting for a first reply, and on Today."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, func, or_, select, tuple_
from sqlalchemy.orm import InstrumentedAttribute

from app.boards.limits import THREADS_A_PAGE, THREADS_NUDGED, THREADS_ON_TODAY
from app.boards.models import Board, BoardMute, Follow, Level, ReadingPosition, Thread, Voice
from app.boards.queries.reach import thread_is_readable_by
from app.boards.queries.reading import (
    has_news_for,
    is_in_sight,
    is_muted_by,
    is_position_of,
    unread_by,
)
from app.care.models import ContentNote
from app.care.queries import FOLDED_AT_FIRST, notes_in, notes_of
from app.core.errors import NotFound
from app.core.pagination import Key
from app.extensions import db
from app.moderation.models import State
from app.permissions import Actor


class Show(StrEnum):
    """Ways to narrow the threads of a board."""

    ALL = "all"
    UNREAD = "unread"
    UNANSWERED = "unanswered"
    FOLLOWING = "following"
    MINE = "mine"
    LATER = "later"  # their authors told how it turned out


@dataclass(frozen=True, slots=True)
class ThreadRow:
    id: int
    title: str
    shown_name: str
    replies: int
    started_at: datetime
    last_post_at: datetime
    is_locked: bool  # or archived: it rests
    is_pinned: bool
    has_turned_out: bool
    is_held: bool
    is_out_of_sight: bool  # hidden or withdrawn: only moderators are shown it at all
    unread: int
    notes: tuple[ContentNote, ...]

    @property
    def is_folded(self) -> bool:
        """Say whether its title follows a note behind one quiet line."""
        return not FOLDED_AT_FIRST.isdisjoint(self.notes)


@dataclass(frozen=True, slots=True)
class ThreadList:
    """A page of a list of threads."""

    threads: tuple[ThreadRow, ...]
    older: Key | None  # where the next page begins, if there is one


def threads_on(
    board_id: int, *, actor: Actor, show: Show = Show.ALL, after: Key | int | None = None
) -> ThreadList:
    """Return a page of a board's threads, latest activity first; the pinned stand apart.

    The page goes on after a key, or is the one of a number. Raises NotFound where it is not.
    """
    listed = threads_seen_by(actor).where(*_narrowed(board_id, show, actor))
    if isinstance(after, int):
        after = _end_of_page(after - 1, listed, Thread.last_post_at)
    return _page_of(listed, Thread.last_post_at, after)


def pinned_on(board_id: int, *, actor: Actor) -> tuple[ThreadRow, ...]:
    """Return the threads that stand above a board's others. Moderators pin few."""
    pinned = Thread.board_id == board_id, Thread.pinned_at.is_not(None)
    newest = Thread.pinned_at.desc(), Thread.id.desc()
    return rows_of(threads_seen_by(actor).where(*pinned).order_by(*newest))


def threads_waiting(actor: Actor, *, after: Key | None = None) -> ThreadList:
    """Return a page of the threads nobody has answered yet, on every board, newest first."""
    return _page_of(_waiting_for(actor), Thread.started_at, after)


def threads_to_nudge(actor: Actor) -> tuple[ThreadRow, ...]:
    """Return a few threads of others that wait for a first reply, for who asked to be told."""
    if not actor.wants_nudges:
        return ()
    others = _waiting_for(actor).where(Thread.voice_id.not_in(voices_of(actor)))
    newest = Thread.started_at.desc(), Thread.id.desc()
    return rows_of(others.order_by(*newest).limit(THREADS_NUDGED))


def followed_with_news(actor: Actor) -> tuple[ThreadRow, ...]:
    """Return the threads the actor follows that went on, latest activity first."""
    followed = threads_seen_by(actor).where(_is_followed_by(actor), *has_news_for(actor))
    latest = Thread.last_post_at.desc(), Thread.id.desc()
    return rows_of(followed.order_by(*latest).limit(THREADS_ON_TODAY))


def own_threads(actor: Actor, *, after: Key | None = None) -> ThreadList:
    """Return a page of the threads the actor started, latest activity first."""
    own = threads_seen_by(actor).where(Thread.voice_id.in_(voices_of(actor)))
    return _page_of(own, Thread.last_post_at, after)


def _narrowed(board_id: int, show: Show, actor: Actor) -> Sequence[ColumnElement[bool]]:
    on_board = Thread.board_id == board_id
    # For somebody who wrote or follows little, a board would be walked to its end. Added to,
    # the column is none its index knows, and the list starts from what is theirs.
    on_board_too = Thread.board_id + 0 == board_id
    match show:
        case Show.UNREAD:
            return (on_board, *has_news_for(actor))
        case Show.UNANSWERED:
            return on_board, Thread.answered_at.is_(None), is_in_sight()
        case Show.FOLLOWING:
            return on_board_too, _is_followed_by(actor)
        case Show.MINE:
            return on_board_too, Thread.voice_id.in_(voices_of(actor))
        case Show.LATER:
            return on_board, Thread.turned_out_at.is_not(None)
        case Show.ALL:
            return on_board, Thread.pinned_at.is_(None)


def _waiting_for(actor: Actor) -> Select[Any]:
    muted = select(BoardMute.board_id).where(BoardMute.member_id == actor.id)
    return (
        threads_seen_by(actor)
        .join(Board, Board.id == Thread.board_id)
        .where(Thread.answered_at.is_(None), is_in_sight(), Thread.board_id.not_in(muted))
        .where(Board.closed_at.is_(None), ~is_resting())
    )


def threads_seen_by(actor: Actor) -> Select[Any]:
    return (
        select(Thread.id, Thread.title, Voice.shown_name, _replies().label("replies"))
        .add_columns(Thread.started_at, Thread.last_post_at, is_resting().label("is_locked"))
        .add_columns(Thread.pinned_at.is_not(None).label("is_pinned"))
        .add_columns(Thread.turned_out_at.is_not(None).label("has_turned_out"))
        .add_columns(_is_held().label("is_held"), _is_out_of_sight().label("is_out_of_sight"))
        .add_columns(unread_by(actor).label("unread"), notes_of(Thread.subject_id).label("notes"))
        .join(Voice, Voice.id == Thread.voice_id)
        .outerjoin(ReadingPosition, is_position_of(actor))
        .where(thread_is_readable_by(actor), ~is_muted_by(actor))
    )


def _page_of(
    listed: Select[Any], at: InstrumentedAttribute[datetime], after: Key | None
) -> ThreadList:
    """Return a page of a list, newest first. One more than fits tells that there is a next."""
    if after:
        listed = listed.where(tuple_(at, Thread.id) < (after.at, after.id))
    rows = rows_of(listed.order_by(at.desc(), Thread.id.desc()).limit(THREADS_A_PAGE + 1))
    shown = rows[:THREADS_A_PAGE]
    is_last = len(rows) == len(shown)
    return ThreadList(shown, None if is_last else Key(getattr(shown[-1], at.key), shown[-1].id))


def _end_of_page(number: int, listed: Select[Any], at: InstrumentedAttribute[datetime]) -> Key:
    """Return the key of the last row of a numbered page, by a walk along the index to it."""
    walked = listed.with_only_columns(at, Thread.id).order_by(at.desc(), Thread.id.desc())
    walk = walked.limit(number * THREADS_A_PAGE).subquery()
    last = select(walk.c[0], walk.c[1], func.count().over())
    row = db.session.execute(last.order_by(walk.c[0], walk.c[1]).limit(1)).one_or_none()
    if row is None or row[2] < number * THREADS_A_PAGE:
        raise NotFound
    return Key(row[0], row[1])


def rows_of(listed: Select[Any]) -> tuple[ThreadRow, ...]:
    rows = db.session.execute(listed).mappings()
    return tuple(ThreadRow(**{**row, "notes": notes_in(row["notes"])}) for row in rows)


def _is_followed_by(actor: Actor) -> ColumnElement[bool]:
    watched = Follow.member_id == actor.id, Follow.level.in_((Level.FOLLOW, Level.QUIET))
    return Thread.id.in_(select(Follow.thread_id).where(*watched))


def voices_of(actor: Actor) -> Select[int]:
    return select(Voice.id).where(Voice.member_id == actor.id)


def _replies() -> ColumnElement[int]:
    return case((Thread.last_number > 0, Thread.last_number - 1), else_=0)


def is_resting() -> ColumnElement[bool]:
    return or_(Thread.locked_at.is_not(None), Thread.archived_at.is_not(None))


def _is_held() -> ColumnElement[bool]:
    return and_(Thread.state == State.HELD, Thread.withdrawn_at.is_(None))


def _is_out_of_sight() -> ColumnElement[bool]:
    return or_(Thread.state == State.HIDDEN, Thread.withdrawn_at.is_not(None))
