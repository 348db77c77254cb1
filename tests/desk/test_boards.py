"""The organiser's screens for sections and boards."""

import pytest

from app.boards.models import Audience, Board, Policy, Section
from app.core.database import writing
from app.desk import queries
from app.extensions import db
from tests import factories
from tests.factories import A_MONDAY, make_group, make_section, make_thread
from tests.pages_of import forms_of

NIGHTS = {
    "name": "Nights", "purpose": "For when sleep does not come.", "slug": "", "guide": "Be *kind*.",
    "policy": "open", "audience": "members", "group": "", "position": "2",
}  # fmt: skip


@pytest.fixture
def section(cast):
    return make_section()


@pytest.fixture
def organiser(cast, sign_in):
    return sign_in(cast["organiser"])


@pytest.fixture
def nights(section):
    return NIGHTS | {"section": str(section.id)}


def send(client, path, **words):
    """Fill in the form that stands on a page, with all it hides, and send it."""
    hidden = forms_of(client.get(path))[-1]["fields"]
    return client.post(path, data=hidden | words)


def make_board(slug, *, section=None, **details):
    board = factories.make_board(slug, **details)
    if section:
        with writing():
            db.session.get_one(Board, board.id).section_id = section.id
    return board


def rows(model):
    db.session.expire_all()
    return db.session.scalars(db.select(model).order_by(model.id)).all()


def test_an_organiser_opens_a_board_and_members_see_it(cast, organiser, nights, sign_in):
    answer = send(organiser, "/desk/boards/new", **nights)
    assert (answer.status_code, answer.location) == (303, "/desk/boards")
    assert "Nights" in organiser.get("/desk/boards").text

    page = sign_in(cast["member"]).get("/boards/nights")
    assert page.status_code == 200
    assert "Be <em>kind</em>." in page.text


def test_an_address_is_made_from_the_name(cast, organiser, nights):
    send(organiser, "/desk/boards/new", **nights | {"name": "Árvíz & other  storms"})
    assert [board.slug for board in rows(Board)] == ["arviz-other-storms"]


@pytest.mark.parametrize(
    ("name", "slug", "sentence"),
    [
        ("睡眠", "", "Give it an address in plain letters, such as sleep."),
        ("Sleep", "sleep and rest", "Use plain letters and digits, with hyphens between words."),
        ("Sleep", "-sleep", "Use plain letters and digits"),
        ("Sleep", "s" * 41, "This is longer than fits here (40 characters)"),
    ],
)
def test_an_address_that_does_not_work_is_refused_beside_it(
    cast, organiser, nights, name, slug, sentence
):
    answer = send(organiser, "/desk/boards/new", **nights | {"name": name, "slug": slug})
    assert answer.status_code == 422
    assert sentence in answer.text
    assert 'id="slug-error"' in answer.text
    assert f'value="{name}"' in answer.text
    assert rows(Board) == []


def test_an_address_that_is_taken_is_refused_beside_it_and_the_words_stay(cast, organiser, nights):
    make_board("nights")
    answer = send(organiser, "/desk/boards/new", **nights)
    assert answer.status_code == 422
    assert 'id="slug-error"' in answer.text
    assert "Another board has this address." in answer.text
    assert "Be *kind*." in answer.text


def test_sending_a_board_twice_opens_it_once(cast, organiser, nights):
    sent = forms_of(organiser.get("/desk/boards/new"))[-1]["fields"] | nights
    answers = [organiser.post("/desk/boards/new", data=sent) for _ in range(2)]
    assert [answer.location for answer in answers] == ["/desk/boards"] * 2
    assert len(rows(Board)) == 1


def test_a_board_shows_what_it_is_and_takes_what_it_shall_be(cast, organiser, section):
    make_board("talk", name="Talk", guide_source="Be *kind*.", position=4)
    other, group = make_section("Nights"), make_group("tuesday", "Tuesday group")
    page = organiser.get("/desk/boards/talk/edit").text
    for shown in ('value="talk"', 'value="Talk"', "Be *kind*.", 'value="4"', "For talking."):
        assert shown in page

    answer = send(
        organiser, "/desk/boards/talk/edit", **NIGHTS | {"section": str(other.id)} | {
            "slug": "Night-Talk", "audience": "group", "group": str(group.id),
            "policy": "everyone_waits", "position": "0",
        },
    )  # fmt: skip
    assert answer.status_code == 303
    (board,) = rows(Board)
    assert (board.slug, board.name, board.position) == ("night-talk", "Nights", 0)
    assert (board.section_id, board.group_id) == (other.id, group.id)
    assert (board.audience, board.policy) == (Audience.GROUP, Policy.EVERYONE_WAITS)


def test_sending_a_new_address_twice_is_sending_it_once(cast, organiser, nights):
    make_board("talk")
    sent = forms_of(organiser.get("/desk/boards/talk/edit"))[-1]["fields"] | nights
    answers = [organiser.post("/desk/boards/talk/edit", data=sent) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [303, 303]
    assert [board.slug for board in rows(Board)] == ["nights"]


def test_nothing_of_a_board_is_lost_when_its_form_is_refused(cast, organiser, nights):
    make_board("talk", name="Talk", guide_source="The old guide.")
    answer = send(organiser, "/desk/boards/talk/edit", **nights | {"name": " ", "position": "two"})
    assert answer.status_code == 422
    assert "2 things to fix" in answer.text
    assert "Give the board a name." in answer.text
    assert "Write a whole number, such as 3." in answer.text
    assert 'value="two"' in answer.text
    assert "Be *kind*." in answer.text
    assert "The old guide." not in answer.text


@pytest.mark.parametrize(
    ("changed", "field", "sentence"),
    [
        ({"audience": "group"}, "group", "Choose the group this board is for."),
        ({"audience": "public"}, "no_health_talk", "where anybody may read. Is that so here?"),
        ({"position": "1000"}, "position", "Write a whole number from 0 to 999."),
        ({"position": ""}, "position", "Write a whole number"),
        ({"name": "x" * 61}, "name", "Nothing was cut off."),
        ({"name": "\u200b"}, "name", "Give the board a name."),
        ({"purpose": "x" * 201}, "purpose", "Nothing was cut off."),
        ({"guide": "x" * 4001}, "guide", "Nothing was cut off."),
    ],
)
def test_what_a_board_cannot_be_is_said_beside_the_field(
    cast, organiser, nights, changed, field, sentence
):
    answer = send(organiser, "/desk/boards/new", **nights | changed)
    assert answer.status_code == 422
    assert f'id="{field}-error"' in answer.text
    assert sentence in answer.text
    assert rows(Board) == []


@pytest.mark.parametrize("field", ["policy", "audience", "section", "group"])
def test_what_was_not_offered_cannot_be_chosen(cast, organiser, nights, field):
    assert send(organiser, "/desk/boards/new", **nights | {field: "7777"}).status_code == 422
    assert rows(Board) == []


def test_a_board_without_health_talk_may_be_public(cast, organiser, nights, sign_in):
    public = {"audience": "public", "no_health_talk": "y"}
    assert send(organiser, "/desk/boards/new", **nights | public).status_code == 303
    assert "Nights" in sign_in().get("/boards/nights").text


def test_closing_and_opening_a_board(cast, organiser, sign_in):
    make_board("talk", name="Talk")
    assert "Close it" in organiser.get("/desk/boards/talk/close").text
    assert send(organiser, "/desk/boards/talk/close").location == "/desk/boards"
    assert "resting" in sign_in(cast["member"]).get("/boards/talk").text
    assert "Closed" in organiser.get("/desk/boards").text
    assert "It is closed already." in organiser.get("/desk/boards/talk/close").text

    assert send(organiser, "/desk/boards/talk/reopen").location == "/desk/boards"
    assert "resting" not in sign_in(cast["member"]).get("/boards/talk").text
    assert "It is open." in organiser.get("/desk/boards/talk/reopen").text


def test_a_section_is_added_and_changed(cast, organiser):
    assert send(organiser, "/desk/sections/new", name="Nights", position="2").status_code == 303
    (section,) = rows(Section)
    path = f"/desk/sections/{section.id}/edit"
    assert 'value="Nights"' in organiser.get(path).text
    assert send(organiser, path, name="Days", position="1").location == "/desk/boards"
    assert [(section.name, section.position) for section in rows(Section)] == [("Days", 1)]


def test_the_name_of_another_section_is_refused_beside_it(cast, organiser, section):
    answer = send(organiser, "/desk/sections/new", name=" Talking ", position="2")
    assert answer.status_code == 422
    assert 'id="name-error"' in answer.text
    assert "Another section has this name." in answer.text


def test_boards_stand_in_their_order_and_empty_sections_are_shown(cast, organiser):
    last, first = make_section("Last", 2), make_section("First", 1)
    for slug, position in (("c", 2), ("b", 1), ("a", 2)):
        make_board(slug, position=position, section=last)
    (one, other) = queries.arranged_sections(actor=cast["organiser"])
    assert (one.name, one.boards) == (first.name, ())
    assert [board.slug for board in other.boards] == ["b", "c", "a"]
    assert "No board stands here yet." in organiser.get("/desk/boards").text


def test_an_organiser_sees_how_a_groups_board_is_arranged_but_not_its_threads(
    cast, group, organiser
):
    board, name = make_board("circle", group=group), group.name
    make_thread(cast["insider"], board=board, title="Only among us")
    page = organiser.get("/desk/boards").text
    assert name in page and "Only among us" not in page
    assert organiser.get("/boards/circle").status_code == 404


def test_without_a_section_no_board_can_be_opened(cast, organiser):
    page = organiser.get("/desk/boards").text
    assert "Add a section first" in page and "/desk/boards/new" not in page
    answer = send(organiser, "/desk/boards/new", **NIGHTS)
    assert answer.status_code == 422


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("guest", 302), ("unconfirmed", 403), ("newcomer", 403), ("member", 403), ("insider", 403),
        ("facilitator", 403), ("curator", 403), ("moderator", 403), ("suspended", 403),
        ("organiser", 200),
    ],
)  # fmt: skip
def test_who_opens_the_pages_of_boards(cast, section, sign_in, who, status):
    make_board("talk", closed_at=A_MONDAY)
    client = sign_in(cast.get(who))
    for path in (
        "/desk/boards", "/desk/boards/new", "/desk/boards/talk/edit", "/desk/boards/talk/close",
        "/desk/boards/talk/reopen", "/desk/sections/new", f"/desk/sections/{section.id}/edit",
    ):  # fmt: skip
        assert (client.get(path).status_code, path) == (status, path)


@pytest.mark.parametrize("who", ["facilitator", "curator", "moderator"])
def test_nobody_but_an_organiser_sends_these_forms(cast, section, nights, sign_in, who):
    make_board("talk")
    client = sign_in(cast[who])
    for path in (
        "/desk/boards/new", "/desk/boards/talk/edit", "/desk/boards/talk/close",
        "/desk/boards/talk/reopen", "/desk/sections/new", f"/desk/sections/{section.id}/edit",
    ):  # fmt: skip
        answer = client.post(path, data=nights | {"form_key": "a"})
        assert (answer.status_code, path) == (403, path)
    assert [(board.slug, board.is_closed) for board in rows(Board)] == [("talk", False)]
    assert [section.name for section in rows(Section)] == ["Talking"]


@pytest.mark.parametrize("path", ["boards/none/edit", "boards/none/close", "sections/77/edit"])
def test_what_is_not_there_is_not_there(cast, organiser, path):
    assert organiser.get(f"/desk/{path}").status_code == 404


SWITCHES = ("allows_mentions", "allows_support")


def test_an_organiser_switches_mentions_and_support_off_and_on(cast, organiser, nights):
    send(organiser, "/desk/boards/new", **nights, allows_mentions="y")
    (board,) = rows(Board)
    assert (board.allows_mentions, board.allows_support) == (True, False)
    send(organiser, "/desk/boards/nights/edit", **nights | {"slug": "nights"}, allows_support="y")
    (board,) = rows(Board)
    assert (board.allows_mentions, board.allows_support) == (False, True)


def test_a_new_board_has_both_unless_somebody_says_otherwise(cast, organiser, section):
    page = organiser.get("/desk/boards/new").text
    for switch in SWITCHES:
        assert f'id="{switch}" name="{switch}" type="checkbox" value="y"' in page
        at = page.index(f'id="{switch}"')
        assert "checked" in page[at - 120 : at]
