"""Who is asking, and who the members are."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import and_, or_, select

from app.accounts.limits import SESSION_IDLES, SESSION_KEPT, SHARED_SESSION_IDLES
from app.accounts.models import Grant, Member, Session
from app.core import clock
from app.extensions import db
from app.permissions import RANK_OF, Actor, Rank, Role


@dataclass(frozen=True, slots=True)
class SignedIn:
    actor: Actor
    secret_hash: str
    last_active_at: datetime


def find_signed_in(secret: str) -> SignedIn | None:
    """Return who holds this secret, with all they were given, in one query."""
    secret_hash = hash_of(secret)
    now = clock.now()
    is_alive = or_(
        Session.last_active_at > now - SHARED_SESSION_IDLES,
        and_(
            Session.is_on_shared_computer.is_(False), Session.last_active_at > now - SESSION_IDLES
        ),
    )
    rows = db.session.execute(
        select(Member.id, Member.name, Member.standing, Member.confirmed_at, Member.welcomed_at)
        .add_columns(Member.language, Member.zone, Session.last_active_at)
        .add_columns(Grant.role, Grant.group_id)
        .join_from(Session, Member)
        .outerjoin(Grant, Grant.member_id == Member.id)
        .where(Session.secret_hash == secret_hash, Session.ended_at.is_(None), is_alive)
    ).all()
    return SignedIn(_actor(rows), secret_hash, rows[0].last_active_at) if rows else None


def find_ended(secret: str) -> int | None:
    """Return whose session this secret opened, if it ended lately; for keeping their words."""
    since = clock.now() - SESSION_IDLES - SESSION_KEPT
    return db.session.scalar(
        select(Session.member_id)
        .where(Session.secret_hash == hash_of(secret), Session.last_active_at > since)
    )  # fmt: skip


def hash_of(secret: str) -> str:
    """Return the SHA-256 of a secret. It is random already: a slow hash would add nothing."""
    return hashlib.sha256(secret.encode(errors="replace")).hexdigest()


def _actor(rows: Sequence[Any]) -> Actor:
    row = rows[0]
    grants = [(Role(each.role), each.group_id) for each in rows if each.role]
    in_groups = [(role, group_id) for role, group_id in grants if group_id is not None]
    return Actor(
        id=row.id,
        name=row.name,
        rank=_rank(row, [role for role, _ in grants]),
        roles=frozenset(role for role, group_id in grants if group_id is None),
        group_ids=frozenset(group_id for _, group_id in in_groups),
        facilitated_group_ids=frozenset(g for role, g in in_groups if role == Role.FACILITATOR),
        standing=row.standing,
        language=row.language,
        zone=row.zone,
    )


def _rank(row: Any, roles: list[Role]) -> Rank:
    if row.confirmed_at is None:
        return Rank.UNCONFIRMED
    own = Rank.MEMBER if row.welcomed_at else Rank.NEWCOMER
    return max([own, *(RANK_OF[role] for role in roles)])
