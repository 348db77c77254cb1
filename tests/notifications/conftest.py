"""A thread of anna's that others answer, and a worker who tells of it."""

import pytest

from app.accounts.models import Member
from app.extensions import db
from app.notifications import tasks
from app.notifications.models import Notification
from tests.factories import make_board, make_member, make_thread
from tests.notifications.doing import follow


@pytest.fixture
def board(app):
    return make_board()


@pytest.fixture
def anna(app):
    return make_member("anna.b")


@pytest.fixture
def ben(app):
    return make_member("ben.river")


@pytest.fixture
def thread(anna, board):
    """Anna's thread, which she follows as everybody does who starts one."""
    thread = make_thread(anna, board=board)
    follow(anna, thread)
    return thread


@pytest.fixture
def told(app):
    """Return a function: have the worker tell, and return (name, about) of all that were told."""

    def _told():
        tasks.tell()
        rows = db.session.execute(
            db.select(Member.name, Notification.about)
            .join(Member, Member.id == Notification.member_id)
            .order_by(Notification.id)
        )
        return [tuple(row) for row in rows]

    return _told
