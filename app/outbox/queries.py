"""Letters that wait, opened."""

import re
from dataclasses import dataclass
from datetime import datetime
from html import escape

from sqlalchemy import ColumnElement, and_, func, select

from app.core import clock
from app.core.keys import Unsealable, key_ring
from app.core.site import whole_address
from app.extensions import db
from app.outbox.limits import MOST_SHOWN
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
    check_name: str = ""
    check_id: int = 0
    way_out: str = ""  # where its reader ends letters like it; empty where that is not theirs

    @property
    def links(self) -> list[str]:
        return LINK.findall(self.text)


@dataclass(frozen=True, slots=True)
class GivenUp:
    """A letter nobody tries any more. To whom and what, nobody is told."""

    id: int
    subject: str
    written_at: datetime
    given_up_at: datetime
    tries: int
    fault: str


def is_waiting() -> ColumnElement[bool]:
    """Say of a letter that it is neither sent nor given up."""
    return and_(Letter.sent_at.is_(None), Letter.given_up_at.is_(None))


def newest_waiting(most: int) -> list[Opened]:
    """Return the letters that are not sent yet, the newest first."""
    waiting = select(Letter).where(Letter.sent_at.is_(None))
    newest = db.session.scalars(waiting.order_by(Letter.id.desc()).limit(most))
    return [opened for letter in newest if (opened := open_letter(letter))]


def count_waiting() -> int:
    """Return how many letters wait, whether they are due or not."""
    return db.session.scalars(select(func.count(Letter.id)).where(is_waiting())).one()


def is_any_due() -> bool:
    """Say whether a letter is due now, so that a server is called only for a reason."""
    due = select(Letter.id).where(is_waiting(), Letter.due_at <= clock.now()).limit(1)
    return db.session.scalar(due) is not None


def newest_given_up() -> tuple[GivenUp, ...]:
    """Return the letters that were given up, the newest first."""
    found = select(Letter.id, Letter.subject, Letter.written_at).add_columns(
        Letter.given_up_at, Letter.tries, Letter.fault
    )
    found = found.where(Letter.given_up_at.is_not(None))
    newest = found.order_by(Letter.given_up_at.desc(), Letter.id.desc()).limit(MOST_SHOWN)
    return tuple(GivenUp(*row) for row in db.session.execute(newest))


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
        sealed = letter.sealed_way_out
        way_out = ring.open(sealed, about=about(name, "way_out")) if sealed else ""
    except Unsealable:
        return None
    return Opened(
        letter.id, name, to, letter.subject, text, letter.written_at,
        check_name=letter.check_name, check_id=letter.check_id, way_out=way_out,
    )  # fmt: skip


def as_html(words: str) -> str:
    """Return a letter's words as a page that fetches nothing, with links to our own pages alone."""
    own = re.compile(re.escape(escape(whole_address("/"))) + r"[\w./?=&;-]*")
    shown = own.sub(r'<a href="\g<0>">\g<0></a>', escape(words.strip(), quote=False))
    paragraphs = "</p>\n<p>".join(shown.replace("\n\n", "\0").replace("\n", "<br>\n").split("\0"))
    head = '<html lang="en"><head><meta charset="utf-8"></head>'
    return f"<!doctype html>\n{head}\n<body>\n<p>{paragraphs}</p>\n</body></html>\n"


def about(message_id: str, part: str) -> str:
    """Return what a sealed part of a letter is bound to."""
    return f"letters.{part}:{message_id}"
