"""Who is told of what, once, and who is not."""

from datetime import timedelta

import pytest

from app.boards import actions as boards
from app.boards.models import BoardMute, MemberMute, Post, Thread
from app.core import clock
from app.core.database import writing
from app.core.tellings import Telling
from app.extensions import db
from app.moderation import actions as moderation
from app.moderation.models import Subject
from app.notifications import tasks
from app.notifications.models import Event, Notification
from app.permissions import Role
from tests.boards.doing import let_through, reply, start, withdraw
from tests.factories import make_board, make_member, make_post, make_thread
from tests.notifications.doing import follow, hide, notifications, support, wish


def test_who_follows_a_thread_is_told_of_a_reply_but_not_who_wrote_it(anna, ben, thread, told):
    reply(ben, thread)
    assert told() == [("anna.b", "reply")]


@pytest.mark.parametrize("level", ["quiet", "off"])
def test_who_follows_quietly_or_not_at_all_is_told_nothing(anna, ben, thread, told, level):
    follow(anna, thread, level)
    reply(ben, thread)
    assert told() == []


def test_telling_twice_is_telling_once(anna, ben, thread, told):
    reply(ben, thread)
    assert told() == told() == [("anna.b", "reply")]


def test_the_author_of_quoted_words_is_told_of_that_and_not_of_the_reply(anna, ben, thread, told):
    post = make_post(thread, anna)
    reply(ben, thread, replying_to=post.id)
    assert told() == [("anna.b", "quote")]


def test_who_is_called_by_name_is_told_of_that(anna, ben, thread, told):
    carl = make_member("carl.d")
    reply(ben, thread, "Ask @Carl.D, or @anna.b. Or carl@example.org, @nobody.here and @ben.river")
    assert told() == [("anna.b", "mention"), ("carl.d", "mention")]
    assert carl.id


def test_a_thread_may_call_people_too(ben, board, told):
    make_member("carl.d")
    start(ben, board, body="What helped you, @carl.d?")
    assert told() == [("carl.d", "mention")]


def test_on_a_board_without_mentions_nobody_is_called(ben, told):
    make_member("carl.d")
    start(ben, make_board("calm", allows_mentions=False), body="What helped you, @carl.d?")
    assert told() == []


def test_in_a_group_only_who_belongs_to_it_is_told(cast, group, told):
    thread = make_thread(cast["insider"], board=make_board("private", group=group))
    for who in ("insider", "member", "facilitator", "moderator"):
        follow(cast[who], thread)
    make_member("carl.d")
    reply(cast["facilitator"], thread, "Hello @carl.d and @member")
    assert told() == [("insider", "reply"), ("moderator", "reply")]


@pytest.mark.parametrize("why", ["unconfirmed", "suspended"])
def test_who_may_not_come_in_is_told_nothing(cast, ben, thread, told, why):
    follow(cast[why], thread)
    reply(ben, thread, f"Hello @{why}")
    assert told() == [("anna.b", "reply")]


def test_muting_somebody_or_a_board_is_heeded(anna, ben, board, thread, told):
    carl = make_member("carl.d")
    follow(carl, thread)
    with writing():
        db.session.add(MemberMute(member_id=anna.id, muted_id=ben.id))
        db.session.add(BoardMute(member_id=carl.id, board_id=board.id))
    reply(ben, thread, "Hello @anna.b and @carl.d")
    assert told() == []


def test_words_that_wait_are_told_of_when_they_are_let_through(cast, anna, told):
    thread = make_thread(anna, board=make_board("slow", policy="everyone_waits"))
    follow(anna, thread)
    post = reply(cast["newcomer"], thread)
    assert told() == []
    let_through(cast["moderator"], post)
    assert told() == [("newcomer", "shown"), ("anna.b", "reply")]


def test_what_was_let_through_before_anybody_was_told_is_told_once(cast, anna, told):
    thread = make_thread(anna, board=make_board("slow", policy="everyone_waits"))
    follow(anna, thread)
    let_through(cast["moderator"], reply(cast["newcomer"], thread))
    assert told() == [("newcomer", "shown"), ("anna.b", "reply")]


def test_of_what_was_taken_back_or_hidden_meanwhile_nobody_is_told(cast, anna, ben, thread, told):
    withdraw(ben, reply(ben, thread))
    hide(reply(ben, thread), by=cast["moderator"])
    assert told() == [("ben.river", "decision")]


def test_support_is_told_once_a_post_and_only_to_who_wants_it(cast, anna, ben, thread, told):
    post = make_post(thread, anna)
    support(ben, post)
    assert told() == []
    wish(anna, support="app")
    support(cast["member"], post)
    support(cast["member"], post, "thank_you")
    support(cast["insider"], post)
    assert told() == [("anna.b", "support")]
    with writing():
        db.session.execute(db.update(Notification).values(read_at=clock.now()))
    support(cast["curator"], post)
    assert told() == [("anna.b", "support")] * 2


def test_support_taken_back_before_anybody_was_told_is_not_told(anna, ben, thread, told):
    wish(anna, support="app")
    post = make_post(thread, anna)
    support(ben, post)
    with writing():
        boards.take_back_support(db.session.get_one(Post, post.id), "with_you", actor=ben)
    assert told() == []


@pytest.mark.parametrize(("mention", "expected"), [("never", "reply"), ("app", "mention")])
def test_who_wants_to_hear_nothing_of_one_kind_still_hears_of_the_other(
    anna, ben, thread, told, mention, expected
):
    wish(anna, mention=mention)
    reply(ben, thread, "Hello @anna.b")
    assert told() == [("anna.b", expected)]


def test_decisions_about_words_are_told_to_their_author(cast, ben, thread, told):
    post = make_post(thread, ben)
    hide(post, by=cast["moderator"])
    with writing():
        subject = db.session.get_one(Subject, post.subject_id)
        moderation.restore(subject, actor=cast["moderator"])
    assert told() == [("ben.river", "decision")] * 2


def test_of_what_is_long_past_nobody_is_told(ben, thread, told):
    with clock.at(clock.now() - timedelta(days=4)):
        reply(ben, thread)
    assert told() == []
    assert db.session.scalar(db.select(db.func.count()).where(Event.told_at.is_(None))) == 0


def test_an_event_that_concerns_nobody_waits_for_nothing(ben, thread):
    follow_event = db.select(Event).where(Event.verb == "post:withdraw")
    withdraw(ben, make_post(thread, ben))
    assert db.session.scalar(follow_event).told_at is not None


def test_many_are_told_a_few_at_a_time_and_it_goes_on_where_it_stopped(ben, thread, monkeypatch):
    people = [make_member(f"member{number:02}") for number in range(7)]
    for each in people:
        follow(each, thread)
    reply(ben, thread)
    counts = []
    seen = tasks.actions.tell

    def counting(event, most):
        before = count()
        if len(counts) == 2 and not monkeypatch.broken:
            monkeypatch.broken = True
            raise RuntimeError("killed")
        is_done = seen(event, most)
        db.session.flush()
        counts.append(count() - before)
        return is_done

    monkeypatch.broken = False
    monkeypatch.setattr(tasks.actions, "tell", counting)
    assert tasks.tell(most=3) == 0
    assert tasks.tell(most=3) == 1
    assert counts == [3, 3, 2]
    assert len({row.member_id for row in notifications()}) == 8


def count():
    return db.session.scalar(db.select(db.func.count()).select_from(Notification))


def test_one_event_that_fails_keeps_no_other_waiting(app, anna, ben, thread, told, monkeypatch):
    def broken(_event):
        raise ZeroDivisionError

    known = app.extensions["tellings"]
    monkeypatch.setitem(known, "thread:lock", [Telling("thread:lock", "reply", broken)])
    moderator = make_member("mo", Role.MODERATOR)
    with writing():
        boards.lock_thread(db.session.get_one(Thread, thread.id), actor=moderator)
    with writing():
        boards.unlock_thread(db.session.get_one(Thread, thread.id), actor=moderator)
    reply(ben, thread)
    assert told() == [("anna.b", "reply")]


def test_a_name_that_only_looks_like_mine_calls_nobody_twice(anna, ben, thread, told):
    reply(ben, thread, "@anna.b @ANNA.B. (@anna.b)")
    assert told() == [("anna.b", "mention")]
