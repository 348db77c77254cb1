"""Letters that wait, opened."""

import re
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from app.core.keys import Unsealable, key_ring
from app.extensions import db
from app.outbox.models import Letter

LINK = re.compile(r"https?://[^\s<>\"]+")


@dataclass(frozen=True, slots=True)
class Opened:
    """A letter as its reader will see it."""

    id: int
    message_id: str
    to: str
    subject: str
    text: str
    written_at: datetime

    @property
    def links(self) -> list[str]:
        return LINK.findall(self.text)


def newest_waiting(most: int) -> list[Opened]:
    """Return the letters that are not sent yet, the newest first."""
    waiting = select(Letter).where(Letter.sent_at.is_(None))
    newest = db.session.scalars(waiting.order_by(Letter.id.desc()).limit(most))
    return [opened for letter in newest if (opened := open_letter(letter))]


def ids_waiting() -> list[int]:
    """Return the numbers of the letters that are not sent yet, the oldest first."""
    waiting = select(Letter.id).where(Letter.sent_at.is_(None))
    return [*db.session.scalars(waiting.order_by(Letter.id))]


def find_waiting(letter_id: int) -> Opened | None:
    """Return a letter, unless it was sent meanwhile or does not open."""
    waiting = select(Letter).where(Letter.id == letter_id, Letter.sent_at.is_(None))
    letter = db.session.scalar(waiting)
    return open_letter(letter) if letter else None


def open_letter(letter: Letter) -> Opened | None:
    """Return the letter opened, or None if its key is gone: the others must not wait for it."""
    ring, name = key_ring("mail"), letter.message_id
    try:
        to = ring.open(letter.sealed_to or "", about=about(name, "to"))
        text = ring.open(letter.sealed_text or "", about=about(name, "text"))
    except Unsealable:
        return None
    return Opened(letter.id, name, to, letter.subject, text, letter.written_at)


def about(message_id: str, part: str) -> str:
    """Return what a sealed part of a letter is bound to."""
    return f"letters.{part}:{message_id}"
