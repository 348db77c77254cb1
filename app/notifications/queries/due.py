"""Letters that are due: to whom, and about what; and whether one may still be sent."""

from collections.abc import Collection, Sequence
from datetime import date

from sqlalchemy import func, select

from app.accounts.queries import get_actor
from app.core import clock
from app.core.errors import NotFound
from app.extensions import db
from app.notifications.limits import DUE_AT_ONCE
from app.notifications.models import About, Channel, Mailing, Notification
from app.notifications.queries.reach import is_news_to, is_shown_to
from app.notifications.queries.wishes import wishes_of
from app.permissions import Actor, Rank


def members_due(most: int) -> list[int]:
    """Return to whom letters are due, whoever has waited longest first."""
    longest = func.min(Notification.due_at)
    due = select(Notification.member_id).where(Notification.due_at <= clock.now())
    due = due.group_by(Notification.member_id).order_by(longest, Notification.member_id)
    return list(db.session.scalars(due.limit(most)))


def due_to(member_id: int) -> Sequence[Notification]:
    """Return what a member is to be written about now, the oldest first."""
    own = select(Notification).where(
        Notification.member_id == member_id, Notification.due_at <= clock.now()
    )
    oldest = own.order_by(Notification.due_at, Notification.id).limit(DUE_AT_ONCE)
    fresh = oldest.execution_options(populate_existing=True)
    return db.session.scalars(fresh).all()


def worth_telling(notification_ids: Collection[int], *, actor: Actor) -> set[int]:
    """Return which of these the actor may still see, and does not know of yet.

    None for an address nobody has confirmed: it may be somebody else's.
    """
    if actor.rank <= Rank.UNCONFIRMED:
        return set()
    own = select(Notification.id).where(Notification.id.in_(notification_ids))
    return set(db.session.scalars(own.where(is_shown_to(actor), is_news_to(actor))))


def find_mailing(mailing_id: int) -> Mailing | None:
    """Return what a letter is about."""
    return db.session.scalar(select(Mailing).where(Mailing.id == mailing_id))


def find_mailing_of(member_id: int, channel: Channel, day: date) -> int | None:
    """Return the summary a member had on a day, if there was one."""
    own = Mailing.member_id == member_id, Mailing.channel == channel, Mailing.day == day
    return db.session.scalar(select(Mailing.id).where(*own))


def may_still_go(mailing_id: int) -> bool:
    """Say whether all a letter tells may still be told so: seen by its reader, and wanted now."""
    mailing = find_mailing(mailing_id)
    if mailing is None:
        return False
    try:
        actor = get_actor(mailing.member_id)
    except NotFound:
        return False
    told, wishes = told_in(mailing_id), wishes_of(actor.id)
    is_wanted = all(wishes.channels[About(row.about)] == mailing.channel for row in told)
    is_quiet = wishes.quiet_at(clock.now()) is not None
    worth = worth_telling([row.id for row in told], actor=actor)
    return bool(told) and is_wanted and not is_quiet and len(worth) == len(told)


def told_in(mailing_id: int) -> Sequence[Notification]:
    """Return the notifications a letter tells of."""
    own = select(Notification).where(Notification.mailing_id == mailing_id)
    return db.session.scalars(own.order_by(Notification.id)).all()
