"""Letters are put in the outbox, taken by one hand at a time, and emptied when they are gone."""

import secrets
from dataclasses import dataclass
from typing import Any, cast

from flask_babel import lazy_gettext as _l
from sqlalchemy import ColumnElement, CursorResult, or_, select, update

from app.core import clock, jobs
from app.core.keys import key_ring
from app.extensions import db
from app.outbox.limits import BATCH, FIRST_PAUSE, GIVEN_UP_AFTER, LEASE, LONGEST_PAUSE
from app.outbox.models import Letter, Subject
from app.outbox.queries import about, is_waiting

SUBJECTS = {
    Subject.NOTE: _l("A note for you"),
    Subject.CONFIRM: _l("Please confirm your address"),
    Subject.DAILY: _l("Your daily summary"),
    Subject.WEEKLY: _l("Your weekly summary"),
}

SENDING = "outbox.send"  # the job that tasks.py describes

EMPTIED = {"sealed_to": None, "sealed_text": None, "sealed_way_out": None}
FREE = {"held_by": None, "held_until": None}


@dataclass(frozen=True, slots=True)
class Terms:
    """On what a letter may go: what is asked once more then, and how its reader ends the like."""

    check_name: str  # one of core/checks.py
    check_id: int  # what the letter is about
    way_out: str  # the whole address that ends such letters, for whoever holds it


def send_later(to: str, subject: Subject, text: str, terms: Terms | None = None) -> None:
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
            due_at=clock.now(),
            check_name=terms.check_name if terms else "",
            check_id=terms.check_id if terms else 0,
            sealed_way_out=ring.seal(terms.way_out, about=about(message_id, "way_out"))
            if terms
            else None,
        )
    )
    jobs.wake(SENDING)


def take_due(hand: str) -> tuple[int, ...]:
    """Give a hand the letters that are due and that nobody holds, the longest due first."""
    now = clock.now()
    is_free = or_(Letter.held_until.is_(None), Letter.held_until <= now)
    due = select(Letter.id).where(is_waiting(), Letter.due_at <= now, is_free)
    due = due.order_by(Letter.due_at, Letter.id).limit(BATCH)
    taken = tuple(db.session.scalars(due.with_for_update(skip_locked=True)))
    held = {"held_by": hand, "held_until": now + LEASE, "tries": Letter.tries + 1}
    db.session.execute(update(Letter).where(Letter.id.in_(taken)).values(held))
    return taken


def note_sent(letter_id: int, hand: str) -> None:
    """Remember that a letter is gone, and forget to whom and what."""
    _change_held(letter_id, hand, {"sent_at": clock.now(), **EMPTIED, **FREE})


def take_back(letter_id: int, hand: str) -> bool:
    """Empty a letter unsent: what it told is no longer for its reader. Say if it was ours to."""
    emptied = {"sent_at": clock.now(), "fault": "TakenBack", **EMPTIED, **FREE}
    return _change_held(letter_id, hand, emptied)


def note_failed(letter_id: int, hand: str, fault: str) -> None:
    """Let a letter wait for its next try: each time twice as long, and in the end no more."""
    letter = db.session.get_one(Letter, letter_id, populate_existing=True)
    if clock.now() - letter.written_at >= GIVEN_UP_AFTER:
        give_up(letter_id, hand, fault)
        return
    pause = min(FIRST_PAUSE * 2 ** min(letter.tries - 1, 20), LONGEST_PAUSE)
    later = {"due_at": clock.now() + pause, "fault": fault}
    _change_held(letter_id, hand, later | FREE)


def give_up(letter_id: int, hand: str, fault: str) -> None:
    """Try a letter no more: its server will never take it. An organiser sees it."""
    _change_held(letter_id, hand, {"given_up_at": clock.now(), "fault": fault, **FREE})


def put_back(letter_ids: tuple[int, ...], hand: str) -> None:
    """Let go of letters that were not tried after all."""
    for letter_id in letter_ids:
        _change_held(letter_id, hand, {"tries": Letter.tries - 1, **FREE})


def try_again(letter_id: int) -> bool:
    """Let a letter that was given up be tried anew, as if it had been written now."""
    anew = {"given_up_at": None, "tries": 0, "fault": "", "due_at": clock.now()}
    return _change_given_up(letter_id, anew | {"written_at": clock.now()})


def let_go(letter_id: int) -> bool:
    """Empty a letter that was given up. What it was about has been settled otherwise."""
    return _change_given_up(letter_id, {"sent_at": clock.now(), "given_up_at": None, **EMPTIED})


def _change_held(letter_id: int, hand: str, values: dict[str, Any]) -> bool:
    """Change a letter this hand still holds; one it held too long belongs to another by now."""
    return _change(values, Letter.id == letter_id, Letter.held_by == hand, is_waiting())


def _change_given_up(letter_id: int, values: dict[str, Any]) -> bool:
    return _change(values, Letter.id == letter_id, Letter.given_up_at.is_not(None))


def _change(values: dict[str, Any], *own: ColumnElement[bool]) -> bool:
    done = db.session.execute(
        update(Letter).where(*own).values(values), execution_options={"preserve_rowcount": True}
    )
    return cast("CursorResult[Any]", done).rowcount == 1
