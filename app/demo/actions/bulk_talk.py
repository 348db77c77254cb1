"""Write conversations that were thought up, a batch at a time, with all their counters right."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import count
from typing import Any

from markupsafe import Markup

from app.boards.models import Post, Support, SupportKind, Thread
from app.care.models import SubjectNote
from app.core import bulk
from app.core.text import RULES_VERSION
from app.demo import limits
from app.demo.actions.planning import Said, Talk
from app.moderation.models import Subject, Version
from app.tags.models import SubjectTag

SUBJECT = ("id", "kind", "voice_id", "group_id", "state", "version")
VERSION = ("subject_id", "number", "source", "html", "html_rules", "written_at", "emptied_at")
THREAD = (
    "id", "subject_id", "board_id", "group_id", "is_public", "voice_id", "title", "wish",
    "started_at", "last_number", "last_post_at", "answered_at", "locked_at", "archived_at",
    "pinned_at", "may_be_asked_at", "turned_out_at", "state", "withdrawn_at",
)  # fmt: skip
POST = (
    "id", "subject_id", "thread_id", "number", "voice_id", "html", "version", "opens_thread",
    "tells_outcome", "replying_to_id", "quoted", "with_you", "thank_you", "written_at",
    "shown_at", "edited_at", "state", "withdrawn_at",
)  # fmt: skip
SUPPORT = ("post_id", "member_id", "kind", "given_at")


def write_talks(talks: list[Talk], now: datetime) -> None:
    """Write whole threads, with all that was said in them."""
    posts = _numbered(talks)
    bulk.insert_many(Subject, SUBJECT, _subjects(talks, posts))
    bulk.insert_many(Thread, THREAD, map(_thread, talks))
    bulk.insert_many(Version, VERSION, _versions(talks, posts, now))
    bulk.insert_many(Post, POST, (_post(talk, post, now) for talk, post in posts))
    bulk.insert_many(Support, SUPPORT, _supports(posts))
    bulk.insert_many(SubjectNote, ("subject_id", "note"), _notes(talks, posts))
    tags = ((tag_id, talk.subject_id) for talk in talks for tag_id in talk.tag_ids)
    bulk.insert_many(SubjectTag, ("tag_id", "subject_id"), tags)
    for model in (Subject, Thread, Post):
        bulk.count_on(model)


def _numbered(talks: list[Talk]) -> list[tuple[Talk, Said]]:
    """Give ids, to posts in the order they were written in: threads went on side by side."""
    posts = [(talk, post) for talk in talks for post in talk.posts]
    posts.sort(key=lambda each: each[1].at)
    subject_ids = count(bulk.newest_id(Subject) + 1)
    for thread_id, talk in enumerate(talks, start=bulk.newest_id(Thread) + 1):
        talk.id, talk.subject_id = thread_id, next(subject_ids)
    for post_id, (_talk, post) in enumerate(posts, start=bulk.newest_id(Post) + 1):
        post.id, post.subject_id = post_id, next(subject_ids)
    return posts


def _subjects(talks: list[Talk], posts: list[tuple[Talk, Said]]) -> Iterator[tuple[Any, ...]]:
    for talk in talks:
        voice_id, group_id = talk.posts[0].author.voice_id, talk.board.group_id
        yield talk.subject_id, "thread", voice_id, group_id, talk.state.value, 1
    for talk, post in posts:
        own = post.subject_id, "post", post.author.voice_id, talk.board.group_id
        yield *own, post.state.value, 2 if post.edit else 1


def _thread(talk: Talk) -> tuple[Any, ...]:
    opening, last_number = talk.posts[0], talk.last_number
    is_taken_back = opening.withdrawn_at is not None
    board, at = talk.board, opening.at
    return (
        talk.id, talk.subject_id, board.id, board.group_id, board.is_public,
        opening.author.voice_id, "" if is_taken_back else talk.title.source, talk.wish.value,
        at, last_number, talk.last_post_at, _answered_at(talk), talk.locked_at,
        talk.archived_at, talk.pinned_at, talk.may_be_asked_at, _turned_out_at(talk),
        talk.state.value, opening.withdrawn_at if last_number <= 1 else None,
    )  # fmt: skip


def _answered_at(talk: Talk) -> datetime | None:
    voice_id = talk.posts[0].author.voice_id
    answers = (p.at for p in talk.posts if p.is_in_sight and p.author.voice_id != voice_id)
    return min(answers, default=None)


def _turned_out_at(talk: Talk) -> datetime | None:
    return min((post.at for post in talk.posts if post.tells_outcome), default=None)


def _post(talk: Talk, post: Said, now: datetime) -> tuple[Any, ...]:
    is_emptied = _is_emptied(post, now)
    with_you = sum(is_with_you for _giver, is_with_you, _at in post.supports)
    html = Markup() if is_emptied else post.words.html
    quotes = (post.quotes.id, post.quotes.words.passage) if post.quotes else (None, "")
    return (
        post.id, post.subject_id, talk.id, post.number, post.author.voice_id, html,
        2 if post.edit else 1, post is talk.posts[0], post.tells_outcome, *quotes,
        with_you, len(post.supports) - with_you, post.at, post.at if post.number else None,
        post.edit and post.edit[1], post.state.value, post.withdrawn_at,
    )  # fmt: skip


def _versions(
    talks: list[Talk], posts: list[tuple[Talk, Said]], now: datetime
) -> Iterator[tuple[Any, ...]]:
    for talk in talks:
        opening, title = talk.posts[0], talk.title
        is_emptied = _is_emptied(opening, now)
        words = (None, None) if is_emptied else (title.source, title.html)
        at = opening.at
        yield talk.subject_id, 1, *words, RULES_VERSION, at, now if is_emptied else None
    for _talk, post in posts:
        every = [(post.body, post.at), *([post.edit] if post.edit else ())]
        is_emptied = _is_emptied(post, now)
        for number, (body, at) in enumerate(every, start=1):
            words = (None, None) if is_emptied else (body.source, body.html)
            emptied_at = now if is_emptied else None
            yield post.subject_id, number, *words, RULES_VERSION, at, emptied_at


def _is_emptied(post: Said, now: datetime) -> bool:
    return post.withdrawn_at is not None and post.withdrawn_at < now - limits.EMPTIED_AFTER


def _supports(posts: Iterable[tuple[Talk, Said]]) -> Iterator[tuple[Any, ...]]:
    for _talk, post in posts:
        for giver, is_with_you, at in post.supports:
            kind = SupportKind.WITH_YOU if is_with_you else SupportKind.THANK_YOU
            yield post.id, giver.member_id, kind.value, at


def _notes(talks: list[Talk], posts: list[tuple[Talk, Said]]) -> Iterator[tuple[int, str]]:
    """A note of the opening stands on the thread as well, for its title."""
    things = [(talk.subject_id, talk.notes) for talk in talks]
    things += [(post.subject_id, post.notes) for _talk, post in posts]
    for subject_id, notes in things:
        for note in notes:
            yield subject_id, note.value
