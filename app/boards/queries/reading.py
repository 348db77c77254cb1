"""How far a member has read: said in SQL, so that every list counts alike."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy import ColumnElement, and_, case, func, select

from app.accounts.models import Member
from app.boards.limits import THREADS_COUNTED
from app.boards.models import Board, FreshStart, MemberMute, Post, ReadingPosition, Thread, Voice
from app.moderation.models import State
from app.permissions import Actor


def is_position_of(actor: Actor) -> ColumnElement[bool]:
    """Join a thread with how far the actor has read it."""
    return and_(ReadingPosition.thread_id == Thread.id, ReadingPosition.member_id == actor.id)


def fresh_since(actor: Actor) -> ColumnElement[datetime]:
    """Return the moment until which everything counts as read: a fresh start, or joining."""
    own = select(func.coalesce(FreshStart.at, Member.joined_at))
    own = own.outerjoin_from(Member, FreshStart, FreshStart.member_id == Member.id)
    return own.where(Member.id == actor.id).scalar_subquery()


def read_until(actor: Actor) -> ColumnElement[int]:
    """Return the last number the actor has read of a thread joined with their position in it."""
    position = func.coalesce(ReadingPosition.last_number, 0)
    fresh = _number_at(fresh_since(actor))
    return case((position >= fresh, position), else_=fresh)


def unread_by(actor: Actor) -> ColumnElement[int]:
    """Return how many posts of a thread, joined with the actor's position, are new to them.

    What is out of sight or still waits for a look is no news to anybody.
    """
    if not actor.is_authenticated:
        return sa.literal(0)
    return case((is_in_sight(), Thread.last_number - read_until(actor)), else_=0)


def has_news_for(actor: Actor) -> tuple[ColumnElement[bool], ...]:
    """Say which threads, joined with the actor's position, have posts that are new to them.

    That is where unread_by() is above 0, without a look at the posts; and a list need not go
    further back than the actor's fresh start.
    """
    position = func.coalesce(ReadingPosition.last_number, 0)
    return Thread.last_post_at > fresh_since(actor), position < Thread.last_number, is_in_sight()


def unread_on_board(actor: Actor) -> ColumnElement[int]:
    """Return, for a query of boards, how many posts of each are new to the actor.

    Exact below THREADS_COUNTED, since each thread that is counted has one at least. It looks
    at the threads the actor has read since their fresh start, and at as many more, however
    large the board is.
    """
    if not actor.is_authenticated:
        return sa.literal(0)
    newest = (
        select(unread_by(actor).label("unread"))
        .select_from(Thread)
        .join(Voice, Voice.id == Thread.voice_id)
        .outerjoin(ReadingPosition, is_position_of(actor))
        .where(Thread.board_id == Board.id, *has_news_for(actor), ~is_muted_by(actor))
        .order_by(Thread.last_post_at.desc(), Thread.id.desc())
        .limit(THREADS_COUNTED)
        .correlate(Board)
        .subquery()
    )
    return select(func.coalesce(func.sum(newest.c.unread), 0)).scalar_subquery()


def is_muted_by(actor: Actor) -> ColumnElement[bool]:
    """Say of a voice whether the actor muted who speaks. An alias is never muted."""
    own = MemberMute.member_id == actor.id, MemberMute.muted_id == Voice.member_id
    return sa.exists().where(*own, Voice.thread_id.is_(None))


def is_in_sight() -> ColumnElement[bool]:
    return and_(Thread.state == State.VISIBLE, Thread.withdrawn_at.is_(None))


def _number_at(moment: ColumnElement[datetime]) -> ColumnElement[int]:
    """Return how far a thread had gone by a moment. A look is needed only if it goes across."""
    shown = select(Post.number).where(Post.thread_id == Thread.id, Post.shown_at <= moment)
    shown = shown.order_by(Post.shown_at.desc(), Post.number.desc()).limit(1)
    return case(
        (Thread.last_post_at <= moment, Thread.last_number),
        (Thread.started_at > moment, 0),
        else_=func.coalesce(shown.scalar_subquery(), 0),
    )
