"""Subjects, states and the chained log."""

import pytest
from sqlalchemy import delete, update

from app.boards.models import Post
from app.core import text
from app.core.database import writing
from app.core.errors import NotAllowed, NotFound
from app.core.kinds import kind_named
from app.extensions import db
from app.moderation import actions, queries
from app.moderation.models import LogHead, LogRow, LogWords, State, Subject
from tests.factories import make_board, make_post, make_thread


@pytest.fixture
def held(cast):
    return make_post(make_thread(cast["member"]), cast["newcomer"], state=State.HELD)


def log_three(actor):
    for words in ("First", "Second", "Third"):
        with writing():
            change = actions.Change("grant", "", "curator")
            actions.log(change, actor=actor, member_id=actor.id, words=words)


def test_letting_through_logs_who_and_tells_the_kind(cast, held):
    with writing():
        subject = queries.get_subject(held.subject_id, actor=cast["moderator"], for_update=True)
        actions.let_through(subject, actor=cast["moderator"])
        actions.let_through(subject, actor=cast["moderator"])
    line = queries.newest_log_lines()[0]
    assert (line.number, line.actor_name, line.verb) == (1, "moderator", "let_through")
    assert (line.before, line.after) == ("held", "visible")
    assert queries.verify_log() == 1


def test_a_subject_is_seen_by_those_who_see_the_thing(cast, group):
    board = make_board(group=group)
    post = make_post(make_thread(cast["insider"], board=board), cast["insider"])
    assert queries.get_subject(post.subject_id, actor=cast["insider"]).kind == "post"
    with pytest.raises(NotFound):
        queries.get_subject(post.subject_id, actor=cast["member"])


def test_every_kind_says_what_it_is_called_and_where_it_is(built_app, cast):
    thread = make_thread(cast["member"])
    post = make_post(thread, cast["member"])
    with built_app.test_request_context():
        for kind, subject_id in (("thread", thread.subject_id), ("post", post.subject_id)):
            assert kind_named(kind).title(subject_id) == "First night home"
            address = kind_named(kind).address(subject_id)
            assert address.startswith(f"/threads/{thread.id}-first-night-home")


def test_versions_count_from_one(cast):
    thread = make_thread(cast["member"])
    with writing():
        subject = db.session.get_one(Subject, thread.subject_id)
        assert actions.write_version(subject, text.render_title("Second night")) == 2
    assert queries.current_source(thread.subject_id) == "Second night"


def test_the_chain_survives_erased_words(cast):
    log_three(cast["organiser"])
    with writing():
        actions.erase_words(1)
    assert [line.words for line in queries.newest_log_lines()] == ["Third", "Second", None]
    assert queries.verify_log() == 3


ROW, WORDS = LogRow.number == 2, LogWords.number == 2
TAMPERING = {
    "changed": [update(LogRow).where(ROW).values(after="organiser")],
    "reworded": [update(LogWords).where(WORDS).values(words="Spam")],
    "deleted": [delete(LogWords).where(WORDS), delete(LogRow).where(ROW)],
    "cut": [delete(LogWords).where(LogWords.number > 2), delete(LogRow).where(LogRow.number > 2)],
    "emptied": [delete(LogWords), delete(LogRow)],
    "swapped": [
        update(LogRow).where(LogRow.number == 1).values(verb="take_back", commitment="x" * 64),
    ],
    "rewritten": [update(LogRow).values(actor_id=None, seal="0" * 64)],
    "head moved": [update(LogHead).values(count=2)],
}


@pytest.mark.parametrize("how", TAMPERING)
def test_a_log_that_was_tampered_with_does_not_verify(cast, how):
    log_three(cast["organiser"])
    with writing():
        for statement in TAMPERING[how]:
            db.session.execute(statement)
    with pytest.raises(queries.ChainBroken):
        queries.verify_log()


def test_an_inserted_row_does_not_verify(cast):
    log_three(cast["organiser"])
    with writing():
        row = db.session.get_one(LogRow, 3)
        values = {column.name: getattr(row, column.name) for column in LogRow.__table__.columns}
        db.session.add(LogRow(**values | {"number": 4}))
    with pytest.raises(queries.ChainBroken, match="row 4"):
        queries.verify_log()


def test_the_command_says_whether_the_log_holds(app, cast):
    log_three(cast["organiser"])
    answer = app.test_cli_runner().invoke(args=["log", "verify"])
    assert answer.output == "3 rows, unbroken\n"
    with writing():
        db.session.execute(TAMPERING["changed"][0])
    answer = app.test_cli_runner().invoke(args=["log", "verify"])
    assert (answer.exit_code, answer.output) == (1, "Error: the log is broken at row 2\n")


def hide(actor, subject_id, reason="Names a clinic."):
    with writing():
        subject = queries.get_subject(subject_id, actor=actor, for_update=True)
        actions.hide(subject, actor=actor, reason=reason)


def restore(actor, subject_id):
    with writing():
        subject = queries.get_subject(subject_id, actor=actor, for_update=True)
        actions.restore(subject, actor=actor)


def state_of(row):
    db.session.expire_all()
    return db.session.get_one(type(row), row.id).state


def test_hiding_and_restoring_are_logged_once_each(cast):
    post = make_post(make_thread(cast["member"]), cast["insider"])
    for act in (hide, hide, restore, restore):
        act(cast["moderator"], post.subject_id)
    lines = [(line.verb, line.before, line.after) for line in queries.newest_log_lines()]
    assert lines == [("restore", "hidden", "visible"), ("hide", "visible", "hidden")]
    assert [line.words for line in queries.newest_log_lines()] == ["", "Names a clinic."]
    assert queries.verify_log() == 2


def test_what_waited_for_a_look_waits_again_once_restored(cast, held):
    hide(cast["moderator"], held.subject_id)
    assert state_of(held) == State.HIDDEN
    restore(cast["moderator"], held.subject_id)
    assert state_of(held) == State.HELD
    assert db.session.get_one(type(held), held.id).number is None


def test_hiding_an_opening_post_does_not_hide_its_thread(cast):
    thread = make_thread(cast["member"])
    post = db.session.scalars(db.select(Post).filter_by(thread_id=thread.id)).one()
    hide(cast["moderator"], post.subject_id)
    assert (state_of(post), state_of(thread)) == (State.HIDDEN, State.VISIBLE)


def test_a_hidden_thread_is_out_of_sight_and_comes_back(cast):
    thread = make_thread(cast["member"])
    hide(cast["moderator"], thread.subject_id)
    with pytest.raises(NotFound):
        queries.get_subject(thread.subject_id, actor=cast["member"])
    restore(cast["moderator"], thread.subject_id)
    assert queries.get_subject(thread.subject_id, actor=cast["member"])


@pytest.mark.parametrize("who", ["member", "insider", "facilitator", "curator", "organiser"])
def test_only_moderators_hide_and_nobody_their_own(cast, who):
    thread = make_thread(cast["member"])
    with pytest.raises(NotAllowed):
        hide(cast[who], make_post(thread, cast["newcomer"]).subject_id)
    with pytest.raises(NotAllowed):
        hide(cast["moderator"], make_post(thread, cast["moderator"]).subject_id)
