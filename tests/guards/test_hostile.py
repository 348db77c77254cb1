"""Whatever is sent, wherever: no answer is a failure of ours (no 5xx), and none loses a form."""

import json
from pathlib import Path

import pytest

from app.core import clock
from app.extensions import db
from tests.factories import A_MONDAY
from tests.guards.community import address_of, digest, furnish, with_token
from tests.guards.test_matrix import FILLED

ROOT = Path(__file__).parents[2]
SHARED = ROOT.parent / "shared" / "corpora" / "own"
OWN = SHARED if SHARED.is_dir() else ROOT / "tests" / "corpora"

LONGEST = 20_000  # characters; longer ones are refused by their size alone, once below
ODD_BYTES = [b"\xff\xfe", b"body=%ff%fe%00", b"body=" + b"%ed%a0%80", b"&&&===", b"\x00" * 100]


def payloads(*names):
    for name in names:
        for line in (OWN / f"{name}.jsonl").read_text().splitlines():
            row = json.loads(line)
            text = row.get("payload") or "".join(p * n for p, n in row.get("parts", []))
            yield text[:LONGEST]


TYPED = [
    *payloads("xss_markdown", "usernames_spoofing", "emails_hostile", "markdown_pathological"),
    *payloads("type_confusion"),
]
KEYS = list(payloads("mass_assignment_keys"))
HEADERS = [json.loads(line) for line in (OWN / "headers_hostile.jsonl").read_text().splitlines()]

SHARES = 5  # the forms share what is typed: each of it is typed into two of them or more
FORMS = sorted(f for f in FILLED if f.startswith(("boards", "drafts")))


@pytest.fixture
def people(cast, sign_in):
    """Who may fill in a form: it follows from the form."""
    return {who: sign_in(cast.get(who)) for who in ("guest", "member", "moderator")}


def who_fills_in(endpoint):
    if endpoint == "boards.expunge_version":
        return "moderator"
    return "guest" if endpoint.startswith("accounts.") else "member"


def typed_into(endpoint):
    """Return all of it for the forms that save new words; for each of the others a share."""
    if endpoint in {"boards.start_thread", "boards.reply", "boards.edit_post"}:
        return TYPED
    return TYPED[FORMS.index(endpoint) % SHARES :: SHARES]


def form_at(app, places, endpoint):
    rule = max(app.url_map.iter_rules(endpoint), key=lambda rule: len(rule.arguments))
    return address_of(rule, places["open"])


@pytest.mark.parametrize("endpoint", FORMS)
def test_no_form_fails_on_what_is_typed(app, cast, group, people, endpoint):
    address = form_at(app, furnish(cast, group), endpoint)
    client = people[who_fills_in(endpoint)]
    for number, typed in enumerate(typed_into(endpoint)):
        undone = db.engine.begin_nested()
        sent = dict.fromkeys(FILLED[endpoint], typed)
        token = {"csrf_token": with_token(app, client), "form_key": f"k{number}"}
        answer = client.post(address, data=sent | token)
        db.session.remove()
        undone.rollback()
        assert answer.status_code in {200, 303, 400, 404, 413, 422, 429}, (typed[:80], answer)


@pytest.mark.parametrize("body", ODD_BYTES)
@pytest.mark.parametrize("kind", ["application/x-www-form-urlencoded", "multipart/form-data",
                                  "application/json", "text/plain", "x"])  # fmt: skip
def test_no_form_fails_on_what_is_no_form(app, cast, group, people, kind, body):
    places = furnish(cast, group)
    for endpoint in FORMS:
        client = people[who_fills_in(endpoint)]
        answer = client.post(form_at(app, places, endpoint), data=body, content_type=kind)
        assert answer.status_code in {400, 413, 422}, (endpoint, answer)


def test_what_is_too_large_is_refused_kindly(app, cast, group, people):
    address = form_at(app, furnish(cast, group), "boards.reply")
    answer = people["member"].post(address, data={"body": "a" * 1_000_000})
    assert answer.status_code == 413
    assert "Traceback" not in answer.text


@pytest.mark.parametrize("header", HEADERS, ids=lambda header: header["id"])
def test_no_header_opens_or_breaks_anything(cast, group, people, header):
    places = furnish(cast, group)
    sent = {header["name"]: header["value"].encode("latin-1", "replace").decode("latin-1")}
    for who, path in (("guest", "/"), ("guest", "/boards"), ("member", "/boards/open")):
        answer = people[who].get(path, headers=sent)
        # To another host a browser shows no cookie of ours, so there everybody is a guest.
        assert answer.status_code in {200, 302, 400, 403, 413}, (path, answer)
        assert "evil" not in answer.text
        assert "evil" not in str(answer.headers)
    private = people["guest"].get(f"/threads/{places['group']['thread_id']}", headers=sent)
    assert private.status_code in {302, 400, 413}


STRANGE_IDS = ["0", "-1", "01", "+1", "1.0", "0x1", "1_0", "٣", "9223372036854775808", "1e3", "%00",
               "1%00", "%ff", "..", "%2e%2e", "%F0%9F%98%80", "null", "[1]"]  # fmt: skip


@pytest.mark.parametrize("strange", STRANGE_IDS)
def test_an_id_that_is_none_is_not_there(people, strange):
    for path in (f"/threads/{strange}", f"/posts/{strange}", f"/posts/{strange}/edit",
                 f"/boards/{strange}", f"/boards/{strange}/new"):  # fmt: skip
        assert people["member"].get(path).status_code in {404, 302, 308}, path


@pytest.mark.sqlite_only
@pytest.mark.parametrize("endpoint", ["boards.start_thread", "boards.reply", "boards.edit_post"])
def test_extra_keys_of_a_form_change_nothing(app, cast, group, people, endpoint, monkeypatch):
    places = furnish(cast, group)
    address = form_at(app, places, endpoint)
    monkeypatch.setattr(clock, "now", lambda: A_MONDAY)
    extra = {key: "1" for key in KEYS if key not in {"csrf_token", *FILLED[endpoint]}}
    extra |= dict.fromkeys(("author_id", "voice_id", "state", "number", "is_public"), "1")
    assert _outcome(app, people["member"], address, endpoint, {}) == _outcome(
        app, people["member"], address, endpoint, extra
    )


def _outcome(app, client, address, endpoint, extra):
    """Return where a form leads and what the database is after it, then undo it."""
    undone = db.engine.begin_nested()
    sent = FILLED[endpoint] | {"csrf_token": with_token(app, client), "form_key": "k"} | extra
    answer = client.post(address, data=sent)
    after = digest()
    undone.rollback()
    assert answer.status_code == 303
    return answer.location, after
