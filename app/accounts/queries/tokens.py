"""Links in letters: whose they are, as long as they work."""

from sqlalchemy import ColumnElement, select

from app.accounts.models import Member, Token, TokenPurpose
from app.accounts.queries.sessions import hash_of
from app.core import clock
from app.core.errors import NotFound
from app.extensions import db


class LinkOver(NotFound):
    """The link was used, has grown old, or never was one: nobody is told which."""


def require_working(secret: str, purpose: TokenPurpose) -> None:
    """Raise LinkOver unless the link works now. Looking at it does not use it up."""
    if find_owner(secret, purpose) is None:
        raise LinkOver


def find_owner(secret: str, purpose: TokenPurpose) -> Member | None:
    """Return whose link it is, if it works."""
    owned = select(Member).join(Token, Token.member_id == Member.id)
    return db.session.scalar(owned.where(*works(secret, purpose)))


def works(secret: str, purpose: TokenPurpose) -> tuple[ColumnElement[bool], ...]:
    """Return what holds for the row of a link that works."""
    return (
        Token.secret_hash == hash_of(secret),
        Token.purpose == purpose,
        Token.used_at.is_(None),
        Token.ends_at > clock.now(),
    )
