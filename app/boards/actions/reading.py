"""How far a member has read, and how closely they watch."""

from sqlalchemy import update

from app.boards.models import Follow, FreshStart, Level, ReadingPosition, Thread
from app.core import clock
from app.core.database import insert_or_ignore
from app.extensions import db
from app.notifications.actions import note
from app.permissions import Actor, Permission, require


def mark_read(thread_id: int, number: int, *, actor: Actor) -> None:
    """Move the actor's reading position forward. It never moves back."""
    own = {"member_id": actor.id, "thread_id": thread_id}
    # Two tabs may be the first to look: whoever comes second moves the first one's row.
    if not insert_or_ignore(ReadingPosition, **own, last_number=number):
        behind = update(ReadingPosition).where(ReadingPosition.last_number < number)
        db.session.execute(behind.filter_by(**own).values(last_number=number))


def start_fresh(*, actor: Actor) -> None:
    """Count everything that was shown until now as read by the actor."""
    now = clock.now()
    if not insert_or_ignore(FreshStart, member_id=actor.id, at=now):
        earlier = update(FreshStart).where(FreshStart.member_id == actor.id, FreshStart.at < now)
        db.session.execute(earlier.values(at=now))
    note("reading:start_fresh", actor=actor)


def follow(thread: Thread, level: Level, *, actor: Actor) -> None:
    """Watch a thread as closely as the actor says. It stays so when they write in it."""
    require(actor, Permission.THREAD_FOLLOW, thread)
    own = {"member_id": actor.id, "thread_id": thread.id}
    if not insert_or_ignore(Follow, **own, level=level):
        db.session.execute(update(Follow).filter_by(**own).values(level=level))
    note("thread:follow", actor=actor, subject_id=thread.subject_id)


def follow_unless_decided(thread_id: int, level: Level, *, actor: Actor) -> None:
    """Watch a thread the actor wrote in, unless they ever said how closely they want to."""
    insert_or_ignore(Follow, member_id=actor.id, thread_id=thread_id, level=level)
