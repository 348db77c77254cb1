"""A page of a thread: a range of numbers, so a deep page costs what the first one costs."""

from dataclasses import replace
from typing import Any

import sqlalchemy as sa
from markupsafe import Markup
from sqlalchemy import ColumnElement, Select, and_, case, func, null, or_, select
from sqlalchemy.orm import aliased

from app.boards.limits import POSTS_A_PAGE
from app.boards.models import (
    Board,
    Follow,
    Post,
    ReadingPosition,
    Save,
    Support,
    SupportKind,
    Thread,
    Voice,
)
from app.boards.queries.reach import may_read_held, thread_is_readable_by
from app.boards.queries.reading import is_muted_by, is_position_of, read_until
from app.boards.queries.rows import PostRow, Quote, ThreadPage
from app.care.queries import notes_in, notes_of, notes_on
from app.core.errors import NotFound
from app.core.pagination import Pages
from app.core.text import SafeHtml
from app.extensions import db
from app.moderation.models import State
from app.permissions import Actor
from app.tags.queries import tags_in, tags_of

WAITING_SHOWN = 50  # posts waiting for a look shown below a thread; more would bury the page

Quoted = aliased(Post, name="quoted_post")
QuotedVoice = aliased(Voice, name="quoted_voice")


def thread_page(thread_id: int, *, actor: Actor, page: int = 1) -> ThreadPage:
    """Return one page of a thread in two queries. Raises NotFound."""
    head = db.session.execute(_head(actor).where(Thread.id == thread_id)).mappings().one_or_none()
    if head is None:
        raise NotFound
    pages = Pages(page, length=head["last_number"], size=POSTS_A_PAGE)
    if page > pages.last:
        raise NotFound
    own = {name: value for name, value in head.items() if name != "has_waiting"}
    own |= {"notes": notes_in(head["notes"]), "tags": tags_in(head["tags"])}
    thread = ThreadPage(**own)
    posts = _posts_of(thread, actor)
    shown = _on_page(pages, posts)
    if pages.next is None and actor.is_authenticated and head["has_waiting"]:
        shown = _followed_by(_waiting(posts, actor), shown)
    found = db.session.execute(shown).mappings()
    rows = tuple(_post_row(row, thread) for row in found)
    return replace(thread, posts=rows, pages=pages)


def quote_of(post_id: int | None, words: str) -> Quote | None:
    """Return the quotation somebody has chosen, as it will be shown; its words are looked at."""
    chosen = select(Post, Voice.shown_name).join(Voice, Voice.id == Post.voice_id)
    found = db.session.execute(chosen.where(Post.id == post_id)).one_or_none()
    if found is None:
        return None
    post, shown_name = found
    notes = notes_on(post.subject_id)
    number = post.number or 0
    return Quote(
        post.id, number, shown_name, words, is_withdrawn=False, is_hidden=False, notes=notes
    )


def page_of_post(number: int) -> int:
    """Return the page of its thread that a numbered post stands on."""
    return (number - 1) // POSTS_A_PAGE + 1


def _head(actor: Actor) -> Select[Any]:
    read = read_until(actor) if actor.is_authenticated else Thread.last_number
    return (
        select(Thread.id, Thread.subject_id, Thread.title, Thread.group_id, Thread.is_public)
        .add_columns(_author_seen_by(actor).label("author_id"), Voice.shown_name)
        .add_columns(Thread.wish, Thread.started_at)
        .add_columns(Thread.last_post_at, Thread.last_number, read.label("last_read"))
        .add_columns(Thread.locked_at.is_not(None).label("is_locked"))
        .add_columns(Thread.archived_at.is_not(None).label("is_archived"))
        .add_columns(Thread.pinned_at.is_not(None).label("is_pinned"), Thread.may_be_asked_at)
        .add_columns(_is(State.VISIBLE).label("is_in_sight"), _is(State.HELD).label("is_held"))
        .add_columns(Follow.level, notes_of(Thread.subject_id).label("notes"))
        .add_columns(Board.slug.label("board_slug"), Board.name.label("board_name"))
        .add_columns(Board.closed_at.is_not(None).label("board_is_closed"), Board.allows_support)
        .add_columns(tags_of(Thread.subject_id).label("tags"), _has_waiting().label("has_waiting"))
        .join(Voice, Voice.id == Thread.voice_id)
        .join(Board, Board.id == Thread.board_id)
        .outerjoin(ReadingPosition, is_position_of(actor))
        .outerjoin(Follow, and_(Follow.thread_id == Thread.id, Follow.member_id == actor.id))
        .where(thread_is_readable_by(actor))
    )


def _has_waiting() -> ColumnElement[bool]:
    """Say whether it is worth asking for what waits; in most threads nothing does."""
    return sa.exists().where(Post.thread_id == Thread.id, Post.number.is_(None))


def _on_page(pages: Pages, posts: Select[Any]) -> Select[Any]:
    last = pages.number * POSTS_A_PAGE
    numbered = Post.number.between(last - POSTS_A_PAGE + 1, last)
    # Said although the range says it: to PostgreSQL a page of a long thread looks as long as it.
    return posts.where(numbered).order_by(Post.number).limit(POSTS_A_PAGE)


def _waiting(posts: Select[Any], actor: Actor) -> Select[Any]:
    waiting = posts.where(Post.number.is_(None), Post.withdrawn_at.is_(None))
    waiting = waiting.join(Thread, Thread.id == Post.thread_id)
    waiting = waiting.where(may_read_held(actor, Post)).order_by(Post.id)
    return waiting.limit(WAITING_SHOWN)


def _followed_by(waiting: Select[Any], shown: Select[Any]) -> Select[Any]:
    """Return both in one query: first what has numbers, in their order, then what waits."""
    both = sa.union_all(select(shown.subquery()), select(waiting.subquery())).subquery()
    return select(both).order_by(both.c.number.is_(None), both.c.number, both.c.id)


def _posts_of(thread: ThreadPage, actor: Actor) -> Select[Any]:
    return (
        select(Post.id, Post.number, Voice.shown_name, Post.version, Post.state)
        .add_columns(_words_seen_by(actor).label("html"), _author_seen_by(actor).label("author_id"))
        .add_columns(Post.withdrawn_at.is_not(None).label("is_withdrawn"), Post.written_at)
        .add_columns(Post.edited_at, Post.opens_thread, Post.tells_outcome)
        .add_columns(Post.with_you, Post.thank_you, notes_of(Post.subject_id).label("notes"))
        .add_columns(_support_by(actor).label("given"), _is_saved_by(actor).label("is_saved"))
        .add_columns(is_muted_by(actor).label("is_muted"))
        .add_columns(Post.replying_to_id, Quoted.number.label("quoted_number"))
        .add_columns(QuotedVoice.shown_name.label("quoted_name"), _quoted_words().label("quoted"))
        .add_columns(Quoted.state.label("quoted_state"))
        .add_columns(Quoted.withdrawn_at.is_not(None).label("quoted_is_withdrawn"))
        .add_columns(notes_of(Quoted.subject_id).label("quoted_notes"))
        .join(Voice, Voice.id == Post.voice_id)
        .outerjoin(Quoted, Quoted.id == Post.replying_to_id)
        .outerjoin(QuotedVoice, QuotedVoice.id == Quoted.voice_id)
        .where(Post.thread_id == thread.id)
    )


def _post_row(row: Any, thread: ThreadPage) -> PostRow:
    own = {name: row[name] for name in _SAME if name in row}
    given = set((row["given"] or "").split(","))
    return PostRow(
        **own,
        notes=notes_in(row["notes"]),
        quote=_quote_in(row),
        given=tuple(kind for kind in SupportKind if kind in given),
        is_new=row["number"] is not None and row["number"] > thread.last_read,
        group_id=thread.group_id,
    )


_SAME = frozenset(PostRow.__slots__) - {"notes", "quote", "given", "is_new", "group_id"}


def _quote_in(row: Any) -> Quote | None:
    if row["replying_to_id"] is None or row["is_withdrawn"] or row["state"] == State.HIDDEN:
        return None
    notes = notes_in(row["quoted_notes"])
    return Quote(
        post_id=row["replying_to_id"],
        number=row["quoted_number"],
        shown_name=row["quoted_name"],
        words=row["quoted"],
        is_withdrawn=row["quoted_is_withdrawn"],
        is_hidden=row["quoted_state"] == State.HIDDEN,
        notes=notes,
    )


def _words_seen_by(actor: Actor) -> ColumnElement[Markup]:
    """Words out of sight stay in the database: what is not fetched cannot leak."""
    if actor.is_moderator:
        return sa.type_coerce(Post.html, SafeHtml)
    is_shut = or_(Post.state == State.HIDDEN, Post.withdrawn_at.is_not(None))
    return sa.type_coerce(case((is_shut, ""), else_=Post.html), SafeHtml)


def _quoted_words() -> ColumnElement[str]:
    """A quotation goes with the post it comes from, and with the one it stands in."""
    is_open = [
        each
        for post in (Post, Quoted)
        for each in (post.state != State.HIDDEN, post.withdrawn_at.is_(None))
    ]
    return case((and_(*is_open, Quoted.number.is_not(None)), Post.quoted), else_="")


def _support_by(actor: Actor) -> ColumnElement[str | None]:
    kinds = select(func.aggregate_strings(Support.kind, ","))
    kinds = kinds.where(Support.post_id == Post.id, Support.member_id == actor.id)
    return kinds.scalar_subquery()


def _is_saved_by(actor: Actor) -> ColumnElement[bool]:
    return sa.exists().where(Save.post_id == Post.id, Save.member_id == actor.id)


def _is(state: State) -> ColumnElement[bool]:
    return and_(Thread.state == state, Thread.withdrawn_at.is_(None))


def _author_seen_by(actor: Actor) -> ColumnElement[int | None]:
    is_shut = and_(Voice.thread_id.is_not(None), Voice.member_id != actor.id)
    return case((is_shut, null()), else_=Voice.member_id)
