"""Put notifications behind oneself, and forget them in the end."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import ColumnElement, delete, select, true, update

from app.core import clock
from app.extensions import db
from app.notifications.limits import FORGOTTEN_A_BATCH
from app.notifications.models import Notification
from app.permissions import Actor


def mark_read(notification_ids: Collection[int], *, actor: Actor) -> None:
    """Count some of the actor's notifications as read. Others' are not touched."""
    _mark(Notification.id.in_(notification_ids), actor)


def mark_all_read(*, actor: Actor, until: int | None = None) -> None:
    """Count as read what the actor was told, up to the newest they have seen if that is named."""
    _mark(true() if until is None else Notification.id <= until, actor)


def forget(before: datetime) -> int:
    """Forget a batch of what members were told before a moment; return how many it was."""
    old = select(Notification.id).where(Notification.at < before)
    old = old.order_by(Notification.at, Notification.id).limit(FORGOTTEN_A_BATCH)
    gone = delete(Notification).where(Notification.id.in_(old)).returning(Notification.id)
    return len(db.session.scalars(gone).all())


def let_grow_old(before: datetime) -> int:
    """Count a batch of what members were told before a moment as read; return how many."""
    old = select(Notification.id).where(Notification.at < before, Notification.read_at.is_(None))
    old = old.order_by(Notification.at, Notification.id).limit(FORGOTTEN_A_BATCH)
    read = update(Notification).where(Notification.id.in_(old)).values(read_at=clock.now())
    return len(db.session.scalars(read.returning(Notification.id)).all())


def _mark(which: ColumnElement[bool], actor: Actor) -> None:
    own = Notification.member_id == actor.id, Notification.read_at.is_(None)
    db.session.execute(update(Notification).where(*own, which).values(read_at=clock.now()))
