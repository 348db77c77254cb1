"""What a member keeps to themself about a post: that they want to find it again."""

from flask_babel import gettext
from sqlalchemy import delete

from app.boards.models import Post, Save
from app.core import clock
from app.core.database import insert_or_ignore
from app.core.errors import RuleBroken
from app.extensions import db
from app.notifications.actions import note
from app.permissions import Actor, Permission, require


def save_post(post: Post, *, actor: Actor) -> None:
    """Keep a post, so that the actor finds it again. Saving twice is saving once."""
    require(actor, Permission.POST_SAVE, post)
    if not post.is_in_sight:
        raise RuleBroken(gettext("These words are out of sight, so they can’t be saved."))
    if insert_or_ignore(Save, member_id=actor.id, post_id=post.id, saved_at=clock.now()):
        note("post:save", actor=actor, subject_id=post.subject_id)


def let_go(post: Post, *, actor: Actor) -> None:
    """Keep a post no longer, wherever it stands by now."""
    require(actor, Permission.POST_SAVE, post)
    own = delete(Save).filter_by(member_id=actor.id, post_id=post.id)
    if db.session.execute(own.returning(Save.post_id)).first():
        note("post:let_go", actor=actor, subject_id=post.subject_id)
