"""Several people write at the same moment, or one person twice."""

from functools import partial

import pytest

from app.boards import actions, queries
from app.boards.models import Board, Post, ReadingPosition, Thread, Voice
from app.core import text
from app.core.database import writing
from app.extensions import db
from app.moderation.models import Version
from tests.concurrent.at_once import all_at_once, browsers_of, share_form_cookie
from tests.factories import make_board, make_member, make_thread
from tests.pages_of import hidden_inputs

PAIRS, FORMS, BEGINNERS = 200, 50, 20
POSTS_EACH = 20  # what a member may write in a minute

WORDS = text.render("Me too.")
TITLE = text.render_title("Sunday evenings")

pytestmark = pytest.mark.concurrent


def reply(thread_id, actor):
    with writing():
        thread = queries.get_thread(thread_id, actor=actor, for_update=True)
        actions.reply(thread, actor=actor, body=WORDS)


def start(slug, actor):
    with writing():
        board = queries.get_board(slug, actor=actor)
        actions.start_thread(board, actions.Opening(TITLE, WORDS), actor=actor)


def look(thread_id, actor):
    with writing():
        actions.mark_read(thread_id, 1, actor=actor)


def members(count):
    return [make_member(f"member{number}") for number in range(count)]


def assert_dense(thread_id, count):
    numbers = db.session.scalars(
        db.select(Post.number).where(Post.thread_id == thread_id).order_by(Post.number)
    ).all()
    assert numbers == list(range(1, count + 1))
    thread = db.session.get_one(Thread, thread_id)
    assert thread.last_number == count
    newest = db.select(Post.shown_at).where(Post.thread_id == thread_id, Post.number == count)
    assert thread.last_post_at == db.session.scalar(newest)
    assert thread.answered_at == db.session.scalar(
        db.select(Post.shown_at).where(Post.thread_id == thread_id)
        .where(Post.voice_id != thread.voice_id).order_by(Post.number).limit(1)
    )  # fmt: skip


def test_two_replies_at_once_take_two_numbers(committing_app):
    people = members(2 * PAIRS // POSTS_EACH)
    thread_id = make_thread(people[0]).id
    for pair in range(PAIRS):
        two = people[2 * pair % len(people) :][:2]
        found = all_at_once(committing_app, *(partial(reply, thread_id, actor) for actor in two))
        assert found == [None, None]
    assert_dense(thread_id, 1 + 2 * PAIRS)
    assert len(db.session.scalars(db.select(Version.number).where(Version.number > 1)).all()) == 0
    positions = db.session.scalars(db.select(ReadingPosition)).all()
    for position in positions:
        assert position.last_number == db.session.scalar(
            db.select(db.func.max(Post.number)).join(Voice).where(
                Voice.member_id == position.member_id
            )
        )  # fmt: skip
    assert len(positions) == len(people)


@pytest.mark.parametrize("kind", ["reply", "thread"])
def test_a_form_sent_twice_at_the_same_moment_is_sent_once(committing_app, kind):
    people = members(1 + FORMS // POSTS_EACH)
    thread_id = make_thread(people[0]).id
    slug = db.session.scalar(db.select(Board.slug))
    path = f"/threads/{thread_id}/reply" if kind == "reply" else f"/boards/{slug}/new"
    addresses = set()
    for number in range(FORMS):
        if number % POSTS_EACH == 0:
            tabs = browsers_of(committing_app, people[number // POSTS_EACH], 2)
        form = hidden_inputs(tabs[0].get(path), path) | {"body": "Me too.", "title": "Hello"}
        share_form_cookie(committing_app, *tabs)
        sent = all_at_once(committing_app, *(partial(tab.post, path, data=form) for tab in tabs))
        assert [answer.status_code for answer in sent] == [303, 303]
        assert sent[0].location == sent[1].location
        addresses.add(sent[0].location)
    assert len(addresses) == FORMS
    assert "" not in addresses
    assert db.session.scalar(db.select(db.func.count()).select_from(Post)) == 1 + FORMS
    if kind == "reply":
        assert_dense(thread_id, 1 + FORMS)


def test_the_first_words_of_a_member_in_two_places_at_once_have_one_voice(committing_app):
    make_board()
    beginners = members(BEGINNERS)
    host = make_member("host")
    thread_id = make_thread(host).id
    for actor in beginners:
        begin = partial(start, "talk", actor), partial(reply, thread_id, actor)
        assert all_at_once(committing_app, *begin) == [None, None]
    assert_dense(thread_id, 1 + BEGINNERS)
    voices = db.session.scalars(db.select(Voice.member_id).where(Voice.thread_id.is_(None))).all()
    assert sorted(voices) == sorted([host.id, *(actor.id for actor in beginners)])


def test_looking_and_writing_at_once_leave_one_reading_position(committing_app):
    people = members(BEGINNERS)
    thread_id = make_thread(people[0]).id
    for number, actor in enumerate(people, start=2):
        acts = partial(look, thread_id, actor), partial(reply, thread_id, actor)
        assert all_at_once(committing_app, *acts, acts[0]) == [None] * 3
        position = db.session.get_one(ReadingPosition, (actor.id, thread_id))
        assert position.last_number == number
