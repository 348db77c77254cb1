"""A browser in which a member is signed in begins and ends."""

import secrets

from flask_babel import gettext
from sqlalchemy import update

from app.accounts.limits import ACTIVITY_STEP
from app.accounts.models import Session
from app.accounts.queries import Credentials, get_member, hash_of
from app.core import clock
from app.core.errors import RuleBroken
from app.extensions import db


def sign_in(
    credentials: Credentials, *, device: str = "", is_shared: bool = False, new_hash: str = ""
) -> str:
    """Begin a session for somebody whose password was right; return its secret.

    `new_hash` is of the same password, by today's parameters.
    """
    member = get_member(credentials.member_id, for_update=True)
    if member.password_hash != credentials.password_hash:
        raise RuleBroken(gettext("The password was changed just now. Sign in with the new one."))
    member.password_hash = new_hash or member.password_hash
    return start_session(member.id, device=device, is_shared=is_shared)


def start_session(member_id: int, *, device: str = "", is_shared: bool = False) -> str:
    """Begin a session for a member who proved who they are; return its secret, once."""
    secret = secrets.token_urlsafe(32)
    now = clock.now()
    db.session.add(
        Session(
            secret_hash=hash_of(secret),
            member_id=member_id,
            device=device,
            is_on_shared_computer=is_shared,
            started_at=now,
            last_active_at=now,
        )
    )
    db.session.flush()
    return secret


def end_session(secret: str) -> None:
    """Sign a browser out. The row stays a while: words kept for its member hang on it."""
    own = Session.secret_hash == hash_of(secret)
    db.session.execute(
        update(Session).where(own, Session.ended_at.is_(None)).values(ended_at=clock.now())
    )


def end_all_sessions(member_id: int) -> None:
    """Sign a member out everywhere. Each browser learns of it with the next thing it asks."""
    own = Session.member_id == member_id
    db.session.execute(
        update(Session).where(own, Session.ended_at.is_(None)).values(ended_at=clock.now())
    )


def note_activity(secret_hash: str) -> None:
    """Move a session's last activity on, in steps. It never moves back."""
    now = clock.now()
    own = Session.secret_hash == secret_hash
    db.session.execute(
        update(Session)
        .where(own, Session.last_active_at < now - ACTIVITY_STEP)
        .values(last_active_at=now)
    )
