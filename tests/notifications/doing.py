"""What members do about notifications, each in a unit of writing of its own."""

from datetime import timedelta

from app.boards import actions as boards
from app.boards.models import Follow, Post
from app.core import clock
from app.core.database import writing
from app.extensions import db
from app.moderation import actions as moderation
from app.moderation.models import Subject
from app.notifications import actions, tasks
from app.notifications.models import CHANNELS_AT_FIRST, Notification
from app.notifications.queries import wishes_of


def follow(actor, thread, level="follow"):
    with writing():
        db.session.merge(Follow(member_id=actor.id, thread_id=thread.id, level=level))


def wish(actor, *, quiet=(0, 0), snoozed_until=None, shows_words=False, **channels):
    """Say how somebody wants to hear of things: wish(anna, reply="at_once"). Never quiet."""
    said = CHANNELS_AT_FIRST | wishes_of(actor.id).channels | channels
    with writing():
        actions.set_wishes(said, actions.Quiet(*quiet, snoozed_until, shows_words), actor=actor)


def support(actor, post, kind="with_you"):
    with writing():
        boards.give_support(db.session.get_one(Post, post.id), kind, actor=actor)


def hide(thing, *, by):
    with writing():
        moderation.hide(db.session.get_one(Subject, thing.subject_id), actor=by)


def notifications():
    rows = db.session.scalars(db.select(Notification).order_by(Notification.id)).all()
    db.session.rollback()
    return rows


def later(**time):
    """Let it be later for what is done within."""
    return clock.at(clock.now() + timedelta(**time))


def tell_and_write():
    tasks.tell()
    return tasks.deliver()
