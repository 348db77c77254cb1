"""What boards register: threads and posts as kinds of subjects."""

from typing import Any

from flask import url_for
from markupsafe import Markup
from sqlalchemy import Select, select, update

from app.boards import actions
from app.boards.models import Post, Thread
from app.boards.queries import glances, page_of_post, posts_visible_to, threads_visible_to, told
from app.core import clock, text
from app.core.kinds import Kind
from app.core.slugs import slug_of
from app.core.tellings import Telling
from app.extensions import db
from app.moderation.models import State
from app.notifications.models import About
from app.permissions import Actor


def thread_address(thread_id: int, title: str, *, page: int = 1, anchor: str | None = None) -> str:
    """Return where a thread is read: /threads/7-first-night-home."""
    return url_for(
        "boards.show_thread",
        thread_id=thread_id,
        slug=slug_of(title) or None,
        page=page if page > 1 else None,
        _anchor=anchor,
    )


def post_address(post: Post) -> str:
    """Return where a post is read: its page of its thread, or the end while it waits."""
    page = page_of_post(post.number or post.thread.last_number or 1)
    anchor = f"post-{post.number}" if post.number else None
    return thread_address(post.thread_id, post.thread.title, page=page, anchor=anchor)


def _threads(actor: Actor) -> Select[int]:
    return threads_visible_to(actor).with_only_columns(Thread.subject_id)


def _posts(actor: Actor) -> Select[int]:
    return posts_visible_to(actor).with_only_columns(Post.subject_id)


def _thread(subject_id: int) -> Thread:
    return db.session.scalars(select(Thread).where(Thread.subject_id == subject_id)).one()


def _post(subject_id: int) -> Post:
    return db.session.scalars(select(Post).where(Post.subject_id == subject_id)).one()


def _thread_changed(subject_id: int, state: str) -> None:
    _thread(subject_id).state = State(state)


def _post_changed(subject_id: int, state: str) -> None:
    """Copy a post's new state; shown for the first time, it takes the next number."""
    post = _post(subject_id)
    post.state = State(state)
    if post.state == State.VISIBLE and post.number is None and not post.is_withdrawn:
        actions.give_number(post.thread, post, at=clock.now())
    actions.count_anew(post)


def _post_rerendered(subject_id: int, version: int, html: Markup) -> None:
    """Show a post's words as they are rendered now, unless its author has edited it meanwhile."""
    shown = Post.subject_id == subject_id, Post.version == version
    db.session.execute(update(Post).where(*shown).values(html=html))


def _nothing_shown(_subject_id: int, _version: int, _html: Any) -> None:
    """A thread shows its title as typed, escaped by the page: there is no HTML to replace."""


KINDS = (
    Kind(
        "thread",
        visible_to=_threads,
        author_of=lambda subject_id: _thread(subject_id).author_id,
        title=lambda subject_id: _thread(subject_id).title,
        address=lambda subject_id: thread_address(
            _thread(subject_id).id, _thread(subject_id).title
        ),
        on_state_changed=_thread_changed,
        render=text.render_title,
        on_rerendered=_nothing_shown,
        glances=glances.glances_at_threads,
    ),
    Kind(
        "post",
        visible_to=_posts,
        author_of=lambda subject_id: _post(subject_id).author_id,
        title=lambda subject_id: _post(subject_id).thread.title,
        address=lambda subject_id: post_address(_post(subject_id)),
        on_state_changed=_post_changed,
        render=text.render,
        on_rerendered=_post_rerendered,
        glances=glances.glances_at_posts,
        no_news_to=glances.posts_no_news_to,
    ),
)

# The most particular first: who is quoted is not told of the reply as well.
_OF_A_POST = (
    (About.MENTION, told.called),
    (About.QUOTE, told.quoted),
    (About.REPLY, told.followers),
)

TELLINGS = (
    Telling("post:let_through", About.SHOWN, told.author),
    *(
        Telling(verb, about, concerned)
        for verb in ("thread:start", "post:reply", "post:let_through")
        for about, concerned in _OF_A_POST
    ),
    Telling("post:support", About.SUPPORT, told.supported),
)
