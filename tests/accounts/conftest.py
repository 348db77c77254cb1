"""People at the door: a browser, a letter, and a form filled in as a person would."""

import re

import pytest
import time_machine
from argon2 import PasswordHasher

from app.accounts import actions
from app.core import pace
from app.core.database import writing
from app.core.mail_addresses import read_address
from app.core.passwords import hash_password
from app.extensions import db
from app.outbox.queries import newest_waiting
from tests.pages_of import forms_of

PASSWORD = "seven slow herons at dusk"
JOINING = {
    "username": "quiet.river", "email": "river@example.org", "password": PASSWORD,
    "age": "18_or_over", "agree": "y",
}  # fmt: skip


@pytest.fixture(autouse=True)
def in_a_hurry(monkeypatch):
    """Wait for nothing that only waits."""
    monkeypatch.setattr(pace, "sleep", lambda _seconds: None)


@pytest.fixture
def browser(app):
    return app.test_client()


@pytest.fixture
def river(app):
    """A member with a password, who joined a while ago."""
    return make_person("quiet.river", "river@example.org")


def make_person(name, email, *, password=PASSWORD, is_confirmed=True):
    """Make a member who can sign in; return their number."""
    new = actions.NewMember(
        name, read_address(email), hash_password(password), is_confirmed=is_confirmed
    )
    with writing():
        return actions.add_member(new)


def send(client, path, fields, *, action=None):
    """Open a page, fill in its form (or the one with this action) and send it."""
    page = client.get(path)
    form = next(f for f in forms_of(page) if f["action"] in (action or path, None))
    return client.post(form["action"] or path, data=form["fields"] | fields)


def join(client, **changes):
    return send(client, "/join", JOINING | changes)


def sign_in(client, name="quiet.river", password=PASSWORD, **more):
    return send(client, "/sign-in", {"name": name, "password": password} | more)


def twin(app, client):
    """Return the same browser as it is now, for what it sends at the same moment."""
    same = app.test_client()
    same._cookies = client._cookies.copy()
    return same


def letters():
    """Return all letters that wait, the newest first."""
    found = newest_waiting(1000)
    db.session.rollback()
    return found


def link_in(letter, kind):
    """Return the path of the link of a kind (confirm, reset) in a letter."""
    return re.search(rf"http://localhost(/{kind}/\S+)", letter.text).group(1)


@pytest.fixture
def later():
    """Return a function that moves the clock on."""
    with time_machine.travel("2026-03-02T12:00:00+00:00", tick=False) as traveller:
        yield traveller.shift


@pytest.fixture
def hashes(app, monkeypatch):
    """Every time Argon2 runs: hash or verify, in order."""
    done = []
    for name in ("hash", "verify"):
        run = getattr(PasswordHasher, name)

        def noted(self, *args, _name=name, _run=run):
            done.append(_name)
            return _run(self, *args)

        monkeypatch.setattr(PasswordHasher, name, noted)
    return done
