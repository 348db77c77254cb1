"""Letters are put in the outbox, and emptied when they are gone."""

import secrets

from flask_babel import lazy_gettext as _l
from sqlalchemy import update

from app.core import clock
from app.core.keys import key_ring
from app.extensions import db
from app.outbox.models import Letter, Subject
from app.outbox.queries import about

SUBJECTS = {
    Subject.NOTE: _l("A note for you"),
    Subject.CONFIRM: _l("Please confirm your address"),
}


def send_later(to: str, subject: Subject, text: str) -> None:
    """Put a letter to one person in the outbox, with what is written in the same unit."""
    message_id = secrets.token_hex(16)
    ring = key_ring("mail")
    db.session.add(
        Letter(
            message_id=message_id,
            subject=str(SUBJECTS[subject]),
            sealed_to=ring.seal(to, about=about(message_id, "to")),
            sealed_text=ring.seal(text, about=about(message_id, "text")),
            written_at=clock.now(),
        )
    )


def note_sent(letter_id: int) -> None:
    """Remember that a letter is gone, and forget to whom and what."""
    gone = {"sent_at": clock.now(), "sealed_to": None, "sealed_text": None}
    unsent = Letter.id == letter_id, Letter.sent_at.is_(None)
    db.session.execute(update(Letter).where(*unsent).values(gone))
