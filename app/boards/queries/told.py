"""Whom events on boards concern. Nobody is told of what they may not see, or do not want to."""

from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, false, or_, select, true
from sqlalchemy.orm import aliased

from app.accounts.models import Grant, Member
from app.boards.models import BoardMute, Follow, Level, MemberMute, Post, Support, Thread, Voice
from app.boards.queries.mentions import names_called
from app.core import clock, text
from app.extensions import db
from app.moderation.models import State
from app.notifications.models import Event
from app.permissions import Role, Standing

# Apart from the members a query is of: it would take both for one.
Reader = aliased(Member, name="reader")


def followers(event: Event) -> Select[int]:
    """Those who follow the thread in which a post came into sight."""
    post = _post_shown_by(event)
    if post is None:
        return _nobody()
    own = Follow.thread_id == post.thread_id, Follow.level == Level.FOLLOW
    return select(Follow.member_id).where(*own, *_hears(Follow.member_id, post))


def quoted(event: Event) -> Select[int]:
    """Whose words a post that came into sight quotes."""
    post = _post_shown_by(event)
    if post is None or post.replying_to_id is None:
        return _nobody()
    author = select(Voice.member_id).join(Post, Post.voice_id == Voice.id)
    return author.where(Post.id == post.replying_to_id, *_hears(Voice.member_id, post))


def called(event: Event) -> Select[int]:
    """Whom a post that came into sight calls by name, where a board allows that."""
    post = _post_shown_by(event)
    if post is None or not post.thread.board.allows_mentions:
        return _nobody()
    looks = names_called(text.shown_words(post.html))
    return select(Member.id).where(Member.name_key.in_(looks), *_hears(Member.id, post))


def supported(event: Event) -> Select[int]:
    """The author of a post that somebody is with, as long as they are."""
    given = exists().where(Support.post_id == Post.id, Support.member_id == event.actor_id)
    muted = exists().where(
        MemberMute.member_id == Voice.member_id, MemberMute.muted_id == event.actor_id
    )
    return author(event).where(given, ~muted)


def author(event: Event) -> Select[int]:
    """Whose post an event is about."""
    whose = select(Voice.member_id).join(Post, Post.voice_id == Voice.id)
    return whose.where(Post.subject_id == event.subject_id)


def _post_shown_by(event: Event) -> Post | None:
    """Return the post that came into sight by an event, if it is still there.

    One that waits for a look is told of when it is let through; a thread by its opening post.
    """
    opening = and_(Thread.subject_id == event.subject_id, Post.opens_thread.is_(True))
    found = select(Post).join(Thread, Thread.id == Post.thread_id)
    found = found.where(or_(Post.subject_id == event.subject_id, opening))
    in_sight = (
        Post.state == State.VISIBLE, Post.withdrawn_at.is_(None),
        Thread.state == State.VISIBLE, Thread.withdrawn_at.is_(None),
    )  # fmt: skip
    return db.session.scalar(found.where(*in_sight, Post.shown_at <= event.at))


def _hears(member_id: Any, post: Post) -> tuple[ColumnElement[bool], ...]:
    """Say whether a member may read the thread and wants to hear of who wrote, and where."""
    thread = post.thread
    no_alias = true() if post.voice.thread_id is None else false()
    mute = exists().where(
        MemberMute.member_id == member_id, MemberMute.muted_id == post.author_id, no_alias
    )
    board_mute = exists().where(
        BoardMute.member_id == member_id, BoardMute.board_id == thread.board_id
    )
    return (
        member_id != post.author_id, ~mute, ~board_mute, _is_admitted(member_id),
        _is_among_readers(member_id, thread),
    )  # fmt: skip


def _is_admitted(member_id: Any) -> ColumnElement[bool]:
    is_free = or_(Reader.standing != Standing.SUSPENDED, Reader.standing_until <= clock.now())
    return exists().where(Reader.id == member_id, Reader.confirmed_at.is_not(None), is_free)


def _is_among_readers(member_id: Any, thread: Thread) -> ColumnElement[bool]:
    if thread.group_id is None or thread.is_public:
        return true()
    looks_after = and_(Grant.role == Role.MODERATOR, Grant.group_id.is_(None))
    belongs = Grant.group_id == thread.group_id
    return exists().where(Grant.member_id == member_id, or_(belongs, looks_after))


def _nobody() -> Select[int]:
    return select(Member.id).where(false())
