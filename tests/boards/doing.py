"""What people do on boards, each in a unit of writing of its own."""

from app.boards import actions, queries
from app.boards.models import Thread
from app.core import text
from app.core.database import writing
from app.extensions import db
from app.tags.queries import tags_in, tags_of


def start(actor, board, title="First night home", body="I slept four hours.", **beside):
    opening = actions.Opening(text.render_title(title), text.render(body), **beside)
    with writing():
        board = queries.get_board(board.slug, actor=actor)
        return actions.start_thread(board, opening, actor=actor)


def tags_on(thread):
    """Return the slugs of a thread's tags, in the order of the lists."""
    column = db.select(tags_of(Thread.subject_id)).where(Thread.id == thread.id)
    return [tag.slug for tag in tags_in(db.session.scalar(column))]


def reply(actor, thread, body="You are not alone.", **beside):
    words = text.render(body)
    with writing():
        thread = queries.get_thread(thread.id, actor=actor, for_update=True)
        return actions.reply(thread, actor=actor, body=words, beside=actions.Beside(**beside))


def withdraw(actor, post):
    with writing():
        post = queries.get_own_post(post.id, actor=actor, for_update=True)
        actions.withdraw_post(post, actor=actor)


def let_through(actor, post):
    with writing():
        post = queries.get_post(post.id, actor=actor, for_update=True)
        actions.let_through(post, actor=actor)
