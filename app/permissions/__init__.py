"""Who may do what: the actor, the names, the facts, and the table that joins them."""

from flask import Flask

from app.core.actor import current_actor
from app.permissions.actor import GUEST, Actor
from app.permissions.check import can, require
from app.permissions.names import Permission
from app.permissions.roles import GROUP_ROLES, RANK_OF, Rank, Role, Standing

__all__ = [
    "GROUP_ROLES", "GUEST", "RANK_OF", "Actor", "Permission", "Rank", "Role", "Standing", "can",
    "require",
]  # fmt: skip


def init_app(app: Flask) -> None:
    """Let templates ask the same question the actions ask."""
    app.jinja_env.globals["can"] = lambda permission, subject=None: can(
        current_actor(), permission, subject
    )
