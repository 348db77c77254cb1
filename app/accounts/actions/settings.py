"""How a member wants the place to be for them."""

from collections.abc import Iterable

from sqlalchemy import update

from app.accounts.models import THEMES, Look, Member
from app.extensions import db
from app.permissions import Actor


def set_reading(*, actor: Actor, sees_counts: bool, wants_nudges: bool) -> None:
    """Choose whether pages say how many, and whether Today tells of threads that wait."""
    chosen = {"sees_counts": sees_counts, "wants_nudges": wants_nudges}
    db.session.execute(update(Member).where(Member.id == actor.id).values(chosen))


def set_look(looks: Iterable[Look], *, actor: Actor) -> None:
    """Choose how pages look. Of two themes the first holds."""
    chosen = list(dict.fromkeys(looks))
    theme = [look for look in chosen if look in THEMES][:1]
    others = [look for look in chosen if look not in THEMES]
    words = " ".join(theme + others)
    db.session.execute(update(Member).where(Member.id == actor.id).values(look=words))


def set_zone(zone: str, *, actor: Actor) -> None:
    """Choose by which clock the actor lives: times are shown so, and letters come so."""
    db.session.execute(update(Member).where(Member.id == actor.id).values(zone=zone))
