"""Signing in and out: the cookie, and what nobody learns on the way."""

import re
from dataclasses import replace
from datetime import UTC, datetime
from urllib.parse import urljoin, urlsplit

import pytest
from argon2 import PasswordHasher
from sqlalchemy import select, update

from app.accounts import actions, queries
from app.accounts.limits import SESSION_IDLES, SHARED_SESSION_IDLES
from app.accounts.models import Member, Session
from app.core.addresses import own_path
from app.core.database import writing
from app.core.errors import RuleBroken
from app.extensions import db
from app.permissions import Standing
from tests.accounts.conftest import PASSWORD, make_person, send, sign_in
from tests.corpora.reading import FILES, payloads
from tests.pages_of import forms_of

WRONG = "wrong, wrong, wrong"
FIREFOX = "Mozilla/5.0 (Android 14; Mobile; rv:130.0) Gecko/130.0 Firefox/130.0"


def cookie_in(answer, name="handrail"):
    """Return the attributes of the cookie an answer sets, or None."""
    lines = [c for c in answer.headers.getlist("Set-Cookie") if c.startswith(f"{name}=")]
    return {part.strip() for part in lines[0].split(";")[1:]} if lines else None


def is_signed_in(client):
    return client.get("/sign-out").status_code == 200


def sessions():
    found = db.session.scalars(select(Session).order_by(Session.id)).all()
    db.session.rollback()
    return found


@pytest.mark.parametrize(
    "name",
    ["quiet.river", "Quiet.River", "river@example.org", "RIVER@Example.org", " quiet.river "],
)
def test_a_member_signs_in_by_name_or_address(browser, river, name):
    answer = sign_in(browser, name)
    assert (answer.status_code, answer.location) == (303, "/")
    assert is_signed_in(browser)


def test_the_cookie_lasts_as_long_as_a_session_idles(browser, river):
    found = {part for part in cookie_in(sign_in(browser)) if not part.startswith("Expires")}
    lasts = f"Max-Age={round(SESSION_IDLES.total_seconds())}"
    assert found == {"HttpOnly", "Path=/", "SameSite=Lax", lasts}


def test_on_a_shared_computer_it_goes_with_the_browser_and_after_half_an_hour(
    browser, river, later
):
    assert cookie_in(sign_in(browser, is_shared="y")) == {"HttpOnly", "Path=/", "SameSite=Lax"}
    later(SHARED_SESSION_IDLES.total_seconds() - 1)
    assert is_signed_in(browser)
    later(SHARED_SESSION_IDLES.total_seconds() + 1)
    assert not is_signed_in(browser)


def test_over_https_the_cookies_are_guarded_by_their_names(app, browser, river, monkeypatch):
    names = {"SIGN_IN_COOKIE": "__Host-handrail", "SESSION_COOKIE_NAME": "__Host-handrail-form"}
    for name, value in (names | {"SESSION_COOKIE_SECURE": True}).items():
        monkeypatch.setitem(app.config, name, value)
    page = browser.get("/sign-in", base_url="https://localhost")
    sent = forms_of(page)[-1]["fields"] | {"name": "quiet.river", "password": PASSWORD}
    answer = browser.post("/sign-in", base_url="https://localhost", data=sent)
    for found in (cookie_in(page, "__Host-handrail-form"), cookie_in(answer, "__Host-handrail")):
        assert {"Secure", "HttpOnly", "Path=/", "SameSite=Lax"} <= found
        assert not any(part.startswith("Domain") for part in found)
    out = browser.get("/sign-out", base_url="https://localhost")
    fields = forms_of(out)[-1]["fields"]
    gone = browser.post("/sign-out", base_url="https://localhost", data=fields)
    assert {"Secure", "Max-Age=0"} <= cookie_in(gone, "__Host-handrail")


def test_a_visit_lets_the_cookie_last_from_then_on(browser, river, later):
    sign_in(browser)
    assert cookie_in(browser.get("/boards")) is None
    later(6 * 60)
    assert cookie_in(browser.get("/boards")) is not None
    assert cookie_in(browser.get("/boards")) is None


def test_a_shared_computers_cookie_is_never_made_to_last(browser, river, later):
    sign_in(browser, is_shared="y")
    later(6 * 60)
    assert cookie_in(browser.get("/boards")) is None
    assert is_signed_in(browser)


def test_a_session_knows_what_browser_it_is_in(browser, river):
    browser.environ_base["HTTP_USER_AGENT"] = FIREFOX
    sign_in(browser)
    assert sessions()[0].device == "Firefox on Android"


def test_only_a_hash_of_the_secret_is_kept_and_it_is_another_each_time(app, river):
    secrets = set()
    for client in (app.test_client(), app.test_client()):
        sign_in(client)
        secrets.add(client.get_cookie("handrail").value)
    assert len(secrets) == 2
    assert {len(secret) for secret in secrets} == {43}  # 256 bits
    assert secrets.isdisjoint(session.secret_hash for session in sessions())


def test_a_cookie_planted_before_signing_in_opens_nothing_after_it(app, browser, river):
    browser.set_cookie("handrail", "planted")
    sign_in(browser)
    thief = app.test_client()
    thief.set_cookie("handrail", "planted")
    assert is_signed_in(browser)
    assert not is_signed_in(thief)


def test_forms_opened_before_signing_in_are_stale_after_it(browser, river):
    fields = forms_of(browser.get("/sign-in"))[-1]["fields"]
    browser.post("/sign-in", data=fields | {"name": "quiet.river", "password": PASSWORD})
    assert browser.post("/sign-out", data=fields).status_code == 400
    assert is_signed_in(browser)


def test_who_signs_in_twice_in_one_browser_is_there_once(browser, river):
    fields = forms_of(browser.get("/sign-in"))[-1]["fields"]
    token = browser.get_cookie("handrail-form").value
    for _ in range(2):
        browser.set_cookie("handrail-form", token)
        browser.post("/sign-in", data=fields | {"name": "quiet.river", "password": PASSWORD})
    assert [session.ended_at is None for session in sessions()] == [False, True]


@pytest.mark.parametrize(
    ("name", "password"),
    [("quiet.river", WRONG), ("river@example.org", WRONG), ("nobody.here", PASSWORD),
     ("nobody@example.org", PASSWORD), ("a@b@c", PASSWORD), ("quiet.river", PASSWORD + "!"),
     ("quiet.river", PASSWORD * 1000), ("%", PASSWORD), ("' OR 1=1 --", PASSWORD),
     ("😀" * 200, "\ufffd\x00" * 200)],
)  # fmt: skip
def test_who_does_not_know_the_password_is_not_let_in(browser, river, name, password):
    answer = sign_in(browser, name, password)
    assert answer.status_code == 422
    assert "don’t belong together" in answer.text
    assert password not in answer.text
    assert not is_signed_in(browser)


@pytest.mark.parametrize("unknown", ["never.river", "x@example.org"])
def test_known_and_unknown_are_answered_alike(app, river, unknown):
    assert _answer(app, "quiet.river") == _answer(app, unknown)


def _answer(app, name):
    client = app.test_client()
    fields = forms_of(client.get("/sign-in"))[-1]["fields"]
    answer = client.post("/sign-in", data=fields | {"name": name, "password": WRONG})
    page = answer.text.replace(name, "").replace(fields["form_key"], "")
    headers = [(key, value) for key, value in answer.headers if key != "Content-Length"]
    return answer.status_code, re.sub(r'name="csrf_token"[^>]*', "", page), headers


@pytest.mark.parametrize("name", ["quiet.river", "never.river", "river@example.org", "x@y.org"])
def test_every_try_takes_one_look_at_a_hash(browser, river, hashes, name):
    sign_in(browser, name, WRONG)
    assert hashes == ["verify"]


def test_a_password_is_one_however_a_keyboard_composes_it(browser):
    make_person("amelie", "amelie@example.org", password="vier Möwen über dem Café")
    decomposed = "vier Mo\u0308wen u\u0308ber dem Cafe\u0301"
    assert sign_in(browser, "amelie", decomposed).status_code == 303


def test_a_member_whose_hash_is_gone_has_no_password_that_is_right(browser, river, hashes):
    with writing():
        db.session.execute(update(Member).values(password_hash=""))
    hashes.clear()
    assert sign_in(browser).status_code == 422
    assert hashes == ["verify"]


def test_an_old_hash_is_made_anew_when_its_owner_signs_in(app, river):
    old = PasswordHasher(time_cost=2, memory_cost=16, parallelism=1).hash(PASSWORD)
    with writing():
        db.session.execute(update(Member).values(password_hash=old))
    assert sign_in(app.test_client()).status_code == 303
    assert "m=8,t=1,p=1" in db.session.scalars(select(Member.password_hash)).one()
    assert sign_in(app.test_client()).status_code == 303


def test_a_password_changed_in_the_meantime_opens_nothing(app, river):
    seen = queries.find_credentials("quiet.river")
    with pytest.raises(RuleBroken, match="changed just now"), writing():
        actions.sign_in(replace(seen, password_hash="as it was"))
    assert sessions() == []


def test_signing_out_ends_the_session_and_takes_the_cookie_back(app, browser, river):
    sign_in(browser)
    stolen = app.test_client()
    stolen.set_cookie("handrail", browser.get_cookie("handrail").value)
    answer = send(browser, "/sign-out", {})
    assert (answer.status_code, answer.location) == (303, "/")
    assert browser.get_cookie("handrail") is None
    assert not is_signed_in(stolen)
    assert sessions()[0].ended_at is not None


def test_looking_at_sign_out_signs_nobody_out(browser, river):
    sign_in(browser)
    assert browser.get("/sign-out").status_code == 200
    assert is_signed_in(browser)


def test_signing_out_without_being_signed_in_is_no_trouble(browser):
    assert browser.get("/sign-out").location == "/"
    fields = forms_of(browser.get("/sign-in"))[-1]["fields"]
    assert browser.post("/sign-out", data=fields).location == "/"


def test_every_browser_is_signed_out_at_once(app, river):
    browsers = [app.test_client() for _ in range(3)]
    for client in browsers:
        sign_in(client)
    with writing():
        actions.end_all_sessions(river)
    assert not any(is_signed_in(client) for client in browsers)


def test_who_is_suspended_can_sign_in_and_out_but_not_come_in(browser, river):
    with writing():
        db.session.execute(update(Member).values(standing=Standing.SUSPENDED))
    assert sign_in(browser).status_code == 303
    page = browser.get("/welcome")
    assert page.status_code == 403
    assert "Get help now stays open" in page.text
    assert "Send the letter again" not in page.text
    assert send(browser, "/sign-out", {}).status_code == 303


def test_a_suspension_that_was_to_end_has_ended(browser, river, later):
    until = datetime(2026, 3, 9, 12, tzinfo=UTC)
    suspended = {"standing": Standing.SUSPENDED, "standing_until": until}
    with writing():
        db.session.execute(update(Member).values(suspended))
    sign_in(browser)
    assert "until 9 March 2026" in browser.get("/welcome").text
    later(60 * 60 * 24 * 7 + 1)
    assert browser.get("/welcome").status_code == 200


@pytest.mark.parametrize("wanted", ["/boards", "/threads/7?page=2", "/welcome"])
def test_after_signing_in_one_is_where_one_wanted_to_be(browser, river, wanted):
    page = browser.get("/sign-in", query_string={"next": wanted})
    sent = forms_of(page)[-1]["fields"] | {"name": "quiet.river", "password": PASSWORD}
    assert browser.post("/sign-in", data=sent).location == wanted
    assert browser.get("/sign-in", query_string={"next": wanted}).location == wanted


ELSEWHERE = ["https://evil.example", "//evil.example", "/\\evil.example", "/\t/evil.example",
             "javascript:alert(1)", "evil.example", "https:evil.example", "/ /evil.example",
             "\\\\evil.example", "http:///evil.example", "//localhost@evil.example"]  # fmt: skip


@pytest.mark.parametrize("wanted", ELSEWHERE)
def test_after_signing_in_nobody_ends_up_elsewhere(browser, river, wanted):
    page = browser.get("/sign-in", query_string={"next": wanted})
    assert "evil" not in page.text
    fields = forms_of(page)[-1]["fields"]
    sent = fields | {"name": "quiet.river", "password": PASSWORD, "next": wanted}
    assert browser.post("/sign-in", data=sent).location == "/"


def test_no_known_trick_leads_elsewhere():
    for trick in [*ELSEWHERE, *(payloads("open_redirect") if "open_redirect" in FILES else ())]:
        path = own_path(trick)
        seen = urlsplit(urljoin("http://localhost/sign-in", path or "/"))
        assert (seen.scheme, seen.netloc) == ("http", "localhost"), trick
        assert path is None or not re.search(r"[\\\s\x00-\x1f]", path), trick
