"""A thread between two people at their phones, from the first word to the one taken back."""

import re

import pytest

from app.accounts.models import Member, Session
from app.core.database import writing
from app.extensions import db
from tests.browser.test_first_night import PASSWORD, arrive, welcome_board

pytestmark = pytest.mark.browser

__all__ = ["welcome_board"]  # a fixture, used by its name

TITLE = "Half a tablet of courage"
OPENING = "The new medicine makes my hands shake. I only want to be heard."
ANSWER = "I hear you. Mine shook for two weeks. Then it passed."
PASSAGE = "Then it passed."
THANKS = "Thank you. That helps tonight."


@pytest.fixture
def judge(axe):
    """Return a function that finds nothing wrong with a page, in the light and in the dark."""

    def _judge(page):
        for scheme in ("dark", "light"):
            page.emulate_media(color_scheme=scheme)
            assert axe(page) == [], f"{page.url}, {scheme}"

    return _judge


def test_two_people_live_through_a_thread(live_app, welcome_board, new_page, judge):
    asking = arrive(new_page(), "quiet.river")
    begin(asking, judge)
    answering = arrive(new_page(), "old.lamp")
    answer_through_a_lost_session(live_app, answering)
    quote_what_is_new(asking, judge)
    change_twice(asking, judge)
    take_back(answering, judge)
    asking.reload()
    quotation = asking.locator("#post-3 figure")
    assert "These words were taken back." in quotation.inner_text()
    assert PASSAGE not in asking.get_by_role("main").inner_text()
    assert "Withdrawn by its author." in asking.locator("#post-2").inner_text()


def begin(page, judge):
    """Start a thread that says what it mentions and what would help."""
    page.goto("/boards/welcome")
    page.get_by_role("link", name="Start a thread").click()
    page.get_by_label("Title").fill(TITLE)
    page.get_by_label("Your words").fill(OPENING)
    page.get_by_label("Just listen").check()
    page.get_by_label("medication side effects").check()
    judge(page)
    page.get_by_role("button", name="See it first").click()
    page.wait_for_url("**/preview")
    judge(page)
    page.get_by_role("button", name="Post").last.click()
    page.wait_for_url("**/threads/*")
    assert page.get_by_role("heading", level=1).inner_text() == TITLE
    assert "Medication side effects." in page.locator("#post-1").inner_text()
    assert page.get_by_text("Your draft from").count() == 0


def answer_through_a_lost_session(live_app, page):
    """Answer; the session ends in the middle, and the words are there again."""
    page.goto("/boards/welcome")
    page.get_by_role("link", name=TITLE).click()
    assert page.get_by_text("quiet.river asks: just listen.").last.is_visible()
    page.get_by_label("Your words").fill(ANSWER)
    with live_app.app_context(), writing():
        lamp = db.select(Member.id).filter_by(name="old.lamp").scalar_subquery()
        ended = db.update(Session).where(Session.member_id == lamp)
        db.session.execute(ended.values(ended_at=Session.started_at))
    page.get_by_role("button", name="Reply").click()
    page.wait_for_url("**/sign-in?**")
    page.get_by_label(re.compile("Name")).first.fill("old.lamp")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url("**/reply?**")
    assert page.get_by_label("Your words").input_value() == ANSWER
    page.get_by_role("button", name="Reply").click()
    page.wait_for_url("**#post-2")


def quote_what_is_new(page, judge):
    """Find the first new post, and answer with a passage of it."""
    page.goto("/boards/welcome")
    judge(page)
    page.get_by_role("link", name="1 new").click()
    page.wait_for_url("**#post-2")
    new = page.locator("#post-2")
    assert ANSWER in new.inner_text()
    assert new.get_by_text("new", exact=True).is_visible()
    select(page, PASSAGE)
    new.get_by_role("link", name="Quote").click()
    page.get_by_label("Your words").fill(THANKS)
    judge(page)
    page.get_by_role("button", name="Reply").click()
    page.wait_for_url("**#post-3")
    quotation = page.locator("#post-3 figure")
    assert quotation.get_by_role("link", name="post 2").is_visible()
    assert quotation.locator("blockquote").inner_text() == PASSAGE


def change_twice(page, judge):
    """Edit twice, and read what changed."""
    for words in (f"{THANKS} Really.", f"{THANKS} Truly."):
        page.locator("#post-3").get_by_role("link", name="Edit", exact=True).click()
        page.get_by_label("Your words").fill(words)
        page.get_by_role("button", name="Save").click()
        page.wait_for_url("**#post-3")
        assert words in page.locator("#post-3").inner_text()
    page.get_by_role("link", name="edited twice").click()
    judge(page)
    assert page.get_by_role("heading", name="Version 3").is_visible()
    assert "Really." in page.locator("del").first.inner_text()
    assert "Truly." in page.locator("ins").first.inner_text()
    page.go_back()


def take_back(page, judge):
    """Take one's words back, though somebody has quoted them."""
    page.reload()
    page.locator("#post-2").get_by_role("link", name="Take back").click()
    judge(page)
    page.get_by_role("button", name="Take them back").click()
    page.wait_for_url("**#post-2")
    assert PASSAGE not in page.get_by_role("main").inner_text()


def select(page, passage):
    """Select a passage of the newest post, as fingers would."""
    page.evaluate(
        """(passage) => {
            const words = document.querySelector("#post-2 [data-words] p").firstChild
            const start = words.data.indexOf(passage)
            getSelection().setBaseAndExtent(words, start, words, start + passage.length)
        }""",
        passage,
    )


def test_the_same_without_scripts(live_app, welcome_board, new_page):
    page = arrive(new_page(js=False), "quiet.river")
    page.goto("/boards/welcome/new")
    page.get_by_label("Title").fill(TITLE)
    page.get_by_label("Your words").fill(OPENING)
    page.get_by_label("Similar experiences").check()
    page.get_by_label("panic described closely").check()
    page.get_by_role("button", name="Keep as a draft").click()
    assert page.get_by_text("Your draft from").is_visible()
    page.goto("/boards/welcome/new")
    assert page.get_by_label("Similar experiences").is_checked()
    assert page.get_by_label("panic described closely").is_checked()
    page.get_by_role("button", name="Post").last.click()
    assert "Panic described closely." in page.locator("#post-1").inner_text()

    page.locator("#post-1").get_by_role("link", name="Quote").click()
    assert OPENING in page.locator("blockquote").inner_text()
    page.get_by_label("Your words").fill(THANKS)
    page.get_by_role("button", name="Reply").click()
    assert OPENING in page.locator("#post-2 blockquote").inner_text()

    page.locator("#post-2").get_by_role("link", name="Edit", exact=True).click()
    page.get_by_label("Your words").fill(f"{THANKS} Truly.")
    page.get_by_role("button", name="Save").click()
    assert "edited once" in page.locator("#post-2").inner_text()

    page.locator("#post-2").get_by_role("link", name="Take back").click()
    page.get_by_role("button", name="Take them back").click()
    assert "Withdrawn by its author." in page.locator("#post-2").inner_text()
    assert THANKS not in page.get_by_role("main").inner_text()
