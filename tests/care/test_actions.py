"""What organisers may do to help lines, and what follows from it."""

from dataclasses import replace

import pytest
from sqlalchemy import func

from app.care import actions, queries
from app.care.actions import help_lines
from app.care.models import HelpCountry, HelpLine, HelpVersion, LineDetails, LineKind
from app.care.queries import directory
from app.core import clock
from app.core.database import writing
from app.core.errors import NotAllowed, RuleBroken
from app.extensions import db
from app.notifications.models import Event

ATHENS = LineDetails("GR", "Klimaka", LineKind.PHONE, "1018", hours="24/7")
NOT_ORGANISERS = ["newcomer", "member", "facilitator", "curator", "moderator", "suspended"]


@pytest.fixture
def organiser(cast):
    with writing():
        actions.load_lines()
    return cast["organiser"]


@pytest.fixture
def line(organiser):
    return db.session.scalars(db.select(HelpLine).filter_by(key="gb-samaritans")).one()


def act(verb, line, *rest, actor):
    with writing():
        verb(queries.get_line(line.id, actor=actor, for_update=True), *rest, actor=actor)
    db.session.expire_all()
    return db.session.get_one(HelpLine, line.id)


def details_of(line):
    return help_lines._details_of(line)


def version():
    return queries.read_version(db.session.connection())


def shown(iso):
    return queries.read_directory(db.session.connection()).country(iso)


def verbs():
    return db.session.scalars(db.select(Event.verb).order_by(Event.id)).all()


def test_a_line_is_added_to_a_country_that_has_an_emergency_number(organiser):
    with writing():
        actions.set_emergency_number("GR", "112", actor=organiser)
        actions.add_line(ATHENS, actor=organiser)
    country = shown("GR")
    assert country.emergency == "112"
    assert [(line.name, line.number, line.checked_on) for line in country.lines] == [
        ("Klimaka", "1018", None)
    ]
    assert verbs()[-2:] == ["help_country:edit", "help_line:add"]


def test_a_country_without_an_emergency_number_gets_no_line(organiser):
    with pytest.raises(RuleBroken, match="emergency number first") as refused, writing():
        actions.add_line(ATHENS, actor=organiser)
    assert refused.value.field == "country"
    assert shown("GR") is None


@pytest.mark.parametrize(
    ("kind", "field"), [("phone", "dial"), ("text", "dial"), ("chat", "address")]
)
def test_a_line_nobody_could_reach_is_refused(organiser, kind, field):
    details = LineDetails("GB", "Nowhere", LineKind(kind))
    with pytest.raises(RuleBroken) as refused, writing():
        actions.add_line(details, actor=organiser)
    assert refused.value.field == field


def test_every_change_counts_the_version_up(organiser, line):
    seen = [version()]
    for verb in (actions.check_line, actions.retire_line, actions.bring_back_line):
        act(verb, line, actor=organiser)
        seen.append(version())
    with writing():
        actions.set_emergency_number("GB", "112", actor=organiser)
    assert [*seen, version()] == [1, 2, 3, 4, 5]


def test_what_is_done_already_is_not_done_again(organiser, line):
    act(actions.retire_line, line, actor=organiser)
    before = version(), verbs()
    act(actions.retire_line, line, actor=organiser)
    assert (version(), verbs()) == before


def test_a_checked_line_says_when_and_by_whom(organiser, line):
    line = act(actions.check_line, line, actor=organiser)
    assert (line.checked_on, line.checked_by_id) == (clock.now().date(), organiser.id)
    assert verbs()[-1] == "help_line:check"


def test_another_number_is_yet_to_be_checked(organiser, line):
    act(actions.check_line, line, actor=organiser)
    line = act(actions.edit_line, line, replace(details_of(line), dial="116 124"), actor=organiser)
    assert (line.dial, line.checked_on, line.checked_by_id) == ("116 124", None, None)


def test_other_words_about_a_line_leave_it_checked(organiser, line):
    act(actions.check_line, line, actor=organiser)
    new = replace(details_of(line), hours="08:00–20:00", remark="Free.")
    line = act(actions.edit_line, line, new, actor=organiser)
    assert (line.hours, line.checked_on) == ("08:00–20:00", clock.now().date())


def test_a_retired_line_is_off_the_page_and_can_come_back(organiser, line):
    assert "Samaritans" in [each.name for each in shown("GB").lines]
    act(actions.retire_line, line, actor=organiser)
    assert "Samaritans" not in [each.name for each in shown("GB").lines]
    act(actions.bring_back_line, line, actor=organiser)
    assert "Samaritans" in [each.name for each in shown("GB").lines]


@pytest.mark.parametrize("who", NOT_ORGANISERS)
def test_nobody_else_changes_a_line(cast, organiser, line, who):
    before = version(), verbs(), details_of(line)
    actor = cast[who]
    tries = [
        lambda: actions.add_line(details_of(line), actor=actor),
        lambda: actions.edit_line(line, details_of(line), actor=actor),
        lambda: actions.check_line(line, actor=actor),
        lambda: actions.retire_line(line, actor=actor),
        lambda: actions.bring_back_line(line, actor=actor),
        lambda: actions.set_emergency_number("GB", "1", actor=actor),
    ]
    for attempt in tries:
        with pytest.raises(NotAllowed), writing():
            attempt()
    assert (version(), verbs(), details_of(line)) == before


def test_loading_twice_is_loading_once(organiser):
    with writing():
        assert actions.load_lines() == 0
    assert version() == 1
    assert db.session.scalar(db.select(func.count()).select_from(HelpLine)) == len(
        directory.packaged_rows()["lines"]
    )


def test_loading_mends_what_nobody_has_touched(organiser, line):
    with writing():
        line.dial = "0"
        db.session.get_one(HelpCountry, "GB").emergency = "0"
    with writing():
        assert actions.load_lines() == 2
    db.session.expire_all()
    assert shown("GB").emergency == "999"
    assert "116123" in {each.number for each in shown("GB").lines}
    assert version() == 2


def test_loading_leaves_alone_what_an_organiser_has_touched(organiser, line):
    act(actions.edit_line, line, replace(details_of(line), dial="116 124"), actor=organiser)
    with writing():
        actions.set_emergency_number("GB", "112", actor=organiser)
        other = db.session.scalars(db.select(HelpLine).filter_by(key="gb-shout")).one()
        actions.retire_line(other, actor=organiser)
    with writing():
        assert actions.load_lines() == 0
    assert shown("GB").emergency == "112"
    assert [each.number for each in shown("GB").lines] == ["116124"]


def test_there_is_one_version(organiser, line):
    act(actions.check_line, line, actor=organiser)
    assert db.session.scalar(db.select(func.count()).select_from(HelpVersion)) == 1
