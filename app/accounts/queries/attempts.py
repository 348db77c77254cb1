"""How often somebody knocked lately. Who it was is kept as a hash that changes every day."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from flask_babel import ngettext
from sqlalchemy import ColumnElement, select

from app.accounts.limits import Door
from app.accounts.models import Attempt
from app.core import clock
from app.core.errors import TooMany
from app.core.keys import key_ring
from app.extensions import db

MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Knock:
    """Somebody at a door, told apart by these marks: a network, an account, an address."""

    door: Door
    marks: tuple[str, ...]

    def key(self, day: datetime) -> str:
        """Return what is written down of who it was: it says nothing, and tomorrow another."""
        date = day.date().isoformat()
        return key_ring("network").keyed_hash(self.door.name, date, *self.marks)


def require_room(knocks: Iterable[Knock], *, with_this: bool) -> None:
    """Refuse with TooMany at a door that has seen enough of them; it says when to come back.

    `with_this`: this knock is written down already, so one more than the door's tries is too many.
    """
    for knock in knocks:
        most = knock.door.tries + int(with_this)
        newest = select(Attempt.at).where(*lately(knock)).order_by(Attempt.at.desc()).limit(most)
        seen = db.session.scalars(newest).all()
        if len(seen) >= most:
            raise _too_many(seen[-1] + knock.door.window - clock.now())


def lately(knock: Knock) -> tuple[ColumnElement[bool], ...]:
    """Return what holds for the attempts that count with this knock; a window may span midnight."""
    since = clock.now() - knock.door.window
    keys = {knock.key(clock.now()), knock.key(since)}
    return Attempt.door == knock.door.name, Attempt.key.in_(keys), Attempt.at > since


def _too_many(wait: timedelta) -> TooMany:
    wait = max(wait, timedelta(seconds=1))
    minutes = -(-wait // MINUTE)  # rounded up: who comes back then is let in
    sentence = ngettext(
        "That was tried often just now. Please come back in a minute.",
        "That was tried often just now. Please come back in %(num)s minutes.",
        minutes,
    )
    return TooMany(sentence, wait=minutes * MINUTE)
