"""The demo community: who lives in it, what they say, and that all of it hangs together."""

import re
from collections import Counter

import pytest

from app.accounts.models import Member
from app.boards.models import Board, Post, Thread
from app.boards.queries import posts_visible_to, sections_shown_to, threads_visible_to
from app.core import clock
from app.extensions import db
from app.groups.models import Group
from app.moderation.models import State, Subject, Version
from app.moderation.queries import newest_log_lines, verify_log
from app.permissions import GUEST, Rank, Role, Standing
from tests.conftest import undone_afterwards
from tests.demo.community import actor, demo, rows, said_in

PROMISED = {
    "organiser", "moderator", "moderator2", "curator", "curator2", "facilitator", "facilitator2",
    "insider", "member", "newcomer", "suspended", "unconfirmed",
}  # fmt: skip

AMOUNT = re.compile(r"\d\s?(mg|mcg|µg|ug|ml|milligram|microgram)\b", re.IGNORECASE)

# What people do on the public board is talk about anything but this.
HEALTH = re.compile(
    r"anxi|panic|depress|therap|doctor|medic|treatment|symptom|clinic|diagnos|exposure|CBT|sleep",
    re.IGNORECASE,
)


@pytest.fixture(scope="module", autouse=True)
def loaded(built_app):
    """The community, loaded once for all that only looks at it."""
    with undone_afterwards(built_app):
        done = demo(built_app)
        assert done.exit_code == 0, done.output
        yield


def test_everybody_who_was_promised_is_there():
    assert {member.name for member in rows(Member)} >= PROMISED
    for name, role in (
        ("organiser", Role.ORGANISER), ("moderator", Role.MODERATOR),
        ("moderator2", Role.MODERATOR), ("curator", Role.CURATOR), ("curator2", Role.CURATOR),
    ):  # fmt: skip
        assert role in actor(name).roles
    tuesday, nights = (group.id for group in rows(Group))
    assert actor("facilitator").facilitated_group_ids == {tuesday, nights}
    assert actor("facilitator2").facilitated_group_ids == {tuesday}
    assert actor("insider").group_ids == {nights}
    assert actor("member").group_ids == {tuesday}


def test_everybody_stands_where_they_should():
    assert actor("member").rank == Rank.MEMBER
    assert actor("newcomer").rank == Rank.NEWCOMER
    assert actor("unconfirmed").rank == Rank.UNCONFIRMED
    assert actor("suspended").standing == Standing.SUSPENDED
    assert {m.standing for m in rows(Member) if m.name != "suspended"} == {Standing.GOOD}


def test_the_places_that_were_promised_are_there():
    boards = {board.slug: board for board in rows(Board)}
    assert boards["welcome"].policy == "open" and boards["welcome"].group_id is None
    assert boards["treatments"].policy == "newcomers_wait"
    assert boards["open-house"].is_public
    assert [board.slug for board in boards.values() if board.is_public] == ["open-house"]
    assert [group.slug for group in rows(Group)] == ["tuesday", "night-shift"]


def test_a_private_group_has_a_board_that_only_it_sees():
    for name, sees in (("insider", True), ("facilitator", True), ("member", False)):
        shown = {board.slug for each in sections_shown_to(actor(name)) for board in each.boards}
        assert ("night-shift" in shown) == sees
        threads = db.session.scalars(threads_visible_to(actor(name))).all()
        assert any(thread.board.slug == "night-shift" for thread in threads) == sees


def test_a_guest_reads_the_open_house_and_nothing_else():
    boards = {thread.board.slug for thread in db.session.scalars(threads_visible_to(GUEST))}
    assert boards == {"open-house"}


def test_there_is_something_to_look_at_and_to_do():
    posts = rows(Post)
    assert len(rows(Thread)) >= 14 and len(posts) >= 70
    (held,) = [post for post in posts if post.state == State.HELD]
    assert (held.voice.shown_name, held.thread.board.slug) == ("newcomer", "treatments")
    assert held.number is None
    assert len([post for post in posts if post.is_withdrawn]) == 1
    assert [post.version for post in posts if post.edited_at] == [2]


def test_numbers_are_what_a_recount_gives():
    numbers = {thread.id: [] for thread in rows(Thread)}
    latest = {}
    for post in rows(Post):
        if post.number:
            numbers[post.thread_id].append(post.number)
            latest[post.thread_id] = max(
                post.written_at, latest.get(post.thread_id, post.written_at)
            )
    for thread in rows(Thread):
        assert sorted(numbers[thread.id]) == list(range(1, thread.last_number + 1))
        assert thread.last_post_at >= latest[thread.id]
    versions = Counter(version.subject_id for version in db.session.scalars(db.select(Version)))
    assert {subject.id: subject.version for subject in rows(Subject)} == versions


def test_it_happened_in_order_and_before_now():
    now = clock.now()
    joined = {member.id: member.joined_at for member in rows(Member)}
    for post in rows(Post):
        assert joined[post.author_id] <= post.written_at < now
        assert post.thread.started_at <= post.written_at
    written = [post.written_at for post in rows(Post)]
    assert written == sorted(written)


def test_the_log_tells_how_they_came_to_their_roles():
    assert verify_log() > 10
    lines = newest_log_lines()
    assert {line.verb for line in lines} == {"grant", "let_through"}
    assert [line.at for line in lines] == sorted((line.at for line in lines), reverse=True)


def test_nobody_names_an_amount():
    for version in db.session.scalars(db.select(Version)):
        assert not AMOUNT.search(version.source), version.source


def test_nobody_talks_about_health_in_the_open_house():
    said = said_in("open-house")
    assert len(said) > 10
    assert not [words for words in said if HEALTH.search(words)]


def test_a_moderator_has_something_to_let_through():
    waiting = db.select(Post.id).where(Post.state == State.HELD)
    seen = posts_visible_to(actor("moderator")).with_only_columns(Post.id)
    assert set(db.session.scalars(waiting)) <= set(db.session.scalars(seen))
    assert not set(db.session.scalars(waiting)) & set(
        db.session.scalars(posts_visible_to(actor("member")).with_only_columns(Post.id))
    )
