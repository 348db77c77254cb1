"""Whatever is typed at the door: an answer, never a failure of ours."""

import pytest

from app.accounts import queries
from app.accounts.models import Member
from app.extensions import db
from tests.accounts.conftest import JOINING, PASSWORD, letters, link_in, send
from tests.corpora.reading import payloads
from tests.pages_of import forms_of

TYPED = sorted(
    {
        typed[:5_000]
        for name in ("usernames_spoofing", "emails_hostile", "xss_markdown", "type_confusion")
        for typed in payloads(name)
    }
)
KEYS = list(payloads("mass_assignment_keys"))
FORMS = {
    "/join": JOINING,
    "/sign-in": {"name": "quiet.river", "password": PASSWORD, "is_shared": "y", "next": "/"},
    "/reset": {"email": "river@example.org"},
}


@pytest.mark.parametrize("path", FORMS)
def test_no_form_fails_on_what_is_typed(app, path, monkeypatch):
    monkeypatch.setattr(queries, "require_room", lambda *_knocks, **_more: None)
    client = app.test_client()
    fields = forms_of(client.get(path))[-1]["fields"]
    for number, typed in enumerate(TYPED):
        sent = dict.fromkeys(FORMS[path], typed)
        answer = client.post(path, data=fields | sent | {"form_key": f"k{number}"})
        assert answer.status_code in {303, 422}, typed
        assert "<script>alert" not in answer.text
        assert "<img src=x" not in answer.text


@pytest.mark.parametrize("path", FORMS)
@pytest.mark.parametrize(
    "body", [b"\xff\xfe", b"name=%ff%fe%00", b"email=%ed%a0%80", b"&&&===", b"\x00" * 100]
)
@pytest.mark.parametrize("kind", ["application/x-www-form-urlencoded", "multipart/form-data", "x"])
def test_no_form_fails_on_what_is_no_form(browser, path, body, kind):
    assert browser.post(path, data=body, content_type=kind).status_code in {400, 413, 422}


def test_what_is_said_twice_is_taken_once(browser):
    fields = forms_of(browser.get("/join"))[-1]["fields"]
    sent = [*(fields | JOINING).items(), ("email", "second@example.org"), ("age", "under_18")]
    body = "&".join(f"{key}={value.replace('+', '%2B').replace(' ', '+')}" for key, value in sent)
    kind = "application/x-www-form-urlencoded"
    assert browser.post("/join", data=body, content_type=kind).location == "/join/check-mail"
    assert [letter.to for letter in letters()] == ["river@example.org"]


def test_extra_keys_give_nobody_anything(browser):
    extra = {key: "1" for key in KEYS if key not in {"csrf_token", "username", "email", "password"}}
    extra |= {"confirmed_at": "2020-01-01", "welcomed_at": "2020-01-01", "standing": "good"}
    assert send(browser, "/join", extra | JOINING).status_code == 303
    member = db.session.scalars(db.select(Member)).one()
    assert (member.confirmed_at, member.welcomed_at) == (None, None)
    db.session.rollback()
    send(browser, link_in(letters()[0], "confirm"), extra)
    assert browser.get("/desk").status_code == 403


@pytest.mark.parametrize("secret", ["x", "%00", "%ff", "..%2f", "é" * 500, "a" * 10_000, "1' OR 1"])
@pytest.mark.parametrize("kind", ["confirm", "reset"])
def test_a_link_that_is_none_is_not_there(browser, kind, secret):
    assert browser.get(f"/{kind}/{secret}").status_code == 404


@pytest.mark.parametrize("cookie", ["", "x", "é", "a" * 3000, "\x7f", "'; DROP TABLE sessions"])
def test_a_cookie_that_is_none_signs_nobody_in(browser, cookie):
    answer = browser.get(
        "/sign-out", headers={"Cookie": f"handrail={cookie}".encode().decode("latin-1")}
    )
    assert answer.status_code == 303


@pytest.mark.parametrize(
    "agent", ["", "x" * 5000, "Firefox\x7f", "<script>", "Mozilla/5.0 (iPhone) Safari"]
)
def test_any_browser_may_sign_in(browser, river, agent):
    browser.environ_base["HTTP_USER_AGENT"] = agent
    assert send(browser, "/sign-in", FORMS["/sign-in"]).status_code == 303
