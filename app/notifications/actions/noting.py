"""Note what happened."""

from app.core import clock
from app.core.tellings import tellings_of
from app.extensions import db
from app.notifications.models import Event
from app.permissions import Actor


def note(
    verb: str, *, actor: Actor, subject_id: int | None = None, member_id: int | None = None
) -> None:
    """Write the event of an act, in the unit of writing of the act. Verbs read subject:verb.

    An event that nobody is told of counts as told.
    """
    now = clock.now()
    event = Event(at=now, verb=verb, subject_id=subject_id, member_id=member_id)
    event.actor_id = actor.id or None
    event.told_at = None if tellings_of(verb) else now
    db.session.add(event)
