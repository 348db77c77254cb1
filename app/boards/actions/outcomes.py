"""How it turned out: asked of those who allowed it, once, months later."""

from app.boards.actions.answering import Beside, reply
from app.boards.models import Post, Thread
from app.core.text import RenderedText
from app.notifications.actions import note
from app.permissions import Actor, Permission, require


def tell_outcome(thread: Thread, *, actor: Actor, body: RenderedText) -> Post:
    """Add to a thread, which the caller has locked, how things turned out for its author."""
    require(actor, Permission.THREAD_TELL_OUTCOME, thread)
    post = reply(thread, actor=actor, body=body, beside=Beside(tells_outcome=True))
    thread.may_be_asked_at = None
    return post


def ask_no_more(thread: Thread, *, actor: Actor) -> None:
    """Leave the author of a thread in peace about how it turned out."""
    require(actor, Permission.THREAD_TELL_OUTCOME, thread)
    if thread.may_be_asked_at is not None:
        thread.may_be_asked_at = None
        note("thread:ask_no_more", actor=actor, subject_id=thread.subject_id)
