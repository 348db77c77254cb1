"""Add posts, change them, take them back. The thread is locked first, so numbers stay dense."""

from datetime import datetime

from flask_babel import gettext
from sqlalchemy import func, select

from app.accounts.models import Member
from app.boards.actions.reading import mark_read
from app.boards.actions.voices import voice_of
from app.boards.limits import POSTS_A_WINDOW, POSTS_WINDOW
from app.boards.models import Board, Policy, Post, Thread, Voice
from app.core import clock
from app.core.database import LOCKED
from app.core.errors import RuleBroken, TooMany
from app.core.text import RenderedText
from app.extensions import db
from app.moderation import actions as moderation
from app.moderation.models import State, Subject
from app.notifications.actions import note
from app.permissions import Actor, Permission, Rank, require


def reply(thread: Thread, *, actor: Actor, body: RenderedText) -> Post:
    """Add a post to a thread, which the caller has locked, so no number is given twice."""
    require(actor, Permission.THREAD_REPLY, thread)
    _require_open(thread)
    voice = voice_of(actor)
    require_pause(voice)

    post = add_post(thread, voice, body, state_at_first(thread.board, actor))
    mark_read(thread.id, thread.last_number, actor=actor)
    note("post:reply", actor=actor, subject_id=post.subject_id)
    return post


def edit_post(post: Post, *, actor: Actor, body: RenderedText, version: int) -> Post:
    """Give a post new words as its next version. `version` is the one the author was shown."""
    require(actor, Permission.POST_EDIT, post)
    _require_open(post.thread)
    if post.is_withdrawn or post.state == State.HIDDEN:
        raise RuleBroken(gettext("These words are out of sight, so they can't be changed now."))
    if post.version != version:
        raise RuleBroken(
            gettext("This was changed somewhere else meanwhile. Below are both: yours is safe.")
        )
    subject = db.session.get_one(Subject, post.subject_id)
    post.version = moderation.write_version(subject, body)
    post.html, post.edited_at = body.html, clock.now()
    note("post:edit", actor=actor, subject_id=post.subject_id)
    return post


def withdraw_post(post: Post, *, actor: Actor) -> None:
    """Take a post back. Always possible; the place stays, the words are out of sight at once."""
    require(actor, Permission.POST_WITHDRAW, post)
    if post.is_withdrawn:
        return
    post.withdrawn_at = clock.now()
    if post.opens_thread:
        _take_back_title(post.thread)
    note("post:withdraw", actor=actor, subject_id=post.subject_id)


def let_through(post: Post, *, actor: Actor) -> None:
    """Show a post that waited for a look. Its author is a newcomer no more."""
    require(actor, Permission.POST_LET_THROUGH, post)
    if post.is_held:
        author = db.session.get_one(Member, post.author_id, with_for_update=LOCKED)
        author.welcomed_at = author.welcomed_at or clock.now()
        subjects = [post.subject_id]
        if post.opens_thread and post.thread.state == State.HELD:
            subjects.insert(0, post.thread.subject_id)
        for subject_id in subjects:
            moderation.let_through(db.session.get_one(Subject, subject_id), actor=actor)
        note("post:let_through", actor=actor, subject_id=post.subject_id)


def give_number(thread: Thread, post: Post, *, at: datetime) -> None:
    """Give a post its number when it becomes visible: the next, for ever, without a gap."""
    thread.last_number += 1
    post.number, post.shown_at = thread.last_number, at
    thread.last_post_at = at
    if thread.answered_at is None and post.voice_id != thread.voice_id:
        thread.answered_at = at
    if post.tells_outcome and thread.turned_out_at is None:
        thread.turned_out_at = at


def add_post(
    thread: Thread, voice: Voice, body: RenderedText, state: State, *, opens_thread: bool = False
) -> Post:
    now = clock.now()
    subject = moderation.new_subject(
        "post", voice_id=voice.id, group_id=thread.group_id, state=state
    )
    post = Post(
        subject_id=subject.id,
        thread=thread,
        voice=voice,
        html=body.html,
        version=moderation.write_version(subject, body),
        opens_thread=opens_thread,
        written_at=now,
        state=state,
    )
    if state == State.VISIBLE:
        give_number(thread, post, at=now)
    db.session.add(post)
    db.session.flush()
    return post


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


def _take_back_title(thread: Thread) -> None:
    """A title is its author's words too. A thread nobody has answered goes with it."""
    thread.title = ""
    if thread.last_number <= 1:
        thread.withdrawn_at = clock.now()


def _require_open(thread: Thread) -> None:
    if thread.is_locked or thread.board.is_closed:
        raise RuleBroken(gettext("This thread is resting. You can start a new one."))
    if thread.state == State.HIDDEN or thread.is_withdrawn:
        raise RuleBroken(gettext("This thread is out of sight, so nothing can be added now."))
