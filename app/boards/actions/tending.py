"""Look after threads: another title by their author; lock, archive and pin by who moderates."""

from datetime import datetime

from flask_babel import gettext

from app.boards.actions.posts import require_open
from app.boards.models import Thread
from app.core import clock
from app.core.errors import RuleBroken
from app.core.text import RenderedText
from app.extensions import db
from app.moderation import actions as moderation
from app.moderation.actions import Change
from app.moderation.models import Subject
from app.notifications.actions import note
from app.permissions import Actor, Permission, require


def retitle_thread(thread: Thread, title: RenderedText, *, actor: Actor, version: int) -> None:
    """Call a thread otherwise. `version` is the one of its title that the author was shown."""
    require(actor, Permission.THREAD_RETITLE, thread)
    require_open(thread)
    if not thread.title:
        raise RuleBroken(gettext("Its title went with its first post, so it can't be changed now."))
    subject = db.session.get_one(Subject, thread.subject_id)
    if subject.version != version:
        raise RuleBroken(
            gettext("This was changed somewhere else meanwhile. Below are both: yours is safe.")
        )
    if title.source != thread.title:
        moderation.write_version(subject, title)
        thread.title = title.source
        note("thread:retitle", actor=actor, subject_id=thread.subject_id)


def lock_thread(thread: Thread, *, actor: Actor) -> None:
    """Let a thread rest: nothing is added until it is unlocked. Twice is once."""
    _mark(thread, "locked_at", Permission.THREAD_LOCK, actor, clock.now())


def unlock_thread(thread: Thread, *, actor: Actor) -> None:
    """Let members write in a thread again."""
    _mark(thread, "locked_at", Permission.THREAD_LOCK, actor, None)


def archive_thread(thread: Thread, *, actor: Actor) -> None:
    """Put away a thread that is old and done with. It can be read; nothing is added."""
    _mark(thread, "archived_at", Permission.THREAD_ARCHIVE, actor, clock.now())


def reopen_thread(thread: Thread, *, actor: Actor) -> None:
    """Take a thread out of the archive, as it was."""
    _mark(thread, "archived_at", Permission.THREAD_ARCHIVE, actor, None)


def pin_thread(thread: Thread, *, actor: Actor) -> None:
    """Let a thread stand first on its board."""
    _mark(thread, "pinned_at", Permission.THREAD_PIN, actor, clock.now())


def unpin_thread(thread: Thread, *, actor: Actor) -> None:
    """Let a thread stand among the others again."""
    _mark(thread, "pinned_at", Permission.THREAD_PIN, actor, None)


# What is said in the log and in the event, by the column and by whether it is filled or emptied.
VERBS = {
    ("locked_at", True): "lock", ("locked_at", False): "unlock",
    ("archived_at", True): "archive", ("archived_at", False): "reopen",
    ("pinned_at", True): "pin", ("pinned_at", False): "unpin",
}  # fmt: skip


def _mark(
    thread: Thread, column: str, permission: Permission, actor: Actor, at: datetime | None
) -> None:
    require(actor, permission, thread)
    if (getattr(thread, column) is None) == (at is None):
        return
    setattr(thread, column, at)
    verb = VERBS[column, at is not None]
    note(f"thread:{verb}", actor=actor, subject_id=thread.subject_id)
    moderation.log(Change(verb), actor=actor, subject_id=thread.subject_id)
