"""Somebody knocks at a door: it is written down, and forgotten when they come in."""

from collections.abc import Iterable

from sqlalchemy import delete

from app.accounts.models import Attempt
from app.accounts.queries import Knock, lately
from app.core import clock
from app.extensions import db


def note_knocks(knocks: Iterable[Knock]) -> list[int]:
    """Write down that somebody knocked; return the numbers of the rows."""
    now = clock.now()
    rows = [Attempt(door=knock.door.name, key=knock.key(now), at=now) for knock in knocks]
    db.session.add_all(rows)
    db.session.flush()
    return [row.id for row in rows]


def forgive(rows: Iterable[int], *knocks: Knock) -> None:
    """Forget these rows, and all that was noted lately of who knocked so."""
    db.session.execute(delete(Attempt).where(Attempt.id.in_(list(rows))))
    for knock in knocks:
        db.session.execute(delete(Attempt).where(*lately(knock)))
