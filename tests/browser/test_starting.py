"""Starting a thread at a phone: what shows while one types, and what needs no script."""

import pytest

from app.accounts.actions import start_session
from app.core.database import writing
from app.tags.actions import load_tags
from tests.factories import make_member, make_thread

pytestmark = pytest.mark.browser


@pytest.fixture
def open_form(live_app, live_server):
    """Return a function that opens the form of a new thread on a page, as a member."""
    with live_app.app_context():
        member = make_member("quiet.river")
        make_thread(make_member("old.lamp"), title="Sunday evenings", body="It starts around five.")
        with writing():
            load_tags()
            secret = start_session(member.id)

    def _open_form(page):
        name = live_app.config["SIGN_IN_COOKIE"]
        page.context.add_cookies([{"name": name, "value": secret, "url": live_server}])
        page.goto("/boards/talk/new")
        return page

    return _open_form


def test_threads_that_sound_like_it_show_while_one_types_and_nothing_moves(new_page, open_form):
    page = open_form(new_page())
    box = page.get_by_label("Your words")
    before = box.bounding_box()
    page.get_by_label("Title").press_sequentially("Sunday dread")
    page.get_by_text("One thread sounds like it").wait_for()
    assert box.bounding_box() == before
    page.get_by_text("One thread sounds like it").click()
    page.get_by_label("Title").fill("Sunday dread again")
    page.wait_for_timeout(900)
    page.get_by_role("link", name="Sunday evenings").click()
    page.get_by_role("heading", name="Sunday evenings").wait_for()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_form_and_its_thread_can_be_used_by_everybody(new_page, open_form, axe, scheme):
    page = open_form(new_page(color_scheme=scheme))
    for folded in page.locator("main details").all():
        folded.evaluate("each => { each.open = true }")
    assert axe(page) == []
    page.get_by_label("Title").fill("Morning dread")
    page.get_by_label("Your words").fill("It is there before I am.")
    page.get_by_label("Just listen").check()
    page.get_by_label("hospital").check()
    page.get_by_label("Slow breathing").check()
    page.get_by_role("button", name="See it first").click()
    assert axe(page) == []
    page.get_by_role("button", name="Post", exact=True).click()
    page.wait_for_url("**/threads/*")
    assert axe(page) == []
    words = page.get_by_text("It is there before I am.")
    assert words.bounding_box()["y"] < page.viewport_size["height"]
    page.get_by_role("link", name="Slow breathing").click()
    assert axe(page) == []


def test_return_in_the_title_posts_and_the_questions_are_a_button(new_page, open_form):
    page = open_form(new_page(js=False))
    page.get_by_label("Your words").fill("My own words")
    page.get_by_text("Not sure how to begin?").click()
    page.get_by_role("button", name="Start with three questions").click()
    assert "My own words" in page.get_by_label("Your words").input_value()
    assert "What would help:" in page.get_by_label("Your words").input_value()
    page.get_by_label("Title").fill("Morning dread")
    page.get_by_label("Title").press("Enter")
    page.get_by_role("heading", name="Morning dread").wait_for()
