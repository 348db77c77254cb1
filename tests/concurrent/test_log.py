"""The log is one chain, however many write to it at once."""

from functools import partial

import pytest

from app.core.database import writing
from app.extensions import db
from app.moderation import actions as moderation
from app.moderation.actions import Change
from app.moderation.models import LogHead, LogRow
from app.moderation.queries import verify_log
from app.permissions import Role
from tests.concurrent.at_once import all_at_once
from tests.factories import make_member

WRITERS, ROWS_EACH = 16, 10


def decide(actor):
    for number in range(ROWS_EACH):
        with writing():
            change = Change("let_through", "held", "visible")
            moderation.log(change, actor=actor, words=f"{actor.name} {number}")


@pytest.mark.concurrent
def test_sixteen_writers_at_once_make_one_chain(committing_app):
    staff = [make_member(f"moderator{n}", Role.MODERATOR) for n in range(WRITERS)]
    acts = (partial(decide, actor) for actor in staff)
    assert all_at_once(committing_app, *acts) == [None] * WRITERS

    assert verify_log() == WRITERS * ROWS_EACH
    numbers = db.session.scalars(db.select(LogRow.number).order_by(LogRow.number)).all()
    assert numbers == list(range(1, WRITERS * ROWS_EACH + 1))
    assert db.session.scalars(db.select(LogHead.count)).one() == WRITERS * ROWS_EACH
