"""How far a member has read."""

from sqlalchemy import update

from app.boards.models import ReadingPosition
from app.core.database import insert_or_ignore
from app.extensions import db
from app.permissions import Actor


def mark_read(thread_id: int, number: int, *, actor: Actor) -> None:
    """Move the actor's reading position forward. It never moves back."""
    own = {"member_id": actor.id, "thread_id": thread_id}
    # Two tabs may be the first to look: whoever comes second moves the first one's row.
    if not insert_or_ignore(ReadingPosition, **own, last_number=number):
        behind = update(ReadingPosition).where(ReadingPosition.last_number < number)
        db.session.execute(behind.filter_by(**own).values(last_number=number))
