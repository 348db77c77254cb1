"""flask demo: all of it or nothing, once, and never where people live."""

from dataclasses import replace
from datetime import timedelta

import pytest

from app.accounts.models import Member
from app.boards.models import Board
from app.core import clock
from app.core.passwords import is_password
from app.demo import commands, queries
from app.demo.actions import community
from app.extensions import db
from tests.demo.community import PASSWORD, counts, demo, everything, rows
from tests.factories import make_member


@pytest.fixture(scope="module")
def few(built_app):
    """The community with a few of its conversations: how it is loaded shows with those."""
    whole = queries.community()
    telling = [c for c in whole.conversations if any(s.edit or s.let_through for s in c.sayings)]
    return replace(whole, conversations=(*telling, *whole.conversations[::20]))


@pytest.fixture(autouse=True)
def only_a_few(few, monkeypatch):
    monkeypatch.setattr(queries, "community", lambda: few)


@pytest.fixture
def loaded(app):
    done = demo(app)
    assert done.exit_code == 0, done.output
    return done


def test_loading_it_twice_is_loading_it_once(app, loaded, monkeypatch):
    before = counts(), everything()
    monkeypatch.setattr(commands, "hash_password", None)  # calling it would fail
    again = demo(app)
    assert again.exit_code == 0
    db.session.expire_all()
    assert (counts(), everything()) == before


def test_two_places_get_the_same_community(app):
    connection, seen = db.engines[None], []
    for later in (timedelta(), timedelta(days=40, hours=3)):
        db.session.remove()
        undone = connection.begin_nested()
        with clock.at(clock.now() + later):
            assert demo(app).exit_code == 0
            seen.append(everything())
        db.session.remove()
        undone.rollback()
    assert seen[0] == seen[1]


def test_it_says_how_to_sign_in(loaded):
    assert "Demo people: organiser, moderator" in loaded.output
    assert f"The password of each: {PASSWORD}" in loaded.output
    assert {is_password(PASSWORD, m.password_hash) for m in rows(Member)} == {True}


def test_another_password_is_taken_over_at_the_next_start(app, loaded):
    assert "The password of each: another one" in demo(app, password="another one").output
    db.session.expire_all()
    assert len({member.password_hash for member in rows(Member)}) == 1
    assert is_password("another one", rows(Member)[0].password_hash)


def test_it_stays_away_from_a_place_that_has_members(app):
    make_member("anna")
    done = demo(app)
    assert done.exit_code == 0
    assert "There are members here already" in done.output
    assert [member.name for member in rows(Member)] == ["anna"]
    assert rows(Board) == []


def test_it_is_refused_in_production(app, monkeypatch):
    monkeypatch.setitem(app.config, "HANDRAIL_ENV", "production")
    done = demo(app)
    assert done.exit_code == 1
    assert "The demo community is for development" in done.output
    assert rows(Member) == []


def test_it_is_refused_without_a_password(app):
    assert demo(app, password=None).exit_code == 1
    assert rows(Member) == []


def test_half_a_community_is_never_kept(app, few, monkeypatch):
    monkeypatch.setattr(community, "_set_standing", None)  # the last step fails
    assert isinstance(demo(app).exception, TypeError)
    db.session.expire_all()
    assert rows(Member) == [] and rows(Board) == []
    monkeypatch.undo()
    monkeypatch.setattr(queries, "community", lambda: few)
    assert demo(app).exit_code == 0


@pytest.mark.parametrize("written", ["", "3 days", "2h 3d", "d"])
def test_a_span_of_time_is_written_one_way(written):
    with pytest.raises(ValueError, match="is no span of time"):
        queries.span(written)
