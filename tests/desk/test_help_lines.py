"""The organiser's screens for help lines."""

import pytest

from app.care import actions, tasks
from app.care.limits import DIAL_LONGEST
from app.care.models import HelpCountry, HelpLine
from app.core import clock
from app.core.database import writing
from app.extensions import db
from tests.pages_of import forms_of

KLIMAKA = {
    "country": "GR", "name": "Klimaka", "kind": "phone", "dial": "1018", "keyword": "",
    "hours": "24/7", "languages": "Greek", "remark": "", "address": "https://www.klimaka.example",
    "source": "https://www.klimaka.example/help",
}  # fmt: skip

PAGES = [
    "/desk/help-lines", "/desk/help-lines/new", "/desk/help-lines/emergency",
    *(f"/desk/help-lines/1/{verb}" for verb in ("edit", "check", "retire", "bring-back")),
]  # fmt: skip


@pytest.fixture(autouse=True)
def fresh_memory(built_app):
    yield
    tasks.begin(built_app)


@pytest.fixture
def organiser(cast, sign_in):
    with writing():
        actions.load_lines()
    return sign_in(cast["organiser"])


@pytest.fixture
def samaritans(organiser):
    return line_with("116 123", "GB").id


def line_with(dial, country):
    db.session.expire_all()
    lines = db.session.scalars(db.select(HelpLine).filter_by(dial=dial, country=country))
    return lines.one_or_none()


def send(client, path, **words):
    """Fill in the form that stands on a page, with all it hides, and send it."""
    hidden = forms_of(client.get(path))[-1]["fields"]
    return client.post(path, data=hidden | words)


def test_a_new_line_in_a_new_country_is_on_the_page_at_once(organiser):
    answer = send(organiser, "/desk/help-lines/emergency", country="GR", number="112")
    assert (answer.status_code, answer.location) == (303, "/desk/help-lines")
    assert send(organiser, "/desk/help-lines/new", **KLIMAKA).status_code == 303

    page = organiser.get("/help-now?country=GR").text
    assert 'href="tel:112"' in page
    assert 'href="tel:1018"' in page
    assert "Not yet checked by us." in page
    assert "Klimaka" in organiser.get("/desk/help-lines").text


def test_sending_a_new_line_twice_adds_it_once(organiser):
    send(organiser, "/desk/help-lines/emergency", country="GR", number="112")
    hidden = forms_of(organiser.get("/desk/help-lines/new"))[-1]["fields"]
    for _ in range(2):
        assert organiser.post("/desk/help-lines/new", data=hidden | KLIMAKA).status_code == 303
    assert line_with("1018", "GR") is not None


@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        ("dial", "+44 116 123", "digits and spaces"),
        ("dial", "116-123", "digits and spaces"),
        ("dial", "١١٦", "digits and spaces"),
        ("dial", "call us", "digits and spaces"),
        ("dial", "", "Write the number people dial or text."),
        ("dial", "1" * (DIAL_LONGEST + 1), "This is longer than fits here"),
        ("address", "javascript:alert(1)", "Write the whole address of a page"),
        ("address", "samaritans.org", "Write the whole address of a page"),
        ("address", 'https://a.example/"onclick="x', "Write the whole address of a page"),
        ("country", "XX", "Choose one of these."),
        ("country", "", "Choose a country."),
    ],
)
def test_what_would_lead_nowhere_is_refused_beside_it(organiser, field, typed, sentence):
    words = KLIMAKA | {"country": "GB"} | {field: typed}
    answer = send(organiser, "/desk/help-lines/new", **words)
    assert answer.status_code == 422
    assert sentence in answer.text
    assert f'id="{field}-error"' in answer.text
    assert 'value="Klimaka"' in answer.text
    assert line_with("1018", "GB") is None


def test_a_chat_needs_its_page(organiser):
    words = KLIMAKA | {"country": "GB", "kind": "chat", "dial": "", "address": ""}
    answer = send(organiser, "/desk/help-lines/new", **words)
    assert answer.status_code == 422
    assert "A chat needs the address of its page." in answer.text


def test_a_line_is_changed_and_the_page_follows(organiser, samaritans):
    path = f"/desk/help-lines/{samaritans}/edit"
    assert 'value="116 123"' in organiser.get(path).text
    words = {"country": "GB", "name": "Samaritans", "kind": "phone", "dial": "116 124"}
    assert send(organiser, path, **words).status_code == 303
    assert "116 124" in organiser.get("/help-now?country=GB").text


def test_a_checked_line_is_due_three_months_later(organiser, samaritans):
    before = organiser.get("/desk/help-lines").text
    assert "52 lines are due to be checked." in before
    answer = send(organiser, f"/desk/help-lines/{samaritans}/check")
    assert answer.status_code == 303
    assert line_with("116 123", "GB").checked_on == clock.now().date()
    assert "51 lines are due to be checked." in organiser.get("/desk/help-lines").text
    assert organiser.get("/help-now?country=GB").text.count("Not yet checked by us.") == 1


def test_a_line_goes_off_the_page_and_comes_back(organiser, samaritans):
    send(organiser, f"/desk/help-lines/{samaritans}/retire")
    assert "116 123" not in organiser.get("/help-now?country=GB").text
    assert "off the page" in organiser.get("/desk/help-lines").text
    send(organiser, f"/desk/help-lines/{samaritans}/bring-back")
    assert "116 123" in organiser.get("/help-now?country=GB").text


def test_an_emergency_number_is_changed(organiser):
    answer = send(organiser, "/desk/help-lines/emergency", country="GB", number="112")
    assert answer.status_code == 303
    assert db.session.get(HelpCountry, "GB", populate_existing=True).emergency == "112"
    assert 'href="tel:112"' in organiser.get("/help-now?country=GB").text


def test_before_anything_was_loaded_the_list_says_so(cast, sign_in):
    page = sign_in(cast["organiser"]).get("/desk/help-lines").text
    assert "flask care load" in page


def test_an_old_form_is_given_again_filled(organiser, samaritans):
    words = {"country": "GB", "name": "Samaritans", "kind": "phone", "dial": "116 124"}
    answer = organiser.post(f"/desk/help-lines/{samaritans}/edit", data=words)
    assert answer.status_code == 400
    assert 'value="116 124"' in answer.text
    assert organiser.post(f"/desk/help-lines/{samaritans}/check").status_code == 400


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("who", ["facilitator", "curator", "moderator", "member", "suspended"])
def test_the_screens_are_the_organisers(cast, sign_in, who, path):
    assert sign_in(cast[who]).get(path).status_code == 403


def test_a_line_that_is_not_there_is_not_found(organiser):
    for verb in ("edit", "check", "retire", "bring-back"):
        assert organiser.get(f"/desk/help-lines/999999/{verb}").status_code == 404


def test_a_source_that_is_no_page_is_words_and_not_a_link(organiser):
    words = KLIMAKA | {"country": "GB", "source": "javascript:alert(1)"}
    send(organiser, "/desk/help-lines/new", **words)
    page = organiser.get(f"/desk/help-lines/{line_with('1018', 'GB').id}/check").text
    assert "javascript:alert(1)" in page
    assert 'href="javascript' not in page
