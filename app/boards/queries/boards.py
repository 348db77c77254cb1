"""The list of boards, and a board's page of threads."""

from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from markupsafe import Markup
from sqlalchemy import ColumnElement, case, exists, select

from app.boards.models import Audience, Board, BoardMute, Policy, Section, Thread
from app.boards.queries.lists import Show, ThreadRow, pinned_on, threads_on
from app.boards.queries.reach import board_is_readable_by, get_board
from app.boards.queries.reading import is_in_sight, unread_on_board
from app.core.pagination import Key
from app.extensions import db
from app.permissions import Actor


@dataclass(frozen=True, slots=True)
class BoardRow:
    slug: str
    name: str
    purpose: str
    audience: Audience
    is_closed: bool
    is_muted: bool
    last_post_at: datetime | None
    unread: int  # exact below THREADS_COUNTED


@dataclass(frozen=True, slots=True)
class SectionRow:
    name: str
    boards: tuple[BoardRow, ...]


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
    is_muted: bool
    show: Show
    threads: tuple[ThreadRow, ...]  # the pinned ones first, on the first page
    older: Key | None  # where the next page begins, if there is one


def sections_shown_to(actor: Actor) -> tuple[SectionRow, ...]:
    """Return the boards the actor may read, in their sections, in one query."""
    muted = _is_muted_by(actor)
    rows = db.session.execute(
        select(Section.name, Board.slug, Board.name, Board.purpose, Board.audience)
        .add_columns(Board.closed_at.is_not(None), muted, _last_post_at())
        .add_columns(case((muted, 0), else_=unread_on_board(actor)))
        .join_from(Board, Section)
        .where(board_is_readable_by(actor))
        .order_by(Section.position, Section.id, Board.position, Board.id)
    ).all()
    return tuple(
        SectionRow(name, tuple(BoardRow(*row[1:]) for row in boards))
        for name, boards in groupby(rows, key=lambda row: row[0])
    )


def board_page(
    slug: str, *, actor: Actor, show: Show = Show.ALL, after: Key | int | None = None
) -> BoardPage:
    """Return one page of a board in a few queries, wherever in the board it lies."""
    board = get_board(slug, actor=actor)
    listed = threads_on(board.id, actor=actor, show=show, after=after)
    begins = show == Show.ALL and after is None
    pinned = pinned_on(board.id, actor=actor) if begins else ()
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
        is_muted=is_board_muted(board.id, actor=actor),
        show=show,
        threads=pinned + listed.threads,
        older=listed.older,
    )


def is_board_muted(board_id: int, *, actor: Actor) -> bool:
    """Say whether the actor does not want to hear from a board."""
    own = BoardMute.member_id == actor.id, BoardMute.board_id == board_id
    return actor.is_authenticated and bool(db.session.scalar(select(exists().where(*own))))


def _is_muted_by(actor: Actor) -> ColumnElement[bool]:
    return exists().where(BoardMute.member_id == actor.id, BoardMute.board_id == Board.id)


def _last_post_at() -> ColumnElement[datetime]:
    latest = select(Thread.last_post_at).where(Thread.board_id == Board.id, is_in_sight())
    latest = latest.order_by(Thread.last_post_at.desc(), Thread.id.desc()).limit(1)
    return latest.scalar_subquery()
