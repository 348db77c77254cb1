"""The fixtures that stand over every test notice what they are there for: breaches are planted."""

import socket

import pytest
from flask import Response
from werkzeug.test import EnvironBuilder, TestResponse

from app.accounts.models import Member
from app.core import headers
from app.core.database import writing
from app.extensions import db
from tests import invariants
from tests.guards.community import digest, furnish
from tests.guards.test_matrix import _ask

SAFE = headers.ALWAYS | {"Cache-Control": "no-store", "Vary": "Cookie"}
COOKIE = "handrail=secret; HttpOnly; Path=/; SameSite=Lax"

BREACHES = {
    "a header left out": {"X-Frame-Options": None},
    "a looser policy": {"Content-Security-Policy": "default-src *"},
    "a page of a session that caches keep": {"Cache-Control": "max-age=60"},
    "a cookie scripts can read": {"Set-Cookie": "handrail=secret; Path=/; SameSite=Lax"},
    "a cookie nobody knows": {"Set-Cookie": "tracker=1; HttpOnly; Path=/; SameSite=Lax"},
    "a guarded cookie in the open": {"Set-Cookie": COOKIE.replace("handrail", "__Host-handrail")},
    "a way to another site": {"Location": "https://elsewhere.example/"},
}


def answer(path="/boards", body="A page", status=200, **changed):
    told = {name: value for name, value in (SAFE | changed).items() if value is not None}
    sent = Response(body, status=status, headers=told, content_type="text/html; charset=utf-8")
    asked = EnvironBuilder(path=path).get_request()
    return TestResponse([sent.data], sent.status, sent.headers, asked)


def test_a_safe_answer_breaks_nothing():
    assert invariants.broken_by(answer(**{"Set-Cookie": COOKIE})) == []


@pytest.mark.parametrize("breach", BREACHES)
def test_a_breach_of_the_invariants_is_noticed(breach):
    assert invariants.broken_by(answer(**BREACHES[breach]))


def test_a_desk_page_that_may_be_indexed_is_noticed():
    assert invariants.broken_by(answer("/desk/log"))


def test_a_trace_on_a_page_is_noticed():
    assert invariants.broken_by(answer(body="Traceback (most recent call last)"))


def test_a_connection_off_this_machine_is_refused():
    with socket.socket() as sock, pytest.raises(AssertionError, match="was opened"):
        sock.connect(("192.0.2.1", 80))


def test_the_digest_sees_every_change_but_the_two_footprints(cast, group):
    furnish(cast, group)
    before = digest()
    with writing():
        db.session.execute(db.text("UPDATE sessions SET last_active_at = started_at"))
    assert digest() == before
    with writing():
        db.session.get_one(Member, cast["member"].id).zone = "Europe/Oslo"
    assert digest() != before


def test_a_page_that_writes_when_looked_at_is_noticed(app, cast, sign_in, monkeypatch):
    """Planted: a view that changes something because somebody looked."""

    def guidelines():
        with writing():
            db.session.get_one(Member, cast["member"].id).zone = "Europe/Oslo"
        return "Looked."

    guidelines.is_public = True
    monkeypatch.setitem(app.view_functions, "pages.guidelines", guidelines)
    with pytest.raises(AssertionError, match="changed something"):
        _ask(app, sign_in(cast["member"]), "GET", "/guidelines", {})
