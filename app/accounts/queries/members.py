"""Who the members are, one at a time."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, func, select

from app.accounts.models import Grant, Member
from app.core.errors import NotFound
from app.core.keys import key_ring
from app.core.lookalikes import look_of
from app.core.mail_addresses import MailAddress, open_address, read_address
from app.extensions import db
from app.permissions import Role


@dataclass(frozen=True, slots=True)
class Credentials:
    """What somebody who wants to sign in is compared with."""

    member_id: int
    password_hash: str


def get_member_by_name(name: str, *, for_update: bool = False) -> Member:
    """Return the member with this name, or one that looks like it. Raises NotFound."""
    return _get(Member.name_key == look_of(name), for_update=for_update)


def get_member(member_id: int, *, for_update: bool = False) -> Member:
    """Return a member by number. Raises NotFound."""
    return _get(Member.id == member_id, for_update=for_update)


def find_member_at(address: MailAddress) -> Member | None:
    """Return who joined with this address."""
    return db.session.scalar(select(Member).where(Member.email_key == address.key))


def find_credentials(typed: str) -> Credentials | None:
    """Return what to compare a password with, for a name or an e-mail address as typed."""
    row = db.session.execute(
        select(Member.id, Member.password_hash).where(_is_called(typed))
    ).one_or_none()
    return Credentials(*row) if row else None


def account_mark(typed: str) -> str:
    """Return what tells the account apart that somebody tries, whether it exists or not.

    A name and an address of one member stay two marks: sharing one would tell that they belong
    together.
    """
    address = read_address(typed) if "@" in typed else None
    return address.key if address else look_of(typed)


def account_marks(member: Member) -> tuple[str, str]:
    """Return both marks under which tries at a member's account are counted."""
    return member.name_key, member.email_key


def address_of(member: Member) -> MailAddress:
    """Open a member's sealed address."""
    return open_address(member.email_sealed, member.email_key)


def words_about(member: Member) -> tuple[str, ...]:
    """Return what somebody who knows a member would try in their password."""
    return member.name, address_of(member).local_part


def standing_until(member_id: int) -> datetime | None:
    """Return when what a moderator decided about a member's standing ends, if it does by itself."""
    return db.session.scalar(select(Member.standing_until).where(Member.id == member_id))


def mark_of_joining(address: MailAddress) -> str:
    """Return what a browser keeps to show that it is the one somebody joined with."""
    return key_ring("lookup").keyed_hash("joined", address.key)


def count_organisers() -> int:
    """Return how many members answer for the place."""
    grants = select(func.count()).select_from(Grant).where(Grant.role == Role.ORGANISER)
    return db.session.scalars(grants).one()


def _is_called(typed: str) -> ColumnElement[bool]:
    if "@" not in typed:
        return Member.name_key == look_of(typed)
    address = read_address(typed)
    return Member.email_key == (address.key if address else "")


def _get(condition: Any, *, for_update: bool) -> Member:
    asked = select(Member).where(condition)
    member = db.session.scalar(asked.with_for_update() if for_update else asked)
    if member is None:
        raise NotFound
    return member
