"""Somebody joins, and shows that the address they gave is theirs."""

from dataclasses import dataclass

from sqlalchemy import select

from app.accounts.actions.letters import write_already_here, write_please_confirm
from app.accounts.actions.tokens import kill_tokens, make_token, use_token
from app.accounts.limits import CONSENT_VERSION
from app.accounts.models import Consent, HeldName, Member, TokenPurpose
from app.accounts.queries import address_of, find_member_at, get_member, require_free
from app.core import clock
from app.core.database import insert_or_ignore
from app.core.lookalikes import look_of
from app.core.mail_addresses import MailAddress
from app.extensions import db


@dataclass(frozen=True, slots=True)
class NewMember:
    """Who is to become a member: their name, address and hash are in order already."""

    name: str
    address: MailAddress
    password_hash: str
    is_confirmed: bool = False
    is_welcomed: bool = False


def join(asked: NewMember) -> None:
    """Make a member, or write to whoever has the address already. The asker isn't told which.

    Whoever gets here agreed to the health consent. The name is gone in both cases: were it
    still free, a second try would tell that the address is known.
    """
    require_free(asked.name)
    member_id = add_member(asked)
    if member_id is None:
        require_free(asked.name)  # somebody may have taken it while we wrote
        _leave_be(asked)
        return
    db.session.add(
        Consent(member_id=member_id, about="health", version=CONSENT_VERSION, given_at=clock.now())
    )
    write_please_confirm(asked.address, make_token(member_id, TokenPurpose.CONFIRM))


def add_member(new: NewMember) -> int | None:
    """Make a member without asking for anything; return their number.

    Returns None, and changes nothing, where the name or the address is taken.
    """
    now = clock.now()
    key = new.address.key
    is_new = insert_or_ignore(
        Member,
        name=new.name,
        name_key=look_of(new.name),
        email_sealed=new.address.seal(),
        email_key=key,
        password_hash=new.password_hash,
        joined_at=now,
        confirmed_at=now if new.is_confirmed else None,
        welcomed_at=now if new.is_welcomed else None,
    )
    if not is_new:
        return None
    return db.session.scalars(select(Member.id).where(Member.email_key == key)).one()


def confirm(secret: str) -> Member:
    """Take the link as proof that a member reads the mail of their address. Raises LinkOver."""
    member = use_token(secret, TokenPurpose.CONFIRM)
    member.confirmed_at = member.confirmed_at or clock.now()
    kill_tokens(member.id, TokenPurpose.CONFIRM)
    return member


def ask_again_to_confirm(member_id: int) -> None:
    """Write once more to a member who has not confirmed yet. Whoever has needs no letter."""
    member = get_member(member_id, for_update=True)
    if member.confirmed_at is None:
        secret = make_token(member.id, TokenPurpose.CONFIRM)
        write_please_confirm(address_of(member), secret)


def _leave_be(asked: NewMember) -> None:
    """Hold the name, and write to the owner of the address, as they gave it when they joined."""
    insert_or_ignore(HeldName, name_key=look_of(asked.name), held_at=clock.now())
    owner = find_member_at(asked.address)
    if owner is not None:
        write_already_here(address_of(owner))
