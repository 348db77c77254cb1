"""What one line tells of a post or a thread, and which are no news to somebody."""

from collections.abc import Collection, Mapping
from typing import Any

from sqlalchemy import Select, or_, select

from app.boards.models import Post, ReadingPosition, Thread, Voice
from app.boards.queries.reach import post_is_readable_by, thread_is_readable_by
from app.boards.queries.reading import is_muted_by, is_position_of
from app.care.models import ContentNote
from app.care.queries import folds_at_first, note_words, notes_in, notes_of
from app.core.kinds import Glance
from app.extensions import db
from app.moderation.models import State
from app.permissions import Actor

# Somebody is in need there. A summary that comes days later is no way to hear of it.
CRISIS = frozenset({ContentNote.SUICIDAL_THOUGHTS, ContentNote.SELF_HARM})


def glances_at_posts(actor: Actor, subject_ids: Collection[int]) -> Mapping[int, Glance]:
    """Return a glance at each of these posts that the actor may see, by its subject."""
    seen = (
        _glanced_at(actor, Post.subject_id, Post.id, Post.voice_id)
        .join(Thread, Thread.id == Post.thread_id)
        .where(Post.subject_id.in_(subject_ids), post_is_readable_by(actor))
    )
    return {row.subject_id: _glance(row, f"/posts/{row.id}") for row in db.session.execute(seen)}


def glances_at_threads(actor: Actor, subject_ids: Collection[int]) -> Mapping[int, Glance]:
    """Return a glance at each of these threads that the actor may see, by its subject."""
    seen = _glanced_at(actor, Thread.subject_id, Thread.id, Thread.voice_id)
    seen = seen.where(Thread.subject_id.in_(subject_ids))
    return {row.subject_id: _glance(row, f"/threads/{row.id}") for row in db.session.execute(seen)}


def posts_no_news_to(actor: Actor) -> Select[int]:
    """Select the posts the actor has read, or muted whose they are, or that are out of sight."""
    is_read = Post.number <= ReadingPosition.last_number
    is_gone = or_(Post.state != State.VISIBLE, Post.withdrawn_at.is_not(None))
    return (
        select(Post.subject_id)
        .join(Thread, Thread.id == Post.thread_id)
        .join(Voice, Voice.id == Post.voice_id)
        .outerjoin(ReadingPosition, is_position_of(actor))
        .where(or_(is_read, is_gone, is_muted_by(actor)))
    )


def _glanced_at(actor: Actor, subject_id: Any, own_id: Any, voice_id: Any) -> Select[Any]:
    return (
        select(subject_id, own_id, Thread.id.label("thread_id"), Thread.title, Voice.shown_name)
        .add_columns(notes_of(subject_id).label("notes"), is_muted_by(actor).label("is_muted"))
        .add_columns(notes_of(Thread.subject_id).label("thread_notes"))
        .join(Voice, Voice.id == voice_id)
        .where(thread_is_readable_by(actor))
    )


def _glance(row: Any, path: str) -> Glance:
    of_thread = notes_in(row.thread_notes)
    every = {*of_thread, *notes_in(row.notes)}
    return Glance(
        path=path,
        place=f"/threads/{row.thread_id}",
        title="" if folds_at_first(of_thread) else row.title,
        by="" if row.is_muted else row.shown_name,
        notes=tuple(note_words(of_thread)),
        is_for_digests=CRISIS.isdisjoint(every),
    )
