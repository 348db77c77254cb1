"""Begin a conversation."""

from flask_babel import gettext

from app.boards.actions.posts import add_post, require_pause, state_at_first
from app.boards.actions.reading import mark_read
from app.boards.actions.voices import voice_of
from app.boards.models import Board, Thread, Voice
from app.core import clock
from app.core.errors import RuleBroken
from app.core.text import RenderedText
from app.extensions import db
from app.moderation import actions as moderation
from app.moderation.models import State
from app.notifications.actions import note
from app.permissions import Actor, Permission, require


def start_thread(board: Board, *, actor: Actor, title: RenderedText, body: RenderedText) -> Thread:
    """Open a conversation on a board with its first post."""
    require(actor, Permission.THREAD_START, board)
    if board.is_closed:
        raise RuleBroken(gettext("This board is resting. Other boards are open."))
    voice = voice_of(actor)
    require_pause(voice)

    thread = _open(board, voice, title, state_at_first(board, actor))
    add_post(thread, voice, body, thread.state, opens_thread=True)
    mark_read(thread.id, thread.last_number, actor=actor)
    note("thread:start", actor=actor, subject_id=thread.subject_id)
    return thread


def _open(board: Board, voice: Voice, title: RenderedText, state: State) -> Thread:
    subject = moderation.new_subject(
        "thread", voice_id=voice.id, group_id=board.group_id, state=state
    )
    moderation.write_version(subject, title)
    thread = Thread(
        subject_id=subject.id,
        board=board,
        group_id=board.group_id,
        is_public=board.is_public,
        voice=voice,
        title=title.source,
        started_at=clock.now(),
        last_number=0,
        last_post_at=clock.now(),
        state=state,
    )
    db.session.add(thread)
    db.session.flush()
    return thread
