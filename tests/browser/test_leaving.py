"""Somebody comes into the room. The page goes blank, and Back does not bring it back."""

import os
import shutil
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest

from app.accounts.actions import start_session
from app.accounts.models import Session
from app.accounts.queries import hash_of
from app.core.database import writing
from app.extensions import db
from tests.browser.conftest import FLAGS, PHONE
from tests.factories import make_member, make_thread

pytestmark = pytest.mark.browser

WORDS = "heron-over-the-quiet-water"
PRESSES = ["Shift", "Shift", "Shift"]
WITH_AND_WITHOUT = pytest.mark.parametrize("js", [True, False], ids=["scripts", "no scripts"])


class Elsewhere(BaseHTTPRequestHandler):
    """A harmless page that is not ours."""

    def do_GET(self):
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write(b"<!doctype html><title>Weather</title><p>Light rain.</p>")

    def log_message(self, *_words):
        """Say nothing."""


@pytest.fixture(scope="session")
def elsewhere():
    server = ThreadingHTTPServer(("127.0.0.1", 0), Elsewhere)
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://localhost:{server.server_port}/"
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="session")
def remembering_browser(browser):
    """A Chromium that keeps pages whole for Back, as people's do and Playwright's does not."""
    chromium = os.environ.get("HANDRAIL_CHROMIUM") or shutil.which("chromium")
    remembers = browser.browser_type.launch(
        executable_path=chromium,
        args=FLAGS,
        ignore_default_args=["--disable-back-forward-cache"],
    )
    yield remembers
    remembers.close()


@pytest.fixture
def secret(live_app, live_server):
    """The session of a member who has written something that others must not see."""
    with live_app.app_context():
        member = make_member("quiet.river")
        make_thread(member, title="Sunday evenings", body=WORDS)
        with writing():
            return start_session(member.id)


@pytest.fixture
def read_some(live_app, live_server, elsewhere, secret, remembering_browser, monkeypatch):
    """Return a function: a page on which a member has read some, the last one with the words."""
    monkeypatch.setitem(live_app.config, "LEAVE_URL", elsewhere)
    contexts = []

    def _read_some(*, js, before=1):
        context = remembering_browser.new_context(
            base_url=live_server, java_script_enabled=js, viewport=PHONE
        )
        contexts.append(context)
        name = live_app.config["SIGN_IN_COOKIE"]
        context.add_cookies([{"name": name, "value": secret, "url": live_server}])
        page = context.new_page()
        page.goto(elsewhere)
        for address in ["/boards", "/boards/talk"] * before:
            page.goto(address)
        page.get_by_role("link", name="Sunday evenings").click()
        assert WORDS in page.content()
        return page

    yield _read_some
    for context in contexts:
        context.close()


def leave(page):
    page.get_by_role("button", name="Leave quickly").click()


def has_ended(live_app, secret):
    with live_app.app_context():
        own = db.select(Session).filter_by(secret_hash=hash_of(secret))
        return db.session.scalars(own).one().ended_at is not None


@WITH_AND_WITHOUT
def test_leaving_leads_away_and_signs_out(live_app, read_some, elsewhere, secret, js):
    page = read_some(js=js)
    leave(page)
    page.wait_for_url(elsewhere)
    assert "Light rain." in page.content()
    assert page.context.cookies() == []
    assert has_ended(live_app, secret)


@WITH_AND_WITHOUT
def test_back_never_shows_what_a_member_read(read_some, elsewhere, js):
    page = read_some(js=js, before=5)
    leave(page)
    page.wait_for_url(elsewhere)
    for _ in range(10):
        page.go_back()
        shown = page.content()
        assert WORDS not in shown
        assert "quiet.river" not in shown
        assert "Sunday evenings" not in shown


def test_shift_three_times_does_the_same(live_app, read_some, elsewhere, secret):
    page = read_some(js=True)
    for key in PRESSES:
        page.keyboard.press(key)
    page.wait_for_url(elsewhere)
    assert has_ended(live_app, secret)
    page.go_back()
    assert WORDS not in page.content()


def test_writing_capitals_is_not_leaving(live_app, read_some, secret):
    page = read_some(js=True)
    page.get_by_label("Your words").focus()
    for key in ["Shift+I", "Shift+A", "Shift+M", "Shift", "Shift", "s", "Shift"]:
        page.keyboard.press(key)
    page.reload()
    assert WORDS in page.content()
    assert not has_ended(live_app, secret)


def test_the_page_is_blank_before_anything_is_asked_of_the_server(read_some, elsewhere):
    page = read_some(js=True)
    blank = page.evaluate("""() => {
        document.querySelector("leave-quickly button").click()
        return [document.body.checkVisibility(), document.title]
    }""")
    assert blank == [False, ""]
    page.wait_for_url(elsewhere)  # closed on its way, a browser may never finish closing


def test_a_member_leaves_by_the_keyboard_alone(read_some, elsewhere):
    page = read_some(js=False)
    page.keyboard.press("Tab")  # skip to the page
    page.keyboard.press("Tab")  # get help now
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url(elsewhere)
