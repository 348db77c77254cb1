"""Every route × every role: one data file says what each is answered (matrix.txt).

A row is a method, an endpoint, where it looks (open, group, public, absent), and a status
for each role in the order of the head line. A new route without its rows fails. What is
looked at or refused changes nothing in the database.
"""

from pathlib import Path

import pytest

from app.accounts.actions import start_session
from app.core.database import writing
from app.extensions import db
from tests.conftest import make_cast, undone_afterwards
from tests.factories import make_group
from tests.guards.community import ROLES, address_of, digest, furnish, with_token

FILE = Path(__file__).with_name("matrix.txt")

BOARD = {
    "section": "{section_id}", "name": "Open", "slug": "open", "purpose": "For talking.",
    "policy": "open", "audience": "members", "position": "1",
}  # fmt: skip

LINE = {"country": "GB", "name": "Samaritans", "kind": "phone", "dial": "116 123"}

# What a form needs to be understood; the same for everybody who sends it.
FILLED = {
    "accounts.join": {
        "username": "quiet.river", "email": "river@example.org", "age": "18_or_over",
        "agree": "y", "password": "seven slow herons at dusk",
    },
    "accounts.reset": {"email": "river@example.org"},
    "accounts.sign_in": {"name": "nobody.here", "password": "seven slow herons at dusk"},
    "boards.start_thread": {"title": "A quiet night", "body": "Slept."},
    "boards.follow_thread": {"level": "quiet"},
    "boards.reply": {"body": "Slept."},
    "boards.edit_post": {"body": "Slept well.", "version": "1"},
    "boards.expunge_version": {"reason": "A name stood there."},
    "boards.support_post": {"kind": "with_you"},
    "boards.preview": {"body": "Slept."},
    "boards.retitle_thread": {"title": "A quieter night", "version": "1"},
    "boards.tell_outcome": {"body": "Slept."},
    "desk.add_help_line": LINE,
    "drafts.discard_draft": {"draft_path": "/boards/open/new"},
    "drafts.keep_draft": {"body": "Slept.", "draft_path": "/boards/open/new"},
    "desk.edit_help_line": LINE,
    "desk.set_emergency_number": {"country": "GR", "number": "112"},
    "desk.arrange_board": BOARD,
    "desk.arrange_section": {"name": "Nights", "position": "1"},
    "desk.grant_role": {"name": "newcomer", "role": "curator"},
    "desk.open_board": BOARD | {"slug": "nights", "name": "Nights"},
    "desk.open_section": {"name": "Nights", "position": "1"},
    "notifications.set_wishes": {
        "mention": "daily", "quote": "daily", "reply": "weekly", "support": "never",
        "shown": "at_once", "decision": "at_once", "zone": "Europe/Berlin", "quiet_from": "22",
        "quiet_until": "9", "snooze": "0",
    },
}  # fmt: skip

# A try at a door is counted even when it is refused (limits.py), and mail may be under way.
COUNTED = {"attempts", "letters", "tokens"}


def rows():
    lines = (line.split("#")[0].split() for line in FILE.read_text().splitlines())
    kept = [line for line in lines if line]
    assert tuple(kept[0][3:]) == ROLES
    return [(*line[:3], dict(zip(ROLES, line[3:], strict=True))) for line in kept[1:]]


ROWS = rows()


def routes(app):
    """Return (method, endpoint) of every route but static files and the joined ones."""
    return {
        (method, rule.endpoint)
        for rule in app.url_map.iter_rules()
        for method in rule.methods & {"GET", "POST"}
        if not rule.endpoint.startswith(("static", "joined_"))
    }


def missing_rows(app):
    return routes(app) - {row[:2] for row in ROWS}


def test_every_route_has_its_row(built_app):
    assert missing_rows(built_app) == set()
    assert {row[:2] for row in ROWS} - routes(built_app) == set()


def test_a_new_route_without_its_row_is_noticed(built_app, monkeypatch):
    """Planted: a route nobody wrote down."""
    rule = built_app.url_rule_class("/planted", endpoint="planted", methods={"GET"})
    every = [*built_app.url_map.iter_rules(), rule]
    monkeypatch.setattr(built_app.url_map, "iter_rules", lambda: every)
    assert missing_rows(built_app) == {("GET", "planted")}


@pytest.fixture(scope="module")
def place(built_app):
    """A furnished place with the secret of everybody's session, made once for all rows."""
    with undone_afterwards(built_app):
        group = make_group()
        cast = make_cast(group)
        places = furnish(cast, group)
        with writing():
            secrets = {who: start_session(actor.id) for who, actor in cast.items()}
        yield built_app, places, secrets


@pytest.mark.parametrize("row", ROWS, ids=lambda row: "-".join(row[:3]))
def test_everybody_is_answered_as_the_matrix_says(place, row):
    app, places, secrets = place
    method, endpoint, where, expected = row
    ids = places.get(where, {"section_id": places["open"]["section_id"]} if where == "-" else {})
    rule = max(app.url_map.iter_rules(endpoint), key=lambda rule: len(rule.arguments))
    if endpoint == "boards.show_thread":
        ids = ids | {"slug": "first-night-home"}
    answers = {}
    for who in ROLES:
        undone = db.engine.begin_nested()
        client = app.test_client()
        if who in secrets:
            client.set_cookie(app.config["SIGN_IN_COOKIE"], secrets[who])
        words = filled(endpoint, ids) if method == "POST" else {}
        answers[who] = str(_ask(app, client, method, address_of(rule, ids), words))
        db.session.remove()
        undone.rollback()
    assert answers == expected


def filled(endpoint, ids):
    """Return what the form at an endpoint is filled in with."""
    return {name: value.format(**ids) for name, value in FILLED.get(endpoint, {}).items()}


def _ask(app, client, method, address, words):
    if method == "GET":
        before = digest()
        status = client.get(address).status_code
        assert digest() == before, f"looking at {address} changed something"
        return status
    sent = words | {"csrf_token": with_token(app, client), "form_key": "k1"}
    before = digest(COUNTED)
    status = client.post(address, data=sent).status_code
    assert status < 400 or digest(COUNTED) == before, f"a refusal at {address} changed something"
    return status
