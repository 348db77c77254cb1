"""Words are kept while they are typed, and found again whatever becomes of the page."""

import time

import pytest

from app.accounts.actions import start_session
from app.core.database import writing
from app.core.drafts import Draft
from app.extensions import db
from tests.browser.conftest import PHONE
from tests.factories import make_member, make_thread

pytestmark = pytest.mark.browser

WORDS = "The heron came back this morning."
PAUSE = 5_000  # milliseconds between two savings (keep-draft.js)


@pytest.fixture
def secret(live_app, live_server):
    """The session of a member; somebody else has begun a thread."""
    with live_app.app_context():
        member = make_member("quiet.river")
        make_thread(make_member("old.lamp"), title="Sunday evenings", body="It starts around five.")
        with writing():
            return start_session(member.id)


@pytest.fixture
def open_thread(live_app, live_server, secret):
    """Return a function that opens the thread on a page, as the member."""

    def _open_thread(page):
        name = live_app.config["SIGN_IN_COOKIE"]
        page.context.add_cookies([{"name": name, "value": secret, "url": live_server}])
        page.goto("/boards/talk")
        page.get_by_role("link", name="Sunday evenings").click()
        return page

    return _open_thread


@pytest.fixture
def unwatched_page(browser, live_server):
    """A page on which things go wrong on purpose."""
    context = browser.new_context(base_url=live_server, viewport=PHONE)
    yield context.new_page()
    context.close()


def box(page):
    return page.get_by_label("Your words")


def said(page):
    return page.locator("keep-draft p")


def count_drafts(live_app):
    with live_app.app_context():
        return db.session.scalar(db.select(db.func.count()).select_from(Draft))


def wait_for_drafts(live_app, count):
    """Return once so many drafts are kept. A page that is left does not wait for its last one."""
    deadline = time.monotonic() + 5
    while count_drafts(live_app) != count and time.monotonic() < deadline:
        time.sleep(0.02)
    assert count_drafts(live_app) == count


def test_words_are_kept_while_somebody_types_and_nothing_jumps(open_thread, new_page):
    page = new_page()
    page.clock.install()
    open_thread(page)
    footer = page.get_by_role("contentinfo")
    before = footer.bounding_box()
    box(page).fill(WORDS)
    assert said(page).inner_text() == ""
    with page.expect_response("**/drafts") as kept:
        page.clock.fast_forward(PAUSE)
    assert kept.value.status == 204
    said(page).get_by_text("Kept as a draft at").wait_for()
    assert footer.bounding_box() == before
    page.reload()
    assert box(page).input_value() == WORDS
    assert page.get_by_text("Your draft from").is_visible()


def test_leaving_the_page_keeps_what_was_typed_last(live_app, open_thread, new_page):
    page = open_thread(new_page())
    box(page).fill(WORDS)
    page.goto("/boards")
    wait_for_drafts(live_app, 1)
    open_thread(page)
    assert box(page).input_value() == WORDS


def test_leaving_quickly_keeps_the_draft_first(live_app, live_server, open_thread, new_page,
                                               monkeypatch):  # fmt: skip
    monkeypatch.setitem(live_app.config, "LEAVE_URL", f"{live_server}/about")
    page = open_thread(new_page())
    box(page).fill(WORDS)
    page.get_by_role("button", name="Leave quickly").click()
    page.wait_for_url("**/about")
    assert page.context.cookies() == []
    wait_for_drafts(live_app, 1)


def test_sent_words_do_not_come_back_as_a_draft(live_app, open_thread, new_page):
    page = open_thread(new_page())
    box(page).fill(WORDS)
    page.get_by_role("button", name="Reply").click()
    page.wait_for_url("**#post-2")
    assert count_drafts(live_app) == 0
    assert box(page).input_value() == ""
    assert page.get_by_text("Your draft from").count() == 0


def test_what_came_back_from_the_server_is_kept_too(live_app, open_thread, new_page):
    page = open_thread(new_page())
    page.goto("/boards/talk/new")
    box(page).fill(WORDS)
    page.get_by_role("button", name="Post").click()
    page.get_by_text("Give it a title").first.wait_for()
    wait_for_drafts(live_app, 1)  # it was sent beside the form, and may still be on its way
    page.goto("/boards/talk/new")
    assert box(page).input_value() == WORDS


def test_starting_empty_puts_the_draft_away(live_app, open_thread, new_page):
    page = open_thread(new_page())
    box(page).fill(WORDS)
    page.goto("/boards")
    wait_for_drafts(live_app, 1)
    open_thread(page)
    page.get_by_role("button", name="Start empty").click()
    page.wait_for_url("**/reply")
    assert box(page).input_value() == ""
    assert count_drafts(live_app) == 0


def test_without_scripts_a_button_keeps_the_words(open_thread, new_page):
    page = open_thread(new_page(js=False))
    box(page).fill(WORDS)
    page.get_by_role("button", name="Keep as a draft").click()
    assert page.get_by_text("Your draft from").is_visible()
    page.goto("/boards")
    open_thread(page)
    assert box(page).input_value() == WORDS
    page.get_by_role("button", name="Start empty").click()
    assert box(page).input_value() == ""


@pytest.mark.parametrize("answer", [{"status": 503}, None], ids=["busy", "gone"])
def test_when_the_server_does_not_answer_the_words_stay_and_are_kept_later(
    open_thread, unwatched_page, answer
):
    page = unwatched_page
    page.clock.install()
    open_thread(page)
    page.route("**/drafts", lambda route: route.fulfill(**answer) if answer else route.abort())
    box(page).fill(WORDS)
    page.clock.fast_forward(PAUSE)
    said(page).get_by_text("Not kept just now. Your words are still on this page.").wait_for()
    assert box(page).input_value() == WORDS
    page.unroute("**/drafts")
    page.clock.fast_forward(PAUSE)
    said(page).get_by_text("Kept as a draft at").wait_for()


def test_when_the_session_has_ended_the_page_says_what_to_do(live_app, open_thread, new_page):
    page = new_page()
    page.clock.install()
    open_thread(page)
    with live_app.app_context(), writing():
        db.session.execute(db.text("UPDATE sessions SET ended_at = started_at"))
    box(page).fill(WORDS)
    page.clock.fast_forward(PAUSE)
    said(page).get_by_text("You have been signed out.").wait_for()
    page.get_by_role("button", name="Reply").click()
    page.wait_for_url("**/sign-in?**")
    assert page.get_by_text("Sign in and your words are still here.").is_visible()
