"""Answer in a thread."""

from dataclasses import dataclass

from app.boards.actions.measure import require_measure
from app.boards.actions.posts import add_post, require_open, require_pause, state_at_first
from app.boards.actions.quoting import require_passage
from app.boards.actions.reading import follow_unless_decided, mark_read
from app.boards.actions.voices import voice_of
from app.boards.models import Level, Post, Thread
from app.care.actions import set_content_notes
from app.care.models import ContentNote
from app.core.text import RenderedText
from app.notifications.actions import note
from app.permissions import Actor, Permission, require


@dataclass(frozen=True, slots=True)
class Beside:
    """What comes with the words of an answer."""

    replying_to: int | None = None  # the post it quotes
    quoted: str = ""  # a passage of that; empty for how it begins
    notes: tuple[ContentNote, ...] = ()
    tells_outcome: bool = False


NOTHING = Beside()


def reply(thread: Thread, *, actor: Actor, body: RenderedText, beside: Beside = NOTHING) -> Post:
    """Add a post to a thread, which the caller has locked, so no number is given twice."""
    require(actor, Permission.THREAD_REPLY, thread)
    require_open(thread)
    voice = voice_of(actor)
    require_pause(voice)
    require_measure(body, actor)
    quoted = require_passage(thread, beside.replying_to, beside.quoted)

    details = {"replying_to_id": beside.replying_to, "quoted": quoted}
    details |= {"tells_outcome": beside.tells_outcome}
    post = add_post(thread, voice, body, state_at_first(thread.board, actor), **details)
    if beside.notes:
        set_content_notes(post.subject_id, beside.notes)
    mark_read(thread.id, thread.last_number, actor=actor)
    follow_unless_decided(thread.id, Level.FOLLOW, actor=actor)
    note("post:reply", actor=actor, subject_id=post.subject_id)
    return post
