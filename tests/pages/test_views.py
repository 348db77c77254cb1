"""The first page, and the pages that explain the place."""

import re

import html5lib
import pytest

EXPLAINING = ["/", "/guidelines", "/privacy", "/about", "/patterns"]


@pytest.fixture
def guest(app):
    return app.test_client()


def test_a_guest_reads_what_this_is_and_how_to_come_in(guest):
    page = guest.get("/").text
    assert "You’re not the only one awake" in page
    assert re.search(r'href="/join">Join<', page)
    assert re.search(r'href="/sign-in">Sign in<', page)


def test_a_member_finds_today_and_the_way_to_the_boards(cast, sign_in):
    page = sign_in(cast["member"]).get("/").text
    assert re.search(r"<h1>Today</h1>", page)
    assert 'href="/boards"' in page
    assert 'href="/join"' not in page


def test_the_header_knows_a_member_and_opens_the_desk_to_those_it_is_for(cast, sign_in):
    member, moderator = (sign_in(cast[who]).get("/about").text for who in ("member", "moderator"))
    assert cast["member"].name in member
    assert 'href="/sign-out"' in member
    assert 'href="/desk"' in moderator
    assert 'href="/desk"' not in member


@pytest.mark.parametrize("address", EXPLAINING)
def test_everybody_may_read_the_pages_that_explain_the_place(guest, cast, sign_in, address):
    assert guest.get(address).status_code == 200
    assert sign_in(cast["suspended"]).get(address).status_code == 200


@pytest.mark.parametrize("address", [*EXPLAINING, "/nowhere-at-all"])
def test_every_page_offers_help_and_a_way_out_and_a_way_past_the_header(guest, address):
    page = guest.get(address).text
    assert page.index('href="#main"') < page.index('href="/help-now"') < page.index("<main")
    assert re.search(r'<form method="post" action="/leave">\s*<button', page)
    assert "A peer community, not a crisis service. Not watched around the clock." in page
    assert len(re.findall(r"<h1\b", page)) == 1


@pytest.mark.parametrize("address", [*EXPLAINING, "/nowhere-at-all"])
def test_a_page_is_what_the_standard_calls_html(guest, address):
    html5lib.HTMLParser(strict=True).parse(guest.get(address).text)


@pytest.mark.parametrize("address", EXPLAINING)
def test_a_page_never_names_one_thing_twice(guest, address):
    ids = re.findall(r'\sid="([^"]+)"', guest.get(address).text)
    assert len(ids) == len(set(ids))


def test_each_of_the_seven_rules_has_a_reason_a_meaning_an_example_and_an_outcome(guest):
    page = guest.get("/guidelines").text
    assert re.findall(r'<h2 id="rule-(\d)">', page) == list("1234567")
    for part in ("Why", "What it means", "Example", "What happens"):
        assert page.count(f'<dt class="facts__name">{part}</dt>') == 7


@pytest.mark.parametrize(
    "promise",
    ["kept encrypted", "seven days at most", "ask nothing of any other company", "your yes"],
)
def test_the_privacy_page_says_what_is_kept_and_for_how_long(guest, promise):
    assert promise in guest.get("/privacy").text


def test_what_is_not_there_looks_the_same_to_everybody(guest, cast, sign_in):
    answers = [each.get("/nowhere-at-all") for each in (guest, sign_in(cast["moderator"]))]
    assert {answer.status_code for answer in answers} == {404}
    assert answers[0].data == answers[1].data


def test_an_error_page_gives_the_words_back(guest):
    sent = {"title": "Sunday evenings", "body": "It starts around five.\nThen the light goes."}
    page = guest.post("/nowhere-at-all", data=sent).text
    assert "Your words are safe" in page
    assert re.search(r"readonly>\s*It starts around five.\nThen the light goes.</textarea>", page)
