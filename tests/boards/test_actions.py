"""What members may do on boards, and what follows from it."""

from datetime import timedelta

import pytest

from app.accounts.models import Member
from app.boards import actions, queries
from app.boards.limits import POSTS_A_WINDOW
from app.boards.models import Audience, Board, Policy, Post, Thread
from app.core import clock, text
from app.core.database import writing
from app.core.errors import NotAllowed, NotFound, RuleBroken, TooMany
from app.extensions import db
from app.moderation.models import LogRow, State, Version
from app.notifications.models import Event
from app.permissions import GUEST
from tests.boards.doing import let_through, withdraw
from tests.factories import A_MONDAY, actor_of, make_board, make_post, make_thread

WORDS = text.render("I slept four hours.")
TITLE = text.render_title("First night home")


def start(actor, board, title=TITLE, body=WORDS):
    with writing():
        board = queries.get_board(board.slug, actor=actor)
        return actions.start_thread(board, actions.Opening(title, body), actor=actor)


def reply(actor, thread, body=WORDS):
    with writing():
        thread = queries.get_thread(thread.id, actor=actor, for_update=True)
        return actions.reply(thread, actor=actor, body=body)


def edit(actor, post, words, version=1):
    with writing():
        post = queries.get_post(post.id, actor=actor, for_update=True)
        actions.edit_post(post, actor=actor, body=text.render(words), version=version)


def fresh(row):
    db.session.expire_all()
    return db.session.get_one(type(row), row.id)


def test_a_member_starts_a_thread_with_its_first_post(cast):
    thread = start(cast["member"], make_board())

    post = db.session.scalars(db.select(Post)).one()
    assert (thread.title, thread.last_number) == ("First night home", 1)
    assert (post.number, post.html, post.opens_thread) == (1, WORDS.html, True)
    kept = db.session.execute(db.select(Version.source, Version.number).order_by(Version.source))
    assert list(kept) == [("First night home", 1), ("I slept four hours.", 1)]


def test_posts_are_numbered_without_gaps(cast):
    thread = start(cast["member"], make_board())
    numbers = [reply(cast[who], thread).number for who in ("newcomer", "insider", "member")]
    assert numbers == [2, 3, 4]
    assert fresh(thread).last_number == 4


def test_every_write_has_its_event(cast):
    thread = start(cast["member"], make_board())
    post = reply(cast["insider"], thread)
    edit(cast["insider"], post, "I slept five hours.")
    withdraw(cast["insider"], post)
    events = db.session.execute(db.select(Event.verb, Event.actor_id).order_by(Event.id))
    verbs = [
        ("thread:start", cast["member"].id), ("post:reply", cast["insider"].id),
        ("post:edit", cast["insider"].id), ("post:withdraw", cast["insider"].id),
    ]  # fmt: skip
    assert [tuple(event) for event in events] == verbs


@pytest.mark.parametrize("who", ["unconfirmed", "suspended"])
def test_who_is_not_admitted_reads_and_writes_nothing(cast, who):
    thread = start(cast["member"], make_board())
    with pytest.raises(NotFound):
        reply(cast[who], thread)
    with pytest.raises(NotFound):
        start(cast[who], make_board("other"))


def test_a_guest_reads_a_public_board_and_writes_nothing(cast):
    thread = start(cast["member"], make_board(audience=Audience.PUBLIC))
    assert queries.get_thread(thread.id, actor=GUEST)
    with pytest.raises(NotAllowed):
        reply(GUEST, thread)
    with pytest.raises(NotAllowed):
        start(GUEST, thread.board)


def test_read_only_members_read_but_do_not_write(cast):
    thread = start(cast["member"], make_board())
    with writing():
        db.session.get_one(Member, cast["insider"].id).standing = "read_only"
    quiet = actor_of(cast["insider"].id)
    assert queries.get_thread(thread.id, actor=quiet)
    with pytest.raises(NotAllowed):
        reply(quiet, thread)


def test_where_staff_start_threads_members_answer(cast):
    board = make_board(policy=Policy.STAFF_START)
    with pytest.raises(NotAllowed):
        start(cast["member"], board)
    thread = start(cast["moderator"], board)
    assert reply(cast["newcomer"], thread).number == 2


def test_a_resting_board_takes_nothing_new(cast):
    thread = start(cast["member"], make_board())
    with writing():
        db.session.get_one(Board, thread.board_id).closed_at = A_MONDAY
    with pytest.raises(RuleBroken, match="resting"):
        start(cast["member"], thread.board)
    with pytest.raises(RuleBroken, match="resting"):
        reply(cast["member"], thread)


def test_a_locked_thread_takes_no_replies_or_edits_but_can_be_taken_back(cast):
    thread = start(cast["member"], make_board())
    post = reply(cast["insider"], thread)
    with writing():
        db.session.get_one(Thread, thread.id).locked_at = A_MONDAY
    with pytest.raises(RuleBroken, match="resting"):
        reply(cast["member"], thread)
    with pytest.raises(RuleBroken, match="resting"):
        edit(cast["insider"], post, "Changed")
    withdraw(cast["insider"], post)
    assert fresh(post).is_withdrawn


WAITING = [
    (Policy.OPEN, "newcomer", State.VISIBLE),
    (Policy.NEWCOMERS_WAIT, "newcomer", State.HELD),
    (Policy.NEWCOMERS_WAIT, "member", State.VISIBLE),
    (Policy.EVERYONE_WAITS, "member", State.HELD),
    (Policy.EVERYONE_WAITS, "facilitator", State.VISIBLE),
]


@pytest.mark.parametrize(("policy", "who", "state"), WAITING)
def test_the_policy_of_a_board_says_whose_words_wait(cast, policy, who, state):
    board = make_board(policy=policy)
    thread = start(cast[who], board)
    assert (thread.state, thread.last_number) == (state, int(state == State.VISIBLE))
    answered = make_thread(cast["member"], board=board)
    post = reply(cast[who], answered)
    assert (post.state, post.number) == (state, 2 if state == State.VISIBLE else None)


def test_held_words_are_seen_by_their_author_and_those_who_look(cast, group):
    board = make_board(group=group, policy=Policy.EVERYONE_WAITS)
    thread = make_thread(cast["facilitator"], board=board)
    post = reply(cast["insider"], thread)
    for who in ("insider", "facilitator", "moderator"):
        assert queries.get_post(post.id, actor=cast[who])
    for who in ("member", "curator", "organiser", "suspended"):
        with pytest.raises(NotFound):
            queries.get_post(post.id, actor=cast[who])


def test_what_is_let_through_takes_the_next_number_and_welcomes_its_author(cast):
    board = make_board(policy=Policy.NEWCOMERS_WAIT)
    thread = make_thread(cast["member"], board=board)
    held = reply(cast["newcomer"], thread)
    assert reply(cast["member"], thread).number == 2

    let_through(cast["moderator"], held)
    let_through(cast["moderator"], held)

    assert (fresh(held).number, fresh(held).state) == (3, State.VISIBLE)
    assert actor_of(cast["newcomer"].id).rank > cast["newcomer"].rank
    rows = db.session.execute(db.select(LogRow.verb, LogRow.actor_id, LogRow.before, LogRow.after))
    assert list(rows) == [("let_through", cast["moderator"].id, "held", "visible")]
    assert reply(actor_of(cast["newcomer"].id), thread).number == 4


def test_a_held_thread_shows_when_its_opening_post_is_let_through(cast):
    thread = start(cast["newcomer"], make_board(policy=Policy.NEWCOMERS_WAIT))
    with pytest.raises(NotFound):
        queries.get_thread(thread.id, actor=cast["member"])
    opening = db.session.scalars(db.select(Post)).one()
    let_through(cast["moderator"], opening)
    assert queries.get_thread(thread.id, actor=cast["member"]).last_number == 1


def test_nobody_lets_their_own_words_through(cast, group):
    board = make_board(group=group, policy=Policy.OPEN)
    thread = make_thread(cast["facilitator"], board=board)
    own = make_post(thread, cast["facilitator"], state=State.HELD)
    with pytest.raises(NotAllowed):
        let_through(cast["facilitator"], own)
    with pytest.raises(NotAllowed):
        let_through(cast["insider"], make_post(thread, cast["insider"], state=State.HELD))


def test_what_its_author_took_back_is_not_let_through(cast):
    thread = make_thread(cast["member"])
    held = make_post(thread, cast["newcomer"], state=State.HELD)
    withdraw(cast["newcomer"], held)
    let_through(cast["moderator"], held)
    assert fresh(held).number is None


def test_an_edit_keeps_the_version_before(cast):
    thread = make_thread(cast["member"])
    post = make_post(thread, cast["member"], body="Three hours.")
    edit(cast["member"], post, "Four hours.")
    edit(cast["member"], post, "Five hours.", version=2)
    kept = db.select(Version.source).where(Version.subject_id == post.subject_id)
    assert db.session.scalars(kept.order_by(Version.number)).all() == [
        "Three hours.", "Four hours.", "Five hours.",
    ]  # fmt: skip
    assert (fresh(post).version, fresh(post).html) == (3, "<p>Five hours.</p>")
    assert fresh(post).edited_at is not None


def test_an_edit_of_an_older_version_overwrites_nothing(cast):
    post = make_post(make_thread(cast["member"]), cast["member"])
    edit(cast["member"], post, "From the phone.")
    with pytest.raises(RuleBroken, match="both"):
        edit(cast["member"], post, "From the desk.", version=1)
    assert fresh(post).html == "<p>From the phone.</p>"


@pytest.mark.parametrize("who", ["newcomer", "facilitator", "moderator", "organiser"])
def test_nobody_edits_or_takes_back_the_words_of_others(cast, who):
    post = make_post(make_thread(cast["member"]), cast["member"])
    with pytest.raises(NotAllowed):
        edit(cast[who], post, "Better words")
    with pytest.raises(NotFound):
        withdraw(cast[who], post)


def test_hidden_words_are_not_edited(cast):
    post = make_post(make_thread(cast["member"]), cast["member"], state=State.HIDDEN)
    with pytest.raises(RuleBroken):
        edit(cast["member"], post, "Other words")


@pytest.mark.parametrize("who", ["member", "suspended"])
def test_words_can_be_taken_back_whatever_the_standing(cast, who):
    post = make_post(make_thread(cast["insider"]), cast[who])
    withdraw(cast[who], post)
    withdraw(cast[who], post)
    assert fresh(post).is_withdrawn
    assert db.session.query(Event).filter_by(verb="post:withdraw").count() == 1


def test_taking_back_the_opening_post_takes_back_the_title(cast):
    thread = start(cast["member"], make_board())
    opening = db.session.scalars(db.select(Post)).one()
    reply(cast["insider"], thread)
    withdraw(cast["member"], opening)
    assert (fresh(thread).title, fresh(thread).is_in_sight) == ("", True)


def test_a_thread_nobody_answered_goes_with_its_opening_post(cast):
    thread = start(cast["member"], make_board())
    withdraw(cast["member"], db.session.scalars(db.select(Post)).one())
    with pytest.raises(NotFound):
        queries.get_thread(thread.id, actor=cast["insider"])


def test_a_machine_that_posts_is_asked_to_wait(cast, monkeypatch):
    thread = start(cast["member"], make_board())
    for _ in range(POSTS_A_WINDOW):
        reply(cast["insider"], thread)
    with pytest.raises(TooMany) as refused:
        reply(cast["insider"], thread)
    assert refused.value.wait == timedelta(minutes=1)
    later = clock.now() + timedelta(minutes=2)
    monkeypatch.setattr(clock, "now", lambda: later)
    assert reply(cast["insider"], thread).number == POSTS_A_WINDOW + 2


def test_a_reading_position_never_moves_back(cast):
    thread = make_thread(cast["member"])
    for number in (5, 3):
        with writing():
            actions.mark_read(thread.id, number, actor=cast["insider"])
    position = db.session.scalars(db.text("SELECT last_number FROM reading_positions")).one()
    assert position == 5
