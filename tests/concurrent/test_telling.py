"""Workers that tell and write at the same moment: everybody is told once, and written to once."""

import pytest

from app.extensions import db
from app.notifications import tasks
from app.notifications.models import Event, Mailing, Notification
from app.outbox.models import Letter
from tests.boards.doing import reply
from tests.concurrent.at_once import all_at_once
from tests.factories import make_member, make_thread
from tests.notifications.doing import follow, wish

PEOPLE, REPLIES, TIMES = 12, 5, 8

pytestmark = pytest.mark.concurrent


@pytest.fixture
def thread(committing_app):
    thread = make_thread(make_member("anna.b"))
    for number in range(PEOPLE):
        member = make_member(f"member{number:02}")
        wish(member, reply="at_once")
        follow(member, thread)
    return thread


def count(table):
    return db.session.scalar(db.select(db.func.count()).select_from(table))


def test_each_is_told_of_each_reply_once(committing_app, thread):
    ben = make_member("ben.river")
    for number in range(TIMES):
        for _ in range(REPLIES if not number else 1):
            reply(ben, thread)
        hands = [lambda: tasks.tell(most=5)] * 3
        done = all_at_once(committing_app, *hands)
        assert all(isinstance(each, int) for each in done), done
        tasks.tell(most=5)  # what a hand left, seeing another had it
    assert count(Notification) == PEOPLE * (REPLIES + TIMES - 1)
    assert db.session.scalar(db.select(db.func.count()).where(Event.told_at.is_(None))) == 0


def test_each_is_written_to_once(committing_app, thread):
    ben = make_member("ben.river")
    for number in range(TIMES):
        reply(ben, thread)
        tasks.tell()
        done = all_at_once(committing_app, *[tasks.deliver] * 3)
        assert all(isinstance(each, int) for each in done), done
        assert sum(done) == PEOPLE
        assert count(Letter) == count(Mailing) == PEOPLE * (number + 1)
