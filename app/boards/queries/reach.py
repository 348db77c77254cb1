"""Who may see what, said in SQL; and one board, thread or post fetched through it."""

from typing import TypeVar

from sqlalchemy import ColumnElement, Select, and_, or_, select, true

from app.accounts.models import Member
from app.boards.models import Audience, Board, Post, Thread, Voice
from app.core.database import LOCKED
from app.core.errors import NotFound
from app.extensions import db
from app.moderation.models import State
from app.permissions import Actor, Standing

Row = TypeVar("Row", Board, Thread, Post)


def board_is_readable_by(actor: Actor) -> ColumnElement[bool]:
    """Say in SQL what board:read says. tests/guards/test_parity.py keeps the two alike."""
    if actor.is_moderator:
        return true()
    public = Board.audience == Audience.PUBLIC
    if not actor.is_admitted:
        return public
    return or_(public, Board.group_id.is_(None), Board.group_id.in_(actor.group_ids))


def thread_is_readable_by(actor: Actor) -> ColumnElement[bool]:
    """Say in SQL what thread:read says. tests/guards/test_parity.py keeps the two alike."""
    if actor.is_moderator:
        return true()
    kept = Thread.withdrawn_at.is_(None)
    in_sight = and_(Thread.state == State.VISIBLE, kept)
    if not actor.is_admitted:
        return and_(Thread.is_public, in_sight)
    in_reach = or_(
        Thread.is_public, Thread.group_id.is_(None), Thread.group_id.in_(actor.group_ids)
    )
    held = and_(Thread.state == State.HELD, kept, may_read_held(actor, Thread))
    return and_(in_reach, or_(in_sight, held))


def post_is_readable_by(actor: Actor) -> ColumnElement[bool]:
    """Within a readable thread: which posts have a place in the actor's page of it."""
    return or_(Post.number.is_not(None), may_read_held(actor, Post))


def boards_visible_to(actor: Actor) -> Select[Board]:
    return select(Board).where(board_is_readable_by(actor))


def threads_visible_to(actor: Actor) -> Select[Thread]:
    return select(Thread).where(thread_is_readable_by(actor))


def posts_visible_to(actor: Actor) -> Select[Post]:
    readable = and_(thread_is_readable_by(actor), post_is_readable_by(actor))
    return select(Post).join(Thread, Thread.id == Post.thread_id).where(readable)


def get_board(slug: str, *, actor: Actor, held_still: bool = False) -> Board:
    """Return a board the actor may see. Anything else does not exist.

    Held still, it cannot change its audience while a thread that copies it is being made.
    """
    wanted = boards_visible_to(actor).where(Board.slug == slug)
    still = wanted.with_for_update(of=Board, read=True)
    return _the_one(still if held_still else wanted, for_update=False)


def get_thread(thread_id: int, *, actor: Actor, for_update: bool = False) -> Thread:
    """Return a thread the actor may see. Anything else does not exist."""
    return _the_one(threads_visible_to(actor).where(Thread.id == thread_id), for_update)


def get_post(post_id: int, *, actor: Actor, for_update: bool = False) -> Post:
    """Return a post the actor may see, with its thread locked before it where both are."""
    wanted = posts_visible_to(actor).where(Post.id == post_id)
    return _post_with_its_thread(wanted, for_update)


def get_post_to_let_through(post_id: int, *, actor: Actor) -> Post:
    """Return a post the actor may see, locked after its author and its thread, in that order."""
    wanted = (
        posts_visible_to(actor).where(Post.id == post_id).join(Voice, Voice.id == Post.voice_id)
    )
    author_id = db.session.scalar(wanted.with_only_columns(Voice.member_id))
    db.session.scalar(select(Member.id).where(Member.id == author_id).with_for_update(**LOCKED))
    return get_post(post_id, actor=actor, for_update=True)


def get_own_post(post_id: int, *, actor: Actor, for_update: bool = False) -> Post:
    """Return a post of the actor's own, wherever it stands: one's words can be taken back."""
    own = Post.voice_id.in_(select(Voice.id).where(Voice.member_id == actor.id))
    return _post_with_its_thread(select(Post).where(Post.id == post_id, own), for_update)


def _post_with_its_thread(wanted: Select[Post], for_update: bool) -> Post:
    if for_update:
        thread_id = db.session.scalar(wanted.with_only_columns(Post.thread_id))
        lock = select(Thread).where(Thread.id == thread_id).with_for_update(**LOCKED)
        db.session.scalar(lock)
    return _the_one(wanted, for_update)


def may_read_held(actor: Actor, thing: type[Thread] | type[Post]) -> ColumnElement[bool]:
    """The author, and those who look: moderators, and facilitators in their own group."""
    if actor.is_moderator:
        return true()
    own = thing.voice_id.in_(select(Voice.id).where(Voice.member_id == actor.id))
    if not actor.facilitated_group_ids or actor.standing != Standing.GOOD:
        return own
    return or_(own, Thread.group_id.in_(actor.facilitated_group_ids))


def _the_one(wanted: Select[Row], for_update: bool) -> Row:
    table = wanted.column_descriptions[0]["entity"]
    locked = wanted.with_for_update(of=table, **LOCKED)
    found = db.session.scalar(locked if for_update else wanted)
    if found is None:
        raise NotFound
    return found
