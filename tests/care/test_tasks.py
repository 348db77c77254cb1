"""The copies on disk, for when nothing else works."""

import json
import stat

import pytest

from app.care import actions, queries, tasks
from app.care.models import HelpLine
from app.core.database import writing
from app.extensions import db


@pytest.fixture
def run(app):
    """Run a command as somebody at a terminal would."""
    runner = app.test_cli_runner()

    def _run(*words):
        db.session.remove()
        result = runner.invoke(args=["care", *words])
        assert result.exit_code == 0, result.output
        return result.output

    return _run


def test_loading_says_whether_there_was_anything_new(run):
    assert run("load") == "Brought the help lines up to date.\n"
    assert run("load") == ""


def test_the_copies_are_written_on_request(run, var):
    run("load")
    run("write-copy")
    page = (var / tasks.PAGE).read_text()
    assert "Call 116 123" in page
    assert "999" in page
    assert json.loads((var / tasks.LINES).read_text())["version"] == 1


def test_the_first_look_at_the_page_writes_the_copies(app, var):
    assert not (var / tasks.PAGE).exists()
    app.test_client().get("/help-now?country=GB")
    assert (var / tasks.PAGE).exists()
    assert stat.S_IMODE((var / tasks.PAGE).stat().st_mode) & 0o444


def test_a_copy_has_every_country_and_asks_for_no_choice(app, var):
    app.test_client().get("/help-now")
    page = (var / tasks.PAGE).read_text()
    for country in queries.packaged().countries:
        assert country.emergency in page
        for line in country.lines:
            assert line.dial in page
    assert "<select" not in page  # a file answers every choice alike


def test_the_copy_reads_well_without_its_sheet(app, var):
    """Whoever serves it may have nothing else of us: no script does anything that is needed."""
    app.test_client().get("/help-now")
    page = (var / tasks.PAGE).read_text()
    assert "<style" not in page
    assert page.index("<h1>") < page.index('href="tel:999"')


def test_after_a_change_the_copies_are_written_anew(cast, app, var):
    with writing():
        actions.load_lines()
    with app.test_request_context():
        tasks.renew()
    assert "116 123" in (var / tasks.PAGE).read_text()
    with writing():
        for line in db.session.scalars(db.select(HelpLine).filter_by(dial="116 123")):
            actions.retire_line(line, actor=cast["organiser"])
    with app.test_request_context():
        tasks.renew()
    assert "116 123" not in (var / tasks.PAGE).read_text()
    assert "116 123" not in (var / tasks.LINES).read_text()


def test_a_full_disk_costs_the_copies_and_not_the_page(app, monkeypatch, caplog):
    def full(*_anything):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(tasks, "_put", full)
    assert app.test_client().get("/help-now?country=GB").status_code == 200
    assert "No space left" in caplog.text


def test_the_copies_are_written_once_and_not_for_every_reader(app, monkeypatch):
    written = []
    monkeypatch.setattr(tasks, "_put", lambda path, _words: written.append(path.name))
    for _ in range(3):
        app.test_client().get("/help-now")
    assert sorted(written) == sorted([tasks.LINES, tasks.PAGE])
