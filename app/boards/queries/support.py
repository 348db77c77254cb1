"""Who is with the author of a post, and whom a member has muted."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from app.accounts.models import Member
from app.boards.limits import SUPPORTERS_SHOWN
from app.boards.models import Board, BoardMute, MemberMute, Post, Save, Support, SupportKind
from app.boards.queries.reach import board_is_readable_by, get_post
from app.core.errors import NotFound
from app.extensions import db
from app.permissions import Actor, Permission, can


@dataclass(frozen=True, slots=True)
class Supporter:
    """Somebody who gave a post support. Only its author sees who."""

    name: str
    kind: SupportKind
    given_at: datetime


@dataclass(frozen=True, slots=True)
class Mutes:
    """Whom and what a member does not want to hear from."""

    members: tuple[tuple[int, str], ...]  # (id, name)
    boards: tuple[tuple[str, str], ...]  # (slug, name)


def get_supported_post(post_id: int, *, actor: Actor) -> Post:
    """Return a post of the actor's own that others can be with. Anything else does not exist."""
    post = get_post(post_id, actor=actor)
    if not can(actor, Permission.POST_SEE_SUPPORTERS, post) or not post.is_in_sight:
        raise NotFound
    return post


def supporters_of(post_id: int) -> list[Supporter]:
    """Return who gave a post support, newest first. Ask for the right first."""
    given = select(Member.name, Support.kind, Support.given_at)
    given = given.join(Member, Member.id == Support.member_id).where(Support.post_id == post_id)
    given = given.order_by(Support.given_at.desc(), Member.id, Support.kind)
    rows = db.session.execute(given.limit(SUPPORTERS_SHOWN))
    return [Supporter(name, SupportKind(kind), at) for name, kind, at in rows]


def has_given(post: Post, kind: SupportKind, *, actor: Actor) -> bool:
    """Say whether the actor gave a post this support."""
    return db.session.get(Support, (post.id, actor.id, kind)) is not None


def has_saved(post: Post, *, actor: Actor) -> bool:
    return db.session.get(Save, (actor.id, post.id)) is not None


def has_muted_author(post: Post, *, actor: Actor) -> bool:
    """Say whether the actor muted the author of a post; nobody behind an alias is."""
    own = MemberMute, (actor.id, post.author_id)
    return post.voice.thread_id is None and db.session.get(*own) is not None


def mutes_of(actor: Actor) -> Mutes:
    """Return whom and what the actor has muted, by name; boards as long as they may read them."""
    members = select(Member.id, Member.name).join(MemberMute, MemberMute.muted_id == Member.id)
    members = members.where(MemberMute.member_id == actor.id).order_by(Member.name, Member.id)
    boards = select(Board.slug, Board.name).join(BoardMute, BoardMute.board_id == Board.id)
    boards = boards.where(BoardMute.member_id == actor.id, board_is_readable_by(actor))
    boards = boards.order_by(Board.name, Board.id)
    return Mutes(
        tuple((row.id, row.name) for row in db.session.execute(members)),
        tuple((row.slug, row.name) for row in db.session.execute(boards)),
    )
