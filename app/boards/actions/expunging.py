"""Empty one old version of a post or of a title for good."""

from app.boards.models import Post, Thread
from app.moderation import actions as moderation
from app.moderation.models import Version
from app.permissions import Actor, Permission, require


def expunge_version(whose: Post | Thread, version: Version, *, actor: Actor, reason: str) -> None:
    """Empty an old version in which something stands that nobody should find. The log says why."""
    require(actor, Permission.VERSION_EXPUNGE, whose)
    moderation.expunge_version(version, actor=actor, reason=reason)
