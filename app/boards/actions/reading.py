"""How far a member has read."""

from app.boards.models import ReadingPosition
from app.extensions import db
from app.permissions import Actor


def mark_read(thread_id: int, number: int, *, actor: Actor) -> None:
    """Move the actor's reading position forward. It never moves back."""
    own = {"member_id": actor.id, "thread_id": thread_id}
    position = db.session.get(ReadingPosition, own, with_for_update=True)
    if position is None:
        db.session.add(ReadingPosition(**own, last_number=number))
    else:
        position.last_number = max(position.last_number, number)
