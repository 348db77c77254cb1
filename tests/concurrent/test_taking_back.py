"""One person changes or takes back what somebody else is looking at, at the same moment."""

from functools import partial

import pytest

from app.boards import actions, queries
from app.boards.models import Policy, Post, Thread
from app.core import text
from app.core.database import writing
from app.core.errors import NotFound, RuleBroken
from app.extensions import db
from app.moderation.models import LogRow, State, Version
from app.moderation.queries import verify_log
from app.permissions import Role
from tests.concurrent.at_once import all_at_once
from tests.factories import make_board, make_member, make_post, make_thread

TIMES = 25

pytestmark = pytest.mark.concurrent


def reply(thread_id, actor):
    with writing():
        thread = queries.get_thread(thread_id, actor=actor, for_update=True)
        return actions.reply(thread, actor=actor, body=text.render("Me too.")).number


def edit(post_id, actor):
    with writing():
        post = queries.get_post(post_id, actor=actor, for_update=True)
        actions.edit_post(post, actor=actor, body=text.render("Other words."), version=1)


def withdraw(post_id, actor):
    with writing():
        actions.withdraw_post(queries.get_own_post(post_id, actor=actor, for_update=True),
                              actor=actor)  # fmt: skip


def let_through(post_id, actor):
    with writing():
        actions.let_through(queries.get_post(post_id, actor=actor, for_update=True), actor=actor)


def test_an_edit_and_a_taking_back_at_once_end_with_the_words_out_of_sight(committing_app):
    author = make_member("author")
    thread = make_thread(make_member("host"))
    for _ in range(TIMES):
        post_id = make_post(thread, author).id
        edited, withdrawn = all_at_once(
            committing_app, partial(edit, post_id, author), partial(withdraw, post_id, author)
        )
        post = db.session.get_one(Post, post_id)
        newest = db.session.get_one(Version, (post.subject_id, post.version))
        assert withdrawn is None and post.is_withdrawn
        assert edited is None or isinstance(edited, RuleBroken)
        assert post.version == (2 if edited is None else 1)
        assert post.html == newest.html


def test_two_edits_at_once_make_one_new_version_and_one_question(committing_app):
    author = make_member("author")
    thread = make_thread(make_member("host"))
    for _ in range(TIMES):
        post_id = make_post(thread, author).id
        found = all_at_once(committing_app, *[partial(edit, post_id, author)] * 2)
        assert sorted(map(type, found), key=str) == sorted([type(None), RuleBroken], key=str)
        assert db.session.get_one(Post, post_id).version == 2


def test_a_thread_is_either_answered_or_gone(committing_app):
    author, friends = make_member("author"), [make_member("anna"), make_member("ben")]
    for number in range(TIMES):
        thread_id = make_thread(author).id
        opening = db.session.scalars(db.select(Post.id).where(Post.thread_id == thread_id)).one()
        answered, withdrawn = all_at_once(
            committing_app,
            partial(reply, thread_id, friends[number % 2]),
            partial(withdraw, opening, author),
        )
        thread = db.session.get_one(Thread, thread_id)
        assert withdrawn is None and thread.title == ""
        if answered == 2:
            assert thread.is_in_sight and thread.last_number == 2
        else:
            assert isinstance(answered, NotFound)
            assert thread.is_withdrawn and thread.last_number == 1


def test_two_people_who_let_the_same_words_through_do_it_once(committing_app):
    author, host = make_member("author"), make_member("host")
    looking = [make_member(name, Role.MODERATOR) for name in ("anna", "ben")]
    thread = make_thread(host)
    for number in range(TIMES):
        post_id = make_post(thread, author, state=State.HELD).id
        acts = (partial(let_through, post_id, actor) for actor in looking)
        assert all_at_once(committing_app, *acts) == [None, None]
        assert db.session.get_one(Post, post_id).number == number + 2
    assert db.session.get_one(Thread, thread.id).last_number == 1 + TIMES
    assert verify_log() == TIMES
    assert db.session.scalar(db.select(db.func.count()).select_from(LogRow)) == TIMES


def test_two_people_who_let_each_others_words_through_do_not_wait_for_each_other(committing_app):
    anna, ben = (make_member(name, Role.MODERATOR) for name in ("anna", "ben"))
    host = make_member("host")
    threads = [make_thread(host) for _ in range(2)]
    for _ in range(TIMES):
        by_anna = make_post(threads[0], anna, state=State.HELD).id
        by_ben = make_post(threads[1], ben, state=State.HELD).id
        acts = partial(let_through, by_anna, ben), partial(let_through, by_ben, anna)
        assert all_at_once(committing_app, *acts) == [None, None]
    assert verify_log() == 2 * TIMES


def test_words_let_through_and_taken_back_at_once_are_out_of_sight(committing_app):
    author, moderator = make_member("author"), make_member("anna", Role.MODERATOR)
    thread = make_thread(make_member("host"), board=make_board(policy=Policy.EVERYONE_WAITS))
    for _ in range(TIMES):
        post_id = make_post(thread, author, state=State.HELD).id
        found = all_at_once(
            committing_app,
            partial(let_through, post_id, moderator),
            partial(withdraw, post_id, author),
        )
        assert found[1] is None
        assert db.session.get_one(Post, post_id).is_withdrawn
    numbers = db.session.scalars(
        db.select(Post.number).where(Post.number.is_not(None)).order_by(Post.number)
    ).all()
    assert numbers == list(range(1, db.session.get_one(Thread, thread.id).last_number + 1))
    assert verify_log() == len(numbers) - 1
