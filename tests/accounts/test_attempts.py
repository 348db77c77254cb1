"""Who knocks too often waits a while; the owner of an account is never shut out with them."""

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import OperationalError

from app.accounts import actions, limits, queries
from app.accounts.limits import Door
from app.accounts.models import Attempt
from app.accounts.queries import Knock, require_room
from app.accounts.views.blueprint import knock
from app.core.database import writing
from app.core.errors import TooMany
from app.core.networks import network_asking
from app.extensions import db
from tests.accounts.conftest import PASSWORD, sign_in

WRONG = "wrong, wrong, wrong"
ELSEWHERE = {"REMOTE_ADDR": "203.0.113.7"}


def tries(client, times, name="quiet.river", password=WRONG):
    return [sign_in(client, name, password).status_code for _ in range(times)]


def at(app, address):
    client = app.test_client()
    client.environ_base["REMOTE_ADDR"] = address
    return client


@pytest.mark.parametrize("name", ["quiet.river", "never.river", "river@example.org", "x@y.org"])
def test_after_ten_wrong_passwords_one_waits_known_or_not(browser, river, name):
    assert tries(browser, 11, name) == [422] * 10 + [429]


def test_it_says_when_to_come_back_and_then_lets_in(browser, river, later):
    tries(browser, 10)
    answer = sign_in(browser)
    assert answer.status_code == 429
    assert "come back in 15 minutes" in answer.text
    assert "quiet.river" in answer.text
    assert PASSWORD not in answer.text
    wait = int(answer.headers["Retry-After"])
    later(wait)
    assert sign_in(browser).status_code == 303


def test_waiting_costs_no_hash(browser, river, hashes):
    tries(browser, 10)
    hashes.clear()
    tries(browser, 1)
    assert hashes == []


def test_who_guesses_shuts_out_their_own_network_not_the_owner(app, river):
    assert tries(at(app, "203.0.113.7"), 11)[-1] == 429
    assert tries(at(app, "203.0.113.200"), 1) == [429]  # the same street
    assert sign_in(at(app, "198.51.100.4")).status_code == 303


def test_other_accounts_of_the_network_are_not_shut_out(browser, river):
    tries(browser, 11, "old.lamp")
    assert sign_in(browser).status_code == 303


def test_that_a_name_and_an_address_belong_together_is_not_told(browser, river):
    tries(browser, 10)
    assert tries(browser, 10, "river@example.org") == [422] * 10


def test_who_came_in_starts_anew(app, river):
    tries(app.test_client(), 9)
    assert sign_in(app.test_client()).status_code == 303
    assert tries(app.test_client(), 10) == [422] * 10


def test_many_accounts_from_one_network_are_too_many(app, river):
    client = app.test_client()
    answers = [tries(client, 1, f"lamp-{n}")[0] for n in range(61)]
    assert answers == [422] * 60 + [429]
    assert sign_in(at(app, "198.51.100.4")).status_code == 303


def test_coming_in_costs_the_network_nothing(app, river):
    assert {sign_in(app.test_client()).status_code for _ in range(65)} == {303}


@pytest.mark.parametrize(
    ("address", "street"),
    [("203.0.113.7", "203.0.113.0/24"), ("::ffff:203.0.113.7", "203.0.113.0/24"),
     ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"), ("fe80::1%eth0", "fe80::/64"),
     ("", "unknown"), ("unix:", "unknown"), ("evil", "unknown")],
)  # fmt: skip
def test_a_network_is_a_street_not_a_house(app, address, street):
    with app.test_request_context(environ_base={"REMOTE_ADDR": address}):
        assert network_asking() == street


def test_what_is_kept_of_a_knock_says_nothing_and_is_another_tomorrow(app, later):
    knocks = Knock(limits.SIGN_IN, ("203.0.113.0/24", "quiet.river"))
    with writing():
        actions.note_knocks([knocks])
    later(60 * 60 * 24)
    with writing():
        actions.note_knocks([knocks])
    today, tomorrow = db.session.scalars(select(Attempt.key).order_by(Attempt.id))
    assert today != tomorrow
    assert {len(today), len(tomorrow)} == {64}


def test_a_window_reaches_over_midnight(app, later):
    later(60 * 60 * 12 - 60)  # 23:59
    knocks = Knock(limits.SIGN_IN, ("203.0.113.0/24", "quiet.river"))
    with writing():
        actions.note_knocks([knocks] * 10)
    later(120)
    with pytest.raises(TooMany):
        require_room([knocks], with_this=False)


def test_doors_are_counted_apart(app):
    one, other = Knock(Door("one", 1, limits.ACTIVITY_STEP), ("a",)), Knock(limits.JOIN, ("a",))
    with writing():
        actions.note_knocks([one])
    require_room([other], with_this=False)
    with pytest.raises(TooMany):
        require_room([one], with_this=False)


def test_of_many_at_the_same_moment_no_more_get_in(app):
    """Each is written down before it is counted the second time, so none slips by."""
    narrow = Knock(Door("narrow", 2, limits.ACTIVITY_STEP), ("a",))
    with writing():
        actions.note_knocks([narrow] * 3)  # they all saw room, and then all knocked
    with pytest.raises(TooMany):
        require_room([narrow], with_this=True)


def test_a_refused_knock_is_not_written_down(app):
    narrow = Knock(Door("narrow", 2, limits.ACTIVITY_STEP), ("a",))
    for _ in range(2):
        knock(narrow)
    for _ in range(3):
        with pytest.raises(TooMany):
            knock(narrow)
    assert db.session.scalar(select(func.count()).select_from(Attempt)) == 2


def test_what_cannot_be_counted_is_not_tried(browser, river, hashes, monkeypatch):
    def gone(*_args, **_kwargs):
        raise OperationalError("SELECT", {}, Exception("the database is gone"))

    monkeypatch.setattr(queries, "require_room", gone)
    answer = sign_in(browser)
    assert answer.status_code == 503
    assert hashes == []
