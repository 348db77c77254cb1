"""What somebody is writing is kept as they type, for them alone, until they send it."""

import json
from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import func, select
from sqlalchemy.exc import OperationalError

from app.accounts.actions import end_all_sessions, tidy
from app.boards import actions
from app.boards.models import Post
from app.core import drafts
from app.core.database import writing
from app.core.drafts import Draft
from app.core.kept_words import KeptWords
from app.core.keys import key_ring
from app.extensions import db
from tests.factories import make_board, make_post, make_thread
from tests.pages_of import forms_of, hidden_inputs

WORDS = {"title": "A long night", "body": "I had written half of it."}
NEW = "/boards/talk/new"
SCRIPT = {"X-Requested-With": "fetch"}


@pytest.fixture
def board(cast):
    return make_board("talk")


@pytest.fixture
def client(cast, board, sign_in):
    return sign_in(cast["member"])


@pytest.fixture
def later():
    """Return a function that moves the clock on."""
    with time_machine.travel("2026-03-02T03:12:00+00:00", tick=False) as traveller:
        yield traveller.shift


def keep(client, path=NEW, *, fields=None, headers=None, **changes):
    """Send a form to be kept, as it stands on its own page."""
    form = hidden_inputs(client.get(path), path) | (WORDS if fields is None else fields)
    return client.post("/drafts", data=form | changes, headers=headers)


def count(table=Draft):
    return db.session.scalar(select(func.count()).select_from(table))


def test_a_form_is_found_again_as_it_was_left(later, client):
    answer = keep(client)
    assert (answer.status_code, answer.location) == (303, NEW)
    page = client.get(NEW).text
    assert "Your draft from 03:12 is here." in page
    assert "A long night" in page
    assert "I had written half of it." in page


def test_a_script_is_told_when(later, client):
    answer = keep(client, headers=SCRIPT)
    assert (answer.status_code, answer.data) == (204, b"")
    assert answer.headers["Kept-At"] == "03:12"


def test_a_draft_of_another_day_says_its_day(later, client):
    keep(client)
    later(timedelta(days=2))
    assert "Your draft from 2 Mar 2026, 03:12 is here." in client.get(NEW).text


def test_kept_again_it_is_one_draft_as_it_stands_now(client):
    first = keep(client)
    keep(client, fields=WORDS | {"body": "Now it is whole."})
    assert first.status_code == 303
    assert count() == 1
    assert "Now it is whole." in client.get(NEW).text


def test_the_box_below_a_thread_shows_the_draft_of_its_answer(client, cast, statements):
    thread = make_thread(cast["insider"])
    path = f"/threads/{thread.id}/reply"
    keep(client, path, fields={"body": "Half an answer."})
    statements.clear()
    page = client.get(f"/threads/{thread.id}", follow_redirects=True).text
    asked = [each for each in statements if "FROM drafts" in each]
    assert len(asked) == 1
    assert "Half an answer." in page
    assert "Half an answer." in client.get(path).text


def test_a_draft_can_quote_another_post_than_before(client, cast):
    thread = make_thread(cast["insider"], body="The first words.")
    other = make_post(thread, cast["insider"], body="Other words.")
    path = f"/threads/{thread.id}/reply"
    keep(client, f"{path}", fields={"body": "Half an answer.", "replying_to": other.id - 1})
    page = client.get(f"{path}?replying_to={other.id}")
    assert hidden_inputs(page, path)["replying_to"] == str(other.id)
    assert "Other words." in page.text
    assert "Half an answer." in page.text


def test_words_being_changed_are_kept_beside_those_that_stand(client, cast):
    thread = make_thread(cast["member"], body="As it stands.")
    post = db.session.scalars(select(Post).filter_by(thread_id=thread.id)).one()
    path = f"/posts/{post.id}/edit"
    keep(client, path, fields={"body": "As it may be."})
    assert "As it may be." in client.get(path).text
    assert "As it stands." in client.get(f"/posts/{post.id}", follow_redirects=True).text


def test_a_draft_of_older_words_does_not_replace_newer_ones_unseen(client, cast):
    thread = make_thread(cast["member"], body="As it stood.")
    post = db.session.scalars(select(Post).filter_by(thread_id=thread.id)).one()
    path = f"/posts/{post.id}/edit"
    keep(client, path, fields={"body": "As it may be."})
    sent = hidden_inputs(client.get(path), path) | {"body": "Changed on the phone."}
    assert client.post(path, data=sent).status_code == 303
    with writing():
        drafts.keep(cast["member"].id, path, [("body", "As it may be."), ("version", "1")])
    page = client.get(path).text
    assert "As it may be." in page
    assert "Changed on the phone." in page


def test_everything_in_the_fields_is_kept_as_typed(client, cast):
    typed = [("body", "a"), ("content_notes", "loss"), ("content_notes", "abuse"), ("wish", "x")]
    form = hidden_inputs(client.get(NEW), NEW)
    data = form | {"body": "a", "content_notes": ["loss", "abuse"], "wish": "x"}
    client.post("/drafts", data=data)
    assert drafts.find(cast["member"].id, NEW).fields == typed


def test_secrets_and_what_machines_read_are_not_kept(client, cast):
    keep(client, password="seven herons", recovery_code="123456", anyway="1")
    assert dict(drafts.find(cast["member"].id, NEW).fields) == WORDS


def test_it_is_sealed_for_its_place(client):
    keep(client)
    row = db.session.scalars(select(Draft)).one()
    assert "long night" not in row.sealed
    about = f"drafts:{row.member_id}:{NEW}"
    assert dict(json.loads(key_ring("words").open(row.sealed, about=about))) == WORDS


def test_a_draft_carried_to_another_member_or_form_does_not_open(client, cast):
    keep(client)
    for change in ({"member_id": cast["insider"].id}, {"path": "/threads/1/reply"}):
        undone = db.session.begin_nested()
        with db.session.no_autoflush:
            db.session.execute(db.update(Draft).values(**change))
        assert drafts.drafts_of(cast["insider"].id) == ()
        assert drafts.find(cast["member"].id, "/threads/1/reply") is None
        undone.rollback()


def test_nobody_else_finds_it(client, cast, sign_in):
    keep(client)
    for who in ("insider", "moderator", "organiser"):
        assert "A long night" not in sign_in(cast[who]).get(NEW).text
        assert drafts.drafts_of(cast[who].id) == ()


def test_sent_it_is_a_draft_no_more(client):
    keep(client)
    sent = hidden_inputs(client.get(NEW), NEW) | WORDS
    assert client.post(NEW, data=sent).status_code == 303
    assert count() == 0
    assert "Your draft from" not in client.get(NEW).text


def test_what_a_script_brings_after_its_form_was_sent_comes_too_late(client):
    sent = hidden_inputs(client.get(NEW), NEW) | WORDS
    client.post(NEW, data=sent)
    late = client.post("/drafts", data=sent | {"body": "I had"}, headers=SCRIPT)
    assert late.status_code == 204
    assert "Kept-At" not in late.headers
    assert count() == 0


def test_what_a_script_brings_after_starting_empty_comes_too_late(client):
    keep(client)
    form = hidden_inputs(client.get(NEW), NEW) | WORDS
    client.post("/drafts/discard", data=form)
    assert client.post("/drafts", data=form, headers=SCRIPT).status_code == 204
    assert count() == 0


def test_a_person_may_keep_what_they_write_on_a_page_that_was_sent(client):
    sent = hidden_inputs(client.get(NEW), NEW) | WORDS
    client.post(NEW, data=sent)
    client.post("/drafts", data=sent | {"body": "I went back and wrote on."})
    assert "I went back and wrote on." in client.get(NEW).text


def test_a_refused_form_may_be_kept_on(client):
    sent = hidden_inputs(client.get(NEW), NEW) | WORDS
    assert client.post(NEW, data=sent | {"title": "x"}).status_code == 422
    assert "Kept-At" in client.post("/drafts", data=sent, headers=SCRIPT).headers


def test_refused_it_stays(client):
    keep(client)
    sent = hidden_inputs(client.get(NEW), NEW) | WORDS | {"title": "x"}
    assert client.post(NEW, data=sent).status_code == 422
    assert count() == 1


def test_sending_one_form_leaves_the_drafts_of_others(client, cast):
    thread = make_thread(cast["insider"])
    keep(client)
    keep(client, f"/threads/{thread.id}/reply", fields={"body": "Half an answer."})
    client.post(NEW, data=hidden_inputs(client.get(NEW), NEW) | WORDS)
    assert [each.path for each in drafts.drafts_of(cast["member"].id)] == [
        f"/threads/{thread.id}/reply"
    ]


def test_emptied_it_is_a_draft_no_more(client):
    keep(client)
    answer = keep(client, fields={"title": " ", "body": "\n"}, headers=SCRIPT)
    assert answer.status_code == 204
    assert "Kept-At" not in answer.headers
    assert count() == 0


def test_starting_empty_puts_it_away(client):
    keep(client)
    form = hidden_inputs(client.get(NEW), NEW)
    answer = client.post("/drafts/discard", data=form)
    assert (answer.status_code, answer.location) == (303, NEW)
    assert "A long night" not in client.get(NEW).text
    assert client.post("/drafts/discard", data=form).status_code == 303


def test_one_is_put_away_by_its_number_and_only_by_its_member(client, cast, sign_in):
    keep(client)
    (draft,) = drafts.drafts_of(cast["member"].id)
    for someone, left in ((sign_in(cast["moderator"]), 1), (client, 0), (client, 0)):
        token = hidden_inputs(someone.get(NEW), NEW)
        answer = someone.post(
            f"/drafts/{draft.id}/discard", data={"csrf_token": token["csrf_token"],
                                                 "form_key": token["form_key"]}
        )  # fmt: skip
        assert (answer.status_code, answer.location) == (303, "/my/words")
        assert count() == left


def test_an_old_page_keeps_nothing_and_loses_nothing(client):
    answer = keep(client, csrf_token="old")
    assert answer.status_code == 400
    assert "I had written half of it." in answer.text
    again = hidden_inputs(answer, "/drafts")
    assert client.post("/drafts", data=again).status_code == 303
    assert "I had written half of it." in client.get(NEW).text


def test_what_is_too_long_is_refused_kindly(client, monkeypatch):
    monkeypatch.setattr(drafts, "LONGEST", 100)
    answer = keep(client, fields={"body": "a" * 101})
    assert answer.status_code == 422
    assert "Copy it somewhere safe" in answer.text
    assert "a" * 101 in answer.text
    assert count() == 0


@pytest.mark.parametrize("path", [
    "", "/", "/boards/talk", "/nowhere", "//evil.example/new", "https://evil.example/boards/a/new",
    "/drafts", "/boards/talk/new\\", f"/boards/{'a' * 300}/new", f"/threads/{'9' * 20}/reply",
])  # fmt: skip
def test_only_our_own_pages_with_forms_have_drafts(client, path):
    answer = keep(client, draft_path=path)
    assert answer.status_code == 404
    assert "I had written half of it." in answer.text
    assert count() == 0


def test_a_question_behind_the_address_makes_no_other_draft(client):
    keep(client, draft_path=f"{NEW}?from=here")
    assert "A long night" in client.get(NEW).text


@pytest.mark.parametrize("who", ["suspended", "unconfirmed"])
def test_who_is_not_admitted_keeps_no_draft_and_loses_nothing(board, cast, sign_in, who):
    sent = WORDS | {"draft_path": NEW, "csrf_token": "x"}
    answer = sign_in(cast[who]).post("/drafts", data=sent)
    assert answer.status_code == 403
    assert "I had written half of it." in answer.text
    assert count() == 0


def test_a_session_that_ended_keeps_its_drafts(client, cast, sign_in):
    keep(client)
    with writing():
        end_all_sessions(cast["member"].id)
    assert "A long night" in sign_in(cast["member"]).get(NEW).text


def test_a_script_of_an_ended_session_is_told_and_keeps_nothing_twice(client, cast):
    form = hidden_inputs(client.get(NEW), NEW) | WORDS
    with writing():
        end_all_sessions(cast["member"].id)
    assert client.post("/drafts", data=form, headers=SCRIPT).status_code == 401
    assert (count(), count(KeptWords)) == (0, 0)


def test_words_that_outlived_a_session_win_over_an_older_draft(client, cast, sign_in):
    keep(client, fields=WORDS | {"body": "The draft."})
    form = hidden_inputs(client.get(NEW), NEW) | WORDS | {"body": "What was sent."}
    with writing():
        end_all_sessions(cast["member"].id)
    number = client.post(NEW, data=form).location.rpartition("%3D")[2]
    page = sign_in(cast["member"]).get(f"{NEW}?kept={number}").text
    assert "What was sent." in page
    assert "The draft." not in page
    assert "Your draft from" not in page


def test_a_guest_has_none_and_nothing_is_asked(board, sign_in, statements):
    sign_in().get("/boards", follow_redirects=True)
    assert not [each for each in statements if "FROM drafts" in each]


def test_a_busy_database_says_when_to_come_back(client, monkeypatch):
    form = hidden_inputs(client.get(NEW), NEW) | WORDS

    def busy(*_rest, **_more):
        raise OperationalError("INSERT", {}, Exception("database is locked"))

    monkeypatch.setattr(drafts, "keep", busy)
    answer = client.post("/drafts", data=form)
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "5")
    assert "I had written half of it." in answer.text


def test_they_are_kept_for_ninety_days(later, client):
    keep(client)
    later(drafts.KEPT_FOR + timedelta(seconds=1))
    assert "A long night" not in client.get(NEW).text
    with writing():
        tidy()
    assert count() == 0


def test_the_oldest_give_way(later, client, cast, monkeypatch):
    monkeypatch.setattr(drafts, "MOST_KEPT", 3)
    for number in range(1, 6):
        later(timedelta(minutes=1))
        with writing():
            drafts.keep(cast["member"].id, f"/threads/{number}/reply", [("body", f"no. {number}")])
    kept = drafts.drafts_of(cast["member"].id)
    assert [each.first_words for each in kept] == ["no. 5", "no. 4", "no. 3"]


def test_in_a_list_they_show_how_they_begin(client, cast):
    keep(client, fields={"title": "A long night", "body": "word " * 100})
    (draft,) = drafts.drafts_of(cast["member"].id)
    assert draft.title == "A long night"
    assert draft.first_words == "word " * 24 + "…"
    assert draft.path == NEW


def test_what_was_written_is_kept_when_something_breaks(later, app, client, monkeypatch):
    form = hidden_inputs(client.get(NEW), NEW) | WORDS

    def broken(*_rest, **_more):
        raise ZeroDivisionError

    monkeypatch.setitem(app.config, "PROPAGATE_EXCEPTIONS", False)
    monkeypatch.setattr(actions, "start_thread", broken)
    answer = client.post(NEW, data=form)
    assert answer.status_code == 500
    assert "Something broke on our side" in answer.text
    assert "Your draft from 03:12 is kept." in answer.text
    assert "I had written half of it." in answer.text
    monkeypatch.undo()
    assert "I had written half of it." in client.get(NEW).text


def test_a_broken_database_is_not_asked_again(app, client, monkeypatch):
    form = hidden_inputs(client.get(NEW), NEW) | WORDS

    def broken(*_rest, **_more):
        raise db.exc.ProgrammingError("SELECT", {}, Exception("no such table"))

    monkeypatch.setitem(app.config, "PROPAGATE_EXCEPTIONS", False)
    monkeypatch.setattr(actions, "start_thread", broken)
    monkeypatch.setattr(drafts, "keep", pytest.fail)
    answer = client.post(NEW, data=form)
    assert answer.status_code == 500
    assert "Your draft from" not in answer.text
    assert "I had written half of it." in answer.text


def test_when_keeping_breaks_as_well_the_words_are_on_the_page(app, client, monkeypatch, caplog):
    form = hidden_inputs(client.get(NEW), NEW) | WORDS

    def broken(*_rest, **_more):
        raise ZeroDivisionError

    monkeypatch.setitem(app.config, "PROPAGATE_EXCEPTIONS", False)
    monkeypatch.setattr(actions, "start_thread", broken)
    monkeypatch.setattr(drafts, "keep", broken)
    answer = client.post(NEW, data=form)
    assert answer.status_code == 500
    assert "I had written half of it." in answer.text
    assert "a draft could not be kept: ZeroDivisionError" in caplog.text


def test_leaving_quickly_keeps_the_draft_first(client, cast, sign_in):
    form = hidden_inputs(client.get(NEW), NEW) | WORDS
    assert client.post("/leave", data=form).status_code == 303
    assert "/sign-in" in client.get(NEW).location
    assert "I had written half of it." in sign_in(cast["member"]).get(NEW).text


@pytest.mark.parametrize("change", [
    {"csrf_token": "forged"}, {"draft_path": "//evil.example"}, {"draft_path": ""},
])  # fmt: skip
def test_nothing_that_comes_along_stops_anybody_from_leaving(client, change):
    form = hidden_inputs(client.get(NEW), NEW) | WORDS | change
    assert client.post("/leave", data=form).status_code == 303
    assert count() == 0
    assert "/sign-in" in client.get(NEW).location


def test_no_event_and_no_log_tells_of_a_draft(client):
    before = {table.name: _rows(table) for table in _told()}
    keep(client)
    assert {table.name: _rows(table) for table in _told()} == before


def test_every_form_for_words_can_be_kept(client, cast):
    thread = make_thread(cast["member"])
    for path in (NEW, f"/threads/{thread.id}/reply"):
        (form,) = [each for each in forms_of(client.get(path)) if each["action"] == path]
        assert form["fields"]["draft_path"] == path


def _told():
    return [table for table in db.metadatas[None].sorted_tables
            if table.name in {"events", "log_rows", "letters"}]  # fmt: skip


def _rows(table):
    return db.session.scalar(select(func.count()).select_from(table))
