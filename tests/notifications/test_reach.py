"""Whom boards tell is whom they let read; and lists of notifications go along their indexes."""

import pytest

from app.boards.models import Audience, Thread
from app.extensions import db
from app.notifications.queries import count_new, notifications_of
from app.permissions import Role, can
from tests.boards.doing import reply
from tests.factories import make_board, make_member, make_thread
from tests.guards.community import ROLES
from tests.notifications.doing import follow


@pytest.mark.parametrize("place", ["open", "group", "public"])
def test_who_is_told_is_who_may_read_the_thread(cast, group, told, place):
    """The same said twice, in SQL of many and of one actor: kept alike for the whole cast."""
    boards = {"group": {"group": group}, "public": {"audience": Audience.PUBLIC}}
    ben = make_member("ben.river", Role.PARTICIPANT, group=group)
    thread = make_thread(ben, board=make_board(place, **boards.get(place, {})))
    for who in cast.values():
        follow(who, thread)
    reply(ben, thread)
    names = {name for name, _about in told()}
    thread = db.session.get_one(Thread, thread.id)
    expected = {
        who for who in ROLES
        if who in cast and cast[who].is_admitted and can(cast[who], "thread:read", thread)
    }  # fmt: skip
    assert names == expected


@pytest.mark.sqlite_only
@pytest.mark.parametrize("ask", [count_new, notifications_of])
def test_nothing_is_read_whole_to_tell_one_member(anna, ben, thread, told, statements, ask):
    reply(ben, thread)
    told()
    statements.clear()
    asked = []

    def note(_connection, _cursor, statement, parameters, *_rest):
        asked.append((statement, parameters))

    db.event.listen(db.engine.engine, "before_cursor_execute", note)
    ask(anna)
    db.event.remove(db.engine.engine, "before_cursor_execute", note)
    plans = [
        row[3]
        for statement, parameters in asked if statement.startswith("SELECT")
        for row in db.session.connection().exec_driver_sql(
            f"EXPLAIN QUERY PLAN {statement}", parameters
        )
    ]  # fmt: skip
    assert plans
    tables = ("notifications", "posts", "threads", "voices", "members", "follows")
    assert not [step for step in plans if step.startswith(tuple(f"SCAN {t}" for t in tables))]


def test_a_page_of_notifications_asks_a_fixed_number_of_questions(
    anna, ben, board, thread, told, sign_in, statements
):
    client, asked = sign_in(anna), []
    for number in range(2):
        for _ in range(4):
            other = make_thread(ben, board=board, title=f"Night {number}")
            follow(anna, other)
            reply(ben, other)
        told()
        statements.clear()
        client.get("/notifications")
        asked.append(len(statements))
    assert asked[0] == asked[1] <= 6
