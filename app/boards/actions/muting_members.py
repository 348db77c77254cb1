"""Members whose words somebody does not want to see. It is between nobody but them."""

from flask_babel import gettext
from sqlalchemy import delete

from app.boards.models import MemberMute, Post
from app.core.database import insert_or_ignore
from app.core.errors import RuleBroken
from app.extensions import db
from app.notifications.actions import note
from app.permissions import Actor, Permission, require


def mute_author(post: Post, *, actor: Actor) -> None:
    """Fold from now on what the author of a post writes. Muting twice is muting once.

    An alias cannot be muted: its other words would fold too, and tell whose they are.
    """
    require(actor, Permission.POST_MUTE_AUTHOR, post)
    if post.voice.thread_id is not None:
        raise RuleBroken(gettext("Who writes under an alias can’t be muted. You can fold a post."))
    if insert_or_ignore(MemberMute, member_id=actor.id, muted_id=post.author_id):
        note("member:mute", actor=actor, member_id=post.author_id)


def unmute_member(member_id: int, *, actor: Actor) -> None:
    """See somebody's words again."""
    require(actor, Permission.MEMBER_UNMUTE)
    own = delete(MemberMute).filter_by(member_id=actor.id, muted_id=member_id)
    if db.session.execute(own.returning(MemberMute.muted_id)).first():
        note("member:unmute", actor=actor, member_id=member_id)
