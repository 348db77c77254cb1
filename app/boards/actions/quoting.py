"""A quotation is a reference: it lives as long as the words it comes from stand where they were."""

from flask_babel import gettext
from sqlalchemy import select, update

from app.boards.limits import QUOTED_LONGEST
from app.boards.models import Post, Thread
from app.core import text
from app.core.errors import RuleBroken
from app.extensions import db

CUT = "…"  # how a quotation ends that was cut where the post goes on


def require_passage(thread: Thread, post_id: int | None, passage: str) -> str:
    """Return the words to quote from a post, or how it begins if none were chosen.

    Refuses what is not there to be quoted: nobody can be made to say what they did not.
    """
    if post_id is None:
        return ""
    quoted = db.session.scalar(select(Post).where(Post.id == post_id, Post.thread_id == thread.id))
    if quoted is None or quoted.number is None or not quoted.is_in_sight:
        raise RuleBroken(gettext("The post you quote isn’t here any more. You can answer without."))
    passage = " ".join(passage.split())
    if not passage:
        return beginning(text.shown_words(quoted.html))
    if len(passage) > QUOTED_LONGEST:
        raise RuleBroken(
            gettext(
                "A quotation has at most %(max)d characters. Choose a shorter passage.",
                max=QUOTED_LONGEST,
            )
        )
    if not _stands_in(quoted, passage):
        raise RuleBroken(
            gettext("The words you quote don’t stand there any more. You can answer without.")
        )
    return passage


def beginning(words: str) -> str:
    """Return as much of the beginning as a quotation holds, cut at a word."""
    if len(words) <= QUOTED_LONGEST:
        return words
    room = words[: QUOTED_LONGEST - len(CUT)]
    whole_words = room.rpartition(" ")[0] if words[len(room)] != " " else room
    return (whole_words or room) + CUT


def drop_lost_passages(post: Post) -> None:
    """Empty the quotations of a post whose words no longer stand in it. They keep their place."""
    quoting = select(Post).where(Post.replying_to_id == post.id, Post.quoted != "")
    for answer in db.session.scalars(quoting.order_by(Post.id)):
        if not _stands_in(post, answer.quoted.removesuffix(CUT)):
            answer.quoted = ""


def empty_passages(post_ids: list[int]) -> None:
    """Empty every quotation of these posts: their words are gone for good."""
    db.session.execute(update(Post).where(Post.replying_to_id.in_(post_ids)).values(quoted=""))


def _stands_in(post: Post, passage: str) -> bool:
    return passage in text.shown_words(post.html)
