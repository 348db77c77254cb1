"""Begin a conversation."""

from dataclasses import dataclass

from flask_babel import gettext

from app.boards.actions.measure import require_measure
from app.boards.actions.posts import add_post, require_pause, state_at_first
from app.boards.actions.reading import follow_unless_decided, mark_read
from app.boards.actions.voices import voice_of
from app.boards.limits import ASKED_AFTER
from app.boards.models import Board, Level, Thread, Voice, Wish
from app.care.actions import set_content_notes
from app.care.models import ContentNote
from app.core import clock
from app.core.errors import RuleBroken
from app.core.text import RenderedText
from app.extensions import db
from app.moderation import actions as moderation
from app.moderation.models import State
from app.notifications.actions import note
from app.permissions import Actor, Permission, require
from app.tags.actions import tag_subject


@dataclass(frozen=True, slots=True)
class Opening:
    """What somebody begins a conversation with."""

    title: RenderedText
    body: RenderedText
    wish: Wish = Wish.NONE
    notes: tuple[ContentNote, ...] = ()
    tags: tuple[str, ...] = ()  # their slugs
    may_be_asked: bool = False  # in three months, how it turned out


def start_thread(board: Board, opening: Opening, *, actor: Actor) -> Thread:
    """Open a conversation on a board with its first post. Its author follows it."""
    require(actor, Permission.THREAD_START, board)
    if board.is_closed:
        raise RuleBroken(gettext("This board is resting. Other boards are open."))
    require_measure(opening.body, actor)
    voice = voice_of(actor)
    require_pause(voice)

    thread = _open(board, voice, opening, state_at_first(board, actor))
    post = add_post(thread, voice, opening.body, thread.state, opens_thread=True)
    # On both: a list shows the title without the post, and a quotation the post without the title.
    for subject_id in (thread.subject_id, post.subject_id):
        set_content_notes(subject_id, opening.notes)
    tag_subject(thread.subject_id, opening.tags)
    mark_read(thread.id, thread.last_number, actor=actor)
    follow_unless_decided(thread.id, Level.FOLLOW, actor=actor)
    note("thread:start", actor=actor, subject_id=thread.subject_id)
    return thread


def _open(board: Board, voice: Voice, opening: Opening, state: State) -> Thread:
    now = clock.now()
    subject = moderation.new_subject(
        "thread", voice_id=voice.id, group_id=board.group_id, state=state
    )
    moderation.write_version(subject, opening.title)
    thread = Thread(
        subject_id=subject.id,
        board=board,
        group_id=board.group_id,
        is_public=board.is_public,
        voice=voice,
        title=opening.title.source,
        wish=opening.wish,
        started_at=now,
        last_number=0,
        last_post_at=now,
        may_be_asked_at=now + ASKED_AFTER if opening.may_be_asked else None,
        state=state,
    )
    db.session.add(thread)
    db.session.flush()
    return thread
