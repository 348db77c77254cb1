"""A member chooses how pages look, and every page looks so from then on."""

import pytest

from app.accounts import actions
from app.accounts.models import Look
from app.core.database import writing
from tests.factories import actor_of
from tests.pages_of import hidden_inputs


@pytest.fixture
def choose(sign_in, cast):
    browser = sign_in(cast["member"])

    def _choose(**chosen):
        page = browser.get("/settings/appearance")
        answer = browser.post("/settings/appearance", data=hidden_inputs(page, None) | chosen)
        return answer, browser

    return _choose


def test_pages_look_as_the_device_has_it_until_somebody_chooses(choose):
    _, browser = choose(theme="")
    assert "data-look" not in browser.get("/boards").text


def test_a_member_chooses_a_theme_and_more_room(choose):
    answer, browser = choose(theme="dark", looks=["more-space", "plain-type"])
    assert answer.status_code == 303
    assert '<html lang="en" data-look="dark more-space plain-type">' in browser.get("/boards").text
    page = browser.get(answer.location).text
    assert "Saved." in page
    assert page.count(" checked") == 3


def test_what_is_no_look_is_refused_and_changes_nothing(choose):
    answer, browser = choose(theme="sepia")
    assert answer.status_code == 422
    assert "Choose one of these." in answer.text
    assert "data-look" not in browser.get("/boards").text


def test_of_two_themes_the_first_holds(cast):
    with writing():
        actions.set_look([Look.DARK, Look.LIGHT, Look.MORE_SPACE], actor=cast["member"])
    assert actor_of(cast["member"].id).look == "dark more-space"


def test_fewer_things_at_once_means_no_counts(cast):
    with writing():
        actions.set_look([Look.LOW_STIMULUS], actor=cast["member"])
    assert not actor_of(cast["member"].id).sees_counts


def test_a_guest_sees_the_place_as_their_device_has_it(browser):
    assert "data-look" not in browser.get("/").text
