"""Words outlive a session: they come back to their writer, to nobody else, and send nothing."""

import json
from urllib.parse import parse_qs, urlsplit

import pytest
from sqlalchemy import func, select

from app.accounts import actions
from app.boards.models import Post
from app.core.database import writing
from app.core.kept_words import KeptWords
from app.core.keys import key_ring
from app.extensions import db
from tests.accounts.conftest import PASSWORD, make_person, sign_in
from tests.factories import make_board, make_thread
from tests.pages_of import forms_of

WORDS = {"title": "A long night", "body": "I had written half of it."}


@pytest.fixture
def board(cast):
    return make_board("welcome")


@pytest.fixture
def ended(app, board, river):
    """A browser whose session ended while its member was writing."""
    client = app.test_client()
    sign_in(client)
    with writing():
        actions.end_all_sessions(river)
    return client


def post(client, path="/boards/welcome/new", fields=None, **more):
    sent = {"csrf_token": "old", "form_key": "k"} | (fields or WORDS)
    return client.post(path, data=sent, **more)


def next_of(answer):
    return parse_qs(urlsplit(answer.location).query)["next"][0]


def sign_in_at(client, address, name="quiet.river"):
    fields = forms_of(client.get(address))[-1]["fields"]
    return client.post("/sign-in", data=fields | {"name": name, "password": PASSWORD})


def test_words_are_kept_and_shown_again_after_signing_in(ended):
    answer = post(ended)
    assert answer.status_code == 303
    assert next_of(answer).startswith("/boards/welcome/new?kept=")
    assert "Sign in and your words are still here." in ended.get(answer.location).text
    page = ended.get(sign_in_at(ended, answer.location).location).text
    assert "A long night" in page
    assert "I had written half of it." in page


def test_nothing_is_sent_by_itself(ended):
    answer = post(ended)
    ended.get(sign_in_at(ended, answer.location).location)
    assert db.session.scalar(select(func.count()).select_from(Post)) == 0


def test_they_are_sealed_and_hold_no_secret(ended):
    secrets = {"password": "seven herons", "new_password": "x", "recovery_code": "123456"}
    post(ended, fields=WORDS | secrets)
    row = db.session.scalars(select(KeptWords)).one()
    assert "long night" not in row.sealed
    about = f"kept_words:{row.member_id}:{row.path}"
    assert dict(json.loads(key_ring("words").open(row.sealed, about=about))) == WORDS


def test_another_member_sees_nothing_of_them(ended, cast):
    make_person("old.lamp", "lamp@example.org")
    answer = post(ended)
    page = ended.get(sign_in_at(ended, answer.location, "old.lamp").location)
    assert page.status_code == 200
    assert "A long night" not in page.text


def test_they_are_shown_on_their_own_page_only(ended, cast):
    thread = make_thread(cast["member"])
    answer = post(ended)
    sign_in_at(ended, answer.location)
    number = next_of(answer).rpartition("=")[2]
    page = ended.get(f"/threads/{thread.id}/reply?kept={number}").text
    assert "I had written half of it." not in page


@pytest.mark.parametrize("number", ["0", "-1", "99999999999999999999", "x", "1e3", ""])
def test_a_number_that_is_none_shows_nothing(ended, number):
    sign_in_at(ended, "/sign-in")
    assert ended.get(f"/boards/welcome/new?kept={number}").status_code == 200


def test_they_are_kept_for_a_week(app, board, river, later):
    client = app.test_client()
    sign_in(client)
    with writing():
        actions.end_all_sessions(river)
    answer = post(client)
    later(60 * 60 * 24 * 7 + 1)
    page = client.get(sign_in_at(client, answer.location).location).text
    assert "A long night" not in page
    with writing():
        actions.tidy()
    assert db.session.scalar(select(func.count()).select_from(KeptWords)) == 0


def test_a_session_that_idled_away_keeps_them_too(app, board, river, later):
    client = app.test_client()
    sign_in(client, is_shared="y")
    later(60 * 31)
    assert "kept=" in next_of(post(client))


def test_a_session_that_ended_long_ago_keeps_nothing_but_shows_them(app, board, river, later):
    client = app.test_client()
    sign_in(client)
    with writing():
        actions.end_all_sessions(river)
    later(60 * 60 * 24 * 7 + 1)
    answer = post(client)
    assert answer.status_code == 400
    assert "I had written half of it." in answer.text


def test_a_stranger_is_shown_their_words_and_asked_to_sign_in(browser, board, river):
    answer = post(browser)
    assert answer.status_code == 400
    assert "Your words are safe" in answer.text
    assert "I had written half of it." in answer.text
    fields = forms_of(answer)[-1]["fields"]
    assert fields["next"] == "/boards/welcome/new"
    sent = fields | {"name": "quiet.river", "password": PASSWORD}
    assert browser.post("/sign-in", data=sent).location == "/boards/welcome/new"
    assert db.session.scalar(select(func.count()).select_from(KeptWords)) == 0


def test_what_was_meant_for_another_form_does_not_fill_in_this_one(browser, board):
    answer = post(browser, fields=WORDS | {"name": "somebody", "next": "//evil.example"})
    assert "evil" not in answer.text
    assert 'value="somebody"' not in answer.text


def test_another_site_puts_no_words_into_our_mouth(browser, board):
    answer = post(browser, headers={"Sec-Fetch-Site": "cross-site"})
    assert answer.status_code == 303
    assert "long night" not in answer.text


def test_looking_at_it_first_loses_nothing_either(ended):
    answer = post(ended, "/preview", WORDS | {"back_to": "/boards/welcome/new"})
    page = ended.get(sign_in_at(ended, answer.location).location).text
    assert "I had written half of it." in page


def test_a_button_without_words_leads_back_to_its_page(ended, cast):
    thread = make_thread(cast["member"])
    came_from = {"Referer": f"http://localhost/threads/{thread.id}?page=1"}
    for headers, wanted in ((came_from, f"/threads/{thread.id}?page=1"), ({}, "/")):
        answer = post(ended, f"/threads/{thread.id}/read", {"support": "with_you"}, headers=headers)
        assert answer.status_code == 303
        assert next_of(answer) == wanted


@pytest.mark.parametrize("referer", ["https://evil.example/threads/1", "//evil.example", "x"])
def test_a_page_of_somebody_else_is_not_led_back_to(browser, referer):
    answer = post(browser, "/threads/1/read", {"x": "1"}, headers={"Referer": referer})
    assert next_of(answer) == "/"


def test_an_endless_address_breaks_nothing(ended):
    answer = post(ended, f"/boards/{'a' * 3000}/new")
    assert answer.status_code == 400
    assert "I had written half of it." in answer.text


def test_beyond_twenty_the_oldest_give_way(ended):
    for n in range(23):
        post(ended, fields=WORDS | {"title": f"night {n}"})
    assert db.session.scalar(select(func.count()).select_from(KeptWords)) == 20


def test_who_is_not_admitted_keeps_what_they_wrote(app, board):
    make_person("old.lamp", "lamp@example.org", is_confirmed=False)
    client = app.test_client()
    sign_in(client, "old.lamp")
    answer = post(client)
    assert answer.status_code == 403
    assert "I had written half of it." in answer.text
