"""Ending letters from a link in one of them: nobody signs in, and a mail program can do it."""

import pytest

from app.core.database import writing
from app.core.errors import NotFound
from app.extensions import db
from app.notifications import actions
from app.notifications.models import Event
from app.notifications.queries import read_way_out, way_out, wishes_of
from tests.notifications.doing import wish

ONE_CLICK = {"List-Unsubscribe": "One-Click"}


@pytest.fixture
def guest(app):
    return app.test_client()


def channel_of(actor, about):
    return wishes_of(actor.id).channels[about].value


def test_looking_at_the_link_ends_nothing(anna, guest):
    page = guest.get(f"/unsubscribe/{way_out(anna.id, 'reply')}")
    assert page.status_code == 200
    assert "End these letters" in page.text
    assert "anna" not in page.text
    assert channel_of(anna, "reply") == "daily"


@pytest.mark.parametrize("kind", ["application/x-www-form-urlencoded", "multipart/form-data"])
def test_one_click_ends_that_kind_by_mail_and_no_other(anna, guest, kind):
    address = f"/unsubscribe/{way_out(anna.id, 'reply')}"
    for _ in range(2):
        answer = guest.post(address, data=ONE_CLICK, content_type=kind)
        assert answer.status_code == 200  # RFC 8058, 3.1: no redirect
        assert "Set-Cookie" not in answer.headers
        assert answer.headers["Cache-Control"] == "no-store"
    assert channel_of(anna, "reply") == "app"
    assert channel_of(anna, "quote") == "daily"


def test_whoever_is_signed_in_ends_the_letters_of_the_link_and_not_their_own(anna, ben, sign_in):
    sign_in(ben).post(f"/unsubscribe/{way_out(anna.id, 'reply')}", data=ONE_CLICK)
    assert (channel_of(anna, "reply"), channel_of(ben, "reply")) == ("app", "daily")


def test_the_link_of_a_summary_ends_all_that_stands_in_it(anna, guest):
    wish(anna, mention="weekly")
    guest.post(f"/unsubscribe/{way_out(anna.id, 'daily')}", data=ONE_CLICK)
    told = {about: channel_of(anna, about) for about in ("mention", "quote", "reply", "decision")}
    assert told == {"mention": "weekly", "quote": "app", "reply": "app", "decision": "at_once"}


def test_what_somebody_never_wants_to_hear_stays_so(anna, guest):
    wish(anna, reply="never")
    guest.post(f"/unsubscribe/{way_out(anna.id, 'reply')}", data=ONE_CLICK)
    assert channel_of(anna, "reply") == "never"


@pytest.mark.parametrize("token", ["absent", "1.", "1.AAAA", "x" * 500, "1:a", "%00", "1.é", "."])
def test_what_is_no_such_link_is_not_there(app, guest, token):
    for answer in (guest.get(f"/unsubscribe/{token}"), guest.post(f"/unsubscribe/{token}")):
        assert answer.status_code == 404
    with pytest.raises(NotFound), writing():
        actions.unsubscribe(token)


def test_a_link_that_was_changed_ends_nothing(anna, guest):
    token = way_out(anna.id, "reply")
    changed = token[:-3] + ("AAA" if token[-3:] != "AAA" else "BBB")
    assert guest.post(f"/unsubscribe/{changed}", data=ONE_CLICK).status_code == 404
    assert channel_of(anna, "reply") == "daily"


def test_a_link_tells_nothing_and_opens(anna):
    token = way_out(anna.id, "weekly")
    assert "weekly" not in token
    assert read_way_out(token) == (anna.id, "weekly")
    assert token != way_out(anna.id, "weekly")


def test_it_is_noted(anna, guest):
    guest.post(f"/unsubscribe/{way_out(anna.id, 'reply')}", data=ONE_CLICK)
    noted = db.session.scalars(db.select(Event).where(Event.verb == "mail:end")).one()
    assert (noted.actor_id, noted.member_id) == (None, anna.id)
