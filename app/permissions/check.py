"""Ask the table."""

from typing import Any

from app.core.errors import NotAllowed
from app.permissions.actor import Actor
from app.permissions.names import Permission
from app.permissions.table import RULES, Fact


def can(actor: Actor, permission: str, subject: Any = None) -> bool:
    """Say whether the actor holds the permission over the subject."""
    return any(
        all(_holds(fact, actor, subject) for fact in alternative)
        for alternative in RULES[Permission(permission)]
    )


def require(actor: Actor, permission: str, subject: Any = None) -> None:
    """Refuse with NotAllowed unless the actor holds the permission."""
    if not can(actor, permission, subject):
        raise NotAllowed(permission)


def _holds(fact: Permission | Fact, actor: Actor, subject: Any) -> bool:
    if isinstance(fact, Permission):
        return can(actor, fact, subject)
    return fact(actor, subject)
