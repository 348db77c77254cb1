"""Be with the author of a post, or thank them: support, not votes. Nothing is ranked by it."""

from flask_babel import gettext
from sqlalchemy import delete, update

from app.boards.actions.posts import require_open
from app.boards.models import Post, Support, SupportKind
from app.core import clock
from app.core.database import insert_or_ignore
from app.core.errors import RuleBroken
from app.extensions import db
from app.notifications.actions import note
from app.permissions import Actor, Permission, require


def give_support(post: Post, kind: SupportKind, *, actor: Actor) -> None:
    """Give a post one kind of support. Giving it twice is giving it once."""
    _require_fitting(post, actor)
    own = {"post_id": post.id, "member_id": actor.id, "kind": kind}
    if insert_or_ignore(Support, **own, given_at=clock.now()):
        _count(post, kind, 1)
        note("post:support", actor=actor, subject_id=post.subject_id)


def take_back_support(post: Post, kind: SupportKind, *, actor: Actor) -> None:
    """Take back support the actor gave; what was not given stays as it is."""
    _require_fitting(post, actor)
    own = delete(Support).filter_by(post_id=post.id, member_id=actor.id, kind=kind)
    if db.session.execute(own.returning(Support.post_id)).first():
        _count(post, kind, -1)
        note("post:take_back_support", actor=actor, subject_id=post.subject_id)


def _require_fitting(post: Post, actor: Actor) -> None:
    require(actor, Permission.POST_SUPPORT, post)
    require_open(post.thread)
    if not post.is_in_sight:
        raise RuleBroken(gettext("These words are out of sight, so nothing can be added now."))
    if not post.thread.board.allows_support:
        raise RuleBroken(gettext("On this board people answer with words."))


def _count(post: Post, kind: SupportKind, step: int) -> None:
    """Count in the database: what this unit has read may be older than what stands there."""
    counter = Post.with_you if kind == SupportKind.WITH_YOU else Post.thank_you
    db.session.execute(
        update(Post).where(Post.id == post.id).values({counter: counter + step}),
        execution_options={"synchronize_session": False},
    )
    db.session.expire(post, [counter.key])
