"""How members come in and go out."""

import secrets

from sqlalchemy import update

from app.accounts.limits import ACTIVITY_STEP
from app.accounts.models import Session
from app.accounts.queries import hash_of
from app.core import clock
from app.extensions import db


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


def note_activity(secret_hash: str) -> None:
    """Move a session's last activity on, in steps. It never moves back."""
    now = clock.now()
    own = Session.secret_hash == secret_hash
    db.session.execute(
        update(Session)
        .where(own, Session.last_active_at < now - ACTIVITY_STEP)
        .values(last_active_at=now)
    )
