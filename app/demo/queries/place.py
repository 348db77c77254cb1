"""What a place holds before it is made larger: boards, and who may write on them."""

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from random import Random

from sqlalchemy import exists, func, select

from app.accounts.models import Grant, Member
from app.boards.models import Audience, Board, Policy, Post, Thread, Voice
from app.core.mail_addresses import MailAddress
from app.extensions import db
from app.permissions import Role, Standing
from app.tags.models import Tag

STAFF = (Role.MODERATOR, Role.ORGANISER, Role.CURATOR)


@dataclass(frozen=True, slots=True)
class Author:
    """A member as heard on boards. `since` is when they could first write there."""

    member_id: int
    voice_id: int
    name: str
    since: datetime
    is_newcomer: bool
    liveliness: float  # from 0, who hardly ever writes, to 1


class Crowd:
    """Members, any of whom may be the one who writes next."""

    def __init__(self, authors: Iterable[Author]) -> None:
        self.authors = sorted(authors, key=lambda author: (author.since, author.member_id))
        self._since = [author.since for author in self.authors]

    def someone(self, at: datetime, dice: Random) -> Author | None:
        """Return somebody who was there by then, rather one who is lively than one who is not."""
        there = bisect_right(self._since, at)
        if not there:
            return None
        author = self.authors[int(dice.random() * there)]
        while dice.random() > author.liveliness:
            author = self.authors[int(dice.random() * there)]
        return author

    def without(self, *, newcomers: bool) -> "Crowd":
        """Return those who are no newcomers, or only those who are."""
        return Crowd(each for each in self.authors if each.is_newcomer != newcomers)

    def only(self, member_ids: set[int]) -> "Crowd":
        return Crowd(each for each in self.authors if each.member_id in member_ids)


@dataclass(frozen=True, slots=True)
class Place:
    """A board that people write on."""

    id: int
    slug: str
    group_id: int | None
    policy: Policy
    audience: Audience
    allows_support: bool

    @property
    def is_public(self) -> bool:
        return self.audience == Audience.PUBLIC

    @property
    def is_started_by_staff_only(self) -> bool:
        return self.policy == Policy.STAFF_START


@dataclass(frozen=True, slots=True)
class Counted:
    members: int
    threads: int
    posts: int


def is_scaled() -> bool:
    """Say whether this place was made larger before, even if only in part."""
    return bool(db.session.scalar(select(exists().where(Member.email_key == crowd_address(1).key))))


def crowd_address(number: int) -> MailAddress:
    """Return the address of a member of the crowd, counted from 1. It reaches nobody (RFC 2606)."""
    return MailAddress(f"crowd-{number}@example.org")


def counted() -> Counted:
    """Return how much is here, by counting: call it before a place is made larger."""
    rows = [db.session.scalar(select(func.count()).select_from(m)) for m in (Member, Thread, Post)]
    return Counted(*(row or 0 for row in rows))


def looks_taken() -> set[str]:
    return set(db.session.scalars(select(Member.name_key)))


def places() -> tuple[Place, ...]:
    """Return the boards that are open, but for those where everything waits for a look."""
    found = select(Board.id, Board.slug, Board.group_id, Board.policy, Board.audience)
    found = found.add_columns(Board.allows_support).where(Board.closed_at.is_(None))
    found = found.where(Board.policy != Policy.EVERYONE_WAITS).order_by(Board.id)
    return tuple(Place(**row) for row in db.session.execute(found).mappings())


def tag_ids() -> tuple[int, ...]:
    offered = select(Tag.id).where(Tag.retired_at.is_(None)).order_by(Tag.slug)
    return tuple(db.session.scalars(offered))


def authors(dice: Random) -> Crowd:
    """Return everybody in good standing who has a voice of their own name."""
    heard = (
        select(Member.id, Voice.id, Member.name, Member.joined_at, Member.welcomed_at)
        .join(Voice, Voice.member_id == Member.id)
        .where(Voice.thread_id.is_(None), Member.confirmed_at.is_not(None))
        .where(Member.standing == Standing.GOOD)
        .order_by(Member.id)
    )
    return Crowd(
        Author(member_id, voice_id, name, welcomed or joined, welcomed is None, _liveliness(dice))
        for member_id, voice_id, name, joined, welcomed in db.session.execute(heard)
    )


def _liveliness(dice: Random) -> float:
    """Few people write much. Nobody never writes: they would be looked for without end."""
    return max(0.02, dice.random() ** 2)


def members_without_a_voice() -> list[tuple[int, str]]:
    """Return who has not said anything yet, of those who may."""
    heard = exists().where(Voice.member_id == Member.id, Voice.thread_id.is_(None))
    silent = select(Member.id, Member.name).where(~heard, Member.confirmed_at.is_not(None))
    silent = silent.where(Member.standing == Standing.GOOD).order_by(Member.id)
    return [(member_id, name) for member_id, name in db.session.execute(silent)]


def members_of(group_id: int) -> set[int]:
    return set(db.session.scalars(select(Grant.member_id).where(Grant.group_id == group_id)))


def staff() -> set[int]:
    return set(db.session.scalars(select(Grant.member_id).where(Grant.role.in_(STAFF))))
