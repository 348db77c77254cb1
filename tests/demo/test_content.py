"""The demo community: who lives in it, what they say, and that all of it hangs together."""

import re
from collections import Counter

import pytest

from app.accounts.models import Member
from app.boards.models import (
    Board,
    Follow,
    Post,
    ReadingPosition,
    Support,
    SupportKind,
    Thread,
    Wish,
)
from app.boards.queries import posts_visible_to, sections_shown_to, threads_visible_to
from app.care.models import SubjectNote
from app.core import clock, text
from app.demo import queries
from app.extensions import db
from app.groups.models import Group
from app.moderation.models import State, Subject, Version
from app.moderation.queries import newest_log_lines, verify_log
from app.permissions import GUEST, Rank, Role, Standing
from app.tags.models import SubjectTag, Tag
from tests.conftest import undone_afterwards
from tests.demo.community import AMOUNT, HEALTH, actor, browser_of, demo, rows, said_in

PROMISED = {
    "organiser", "moderator", "moderator2", "curator", "curator2", "facilitator", "facilitator2",
    "insider", "member", "newcomer", "suspended", "unconfirmed",
}  # fmt: skip


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
    assert len(rows(Board)) >= 12 and len(rows(Thread)) >= 60 and len(posts) >= 600
    (held,) = [post for post in posts if post.state == State.HELD]
    assert (held.voice.shown_name, held.thread.board.slug) == ("newcomer", "treatments")
    assert held.number is None
    assert 1 <= len([post for post in posts if post.is_withdrawn]) <= 6
    assert {post.version for post in posts if post.edited_at} == {2}


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
    assert {line.verb for line in lines} == {"grant", "let_through", "pin"}
    assert [line.at for line in lines] == sorted((line.at for line in lines), reverse=True)


def test_nobody_names_an_amount():
    for version in db.session.scalars(db.select(Version)):
        assert not AMOUNT.search(version.source), version.source


def test_nobody_talks_about_health_in_the_open_house():
    said = said_in("open-house")
    assert len(said) > 10
    assert not [words for words in said if HEALTH.search(words)]


def test_what_is_said_is_as_varied_as_people_are():
    lengths = sorted(len(text.shown_words(post.html)) for post in rows(Post))
    assert lengths[len(lengths) // 10] < 60 and lengths[-len(lengths) // 10] > 250
    assert lengths[-1] > 800
    replies = sorted(thread.last_number for thread in rows(Thread))
    assert replies[0] == 1 and replies[-1] >= 20
    assert {thread.wish for thread in rows(Thread)} == set(Wish)


def test_some_things_were_answered_with_a_quotation_or_with_support():
    posts = {post.id: post for post in rows(Post)}
    quoting = [post for post in posts.values() if post.replying_to_id]
    assert len(quoting) > 20
    for post in quoting:
        quoted = posts[post.replying_to_id]
        assert quoted.thread_id == post.thread_id
        assert post.quoted.removesuffix("…") in text.shown_words(quoted.html)
    given = Counter((s.post_id, s.kind) for s in db.session.scalars(db.select(Support)))
    assert sum(given.values()) > 100
    for post in posts.values():
        assert post.with_you == given[post.id, SupportKind.WITH_YOU]
        assert post.thank_you == given[post.id, SupportKind.THANK_YOU]


def test_notes_and_tags_stand_where_they_belong():
    noted = set(db.session.scalars(db.select(SubjectNote.subject_id)))
    tagged = set(db.session.scalars(db.select(SubjectTag.subject_id)))
    threads = rows(Thread)
    assert len([t for t in threads if t.subject_id in noted]) >= 6
    assert len([t for t in threads if t.subject_id in tagged]) >= 20
    for thread in threads:
        if thread.board.slug in {"announcements", "open-house"}:
            assert thread.subject_id not in noted | tagged
    written = [conversation.tags for conversation in queries.community().conversations]
    known = set(db.session.scalars(db.select(Tag.slug)))
    assert {slug for tags in written for slug in tags} <= known


def test_the_member_has_read_most_and_follows_what_went_on_since():
    member = actor("member")
    read = db.select(Thread.last_number - ReadingPosition.last_number)
    read = read.join_from(ReadingPosition, Thread, Thread.id == ReadingPosition.thread_id)
    behind = db.session.scalars(read.where(ReadingPosition.member_id == member.id)).all()
    assert len(behind) > 40, behind
    assert 0 < len([count for count in behind if count]) < len(behind) / 2
    news = db.select(Follow).join(Thread, Thread.id == Follow.thread_id)
    news = news.join(ReadingPosition, ReadingPosition.thread_id == Thread.id)
    news = news.where(ReadingPosition.member_id == Follow.member_id)
    news = news.where(ReadingPosition.last_number < Thread.last_number)
    assert db.session.scalars(news.where(Follow.member_id == member.id)).all()


def test_a_moderator_has_something_to_let_through():
    waiting = db.select(Post.id).where(Post.state == State.HELD)
    seen = posts_visible_to(actor("moderator")).with_only_columns(Post.id)
    assert set(db.session.scalars(waiting)) <= set(db.session.scalars(seen))
    assert not set(db.session.scalars(waiting)) & set(
        db.session.scalars(posts_visible_to(actor("member")).with_only_columns(Post.id))
    )


def test_every_page_of_it_opens_and_its_links_lead_somewhere(built_app):
    member, client = actor("member"), browser_of(built_app, "member")
    boards = [board.slug for each in sections_shown_to(member) for board in each.boards]
    addresses = {f"/boards/{slug}" for slug in boards}
    addresses |= {f"/threads/{row.id}" for row in db.session.scalars(threads_visible_to(member))}
    for words in [words for slug in boards for words in said_in(slug)]:
        addresses |= set(re.findall(r'href="(/[^"]*)"', words))
    for address in sorted(addresses):
        assert client.get(address, follow_redirects=True).status_code == 200
