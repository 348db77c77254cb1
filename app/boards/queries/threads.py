"""A page of a thread: a range of numbers, so a deep page costs what the first one costs."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from markupsafe import Markup
from sqlalchemy import ColumnElement, Select, and_, case, func, null, or_, select

from app.boards.limits import POSTS_A_PAGE
from app.boards.models import Board, Post, ReadingPosition, Thread, Voice
from app.boards.queries.reach import is_position_of, may_read_held, thread_is_readable_by
from app.core.errors import NotFound
from app.core.pagination import Pages
from app.core.text import SafeHtml
from app.extensions import db
from app.moderation.models import State
from app.permissions import Actor

WAITING_SHOWN = 50  # posts waiting for a look shown below a thread; more would bury the page


@dataclass(frozen=True, slots=True)
class PostRow:
    """A post as one actor sees it. Words out of sight were never fetched."""

    id: int
    number: int | None
    shown_name: str
    html: Markup
    version: int
    author_id: int | None  # None behind an alias, but for its own member
    state: State
    is_withdrawn: bool
    written_at: datetime
    edited_at: datetime | None
    group_id: int | None

    @property
    def is_held(self) -> bool:
        return self.state == State.HELD and not self.is_withdrawn

    @property
    def is_hidden(self) -> bool:
        return self.state == State.HIDDEN


@dataclass(frozen=True, slots=True)
class ThreadPage:
    """A page of a thread."""

    posts: tuple[PostRow, ...]
    pages: Pages
    id: int
    title: str
    author_id: int | None  # as of a post
    group_id: int | None
    is_public: bool
    is_locked: bool
    is_in_sight: bool
    is_held: bool
    last_number: int
    last_read: int
    board_slug: str
    board_name: str
    board_is_closed: bool

    @property
    def is_resting(self) -> bool:
        return self.is_locked or self.board_is_closed


def thread_page(thread_id: int, *, actor: Actor, page: int = 1) -> ThreadPage:
    """Return one page of a thread in two queries, three on its last page. Raises NotFound."""
    thread = db.session.execute(
        select(Thread.id, Thread.title, _author_seen_by(actor), Thread.group_id, Thread.is_public)
        .add_columns(Thread.locked_at.is_not(None), _is(State.VISIBLE), _is(State.HELD))
        .add_columns(Thread.last_number, func.coalesce(ReadingPosition.last_number, 0))
        .add_columns(Board.slug, Board.name, Board.closed_at.is_not(None))
        .join(Voice, Voice.id == Thread.voice_id)
        .join(Board, Board.id == Thread.board_id)
        .outerjoin(ReadingPosition, is_position_of(actor))
        .where(Thread.id == thread_id, thread_is_readable_by(actor))
    ).one_or_none()
    if thread is None:
        raise NotFound
    pages = Pages(page, length=thread.last_number, size=POSTS_A_PAGE)
    if page > pages.last:
        raise NotFound
    posts = _posts_on(pages, _posts_of(thread.id, thread.group_id, actor), actor)
    return ThreadPage(posts, pages, *thread)


def page_of_post(number: int) -> int:
    """Return the page of its thread that a numbered post stands on."""
    return (number - 1) // POSTS_A_PAGE + 1


def _posts_on(pages: Pages, posts: Select[Any], actor: Actor) -> tuple[PostRow, ...]:
    last = pages.number * POSTS_A_PAGE
    numbered = Post.number.between(last - POSTS_A_PAGE + 1, last)
    rows = list(db.session.execute(posts.where(numbered).order_by(Post.number)))
    if pages.next is None and actor.is_authenticated:
        waiting = posts.where(Post.number.is_(None), Post.withdrawn_at.is_(None))
        waiting = waiting.join(Thread, Thread.id == Post.thread_id)
        waiting = waiting.where(may_read_held(actor, Post)).order_by(Post.id)
        rows += db.session.execute(waiting.limit(WAITING_SHOWN))
    return tuple(PostRow(*row) for row in rows)


def _posts_of(thread_id: int, group_id: int | None, actor: Actor) -> Select[Any]:
    return (
        select(Post.id, Post.number, Voice.shown_name, _words_seen_by(actor), Post.version)
        .add_columns(_author_seen_by(actor), Post.state, Post.withdrawn_at.is_not(None))
        .add_columns(Post.written_at, Post.edited_at, sa.literal(group_id))
        .join(Voice, Voice.id == Post.voice_id)
        .where(Post.thread_id == thread_id)
    )


def _words_seen_by(actor: Actor) -> ColumnElement[Markup]:
    """Words out of sight stay in the database: what is not fetched cannot leak."""
    if actor.is_moderator:
        return sa.type_coerce(Post.html, SafeHtml)
    is_shut = or_(Post.state == State.HIDDEN, Post.withdrawn_at.is_not(None))
    return sa.type_coerce(case((is_shut, ""), else_=Post.html), SafeHtml)


def _is(state: State) -> ColumnElement[bool]:
    return and_(Thread.state == state, Thread.withdrawn_at.is_(None))


def _author_seen_by(actor: Actor) -> ColumnElement[int | None]:
    is_shut = and_(Voice.thread_id.is_not(None), Voice.member_id != actor.id)
    return case((is_shut, null()), else_=Voice.member_id)
