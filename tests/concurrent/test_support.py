"""Many are with somebody at the same moment, and moderators let words through meanwhile."""

from functools import partial

import pytest

from app.boards import actions, queries
from app.boards.models import Post, Support, SupportKind
from app.core import text
from app.core.database import writing
from app.extensions import db
from app.moderation.models import State
from app.permissions import Role
from tests.concurrent.at_once import all_at_once
from tests.factories import make_member, make_post, make_thread

PEOPLE, ROUNDS = 6, 5

pytestmark = pytest.mark.concurrent


def support(turn, post_id, actor):
    with writing():
        post = queries.get_post(post_id, actor=actor, for_update=True)
        turn(post, SupportKind.WITH_YOU, actor=actor)


def let_through(post_id, actor):
    with writing():
        post = queries.get_post_to_let_through(post_id, actor=actor)
        actions.let_through(post, actor=actor)


def reply(thread_id, actor):
    with writing():
        thread = queries.get_thread(thread_id, actor=actor, for_update=True)
        actions.reply(thread, actor=actor, body=text.render("Me too."))


def test_support_given_and_taken_back_at_once_is_counted_right(committing_app):
    author = make_member("author")
    people = [make_member(f"member{number}") for number in range(PEOPLE)]
    post_id = make_post(make_thread(author), author).id
    for number in range(ROUNDS):
        turns = [
            partial(support, actions.take_back_support if (place + number) % 3 == 0
                    else actions.give_support, post_id, actor)
            for place, actor in enumerate(people)
        ]  # fmt: skip
        # Each twice: two tabs of one member are two as well.
        assert set(all_at_once(committing_app, *turns, *turns)) == {None}
        rows = db.session.scalars(db.select(Support.member_id).filter_by(post_id=post_id)).all()
        assert db.session.get_one(Post, post_id).with_you == len(rows)
        db.session.remove()
    assert 0 < len(rows) < PEOPLE


def test_letting_through_while_its_author_writes_on_waits_for_nobody_for_ever(committing_app):
    author, newcomer = make_member("author"), make_member("newcomer", is_welcomed=False)
    looking = make_member("moderator", Role.MODERATOR), make_member("other", Role.MODERATOR)
    thread_id = make_thread(author).id
    for _ in range(ROUNDS):
        thread = queries.get_thread(thread_id, actor=author)
        held = [make_post(thread, newcomer, state=State.HELD).id for _ in looking]
        acts = [partial(let_through, each, actor) for each in held for actor in looking]
        acts += [partial(reply, thread_id, newcomer), partial(reply, thread_id, author)]
        assert set(all_at_once(committing_app, *acts)) == {None}
    numbers = db.session.scalars(db.select(Post.number).order_by(Post.number)).all()
    assert numbers == list(range(1, 1 + ROUNDS * 4 + 1))
