"""How far a member has read: said in SQL, so that every list counts alike."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy import ColumnElement, and_, case, func, select

from app.accounts.models import Member
from app.boards.models import FreshStart, Post, ReadingPosition, Thread
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
    """Return how many posts of a thread, joined with the actor's position, are new to them."""
    if not actor.is_authenticated:
        return sa.literal(0)
    return Thread.last_number - read_until(actor)


def _number_at(moment: ColumnElement[datetime]) -> ColumnElement[int]:
    """Return how far a thread had gone by a moment. A look is needed only if it goes across."""
    shown = select(Post.number).where(Post.thread_id == Thread.id, Post.shown_at <= moment)
    shown = shown.order_by(Post.shown_at.desc(), Post.number.desc()).limit(1)
    return case(
        (Thread.last_post_at <= moment, Thread.last_number),
        (Thread.started_at > moment, 0),
        else_=func.coalesce(shown.scalar_subquery(), 0),
    )
