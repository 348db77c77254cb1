"""Making a place ready: keys and tables, once, and never over what is lost."""

import shutil
import subprocess
import sys
from contextvars import Context

import pytest

from app import create_app
from app.core import keys, schema
from app.extensions import db
from config import under_test

pytestmark = pytest.mark.sqlite_only


@pytest.fixture
def place(tmp_path):
    """An app in an empty place, before anything was prepared."""
    app = create_app(under_test(f"sqlite:///{tmp_path}/handrail.db", tmp_path))
    yield app
    with app.app_context():
        db.session.remove()
        db.engine.dispose()


def run(place, *command):
    # In a context of its own: under another test's, the command would prepare that one's app.
    return Context().run(place.test_cli_runner().invoke, args=command)


def seen(place):
    with place.app_context():
        return {row.purpose for row in db.session.scalars(db.select(keys.SeenKey))}


def test_an_empty_place_is_made_ready(place, tmp_path):
    done = run(place, "prepare")

    assert done.exit_code == 0, done.output
    assert done.output.splitlines() == [
        "Made the keys for: mail, lookup, log, network, words.", "Brought the tables up to date.",
        "Brought the help lines up to date.", "Brought the tags up to date.",
    ]  # fmt: skip
    assert seen(place) == set(keys.PURPOSES)
    assert {path.stat().st_mode & 0o777 for path in (tmp_path / "keys").iterdir()} == {0o600}


def test_a_place_that_is_ready_is_left_alone(place, monkeypatch):
    run(place, "prepare")
    monkeypatch.setattr(schema.flask_migrate, "upgrade", None)  # calling it would fail

    again = run(place, "prepare")
    assert (again.exit_code, again.output) == (0, "")


def test_keys_can_be_made_before_the_tables(place):
    made = run(place, "keys", "make")
    assert made.output.splitlines()[-1] == "Next: flask prepare. It makes the tables."
    run(place, "prepare")
    assert seen(place) == set(keys.PURPOSES)


def test_a_key_that_is_there_is_never_replaced(place, tmp_path):
    run(place, "prepare")
    before = {path.name: path.read_text() for path in (tmp_path / "keys").iterdir()}
    assert run(place, "keys", "make").output == ""
    assert {path.name: path.read_text() for path in (tmp_path / "keys").iterdir()} == before


@pytest.mark.parametrize("command", [["prepare"], ["keys", "make"]])
def test_no_new_key_is_made_where_one_was_lost(place, tmp_path, command):
    run(place, "prepare")
    (tmp_path / "keys" / "mail-1.key").unlink()
    with place.app_context():
        keys.load(place)

    refused = run(place, *command)
    assert refused.exit_code == 1
    assert "used with the key mail-1, which is not in" in refused.output
    assert not (tmp_path / "keys" / "mail-1.key").exists()


@pytest.mark.parametrize("loss", ["gone", "another"])
def test_a_server_does_not_start_without_a_key_it_was_used_with(tmp_path, loss):
    var = tmp_path / "var"
    place = {"HANDRAIL_ENV": "development", "HANDRAIL_VAR": str(var)}
    starting = [sys.executable, "-c", "import wsgi"]
    preparing = [sys.executable, "-m", "flask", "--app", "wsgi", "prepare"]
    assert subprocess.run(preparing, env=place, check=False).returncode == 0
    assert subprocess.run(starting, env=place, check=False).returncode == 0

    shutil.move(var / "keys" / "log-1.key", tmp_path)
    if loss == "another":
        keys.make_missing_keys(var / "keys")
    refused = subprocess.run(starting, env=place, capture_output=True, text=True, check=False)
    assert refused.returncode == 1
    assert "used with the key log-1" in refused.stderr.splitlines()[-1]
