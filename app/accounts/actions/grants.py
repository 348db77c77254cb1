"""Roles are written down and taken away. Who may do that, and the log, are the desk's."""

from sqlalchemy import delete

from app.accounts.models import Grant
from app.core import clock
from app.core.database import insert_or_ignore
from app.extensions import db
from app.permissions import GROUP_ROLES, Role


def add_grant(
    member_id: int, role: Role, group_id: int | None = None, given_by_id: int | None = None
) -> bool:
    """Write down a role, in one group or everywhere; say whether it is new."""
    if (role in GROUP_ROLES) != (group_id is not None):
        raise ValueError(f"{role} is held {'in a group' if role in GROUP_ROLES else 'everywhere'}")
    return insert_or_ignore(
        Grant,
        member_id=member_id,
        role=role,
        group_id=group_id,
        given_by_id=given_by_id,
        given_at=clock.now(),
    )


def remove_grant(member_id: int, role: Role, group_id: int | None = None) -> bool:
    """Take a role away; say whether it was there."""
    own = Grant.member_id == member_id, Grant.role == role, Grant.group_id == group_id
    removed = db.session.scalars(delete(Grant).where(*own).returning(Grant.id)).all()
    return bool(removed)
