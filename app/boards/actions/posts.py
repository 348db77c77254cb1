"""What every post goes through: its place in the thread, and what the thread counts of it.

Whoever calls has locked the thread, so numbers stay dense and counters right.
"""

from datetime import datetime
from typing import Any

from flask_babel import gettext
from sqlalchemy import func, select

from app.boards.limits import POSTS_A_WINDOW, POSTS_WINDOW
from app.boards.models import Board, Policy, Post, Thread, Voice
from app.core import clock
from app.core.errors import RuleBroken, TooMany
from app.core.text import RenderedText
from app.extensions import db
from app.moderation import actions as moderation
from app.moderation.models import State
from app.permissions import Actor, Rank


def add_post(
    thread: Thread, voice: Voice, body: RenderedText, state: State, **details: Any
) -> Post:
    """Add a post as it is first seen. `details` are columns of it that are not the usual ones."""
    now = clock.now()
    subject = moderation.new_subject(
        "post", voice_id=voice.id, group_id=thread.group_id, state=state
    )
    post = Post(
        subject_id=subject.id,
        thread=thread,
        voice=voice,
        voice_id=voice.id,  # give_number() compares it before it is written
        html=body.html,
        version=moderation.write_version(subject, body),
        written_at=now,
        state=state,
        **details,
    )
    if state == State.VISIBLE:
        give_number(thread, post, at=now)
    db.session.add(post)
    db.session.flush()
    return post


def give_number(thread: Thread, post: Post, *, at: datetime) -> None:
    """Give a post its number when it becomes visible: the next, for ever, without a gap."""
    thread.last_number += 1
    post.number, post.shown_at = thread.last_number, at
    thread.last_post_at = at
    if thread.answered_at is None and post.voice_id != thread.voice_id:
        thread.answered_at = at
    if post.tells_outcome and thread.turned_out_at is None:
        thread.turned_out_at = at


def count_anew(post: Post) -> None:
    """Say anew since when its thread is answered, after a post came into sight or went out of it.

    Only the first in sight counts: without its one answer, a thread waits for a first reply again.
    """
    thread = post.thread
    db.session.flush()
    if post.voice_id != thread.voice_id:
        thread.answered_at = _first_shown(thread, Post.voice_id != thread.voice_id)
    if post.tells_outcome:
        thread.turned_out_at = _first_shown(thread, Post.tells_outcome.is_(True))


def state_at_first(board: Board, actor: Actor) -> State:
    """Say whether what the actor writes here shows at once or waits for a look."""
    waits = {
        Policy.EVERYONE_WAITS: actor.rank < Rank.FACILITATOR,
        Policy.NEWCOMERS_WAIT: actor.rank <= Rank.NEWCOMER,
    }
    return State.HELD if waits.get(board.policy, False) else State.VISIBLE


def require_pause(voice: Voice) -> None:
    """Refuse what no hand can write in a minute."""
    lately = select(func.count()).select_from(Post).where(Post.voice_id == voice.id)
    since = clock.now() - POSTS_WINDOW
    if db.session.scalars(lately.where(Post.written_at > since)).one() >= POSTS_A_WINDOW:
        raise TooMany(
            gettext("That was a lot in a minute. Your words are safe; send them in a moment."),
            wait=POSTS_WINDOW,
        )


def require_open(thread: Thread) -> None:
    """Refuse to write in a thread that rests or is out of sight. Taking back never asks."""
    if thread.is_locked or thread.is_archived or thread.board.is_closed:
        raise RuleBroken(gettext("This thread is resting. You can start a new one."))
    if thread.state == State.HIDDEN or thread.is_withdrawn:
        raise RuleBroken(gettext("This thread is out of sight, so nothing can be added now."))


def _first_shown(thread: Thread, *which: Any) -> datetime | None:
    in_sight = Post.state == State.VISIBLE, Post.withdrawn_at.is_(None), Post.number.is_not(None)
    shown = select(Post.shown_at).where(Post.thread_id == thread.id, *in_sight, *which)
    return db.session.scalar(shown.order_by(Post.shown_at, Post.number).limit(1))
