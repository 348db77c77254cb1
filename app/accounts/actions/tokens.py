"""Links sent by mail: for one purpose, once, and not for long."""

import secrets
from datetime import timedelta

from sqlalchemy import update

from app.accounts.limits import CONFIRM_ENDS, RESET_ENDS
from app.accounts.models import Member, Token, TokenPurpose
from app.accounts.queries import LinkOver, find_owner, get_member, hash_of, works
from app.core import clock
from app.extensions import db

LASTS: dict[TokenPurpose, timedelta] = {
    TokenPurpose.CONFIRM: CONFIRM_ENDS,
    TokenPurpose.RESET: RESET_ENDS,
}


def make_token(member_id: int, purpose: TokenPurpose) -> str:
    """Return a new secret for a link. Only its hash is kept."""
    secret = secrets.token_urlsafe(32)
    now = clock.now()
    db.session.add(
        Token(
            secret_hash=hash_of(secret),
            member_id=member_id,
            purpose=purpose,
            made_at=now,
            ends_at=now + LASTS[purpose],
        )
    )
    return secret


def use_token(secret: str, purpose: TokenPurpose) -> Member:
    """Use a link up and return whose it was, locked. Of two at once, one gets LinkOver."""
    owner = find_owner(secret, purpose)
    if owner is None:
        raise LinkOver
    member = get_member(
        owner.id, for_update=True
    )  # first, or two links of one would wait in a ring
    used = update(Token).where(*works(secret, purpose)).values(used_at=clock.now())
    if db.session.scalar(used.returning(Token.member_id)) is None:
        raise LinkOver
    return member


def kill_tokens(member_id: int, *purposes: TokenPurpose) -> None:
    """Let no link work any longer that was sent to a member for one of these, or for anything."""
    unused = Token.member_id == member_id, Token.used_at.is_(None)
    meant = Token.purpose.in_(purposes or TokenPurpose)
    db.session.execute(update(Token).where(*unused, meant).values(used_at=clock.now()))
