"""Who is asking, by the secret their browser holds."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, or_, select

from app.accounts.limits import SESSION_IDLES, SESSION_KEPT, SHARED_SESSION_IDLES
from app.accounts.models import Grant, Look, Member, Session
from app.core import clock
from app.core.errors import NotFound
from app.extensions import db
from app.permissions import RANK_OF, Actor, Rank, Role, Standing

OF_AN_ACTOR = (
    Member.id, Member.name, Member.standing, Member.standing_until, Member.confirmed_at,
    Member.welcomed_at, Member.language, Member.zone, Member.sees_counts,
    Member.wants_nudges, Member.look, Grant.role, Grant.group_id,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class SignedIn:
    """Who asks, and what is known of the session they ask in."""

    actor: Actor
    secret_hash: str
    last_active_at: datetime
    is_on_shared_computer: bool


def find_signed_in(secret: str) -> SignedIn | None:
    """Return who holds this secret, with all they were given, in one query."""
    secret_hash = hash_of(secret)
    rows = db.session.execute(
        select(*OF_AN_ACTOR, Session.last_active_at, Session.is_on_shared_computer)
        .join_from(Session, Member)
        .outerjoin(Grant, Grant.member_id == Member.id)
        .where(Session.secret_hash == secret_hash, Session.ended_at.is_(None), ~has_idled())
    ).all()
    if not rows:
        return None
    return SignedIn(
        _actor(rows), secret_hash, rows[0].last_active_at, rows[0].is_on_shared_computer
    )


def get_actor(member_id: int) -> Actor:
    """Return a member as the actor a request of theirs would have. Raises NotFound."""
    rows = db.session.execute(
        select(*OF_AN_ACTOR)
        .outerjoin_from(Member, Grant, Grant.member_id == Member.id)
        .where(Member.id == member_id)
    ).all()
    if not rows:
        raise NotFound
    return _actor(rows)


def find_ended(secret: str) -> int | None:
    """Return whose session this secret opened, if it ended lately; for keeping their words."""
    owner = select(Session.member_id).where(Session.secret_hash == hash_of(secret))
    return db.session.scalar(owner.where(~was_over(clock.now() - SESSION_KEPT)))


def has_idled(by: datetime | None = None) -> ColumnElement[bool]:
    """Return what holds for a session in which nobody did anything for too long, by a moment."""
    moment = by or clock.now()
    idle = Session.last_active_at <= moment - SESSION_IDLES
    idle_there = Session.last_active_at <= moment - SHARED_SESSION_IDLES
    return or_(idle, and_(Session.is_on_shared_computer, idle_there))


def was_over(moment: datetime) -> ColumnElement[bool]:
    """Return what holds for a session that had ended by a moment, by itself or by hand."""
    return or_(Session.ended_at.is_not(None) & (Session.ended_at <= moment), has_idled(moment))


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
        standing=_standing(row),
        language=row.language,
        zone=row.zone,
        sees_counts=row.sees_counts and Look.LOW_STIMULUS not in row.look.split(),
        wants_nudges=row.wants_nudges,
        look=row.look,
    )


def _rank(row: Any, roles: list[Role]) -> Rank:
    if row.confirmed_at is None:
        return Rank.UNCONFIRMED
    own = Rank.MEMBER if row.welcomed_at else Rank.NEWCOMER
    return max([own, *(RANK_OF[role] for role in roles)])


def _standing(row: Any) -> Standing:
    """A standing that was to end has ended when its time is over, without anybody's doing."""
    is_over = row.standing_until is not None and row.standing_until <= clock.now()
    return Standing.GOOD if is_over else Standing(row.standing)
