"""Whom to ask how it turned out."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from app.boards.limits import ASKED_AT_ONCE
from app.boards.models import Board, Thread
from app.boards.queries.lists import is_resting, voices_of
from app.boards.queries.reading import is_in_sight
from app.core import clock
from app.extensions import db
from app.permissions import Actor


@dataclass(frozen=True, slots=True)
class AskedThread:
    id: int
    title: str
    started_at: datetime


def threads_to_ask(actor: Actor) -> tuple[AskedThread, ...]:
    """Return the actor's own threads whose author may be asked now how it turned out."""
    own = Thread.voice_id.in_(voices_of(actor)), Thread.may_be_asked_at <= clock.now()
    asked = (
        select(Thread.id, Thread.title, Thread.started_at)
        .join(Board, Board.id == Thread.board_id)
        .where(*own, is_in_sight(), ~is_resting(), Board.closed_at.is_(None), Thread.title != "")
        .order_by(Thread.may_be_asked_at, Thread.id)
        .limit(ASKED_AT_ONCE)
    )
    return tuple(AskedThread(*row) for row in db.session.execute(asked))
