"""Make the members a larger place has, in bulk."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice
from random import Random

from app.accounts.limits import CONSENT_VERSION
from app.accounts.models import Consent, Member
from app.boards.models import FreshStart, Voice
from app.core import bulk
from app.demo import limits
from app.demo.queries import place, wording

LATELY = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Newly:
    """Somebody who is to become a member."""

    name: str
    look: str
    number: int  # in the crowd, from 1
    joined_at: datetime
    welcomed_at: datetime | None
    fresh_at: datetime | None  # when they made a fresh start


def crowd(dice: Random, now: datetime, size: int) -> Iterator[list[Newly]]:
    """Think up so many members, some thousand at a time."""
    names = wording.names(dice, place.looks_taken())
    people = (_newly(dice, now, number, *next(names)) for number in range(1, size + 1))
    while some := list(islice(people, limits.MEMBERS_A_BATCH)):
        yield some


def let_in(people: list[Newly], password_hash: str) -> None:
    """Write members with their consent, their voice and their fresh start."""
    first = bulk.newest_id(Member) + 1
    own = list(enumerate(people, start=first))
    _write_members(own, password_hash)
    bulk.insert_many(
        Consent,
        ("member_id", "about", "version", "given_at"),
        ((number, "health", CONSENT_VERSION, each.joined_at) for number, each in own),
    )
    bulk.insert_many(
        FreshStart,
        ("member_id", "at"),
        ((number, each.fresh_at) for number, each in own if each.fresh_at),
    )
    give_voices([(number, each.name) for number, each in own])


def give_voices(members: list[tuple[int, str]]) -> None:
    """Let members be heard under their own names: their ids and names."""
    bulk.insert_many(Voice, ("member_id", "shown_name"), members)


def _newly(dice: Random, now: datetime, number: int, name: str, look: str) -> Newly:
    joined = now - limits.LONGEST_PAST * dice.random() ** 0.8 - timedelta(hours=1)
    stays_new = joined > now - LATELY and dice.random() < limits.STAYING_NEWCOMERS
    welcomed = min(now, joined + timedelta(days=dice.random()))
    fresh = joined + (now - joined) * dice.random() if dice.random() < 0.3 else None
    return Newly(name, look, number, joined, None if stays_new else welcomed, fresh)


def _write_members(own: list[tuple[int, Newly]], password_hash: str) -> None:
    names = (
        "id", "name", "name_key", "email_sealed", "email_key", "password_hash", "joined_at",
        "confirmed_at", "welcomed_at",
    )  # fmt: skip
    rows = []
    for number, each in own:
        address = place.crowd_address(each.number)
        who = number, each.name, each.look, address.seal(), address.key, password_hash
        when = each.joined_at, each.joined_at, each.welcomed_at
        rows.append((*who, *when))
    bulk.insert_many(Member, names, rows)
    bulk.count_on(Member)
