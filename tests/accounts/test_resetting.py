"""A new password: asked for without telling who is a member, set by a link that works once."""

import pytest
from sqlalchemy import select, update

from app.accounts.limits import RESET_ENDS, RESET_TAKES
from app.accounts.models import Member, Session, Token
from app.core import pace
from app.core.database import writing
from app.extensions import db
from tests.accounts.conftest import (
    PASSWORD,
    join,
    letters,
    link_in,
    make_person,
    send,
    sign_in,
    twin,
)
from tests.pages_of import forms_of

NEW = "a wide slow river of moths"


def ask(client, email="river@example.org"):
    return send(client, "/reset", {"email": email})


def choose(client, path, password=NEW):
    return send(client, path, {"password": password})


@pytest.fixture
def link(browser, river):
    """The path of a link that works."""
    ask(browser)
    return link_in(letters()[0], "reset")


def test_a_member_is_sent_a_link(browser, river):
    answer = ask(browser)
    assert (answer.status_code, answer.location) == (303, "/reset/check-mail")
    (letter,) = letters()
    assert (letter.to, letter.subject) == ("river@example.org", "A note for you")
    assert link_in(letter, "reset")
    assert "quiet.river" not in letter.text


def test_nobody_is_told_whether_an_address_is_known(app, river, hashes):
    known, unknown = ask(app.test_client()), ask(app.test_client(), "x@example.org")
    assert (known.status_code, known.location) == (unknown.status_code, unknown.location)
    assert known.data == unknown.data
    assert dict(known.headers) == dict(unknown.headers)
    assert [letter.to for letter in letters()] == ["river@example.org"]
    assert hashes == []


def test_it_takes_as_long_whether_an_address_is_known_or_not(app, river, monkeypatch):
    waits = []
    monkeypatch.setattr(pace, "sleep", waits.append)
    for email in ("river@example.org", "x@example.org"):
        ask(app.test_client(), email)
    assert len(waits) == 2
    assert all(0 < wait < RESET_TAKES.total_seconds() for wait in waits)


def test_the_letter_goes_to_the_address_as_it_was_given_then(app, browser):
    """Look-alike mailboxes are other people's (CVE-2019-19844)."""
    make_person("mike", "mike@example.org")
    for typed in ("MIKE@example.org", "m\u0131ke@example.org", "mi\u212ae@example.org"):
        ask(app.test_client(), typed)
    assert [letter.to for letter in letters()] == ["mike@example.org"]


def test_what_is_no_address_is_refused(browser):
    assert ask(browser, "river").status_code == 422


def test_the_host_a_request_claims_gets_into_no_letter(browser, river):
    fields = forms_of(browser.get("/reset"))[-1]["fields"]
    sent = fields | {"email": "river@example.org"}
    browser.post("/reset", data=sent, headers={"X-Forwarded-Host": "evil.example"})
    assert "http://localhost/reset/" in letters()[0].text
    assert "evil" not in letters()[0].text


def test_asking_twice_with_one_form_is_asking_once(browser, river):
    fields = forms_of(browser.get("/reset"))[-1]["fields"] | {"email": "river@example.org"}
    for _ in range(2):
        assert browser.post("/reset", data=fields).location == "/reset/check-mail"
    assert len(letters()) == 1


def test_three_letters_an_hour_reach_one_mailbox_known_or_not(app, river, later):
    for email in ("river@example.org", "x@example.org"):
        answers = []
        for n in range(4):
            client = app.test_client()
            client.environ_base["REMOTE_ADDR"] = f"203.0.{n}.7"
            answers.append(ask(client, email).status_code)
        assert answers == [303, 303, 303, 429]
    assert len(letters()) == 3
    later(60 * 60 + 1)
    assert ask(app.test_client()).status_code == 303


def test_twenty_times_an_hour_one_network_asks(browser):
    answers = [ask(browser, f"x{n}@example.org").status_code for n in range(21)]
    assert answers == [303] * 20 + [429]


def test_looking_at_the_link_uses_nothing_up(browser, link):
    assert [browser.get(link).status_code for _ in range(3)] == [200] * 3
    assert sign_in(browser).status_code == 303


def test_the_new_password_opens_and_the_old_one_does_not(app, browser, link):
    answer = choose(browser, link)
    assert (answer.status_code, answer.location) == (303, "/sign-in?done=reset")
    assert "Your password is changed" in browser.get(answer.location).text
    assert sign_in(app.test_client()).status_code == 422
    assert sign_in(app.test_client(), password=NEW).status_code == 303


def test_every_session_ends_and_every_link_dies(app, browser, link):
    signed_in = app.test_client()
    sign_in(signed_in)
    ask(app.test_client())
    other = link_in(letters()[0], "reset")
    choose(browser, link)
    assert signed_in.get("/sign-out").status_code == 303
    assert {session.ended_at is None for session in db.session.scalars(select(Session))} == {False}
    assert {token.used_at is None for token in db.session.scalars(select(Token))} == {False}
    for path in (link, other):
        assert browser.get(path).status_code == 404
        assert choose_at_once(browser, path).status_code == 404


def choose_at_once(client, path):
    """Send the form without looking at the page first."""
    fields = forms_of(client.get("/sign-in"))[-1]["fields"]
    return client.post(path, data=fields | {"password": NEW})


def test_the_owner_is_told(browser, link):
    choose(browser, link)
    assert "Your password was changed" in letters()[0].text
    assert letters()[0].subject == "A note for you"


def test_setting_it_twice_at_the_same_moment_is_setting_it_once(app, browser, link):
    fields = forms_of(browser.get(link))[-1]["fields"] | {"password": NEW}
    same = twin(app, browser)
    answers = [client.post(link, data=fields).location for client in (browser, same)]
    assert answers == ["/sign-in?done=reset"] * 2
    assert len([letter for letter in letters() if "was changed" in letter.text]) == 1


def test_a_link_ends_after_an_hour(browser, river, later):
    ask(browser)
    path = link_in(letters()[0], "reset")
    later(RESET_ENDS.total_seconds() + 1)
    assert browser.get(path).status_code == 404
    assert choose_at_once(browser, path).status_code == 404
    assert sign_in(browser).status_code == 303


def test_a_link_for_one_thing_does_nothing_else(browser, link):
    assert browser.get(link.replace("/reset/", "/confirm/")).status_code == 404


@pytest.mark.parametrize(
    "weak",
    ["short", "", "password1234", "quiet.river.1", "quiet.river.quiet.river", "x" * 101,
     "aaaaaaaaaaaaaaaa", "handrail-handrail", "qwertyuiopasdf"],
)  # fmt: skip
def test_a_weak_password_is_refused_with_the_reason(browser, link, weak):
    answer = choose(browser, link, weak)
    assert answer.status_code == 422
    assert weak not in answer.text or not weak
    assert sign_in(browser).status_code == 303


def test_resetting_shows_that_the_address_is_ones_own(app, browser):
    """Somebody else may have joined with it: they are out, and the owner is in."""
    thief = app.test_client()
    join(thief)
    sign_in(thief)
    ask(browser)
    choose(browser, link_in(letters()[0], "reset"))
    assert thief.get("/sign-out").status_code == 303
    assert sign_in(thief).status_code == 422
    sign_in(browser, password=NEW)
    assert browser.get("/welcome").status_code == 200


def test_an_owner_who_tried_too_often_gets_in_with_the_new_password(app, browser, link):
    for _ in range(11):
        sign_in(app.test_client(), password="wrong, wrong, wrong")
    choose(browser, link)
    assert sign_in(browser, password=NEW).status_code == 303


def test_a_form_without_its_token_changes_nothing(browser, link):
    assert browser.post(link, data={"password": NEW}).status_code == 400
    assert sign_in(browser, password=PASSWORD).status_code == 303


def test_a_members_name_is_weighed_in_their_password(app, browser, river):
    with writing():
        db.session.execute(update(Member).values(name="Xqzvkwjpth"))
    ask(browser)
    answer = choose(browser, link_in(letters()[0], "reset"), "Xqzvkwjpth12")
    assert answer.status_code == 422
    assert "tried first" in answer.text
