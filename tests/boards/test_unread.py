"""What is new to a member: exact, whatever happened, and quick however large the place is."""

import random
from datetime import timedelta

import pytest

from app.accounts.models import Member
from app.boards import actions, queries
from app.boards.models import FreshStart, MemberMute, Policy, Post, ReadingPosition, Thread
from app.boards.queries import reading as counting
from app.core import clock
from app.core.database import writing
from app.extensions import db
from app.moderation.models import State
from tests.boards.doing import let_through, reply, start, withdraw
from tests.factories import A_MONDAY, make_board, make_member, make_post, make_thread


def unread(actor):
    """Return how many posts are new to an actor, a number a board."""
    sections = queries.sections_shown_to(actor)
    return {board.slug: board.unread for each in sections for board in each.boards}


def unread_in(board, actor):
    """Return how many posts are new to an actor, a number a thread, from the list of a board."""
    listed = queries.threads_on(board.id, actor=actor)
    return {thread.id: thread.unread for thread in listed.threads}


def test_what_was_shown_before_a_member_joined_is_not_new_to_them(cast):
    thread = make_thread(cast["insider"])
    make_post(thread, cast["insider"], shown_at=A_MONDAY - timedelta(days=9))
    late = make_member("late")
    with writing():
        db.session.get_one(Member, late.id).joined_at = A_MONDAY + timedelta(days=1)
    assert unread(late) == {"talk": 0}


def test_a_member_reads_on_and_the_count_goes_down(cast):
    thread = start(cast["insider"], make_board())
    for _ in range(3):
        reply(cast["insider"], thread)
    assert unread(cast["member"]) == {"talk": 4}
    with writing():
        actions.mark_read(thread.id, 3, actor=cast["member"])
    assert unread(cast["member"]) == {"talk": 1}
    assert unread(cast["insider"]) == {"talk": 0}


def test_a_fresh_start_counts_everything_as_read_until_something_new_comes(cast):
    thread = start(cast["insider"], make_board())
    reply(cast["insider"], thread)
    with writing():
        actions.start_fresh(actor=cast["member"])
    assert unread(cast["member"]) == {"talk": 0}
    reply(cast["insider"], thread)
    assert unread(cast["member"]) == {"talk": 1}


def test_taken_back_words_keep_the_count_as_it_is(cast):
    thread = start(cast["insider"], make_board())
    post = reply(cast["insider"], thread)
    withdraw(cast["insider"], post)
    assert unread(cast["member"]) == {"talk": 2}


def test_what_waits_for_a_look_is_new_once_it_was_let_through(cast):
    board = make_board(policy=Policy.NEWCOMERS_WAIT)
    thread = start(cast["insider"], board)
    held = reply(cast["newcomer"], thread)
    with writing():
        actions.start_fresh(actor=cast["member"])
    assert unread(cast["member"]) == {"talk": 0}
    let_through(cast["moderator"], held)
    assert unread(cast["member"]) == {"talk": 1}


def test_threads_of_muted_members_and_muted_boards_count_nothing(cast):
    board, other = make_board(), make_board("other")
    start(cast["insider"], board)
    start(cast["curator"], board)
    start(cast["insider"], other)
    with writing():
        db.session.add(MemberMute(member_id=cast["member"].id, muted_id=cast["curator"].id))
        actions.mute_board(other, actor=cast["member"])
    assert unread(cast["member"]) == {"talk": 1, "other": 0}
    assert unread(cast["newcomer"]) == {"talk": 2, "other": 1}


def test_a_count_is_exact_up_to_99(cast, monkeypatch):
    monkeypatch.setattr(counting, "THREADS_COUNTED", 3)
    board = make_board()
    for expected in (1, 2, 3, 3):
        start(cast["insider"], board)
        assert unread(cast["member"]) == {"talk": expected}


def test_a_group_counts_for_its_members_only(cast, group):
    start(cast["facilitator"], make_board("private", group=group))
    assert unread(cast["insider"]) == {"private": 1}
    assert unread(cast["member"]) == {}


HAPPENS = ["start", "reply", "reply", "reply", "look", "look", "back", "hide", "read", "fresh"]


@pytest.mark.parametrize("seed", range(6))
def test_counts_equal_a_recount_over_any_history(cast, seed):
    chance = random.Random(seed)  # noqa: S311 - the same histories on every run
    boards = [make_board(), make_board("slow", policy=Policy.EVERYONE_WAITS)]
    writers = [cast[who] for who in ("newcomer", "member", "insider", "curator")]
    readers = [*writers, cast["facilitator"], cast["moderator"]]
    now = A_MONDAY
    for _ in range(60):
        now += timedelta(minutes=chance.randrange(3))
        with clock.at(now):
            _something_happens(chance, boards, writers, readers, cast["moderator"])
    for reader in readers:
        shown = unread(reader)
        for board in boards:
            expected = _recounted(board, reader)
            assert {k: v for k, v in unread_in(board, reader).items() if v} == expected
            assert shown[board.slug] == sum(expected.values())


def _something_happens(chance, boards, writers, readers, moderator):
    threads = db.session.scalars(db.select(Thread).order_by(Thread.id)).all()
    posts = db.session.scalars(db.select(Post).order_by(Post.id)).all()
    thread = chance.choice(threads) if threads else None
    post = chance.choice(posts) if posts else None
    what = chance.choice(
        ["start", "reply", "reply", "reply", "look", "back", "hide", "read", "fresh"]
    )
    writer, reader = chance.choice(writers), chance.choice(readers)
    if what == "start" or thread is None:
        start(writer, chance.choice(boards))
    elif what == "reply" and thread.is_in_sight:
        reply(writer, thread)
    elif what == "look" and post.is_held and post.author_id != moderator.id:
        let_through(moderator, post)
    elif what == "back":
        withdraw(_actor_of(post.author_id, writers), post)
    elif what == "hide":
        with writing():
            chance.choice([post, thread]).state = State.HIDDEN
    elif what == "read":
        with writing():
            actions.mark_read(thread.id, chance.randint(0, thread.last_number), actor=reader)
    elif what == "fresh" and chance.random() < 0.3:
        with writing():
            actions.start_fresh(actor=reader)


def _actor_of(member_id, writers):
    return next(writer for writer in writers if writer.id == member_id)


def _recounted(board, reader):
    """Count one by one: a numbered post past the position, shown after the fresh start."""
    fresh = db.session.get(FreshStart, reader.id)
    since = fresh.at if fresh else db.session.get_one(Member, reader.id).joined_at
    counted = {}
    for thread in db.session.scalars(db.select(Thread).filter_by(board_id=board.id)):
        position = db.session.get(ReadingPosition, (reader.id, thread.id))
        read = position.last_number if position else 0
        posts = db.session.scalars(db.select(Post).filter_by(thread_id=thread.id)).all()
        fresh_until = max((p.number for p in posts if p.number and p.shown_at <= since), default=0)
        new = [p for p in posts if p.number and p.number > max(read, fresh_until)]
        if thread.is_in_sight and new:
            counted[thread.id] = len(new)
    return counted
