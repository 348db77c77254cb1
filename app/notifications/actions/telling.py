"""Tell members of what happened: a few in one unit, each once, wherever it was left."""

from typing import Any

from sqlalchemy import select, update

from app.core import clock
from app.core.database import insert_all_or_ignore
from app.core.tellings import Telling, tellings_of
from app.extensions import db
from app.notifications.limits import PASSED_A_BATCH, TOLD_WITHIN
from app.notifications.models import About, Event, Notification
from app.notifications.queries import next_concerned, next_due, readers, still_to_read

# However many do it, it is news once, until it was looked at.
BUNDLED = frozenset({About.SUPPORT})


def tell(event: Event, most: int) -> bool:
    """Tell the next members of an event, at most so many; say whether everybody has been told.

    Whoever calls has locked the event. A member whom several tellings name is told as the
    first of them has it: what concerns them most comes first (core/tellings.py).
    """
    tellings = tellings_of(event.verb)
    while event.telling < len(tellings):
        telling = tellings[event.telling]
        concerned = next_concerned(event, telling, most)
        _tell_all(event, telling, concerned)
        if len(concerned) == most:
            event.told_to = concerned[-1]
            return False
        most -= len(concerned)
        event.telling, event.told_to = event.telling + 1, 0
    event.told_at = clock.now()
    return True


def let_pass() -> int:
    """Count a batch of events as told that are too long past; return how many it was."""
    past = select(Event.id).where(Event.told_at.is_(None), Event.at < clock.now() - TOLD_WITHIN)
    past = past.order_by(Event.id).limit(PASSED_A_BATCH)
    passed = update(Event).where(Event.id.in_(past)).values(told_at=clock.now())
    return len(db.session.scalars(passed.returning(Event.id)).all())


def _tell_all(event: Event, telling: Telling, concerned: list[int]) -> None:
    about, now = About(telling.about), clock.now()
    wanted = set(concerned) - {event.actor_id}
    if about in BUNDLED:
        wanted -= still_to_read(wanted, about, event.subject_id)
    rows: list[dict[str, Any]] = [
        {
            "event_id": event.id,
            "member_id": reader.member_id,
            "about": about,
            "subject_id": event.subject_id,
            "at": event.at,
            "channel": reader.channel,
            "due_at": next_due(reader.channel, reader.zone, now),
        }
        for reader in readers(wanted, about)
    ]
    insert_all_or_ignore(Notification, rows)
