"""Joining: what is asked, what is refused, what is kept, and who learns nothing by it."""

import pytest
from sqlalchemy import select

from app.accounts.limits import CONFIRM_ENDS
from app.accounts.models import Attempt, Consent, HeldName, Member, Session, Token
from app.accounts.queries import address_of
from app.core.forms import SentForm
from app.extensions import Base, db
from tests.accounts.conftest import (
    JOINING,
    join,
    letters,
    link_in,
    make_person,
    send,
    sign_in,
    twin,
)
from tests.pages_of import forms_of


def members():
    found = db.session.scalars(select(Member).order_by(Member.id)).all()
    db.session.rollback()
    return found


def test_the_page_advises_another_name_and_preselects_nothing(browser):
    page = browser.get("/join").text
    assert "a name nobody knows you by" in page
    assert "checked" not in page
    assert "All seven, with their reasons" in page


def test_who_joins_is_led_to_their_mail_and_is_a_member_to_be_confirmed(browser):
    answer = join(browser)
    assert (answer.status_code, answer.location) == (303, "/join/check-mail")
    (member,) = members()
    assert (member.name, member.confirmed_at, member.welcomed_at) == ("quiet.river", None, None)
    (letter,) = letters()
    assert (letter.to, letter.subject) == ("river@example.org", "Please confirm your address")
    assert "quiet.river" not in letter.text


def test_the_address_is_sealed_and_the_password_is_not_kept(browser):
    join(browser)
    (member,) = members()
    row = [str(value) for value in vars(member).values()]
    assert not any("river@example.org" in value or "herons" in value for value in row)
    assert address_of(member).written == "river@example.org"
    assert member.password_hash.startswith("$argon2id$")


def test_the_health_consent_is_kept_with_its_version(browser):
    join(browser)
    consent = db.session.scalars(select(Consent)).one()
    assert (consent.about, consent.version, consent.withdrawn_at) == ("health", 1, None)
    assert consent.given_at is not None


@pytest.mark.parametrize("missing", ["username", "email", "password", "age", "agree"])
def test_nobody_joins_without_every_answer(browser, missing):
    page = browser.get("/join")
    fields = forms_of(page)[-1]["fields"] | {k: v for k, v in JOINING.items() if k != missing}
    answer = browser.post("/join", data=fields)
    assert answer.status_code == 422
    assert members() == []
    assert letters() == []


@pytest.mark.parametrize("said", ["", "false", "no", "0"])
def test_an_answer_that_is_no_yes_is_no_consent(browser, said):
    assert join(browser, agree=said).status_code == (422 if said in {"", "false"} else 303)


def test_a_refused_form_keeps_the_words_but_never_the_password(browser):
    answer = join(browser, email="nowhere")
    assert answer.status_code == 422
    assert "quiet.river" in answer.text
    assert "herons" not in answer.text


def test_a_form_without_its_token_comes_back_filled(browser):
    answer = browser.post("/join", data=JOINING)
    assert answer.status_code == 400
    assert "quiet.river" in answer.text
    assert "herons" not in answer.text
    assert members() == []


def test_a_known_address_gets_a_letter_and_the_asker_learns_nothing(app, browser, river):
    other = app.test_client()
    known = join(browser, username="old.lamp")
    unknown = join(other, username="new.lamp", email="lamp@example.org")
    assert (known.status_code, known.location) == (unknown.status_code, unknown.location)
    assert known.data == unknown.data
    assert dict(known.headers).keys() == dict(unknown.headers).keys()
    assert {letter.to: letter.subject for letter in letters()} == {
        "river@example.org": "A note for you",
        "lamp@example.org": "Please confirm your address",
    }
    assert [member.name for member in members()] == ["quiet.river", "new.lamp"]


def test_a_known_address_takes_as_many_hashes_as_an_unknown_one(app, browser, river, hashes):
    join(browser, username="old.lamp")
    known = hashes.copy()
    hashes.clear()
    join(app.test_client(), username="new.lamp", email="lamp@example.org")
    assert known == hashes == ["hash"]


def test_whether_the_name_is_free_afterwards_tells_nothing_either(app, browser, river):
    join(browser, username="old.lamp")
    again = join(app.test_client(), username="old.lamp", email="lamp@example.org")
    assert again.status_code == 422
    assert "This name is taken" in again.text
    assert db.session.scalars(select(HeldName)).one().name_key


def test_the_letter_goes_to_the_address_as_its_owner_gave_it(browser, river):
    join(browser, username="old.lamp", email="RIVER@Example.org")
    assert [letter.to for letter in letters()] == ["river@example.org"]


def test_sending_twice_is_joining_once(browser):
    page = browser.get("/join")
    fields = forms_of(page)[-1]["fields"] | JOINING
    answers = [browser.post("/join", data=fields) for _ in range(2)]
    assert [answer.location for answer in answers] == ["/join/check-mail"] * 2
    assert len(members()) == len(letters()) == 1


@pytest.mark.parametrize("taken", ["quiet.river", "QUIET.river", "quiet.r1ver", "quíet.river"])
def test_a_name_that_looks_like_another_is_taken(browser, river, taken):
    answer = join(browser, username=taken, email="lamp@example.org")
    assert answer.status_code == 422
    assert "This name is taken" in answer.text


def test_who_is_signed_in_has_no_need_to_join(cast, sign_in):
    answer = sign_in(cast["member"]).get("/join")
    assert (answer.status_code, answer.location) == (303, "/")


def everything_kept():
    kept = [db.session.execute(select(table)).all() for table in Base.metadata.sorted_tables]
    db.session.rollback()
    return kept


def test_somebody_under_18_is_shown_their_lines_and_nothing_is_stored(browser):
    before = everything_kept()
    answer = join(browser, age="under_18")
    assert (answer.status_code, answer.location) == (303, "/join/under-18")
    page = browser.get("/join/under-18").text
    assert page.index("0800 1111") < page.index("Nothing of what you wrote")
    assert "/help-now" in page
    assert everything_kept() == before


def test_somebody_under_18_is_shown_them_whatever_else_is_wrong(browser):
    answer = join(browser, age="under_18", password="short", email="", username="", agree="")
    assert answer.location == "/join/under-18"


def test_another_answer_in_the_same_browser_meets_the_same_page_for_a_day(browser, later):
    first = browser.get("/join")
    fields = forms_of(first)[-1]["fields"] | JOINING
    join(browser, age="under_18")
    assert browser.get("/join").location == "/join/under-18"
    assert browser.post("/join", data=fields).location == "/join/under-18"
    assert members() == []
    later(60 * 60 * 24 + 1)
    assert join(browser).location == "/join/check-mail"


def test_signing_out_is_no_way_around_it(browser):
    page = browser.get("/sign-in")
    fields = forms_of(page)[-1]["fields"]
    join(browser, age="under_18")
    browser.post("/sign-out", data=fields)
    assert browser.get("/join").location == "/join/under-18"


def confirm(client, path):
    return send(client, path, {})


def test_looking_at_the_link_uses_nothing_up(browser):
    join(browser)
    path = link_in(letters()[0], "confirm")
    for _ in range(3):
        page = browser.get(path)
        assert page.status_code == 200
        assert "Confirm my e-mail" in page.text
    assert members()[0].confirmed_at is None


def test_the_browser_that_joined_is_signed_in_and_welcome(browser):
    join(browser)
    answer = confirm(browser, link_in(letters()[0], "confirm"))
    assert (answer.status_code, answer.location) == (303, "/welcome")
    page = browser.get("/welcome").text
    assert "Write something" in page
    assert "Just look around" in page
    assert members()[0].confirmed_at is not None


def test_another_browser_is_asked_to_sign_in(app, browser):
    join(browser)
    other = app.test_client()
    answer = confirm(other, link_in(letters()[0], "confirm"))
    assert answer.location == "/sign-in?done=confirmed&next=/welcome"
    assert "Your address is confirmed" in other.get(answer.location).text
    assert db.session.scalars(select(Session)).all() == []
    assert members()[0].confirmed_at is not None


def test_who_joined_with_a_known_address_is_not_signed_in_by_its_owners_letter(app, browser):
    """The mark in the browser is the same for both, and alone it opens nothing."""
    join(app.test_client())
    join(browser, username="old.lamp")
    with browser.session_transaction() as kept:
        assert kept["joined_with"]
    assert browser.get("/boards/x/new").status_code == 302


def test_a_link_works_once_and_sending_twice_is_once(app, browser):
    join(browser)
    path = link_in(letters()[0], "confirm")
    page = browser.get(path)
    fields = forms_of(page)[-1]["fields"]
    same = twin(app, browser)
    answers = [client.post(path, data=fields).location for client in (browser, same)]
    assert answers == ["/welcome", "/welcome"]
    assert len(db.session.scalars(select(Session)).all()) == 1
    assert browser.get(path).status_code == 404


def test_used_grown_old_and_unknown_links_are_one_page(app, browser, later):
    join(browser)
    used = link_in(letters()[0], "confirm")
    confirm(browser, used)
    join(app.test_client(), username="old.lamp", email="lamp@example.org")
    old = link_in(letters()[0], "confirm")
    later(CONFIRM_ENDS.total_seconds() + 1)
    make_person("new.lamp", "new@example.org", is_confirmed=False)
    guest = app.test_client()
    answers = [guest.get(path) for path in (used, old, "/confirm/never", "/confirm/" + "é" * 300)]
    assert {answer.status_code for answer in answers} == {404}
    assert len({answer.data for answer in answers}) == 1
    assert "This link doesn’t work any more" in answers[0].text


def test_a_link_for_one_thing_does_nothing_else(app, browser):
    join(browser)
    secret = link_in(letters()[0], "confirm").rpartition("/")[2]
    assert browser.get(f"/reset/{secret}").status_code == 404


def test_only_a_hash_of_the_link_is_kept(browser):
    join(browser)
    secret = link_in(letters()[0], "confirm").rpartition("/")[2]
    assert len(secret) == 43  # 256 bits
    token = db.session.scalars(select(Token)).one()
    assert secret not in map(str, vars(token).values())


def signed_in_unconfirmed(browser):
    make_person("quiet.river", "river@example.org", is_confirmed=False)
    assert sign_in(browser).status_code == 303


def test_who_has_not_confirmed_is_told_so_and_can_ask_for_another_letter(browser):
    signed_in_unconfirmed(browser)
    page = browser.get("/welcome")
    assert page.status_code == 403
    assert "Confirm your e-mail first" in page.text
    answer = send(browser, "/welcome", {}, action="/confirm/again")
    assert (answer.status_code, answer.location) == (303, "/join/check-mail")
    assert confirm(browser, link_in(letters()[0], "confirm")).location == "/welcome"
    assert browser.get("/welcome").status_code == 200


def test_another_letter_has_a_page_of_its_own_to_come_back_to(app, browser):
    make_person("quiet.river", "river@example.org", is_confirmed=False)
    asked = browser.get("/confirm/again")
    assert asked.location == "/sign-in?next=/confirm/again"
    assert sign_in(browser, next="/confirm/again").location == "/confirm/again"
    assert send(browser, "/confirm/again", {}).location == "/join/check-mail"


def test_who_has_confirmed_gets_no_further_letter(browser, river):
    sign_in(browser)
    fields = forms_of(browser.get("/sign-out"))[-1]["fields"]
    assert browser.post("/confirm/again", data=fields).status_code == 303
    assert letters() == []


def test_another_letter_can_be_asked_for_three_times_an_hour(browser):
    signed_in_unconfirmed(browser)
    answers = [send(browser, "/welcome", {}, action="/confirm/again") for _ in range(4)]
    assert [answer.status_code for answer in answers] == [303, 303, 303, 429]
    assert int(answers[3].headers["Retry-After"]) > 0


def test_a_guest_cannot_ask_for_another_letter(browser):
    fields = forms_of(browser.get("/sign-in"))[-1]["fields"]
    assert browser.post("/confirm/again", data=fields).location.startswith("/sign-in")


def test_nothing_of_the_form_is_in_the_key_that_remembers_it(browser):
    join(browser)
    assert "herons" not in db.session.scalars(select(SentForm)).one().key


def test_ten_people_of_one_network_join_in_an_hour(app, later):
    answers = [
        join(app.test_client(), username=f"lamp-{chr(97 + n)}", email=f"lamp{n}@example.org")
        for n in range(11)
    ]
    assert [answer.status_code for answer in answers] == [303] * 10 + [429]
    assert "lamp-k" in answers[-1].text
    assert "herons" not in answers[-1].text
    assert "Please come back in" in answers[-1].text
    later(60 * 60 + 1)
    assert join(app.test_client(), username="lamp-k").status_code == 303


def test_nobodys_mailbox_is_filled_by_who_joins_in_their_name(app, river):
    for n in range(5):
        client = app.test_client()
        client.environ_base["REMOTE_ADDR"] = f"203.0.{n}.7"
        join(client, username=f"lamp-{chr(97 + n)}")
    assert len(letters()) == 3


def test_names_that_are_taken_cost_no_letter(app, river):
    for _ in range(5):
        assert join(app.test_client(), email="lamp@example.org").status_code == 422
    assert join(app.test_client(), username="old.lamp", email="lamp@example.org").status_code == 303


def test_no_network_is_kept_as_it_is(browser):
    browser.environ_base["REMOTE_ADDR"] = "203.0.113.7"
    join(browser)
    for attempt in db.session.scalars(select(Attempt)):
        assert "203.0.113" not in attempt.key
        assert len(attempt.key) == 64
