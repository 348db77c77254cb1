"""What writing() is for: nobody's change is lost under somebody else's."""

from functools import partial

import pytest
from sqlalchemy import create_engine, text

from app.boards.models import Thread
from app.core.database import writing
from app.extensions import db
from tests.concurrent.at_once import all_at_once
from tests.factories import make_member, make_thread

WRITERS, CHANGES = 8, 60

pytestmark = pytest.mark.concurrent


@pytest.fixture
def thread_id(committing_app):
    return make_thread(make_member(), last_number=0).id


def count_up(thread_id):
    for _ in range(CHANGES):
        with writing():
            thread = db.session.get_one(Thread, thread_id, with_for_update=True)
            thread.last_number += 1


def test_eight_writers_at_once_lose_no_change(committing_app, thread_id):
    before = db.session.get_one(Thread, thread_id).last_number
    found = all_at_once(committing_app, *[partial(count_up, thread_id)] * WRITERS)
    assert found == [None] * WRITERS
    assert db.session.get_one(Thread, thread_id).last_number - before == WRITERS * CHANGES


def test_without_writing_a_change_is_lost_and_nobody_is_told(committing_app, thread_id):
    """The control: the same steps as a database library takes them by default."""
    db.session.remove()
    read, write = (
        text(f"{sql} WHERE id = {thread_id}")
        for sql in ("SELECT last_number FROM threads", "UPDATE threads SET last_number = :number")
    )
    plain = create_engine(db.engine.url)
    with plain.connect() as one, plain.connect() as other:
        first, second = one.scalar(read), other.scalar(read)
        one.execute(write, {"number": first + 1})
        one.commit()
        other.execute(write, {"number": second + 1})
        other.commit()
    plain.dispose()
    assert db.session.get_one(Thread, thread_id).last_number == first + 1
