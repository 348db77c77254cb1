"""The list of boards, and a board's page of threads."""

from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any

from markupsafe import Markup
from sqlalchemy import ColumnElement, Select, and_, case, false, func, or_, select, tuple_

from app.boards.limits import THREADS_A_PAGE, THREADS_ON_TODAY
from app.boards.models import Audience, Board, Policy, ReadingPosition, Section, Thread, Voice
from app.boards.queries.reach import (
    board_is_readable_by,
    get_board,
    thread_is_readable_by,
)
from app.boards.queries.reading import is_position_of
from app.core.pagination import Key
from app.extensions import db
from app.moderation.models import State
from app.permissions import Actor


@dataclass(frozen=True, slots=True)
class BoardRow:
    slug: str
    name: str
    purpose: str
    audience: Audience
    is_closed: bool
    last_post_at: datetime | None


@dataclass(frozen=True, slots=True)
class SectionRow:
    name: str
    boards: tuple[BoardRow, ...]


@dataclass(frozen=True, slots=True)
class ThreadRow:
    id: int
    title: str
    shown_name: str
    replies: int
    last_post_at: datetime
    is_locked: bool
    is_held: bool
    is_out_of_sight: bool  # hidden or withdrawn: only moderators are shown it at all
    has_news: bool  # the actor read it before, and it went on


@dataclass(frozen=True, slots=True)
class BoardPage:
    """A board with one page of its threads, latest activity first."""

    id: int
    slug: str
    name: str
    purpose: str
    guide: Markup
    policy: Policy
    audience: Audience
    group_id: int | None
    is_closed: bool
    is_public: bool
    is_started_by_staff_only: bool
    threads: tuple[ThreadRow, ...]
    older: Key | None  # where the next page begins, if there is one


def sections_shown_to(actor: Actor) -> tuple[SectionRow, ...]:
    """Return the boards the actor may read, in their sections, in one query."""
    latest = (
        select(func.max(Thread.last_post_at))
        .where(Thread.board_id == Board.id, Thread.state == State.VISIBLE)
        .where(Thread.withdrawn_at.is_(None))
        .scalar_subquery()
    )
    rows = db.session.execute(
        select(Section.name, Board.slug, Board.name, Board.purpose, Board.audience)
        .add_columns(Board.closed_at.is_not(None), latest)
        .join_from(Board, Section)
        .where(board_is_readable_by(actor))
        .order_by(Section.position, Section.id, Board.position, Board.id)
    ).all()
    return tuple(
        SectionRow(name, tuple(BoardRow(*row[1:]) for row in boards))
        for name, boards in groupby(rows, key=lambda row: row[0])
    )


def board_page(slug: str, *, actor: Actor, after: Key | None = None) -> BoardPage:
    """Return one page of a board in two queries, wherever in the board it lies."""
    board = get_board(slug, actor=actor)
    threads = _threads_of(board.id, actor, after)
    shown = threads[:THREADS_A_PAGE]
    more = len(threads) > len(shown)
    return BoardPage(
        id=board.id,
        slug=board.slug,
        name=board.name,
        purpose=board.purpose,
        guide=board.guide_html,
        policy=board.policy,
        audience=board.audience,
        group_id=board.group_id,
        is_closed=board.is_closed,
        is_public=board.is_public,
        is_started_by_staff_only=board.is_started_by_staff_only,
        threads=shown,
        older=Key(shown[-1].last_post_at, shown[-1].id) if more else None,
    )


def threads_that_went_on(actor: Actor) -> tuple[ThreadRow, ...]:
    """Return the threads the actor read before and that have news, latest activity first."""
    news = _threads_seen_by(actor).where(ReadingPosition.last_number < Thread.last_number)
    return tuple(ThreadRow(*row) for row in db.session.execute(news.limit(THREADS_ON_TODAY)))


def _threads_of(board_id: int, actor: Actor, after: Key | None) -> tuple[ThreadRow, ...]:
    """Return a page of threads and one more, which tells that there is a next page."""
    listed = _threads_seen_by(actor).where(Thread.board_id == board_id).limit(THREADS_A_PAGE + 1)
    if after:
        listed = listed.where(tuple_(Thread.last_post_at, Thread.id) < (after.at, after.id))
    return tuple(ThreadRow(*row) for row in db.session.execute(listed))


def _threads_seen_by(actor: Actor) -> Select[Any]:
    return (
        select(Thread.id, Thread.title, Voice.shown_name, _replies(), Thread.last_post_at)
        .add_columns(Thread.locked_at.is_not(None), _is_held(), _is_out_of_sight(), _has_news())
        .join(Voice, Voice.id == Thread.voice_id)
        .outerjoin(ReadingPosition, is_position_of(actor))
        .where(thread_is_readable_by(actor))
        .order_by(Thread.last_post_at.desc(), Thread.id.desc())
    )


def _replies() -> ColumnElement[int]:
    return case((Thread.last_number > 0, Thread.last_number - 1), else_=0)


def _is_held() -> ColumnElement[bool]:
    return and_(Thread.state == State.HELD, Thread.withdrawn_at.is_(None))


def _is_out_of_sight() -> ColumnElement[bool]:
    return or_(Thread.state == State.HIDDEN, Thread.withdrawn_at.is_not(None))


def _has_news() -> ColumnElement[bool]:
    return func.coalesce(ReadingPosition.last_number < Thread.last_number, false())
