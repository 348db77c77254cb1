"""Trust somebody with a role, and take it back. Both are logged for good."""

from flask_babel import gettext

from app.accounts import actions as accounts
from app.accounts.models import Member
from app.core.errors import RuleBroken
from app.desk.queries import has_another_organiser
from app.moderation.actions import Change, log
from app.notifications.actions import note
from app.permissions import GROUP_ROLES, Actor, Permission, Role, require


def grant_role(member: Member, role: Role, group_id: int | None, *, actor: Actor) -> None:
    """Trust a member with a role. Trusting them twice is trusting them once."""
    require(actor, Permission.ROLE_GRANT)
    if member.id == actor.id:
        raise RuleBroken(gettext("Nobody gives a role to themself. Ask another organiser."))
    _require_fitting_group(role, group_id)
    if accounts.add_grant(member.id, role, group_id, actor.id):
        note("role:grant", actor=actor, member_id=member.id)
        change = Change("grant", after=_code(role, group_id))
        log(change, actor=actor, member_id=member.id)


def take_back_role(member: Member, role: Role, group_id: int | None, *, actor: Actor) -> None:
    """End what a member was trusted with. Who answers for the place stays at least one."""
    require(actor, Permission.ROLE_GRANT)
    _require_fitting_group(role, group_id)
    if role == Role.ORGANISER and not has_another_organiser(member.id):
        raise RuleBroken(
            gettext("Somebody has to answer for this place. Make another organiser first.")
        )
    if accounts.remove_grant(member.id, role, group_id):
        note("role:take_back", actor=actor, member_id=member.id)
        change = Change("take_back", before=_code(role, group_id))
        log(change, actor=actor, member_id=member.id)


def _require_fitting_group(role: Role, group_id: int | None) -> None:
    if role in GROUP_ROLES and group_id is None:
        raise RuleBroken(gettext("Choose the group they do this in."), field="group")
    if role not in GROUP_ROLES and group_id is not None:
        raise RuleBroken(
            gettext("This role is held in the whole community. Choose no group."), field="group"
        )


def _code(role: Role, group_id: int | None) -> str:
    """Return the role as the log keeps it: with the number of its group, never its name."""
    return f"{role}:{group_id}" if group_id else f"{role}"
