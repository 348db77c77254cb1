"""Words go out of sight, by their author's wish or a moderator's, and come into it."""

from datetime import datetime

from markupsafe import Markup
from sqlalchemy import select, update

from app.accounts.models import Member
from app.boards.actions.posts import count_anew
from app.boards.actions.quoting import empty_passages
from app.boards.limits import EMPTIED_A_BATCH
from app.boards.models import Post, Thread
from app.core import clock
from app.core.database import LOCKED
from app.extensions import db
from app.moderation import actions as moderation
from app.moderation.models import State, Subject
from app.notifications.actions import note
from app.permissions import Actor, Permission, require


def withdraw_post(post: Post, *, actor: Actor) -> None:
    """Take a post back. Always possible; the place stays, the words are out of sight at once."""
    require(actor, Permission.POST_WITHDRAW, post)
    if post.is_withdrawn:
        return
    post.withdrawn_at = clock.now()
    if post.opens_thread:
        _take_back_title(post.thread)
    count_anew(post)
    note("post:withdraw", actor=actor, subject_id=post.subject_id)


def empty_withdrawn(before: datetime) -> int:
    """Empty a batch of posts withdrawn before this moment; return how many it was.

    Only the words go: the rows stay, so that places, numbers and references hold.
    """
    long_gone = Post.withdrawn_at < before, Post.html != Markup()
    posts = select(Post).where(*long_gone).order_by(Post.withdrawn_at, Post.id)
    batch = db.session.scalars(posts.limit(EMPTIED_A_BATCH).with_for_update(**LOCKED)).all()
    titles = select(Thread.subject_id).where(
        Thread.id.in_([post.thread_id for post in batch if post.opens_thread])
    )
    moderation.empty_versions([*(post.subject_id for post in batch), *db.session.scalars(titles)])
    ids = [post.id for post in batch]
    empty_passages(ids)
    db.session.execute(update(Post).where(Post.id.in_(ids)).values(html=Markup(), quoted=""))
    return len(ids)


def let_through(post: Post, *, actor: Actor) -> None:
    """Show a post that waited for a look. Its author, locked first, is a newcomer no more."""
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


def _take_back_title(thread: Thread) -> None:
    """A title is its author's words too. A thread nobody has answered goes with it."""
    thread.title = ""
    if thread.last_number <= 1:
        thread.withdrawn_at = clock.now()
