"""Earlier versions of a post or a title, for their author and for moderators."""

from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from sqlalchemy import select

from app.boards.limits import VERSIONS_SHOWN
from app.boards.models import Post, Thread
from app.boards.queries.reach import get_post, get_thread
from app.core import text
from app.core.database import LOCKED
from app.core.errors import NotFound
from app.core.text import Piece
from app.extensions import db
from app.moderation.models import Version
from app.permissions import Actor, Permission, can

Row = TypeVar("Row", Post, Thread)


@dataclass(frozen=True, slots=True)
class VersionRow:
    """A version of some words, and what changed in it since the one before."""

    number: int
    written_at: datetime
    is_emptied: bool
    is_newest: bool
    changes: tuple[Piece, ...]


def get_post_with_history(post_id: int, *, actor: Actor) -> Post:
    """Return a post whose earlier versions the actor may read. Anything else does not exist."""
    return _with_history(get_post(post_id, actor=actor), actor)


def get_thread_with_history(thread_id: int, *, actor: Actor) -> Thread:
    """Return a thread whose earlier titles the actor may read. Anything else does not exist."""
    thread = _with_history(get_thread(thread_id, actor=actor), actor)
    if not thread.title and not actor.is_moderator:
        raise NotFound  # its author took the title back: it is out of sight for them as well
    return thread


def versions_of(subject_id: int) -> list[VersionRow]:
    """Return the newest versions of a subject's words, newest first. Ask for the right first."""
    newest = select(Version).where(Version.subject_id == subject_id)
    newest = newest.order_by(Version.number.desc()).limit(VERSIONS_SHOWN + 1)
    versions = db.session.scalars(newest).all()
    befores = [*versions[1:], None]
    pairs = list(zip(versions, befores, strict=True))[:VERSIONS_SHOWN]
    return [_row(version, before, versions[0].number) for version, before in pairs]


def get_version(
    whose: Post | Thread, number: int, *, actor: Actor, for_update: bool = False
) -> Version:
    """Return one version of some words for those who may empty it. For others there is none."""
    own = Version.subject_id == whose.subject_id, Version.number == number
    wanted = select(Version).where(*own)
    found = db.session.scalar(wanted.with_for_update(**LOCKED) if for_update else wanted)
    if found is None or not can(actor, Permission.VERSION_EXPUNGE, whose):
        raise NotFound
    return found


def _with_history(row: Row, actor: Actor) -> Row:
    if not can(actor, Permission.HISTORY_READ, row):
        raise NotFound
    return row


def _row(version: Version, before: Version | None, newest: int) -> VersionRow:
    """Compare with the version before, if its words are there; what stands alone is all kept."""
    words = version.source or ""
    compared = words if before is None or before.source is None else before.source
    return VersionRow(
        number=version.number,
        written_at=version.written_at,
        is_emptied=version.emptied_at is not None,
        is_newest=version.number == newest,
        changes=text.differences(compared, words),
    )
