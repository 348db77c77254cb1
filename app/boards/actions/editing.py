"""Give a post other words. The ones before are kept as its earlier versions."""

from collections.abc import Iterable

from flask_babel import gettext
from sqlalchemy import func, select

from app.boards.actions.measure import require_measure
from app.boards.actions.posts import require_open
from app.boards.actions.quoting import drop_lost_passages
from app.boards.limits import EDITS_A_WINDOW, EDITS_WINDOW
from app.boards.models import Post
from app.care.actions import set_content_notes
from app.care.models import ContentNote
from app.core import clock
from app.core.errors import RuleBroken, TooMany
from app.core.text import RenderedText
from app.extensions import db
from app.moderation import actions as moderation
from app.moderation.models import State, Subject, Version
from app.notifications.actions import note
from app.permissions import Actor, Permission, require


def edit_post(
    post: Post, *, actor: Actor, body: RenderedText, version: int,
    notes: Iterable[ContentNote] | None = None,
) -> Post:  # fmt: skip
    """Give a post new words as its next version. `version` is the one the author was shown.

    Its content notes stay as they are unless `notes` says which it carries now.
    """
    require(actor, Permission.POST_EDIT, post)
    require_open(post.thread)
    if post.is_withdrawn or post.state == State.HIDDEN:
        raise RuleBroken(gettext("These words are out of sight, so they can't be changed now."))
    if post.version != version:
        raise RuleBroken(
            gettext("This was changed somewhere else meanwhile. Below are both: yours is safe.")
        )
    require_measure(body, actor)
    _require_patience(post)

    subject = db.session.get_one(Subject, post.subject_id)
    post.version = moderation.write_version(subject, body)
    post.html, post.edited_at = body.html, clock.now()
    drop_lost_passages(post)
    if notes is not None:
        _carry_notes(post, tuple(notes))
    note("post:edit", actor=actor, subject_id=post.subject_id)
    return post


def _carry_notes(post: Post, notes: tuple[ContentNote, ...]) -> None:
    """Note what a post mentions. The title of a thread follows the note of its opening post."""
    set_content_notes(post.subject_id, notes)
    if post.opens_thread:
        set_content_notes(post.thread.subject_id, notes)


def _require_patience(post: Post) -> None:
    """Refuse to change one post over and over: each version is kept, and others are reading."""
    lately = Version.written_at > clock.now() - EDITS_WINDOW
    edits = select(func.count()).select_from(Version)
    edits = edits.where(Version.subject_id == post.subject_id, Version.number > 1, lately)
    if db.session.scalars(edits).one() >= EDITS_A_WINDOW:
        raise TooMany(
            gettext("You have changed this often just now. Your words are safe; save them later."),
            wait=EDITS_WINDOW,
        )
