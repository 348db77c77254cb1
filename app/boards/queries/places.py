"""What the places are called that a member is writing in, by the addresses of their forms."""

import re
from collections.abc import Iterable

from sqlalchemy import ColumnElement, select

from app.boards.models import Board, Post, Thread
from app.boards.queries.reach import board_is_readable_by, thread_is_readable_by
from app.care.queries import folds_at_first, notes_in, notes_of
from app.extensions import db
from app.permissions import Actor

ON_BOARD = re.compile(r"/boards/([^/]+)/new")
IN_THREAD = re.compile(r"/threads/([0-9]{1,18})/[a-z-]+")
OF_POST = re.compile(r"/posts/([0-9]{1,18})/[a-z-]+")


def places_of(paths: Iterable[str], *, actor: Actor) -> dict[str, str]:
    """Return the name of the board or the title of the thread each of these forms belongs to.

    Left out is what the actor may not read now, and what a note folds away.
    """
    boards, threads, posts = (_keys(kind, paths) for kind in (ON_BOARD, IN_THREAD, OF_POST))
    numbers = {path: int(number) for path, number in threads.items()}
    numbers |= _threads_of({path: int(number) for path, number in posts.items()})
    named = _boards_named(set(boards.values()), actor)
    titled = _titles(Thread.id.in_(set(numbers.values())), actor)
    names = {path: named.get(slug, "") for path, slug in boards.items()}
    names |= {path: titled.get(number, "") for path, number in numbers.items()}
    return {path: name for path, name in names.items() if name}


def _keys(kind: re.Pattern[str], paths: Iterable[str]) -> dict[str, str]:
    return {path: hit[1] for path in paths if (hit := kind.fullmatch(path))}


def _threads_of(posts: dict[str, int]) -> dict[str, int]:
    known = select(Post.id, Post.thread_id).where(Post.id.in_(set(posts.values())))
    threads = {row.id: row.thread_id for row in db.session.execute(known)} if posts else {}
    return {path: threads[number] for path, number in posts.items() if number in threads}


def _boards_named(slugs: set[str], actor: Actor) -> dict[str, str]:
    names = select(Board.slug, Board.name).where(Board.slug.in_(slugs), board_is_readable_by(actor))
    return {row.slug: row.name for row in db.session.execute(names)} if slugs else {}


def _titles(which: ColumnElement[bool], actor: Actor) -> dict[int, str]:
    titles = select(Thread.id, Thread.title, notes_of(Thread.subject_id))
    rows = db.session.execute(titles.where(which, thread_is_readable_by(actor)))
    return {number: title for number, title, notes in rows if not folds_at_first(notes_in(notes))}
