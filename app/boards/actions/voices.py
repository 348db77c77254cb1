"""How a member is heard."""

from sqlalchemy import select

from app.boards.models import Voice
from app.core.database import insert_or_ignore
from app.extensions import db
from app.permissions import Actor


def voice_of(actor: Actor) -> Voice:
    """Return the voice under which the actor is heard by their own name."""
    own = select(Voice).where(Voice.member_id == actor.id, Voice.thread_id.is_(None))
    voice = db.session.scalar(own)
    if voice is None:
        # Their first words may be said in two places at once.
        insert_or_ignore(Voice, member_id=actor.id, shown_name=actor.name)
        voice = db.session.scalars(own).one()
    return voice
