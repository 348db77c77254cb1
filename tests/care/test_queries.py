"""What the lines say, wherever they are read from."""

import re
import socket
import time
from datetime import date, timedelta

import pytest

from app.care import actions, queries
from app.care.limits import FOLDS_AFTER, LOOK_EVERY
from app.care.models import LineKind
from app.care.queries import Line, Memory, directory
from app.core.database import writing
from app.core.errors import NotAllowed, NotFound
from app.extensions import db

# Where the founders of this place know people who may need a line.
COUNTRIES = {
    "AT", "AU", "BE", "BR", "CA", "CH", "DE", "DK", "ES", "FI", "FR", "GB", "HK", "IE", "IL", "IN",
    "IT", "JP", "KR", "MX", "MY", "NL", "NO", "NZ", "PH", "PL", "PT", "SE", "SG", "TH", "TW", "US",
    "ZA",
}  # fmt: skip
NUMBER = re.compile(r"[0-9]+( [0-9]+)*")
SOON = 1  # second, on a machine that does much else; a gone database takes two to say so
GONE = "sqlite:////nowhere/at/all.db"

LINES = [
    pytest.param(country, line, id=f"{country.iso}-{line.kind}-{line.number}")
    for country in directory.packaged().countries
    for line in country.lines
]


def test_every_country_has_an_emergency_number_and_somebody_to_talk_to():
    packaged = directory.packaged()
    assert {country.iso for country in packaged.countries} == COUNTRIES
    for country in packaged.countries:
        assert NUMBER.fullmatch(country.emergency)
        assert any(line.kind == LineKind.PHONE for line in country.lines), country.iso


@pytest.mark.parametrize(("country", "line"), LINES)
def test_a_line_can_be_reached_as_it_is_dialled_at_home(country, line):
    if line.kind == LineKind.CHAT:
        assert line.address
    else:
        assert NUMBER.fullmatch(line.dial)
    assert line.address == "" or line.address.startswith("https://")
    assert line.keyword == "" or (line.kind == LineKind.TEXT and line.keyword.isupper())


def test_nothing_that_came_with_the_software_counts_as_checked():
    rows = directory.packaged_rows()["lines"]
    assert [row["key"] for row in rows if row["checked_on"] is not None] == []
    assert len({row["key"] for row in rows}) == len(rows)
    assert all(row["source"] for row in rows)


def test_well_known_numbers_are_right():
    """Samaritans, 988 and 112 as printed by the services themselves."""
    packaged = directory.packaged()
    numbers = {(c.iso, line.kind, line.number) for c in packaged.countries for line in c.lines}
    assert {("GB", "phone", "116123"), ("US", "phone", "988"), ("US", "text", "988")} <= numbers
    assert {("GB", "text", "85258"), ("DE", "phone", "08001110111")} <= numbers
    assert packaged.country("GB").emergency == "999"


@pytest.mark.parametrize(
    ("days", "stale"), [(FOLDS_AFTER.days, False), (FOLDS_AFTER.days + 1, True)]
)
def test_a_line_grows_stale_a_year_after_it_was_checked(days, stale):
    today = date(2026, 6, 1)
    line = Line("Samaritans", LineKind.PHONE, "116 123", checked_on=today - timedelta(days=days))
    assert line.is_stale(today) is stale


def test_a_line_never_checked_is_shown_all_the_same():
    assert not Line("Samaritans", LineKind.PHONE, "116 123").is_stale(date(2099, 1, 1))


def test_what_is_written_down_reads_the_same_again(cast):
    with writing():
        actions.load_lines()
        actions.check_line(any_line(cast), actor=cast["organiser"])
    loaded = queries.read_directory(db.session.connection())
    assert directory.from_json(loaded.to_json()) == loaded


def test_the_tables_show_what_came_with_the_software(cast):
    with writing():
        actions.load_lines()
    loaded = queries.read_directory(db.session.connection())
    assert loaded.version == 1
    assert set(loaded.countries) == set(directory.packaged().countries)


def test_before_anything_was_loaded_the_packaged_lines_are_shown(app):
    assert queries.read_directory(db.session.connection()) == directory.packaged()


def test_countries_are_named_in_words_people_look_for(app):
    assert queries.country_name("HK") == "Hong Kong"
    assert queries.country_name("GB") == "United Kingdom"
    codes = {code for code, _name in queries.every_country_name()}
    assert codes >= COUNTRIES
    assert not codes & {"EU", "UN", "ZZ"}


def test_only_organisers_see_the_list_behind_the_page(cast):
    for who in ("member", "facilitator", "curator", "moderator"):
        with pytest.raises(NotAllowed):
            queries.every_line(actor=cast[who])
        with pytest.raises(NotAllowed):
            queries.get_line(1, actor=cast[who])


def test_a_line_that_is_not_there_is_not_found(cast):
    with pytest.raises(NotFound):
        queries.get_line(999_999, actor=cast["organiser"])


def test_a_line_never_checked_is_due_and_a_checked_one_is_not(cast):
    with writing():
        actions.load_lines()
        line = any_line(cast)
        actions.check_line(line, actor=cast["organiser"])
    rows = {row.id: row for row in queries.every_line(actor=cast["organiser"])}
    assert not rows[line.id].is_due
    assert rows[line.id].checked_by == "organiser"
    assert all(row.is_due for row in rows.values() if row.id != line.id)


def test_the_list_costs_one_query_however_long_it_is(cast, statements):
    with writing():
        actions.load_lines()
    db.session.expunge_all()
    statements.clear()
    assert len(queries.every_line(actor=cast["organiser"])) > 50
    assert len(statements) == 1


@pytest.mark.parametrize("address", [GONE, "sqlite://", "postgresql+psycopg://127.0.0.1:1/gone"])
def test_a_process_without_a_database_has_the_lines(tmp_path, address):
    memory = Memory(address, tmp_path / "none.json")
    began = time.monotonic()
    assert memory.latest() == directory.packaged()
    assert time.monotonic() - began < SOON


def test_a_database_that_keeps_silent_is_not_waited_for(tmp_path):
    """It takes the connection and never says a word, as a frozen server does."""
    with socket.create_server(("127.0.0.1", 0)) as silent:
        port = silent.getsockname()[1]
        memory = Memory(f"postgresql+psycopg://127.0.0.1:{port}/gone", tmp_path / "none.json")
        began = time.monotonic()
        assert memory.latest() == memory.latest() == directory.packaged()
        assert time.monotonic() - began < SOON


def test_a_database_that_is_gone_is_asked_again_only_after_a_while(tmp_path, monkeypatch):
    memory = Memory(GONE, tmp_path / "none.json")
    asked = []
    engine = memory._engine
    monkeypatch.setattr(memory, "_engine", lambda: asked.append(1) or engine())
    for _ in range(5):
        memory.latest()
    assert len(asked) == 1
    memory._looked_at -= LOOK_EVERY
    memory.latest()
    assert len(asked) == 2


def test_a_process_begins_with_what_an_earlier_one_kept(cast, tmp_path):
    with writing():
        actions.load_lines()
        actions.retire_line(any_line(cast), actor=cast["organiser"])
    kept = queries.read_directory(db.session.connection())
    (tmp_path / "lines.json").write_text(kept.to_json())
    assert Memory(GONE, tmp_path / "lines.json").latest() == kept


@pytest.mark.parametrize(
    "spoilt", ["", "{", "[]", "null", '{"version": 3}', "\x00", '{"version":0}']
)
def test_a_spoilt_copy_is_as_good_as_none(tmp_path, spoilt):
    (tmp_path / "lines.json").write_text(spoilt)
    assert Memory(GONE, tmp_path / "lines.json").latest() == directory.packaged()


@pytest.mark.concurrent
def test_a_process_sees_what_another_one_changed(committing_app, database, tmp_path):
    memory = Memory(database, tmp_path / "none.json")
    assert memory.latest().version == 0
    with writing():
        actions.load_lines()
    assert memory.latest().version == 0  # it has only just looked
    memory._looked_at -= LOOK_EVERY
    assert memory.latest().version == 1


def any_line(cast):
    rows = queries.every_line(actor=cast["organiser"])
    return queries.get_line(rows[0].id, actor=cast["organiser"], for_update=True)
