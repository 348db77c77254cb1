"""How a member wants the place to be for them."""

from sqlalchemy import update

from app.accounts.models import Member
from app.extensions import db
from app.permissions import Actor


def set_reading(*, actor: Actor, sees_counts: bool, wants_nudges: bool) -> None:
    """Choose whether pages say how many, and whether Today tells of threads that wait."""
    chosen = {"sees_counts": sees_counts, "wants_nudges": wants_nudges}
    db.session.execute(update(Member).where(Member.id == actor.id).values(chosen))
