"""Whom an event concerns, a few at a time."""

from collections.abc import Collection

from sqlalchemy import func, select

from app.core.tellings import Telling
from app.extensions import db
from app.notifications.models import About, Event, Notification


def next_event_to_tell(after_id: int) -> int | None:
    """Return the next event that somebody is still to be told of."""
    waiting = select(func.min(Event.id)).where(Event.told_at.is_(None), Event.id > after_id)
    return db.session.scalar(waiting)


def take_event(event_id: int) -> Event | None:
    """Return an event to go on with, locked; None if all are told, or another hand has it."""
    waiting = select(Event).where(Event.id == event_id, Event.told_at.is_(None))
    # Read anew: another hand may have gone on with it since this one looked.
    fresh = waiting.with_for_update(skip_locked=True).execution_options(populate_existing=True)
    return db.session.scalar(fresh)


def next_concerned(event: Event, telling: Telling, most: int) -> list[int]:
    """Return the next members a telling concerns, in the order of their ids."""
    concerned = telling.concerned(event)
    (member_id,) = concerned.selected_columns
    left = concerned.where(member_id > event.told_to).distinct().order_by(member_id).limit(most)
    return list(db.session.scalars(left))


def still_to_read(member_ids: Collection[int], about: About, subject_id: int | None) -> set[int]:
    """Return who of these was told the like of the same thing, and has not read that yet."""
    told = select(Notification.member_id).where(
        Notification.member_id.in_(member_ids),
        Notification.about == about,
        Notification.subject_id == subject_id,
        Notification.read_at.is_(None),
    )
    return set(db.session.scalars(told))
