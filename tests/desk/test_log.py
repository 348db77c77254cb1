"""The staff's page of the log."""

import pytest

from app.core.database import writing
from app.moderation import actions
from app.moderation.limits import LOG_LINES_A_PAGE
from tests.factories import make_member


def log(actor, verb="grant", **what):
    change = actions.Change(verb, what.pop("before", ""), what.pop("after", ""))
    with writing():
        actions.log(change, actor=actor, **what)


def test_the_log_tells_who_did_what_to_whom_and_why(cast, sign_in):
    log(
        cast["organiser"], after="curator", member_id=cast["member"].id,
        words="Keeps <the> pages.",
    )  # fmt: skip
    page = sign_in(cast["moderator"]).get("/desk/log").text
    for told in ("organiser", "gave a role", "member", "curator", "Keeps &lt;the&gt; pages."):
        assert told in page


def test_a_verb_without_words_of_its_own_stands_as_it_is(cast, sign_in):
    log(cast["moderator"], "look_at_alias", subject_id=None)
    assert "look_at_alias" in sign_in(cast["moderator"]).get("/desk/log").text


def test_words_that_were_erased_are_said_to_be_gone(cast, sign_in):
    log(cast["moderator"], words="A name that leaked")
    with writing():
        actions.erase_words(1)
    page = sign_in(cast["moderator"]).get("/desk/log").text
    assert "(words taken out)" in page and "leaked" not in page


def test_an_empty_log_says_so(cast, sign_in):
    assert "Nothing has been decided yet." in sign_in(cast["organiser"]).get("/desk/log").text


def test_older_lines_stand_on_further_pages(cast, sign_in):
    people = [make_member(f"person-{n}") for n in range(LOG_LINES_A_PAGE + 2)]
    for person in people:
        log(cast["organiser"], member_id=person.id)
    organiser = sign_in(cast["organiser"])
    first, second = (organiser.get(f"/desk/log?page={n}").text for n in (1, 2))
    assert "person-51" in first and "person-1<" not in first
    assert "person-1<" in second and "person-0<" in second and "person-2<" not in second
    assert organiser.get("/desk/log?page=3").status_code == 404


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("member", 403), ("insider", 403), ("facilitator", 403), ("curator", 403),
        ("moderator", 200), ("organiser", 200),
    ],
)  # fmt: skip
def test_who_reads_the_log(cast, sign_in, who, status):
    assert sign_in(cast[who]).get("/desk/log").status_code == status


@pytest.mark.parametrize(
    ("who", "offered"),
    [
        ("facilitator", set()), ("curator", set()), ("moderator", {"/desk/log"}),
        ("organiser", {"/desk/log", "/desk/boards"}),
    ],
)  # fmt: skip
def test_the_desk_offers_what_one_may_do(cast, sign_in, who, offered):
    page = sign_in(cast[who]).get("/desk")
    assert page.status_code == 200
    assert {path for path in ("/desk/log", "/desk/boards") if f'href="{path}"' in page.text} == (
        offered
    )
    assert ("Nothing here needs you just now." in page.text) == (not offered)


@pytest.mark.parametrize("who", ["member", "insider", "newcomer"])
def test_the_desk_is_shut_to_members(cast, sign_in, who):
    assert sign_in(cast[who]).get("/desk").status_code == 403
