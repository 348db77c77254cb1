"""Threads that sound like one somebody is about to start."""

import re
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Select, func, select

from app.boards.limits import (
    SIMILAR_SHOWN,
    SIMILAR_WEIGHED,
    SIMILAR_WORD_SHORTEST,
    SIMILAR_WORDS_MOST,
)
from app.boards.models import Thread
from app.boards.queries.lists import ThreadRow, rows_of, threads_seen_by
from app.boards.queries.reach import thread_is_readable_by
from app.boards.queries.reading import is_in_sight
from app.extensions import db
from app.permissions import Actor

A_WORD = re.compile(rf"[^\W_]{{{SIMILAR_WORD_SHORTEST},}}")

# Kept in step with the titles by the database (migrations); PostgreSQL has an index instead.
TITLES = sa.table("thread_titles", sa.column("rowid"))


def similar_threads(title: str, *, actor: Actor) -> tuple[ThreadRow, ...]:
    """Return a few threads in reach whose titles share most words with this one.

    Only the newest that share a word at all are weighed, so it costs the same in any community.
    """
    words = _words(title)
    if not words:
        return ()
    shared = {
        thread_id: len(words & _words(other))
        for thread_id, other in db.session.execute(_newest_sharing(words, actor))
    }
    best = sorted(shared, key=lambda each: (-shared[each], -each))[:SIMILAR_SHOWN]
    rows = {row.id: row for row in rows_of(_by_id(best, actor))}
    return tuple(rows[each] for each in best if each in rows)


def _words(title: str) -> frozenset[str]:
    return frozenset(A_WORD.findall(title.casefold())[:SIMILAR_WORDS_MOST])


def _newest_sharing(words: frozenset[str], actor: Actor) -> Select[int, str]:
    newest = select(Thread.id, Thread.title).where(is_in_sight(), thread_is_readable_by(actor))
    if db.session.get_bind().dialect.name == "postgresql":
        # Quoted, a word is never read as a sign of the query language; so below.
        any_word = " | ".join(f"'{word}'" for word in sorted(words))
        plainly: Any = sa.literal_column("'simple'::regconfig")
        titles = func.to_tsvector(plainly, Thread.title)
        newest = newest.where(titles.bool_op("@@")(func.to_tsquery(plainly, any_word)))
        return newest.order_by(Thread.id.desc()).limit(SIMILAR_WEIGHED)
    any_word = " OR ".join(f'"{word}"' for word in sorted(words))
    newest = newest.join(TITLES, TITLES.c.rowid == Thread.id)
    newest = newest.where(sa.literal_column("thread_titles").bool_op("MATCH")(any_word))
    return newest.order_by(TITLES.c.rowid.desc()).limit(SIMILAR_WEIGHED)


def _by_id(ids: list[int], actor: Actor) -> Select[Any]:
    return threads_seen_by(actor).where(Thread.id.in_(ids)).order_by(Thread.id)
