"""From joining to being answered, as two people at their phones."""

import re

import pytest

from app.accounts.models import Member
from app.boards.models import Board, Policy, Section
from app.core.database import writing
from app.extensions import db

pytestmark = pytest.mark.browser

PASSWORD = "seven slow herons at dusk"


@pytest.fixture
def welcome_board(live_app, live_server):
    with live_app.app_context(), writing():
        section = Section(name="Arriving", position=1)
        db.session.add(section)
        db.session.flush()
        db.session.add(Board(
            section_id=section.id, slug="welcome", name="Welcome", purpose="Say hello.",
            policy=Policy.OPEN, audience="members",
        ))  # fmt: skip


def join(page, name):
    """Fill in the form as somebody new, and find the letter."""
    page.goto("/")
    page.get_by_role("main").get_by_role("link", name="Join").first.click()
    page.get_by_label("Name").first.fill(name)
    page.get_by_label("E-mail").fill(f"{name}@example.org")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_label(re.compile("18 or over")).check()
    page.locator("input[name=agree]").check()
    page.get_by_role("button", name="Create my account").click()
    letters = page.request.get("/dev/outbox.json").json()
    letter = next(each for each in letters if each["to"] == f"{name}@example.org")
    return re.search(r"/confirm/\S+", " ".join(letter["links"])).group()


def arrive(page, name):
    page.goto(join(page, name))
    page.get_by_role("button", name="Confirm my e-mail").click()
    return page


@pytest.mark.parametrize("js", [True, False], ids=["with scripts", "without scripts"])
def test_two_people_meet(live_app, welcome_board, new_page, js):
    asking = arrive(new_page(js=js), "quiet.river")
    asking.get_by_role("link", name="Write something").click()
    if "/new" not in asking.url:
        asking.goto("/boards/welcome")
        asking.get_by_role("link", name="Start a thread").click()
    asking.get_by_label("Title").fill("Sunday evenings")
    asking.get_by_label("Your words").fill("It starts around *five*, when the light goes.")
    asking.get_by_role("button", name="See it first").click()
    assert asking.locator("article em").inner_text() == "five"
    asking.get_by_role("button", name="Post").click()
    assert asking.get_by_role("heading", level=1).inner_text() == "Sunday evenings"

    answering = arrive(new_page(js=js), "old.lamp")
    answering.goto("/boards/welcome")
    answering.get_by_role("link", name="Sunday evenings").click()
    answering.get_by_label("Your words").fill("Here too.\nYou are not alone in it.")
    answering.get_by_role("button", name="Reply").click()
    assert answering.url.endswith("#post-2")

    for page in (asking, answering):
        page.goto("/boards/welcome")
        page.get_by_role("link", name="Sunday evenings").click()
        words = page.get_by_role("main").inner_text()
        assert "when the light goes" in words
        assert "You are not alone in it." in words
        assert "quiet.river" in words
        assert "old.lamp" in words

    answering.get_by_text("old.lamp").first.click()
    answering.get_by_role("link", name="Sign out").click()
    answering.get_by_role("main").get_by_role("button", name="Sign out").click()
    answering.goto("/boards/welcome")
    assert "/sign-in" in answering.url


def test_words_come_back_after_a_session_has_ended(live_app, welcome_board, new_page):
    page = arrive(new_page(), "quiet.river")
    page.goto("/boards/welcome/new")
    page.get_by_label("Title").fill("A long night")
    page.get_by_label("Your words").fill("I had written half of it.")
    with live_app.app_context(), writing():
        db.session.execute(db.text("UPDATE sessions SET ended_at = started_at"))
    page.get_by_role("button", name="Post").click()
    assert "/sign-in" in page.url
    page.get_by_label(re.compile("Name")).first.fill("quiet.river")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    assert page.get_by_label("Title").input_value() == "A long night"
    assert page.get_by_label("Your words").input_value() == "I had written half of it."
    with live_app.app_context():
        assert db.session.scalar(db.text("SELECT count(*) FROM posts")) == 0
    page.get_by_role("button", name="Post").click()
    assert page.get_by_role("heading", level=1).inner_text() == "A long night"


PAGES = [
    "/", "/join", "/sign-in", "/reset", "/guidelines", "/privacy", "/about", "/patterns",
    "/help-now", "/boards", "/boards/welcome", "/nowhere",
]  # fmt: skip


MEMBERS_PAGES = [
    "/", "/boards", "/boards/welcome", "/boards/welcome/new", "/my/words", "/threads/waiting",
    "/tags", "/notifications", "/settings", "/settings/appearance", "/settings/reading",
    "/settings/notifications", "/settings/mutes", "/sign-out",
]  # fmt: skip


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_on_any_page(welcome_board, live_app, new_page, axe, scheme):
    page = new_page(color_scheme=scheme)
    found = {}
    for path in PAGES:
        page.goto(path)
        found[path] = axe(page)
    arrive(page, "quiet.river")
    for path in MEMBERS_PAGES:
        page.goto(path)
        found[f"member {path}"] = axe(page)
    page.goto("/boards/welcome/new")
    page.get_by_role("button", name="Post").click()
    found["refused"] = axe(page)
    page.get_by_label("Title").fill("Sunday evenings")
    page.get_by_label("Your words").fill("It starts around five.")
    page.get_by_role("button", name="Post").click()
    found["thread"] = axe(page)
    assert {path: wrong for path, wrong in found.items() if wrong} == {}
    with live_app.app_context():
        assert db.session.query(Member).count() == 1
