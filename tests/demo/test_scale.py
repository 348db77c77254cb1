"""flask demo --scale: a place of any size in which every counter is what a recount gives."""

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
    Voice,
)
from app.care.models import SubjectNote
from app.core import bulk, clock, text
from app.core.database import writing
from app.demo import limits, queries, tasks
from app.demo.limits import SCALES, LongThread, Scale
from app.demo.queries import place
from app.extensions import db
from app.groups.models import Group
from app.moderation.models import State, Subject, Version
from app.moderation.queries import verify_log
from app.tags.models import SubjectTag
from tests.conftest import undone_afterwards
from tests.demo.community import AMOUNT, HEALTH, actor, browser_of, demo, rows

NOW = clock.now().replace(microsecond=0)
LONG = LongThread("open-house", "What is on your windowsill today?", 90)


@pytest.fixture(scope="module", autouse=True)
def small(built_app):
    """The demo community, and how large it is to be: somewhat larger than it is."""
    with undone_afterwards(built_app), pytest.MonkeyPatch.context() as patch:
        # Things that are rare in a large place happen in a small one as well.
        for share in (
            "ARCHIVED",
            "HIDDEN",
            "HIDDEN_THREADS",
            "WITHDRAWN",
            "TURNED_OUT",
            "PINNED",
            "HELD",
        ):
            patch.setattr(limits, share, 0.2)
        patch.setattr(limits, "PARAGRAPHS", 60)
        patch.setattr(limits, "POSTS_A_BATCH", 150)
        with clock.at(NOW):
            assert demo(built_app).exit_code == 0
        has = place.counted()
        yield Scale(has.members + 25, has.threads + 70, has.posts + 600, (LONG,))


@pytest.fixture(scope="module")
def large(small):
    enlarge(small)


def enlarge(scale):
    with clock.at(NOW):
        return list(tasks.enlarge(scale, queries.password_hash_of_demo_people()))


def test_the_same_scale_makes_the_same_place(small):
    connection, seen = db.engines[None], []
    for _ in range(2):
        db.session.remove()
        undone = connection.begin_nested()
        enlarge(small)
        seen.append(everything())
        db.session.remove()
        undone.rollback()
    assert seen[0] == seen[1]


def everything():
    """Return what is there without its ids."""
    posts = db.select(Thread.title, Post.number, Post.html, Post.written_at, Post.state)
    posts = posts.add_columns(Post.with_you, Post.thank_you, Post.withdrawn_at, Voice.shown_name)
    posts = posts.select_from(Post).join(Thread, Thread.id == Post.thread_id)
    posts = posts.join(Voice, Voice.id == Post.voice_id).order_by(Post.written_at, Post.id)
    members = db.select(Member.name, Member.joined_at, Member.welcomed_at).order_by(Member.id)
    read = db.select(Member.name, Thread.title, ReadingPosition.last_number)
    read = read.select_from(ReadingPosition).join(Member).join(Thread)
    return [
        db.session.execute(posts).all(),
        db.session.execute(members).all(),
        sorted(map(tuple, db.session.execute(read))),
    ]


def test_it_holds_exactly_what_was_promised(small, large):
    assert place.counted() == place.Counted(small.members, small.threads, small.posts)
    endless = db.session.scalars(db.select(Thread).where(Thread.title == LONG.title)).one()
    assert endless.board.slug == LONG.board
    assert len([post for post in rows(Post) if post.thread_id == endless.id]) == LONG.posts


def test_numbers_are_dense_and_in_order(large):
    for thread, posts in threads_with_posts():
        numbered = sorted((p for p in posts if p.number), key=lambda p: p.number)
        assert [p.number for p in numbered] == list(range(1, thread.last_number + 1))
        assert [p.shown_at for p in numbered] == sorted(p.shown_at for p in numbered)
        assert all((p.number is None) == (p.state == State.HELD) for p in posts)
        assert sum(p.opens_thread for p in posts) == 1
        if numbered:
            assert thread.last_post_at == numbered[-1].shown_at


def test_answers_are_known(large):
    for thread, posts in threads_with_posts():
        answers = [
            p.shown_at for p in posts
            if p.is_in_sight and p.number and p.voice_id != thread.voice_id
        ]  # fmt: skip
        assert thread.answered_at == min(answers, default=None)
        told = [p.shown_at for p in posts if p.tells_outcome]
        assert thread.turned_out_at == min(told, default=None)
        taken_back = next(p.withdrawn_at for p in posts if p.opens_thread)
        assert (thread.title == "") == (taken_back is not None)
        assert (thread.withdrawn_at is not None) == bool(taken_back and thread.last_number <= 1)


def test_support_is_counted(large):
    given = Counter((s.post_id, s.kind) for s in db.session.scalars(db.select(Support)))
    own = {(post.id, post.author_id) for post in rows(Post)}
    for post in rows(Post):
        assert post.with_you == given[post.id, SupportKind.WITH_YOU]
        assert post.thank_you == given[post.id, SupportKind.THANK_YOU]
    assert not own & {(s.post_id, s.member_id) for s in db.session.scalars(db.select(Support))}


def test_subjects_and_versions_stand_for_what_is_shown(large):
    versions = {(v.subject_id, v.number): v for v in db.session.scalars(db.select(Version))}
    subjects = {subject.id: subject for subject in rows(Subject)}
    for thing in (*rows(Thread), *rows(Post)):
        assert subjects[thing.subject_id].state == thing.state
        assert subjects[thing.subject_id].voice_id == thing.voice_id
        assert subjects[thing.subject_id].group_id == thing.group_id
    numbers = Counter(subject_id for subject_id, _number in versions)
    assert {subject.id: subject.version for subject in subjects.values()} == numbers
    for post in rows(Post):
        newest = versions[post.subject_id, post.version]
        assert post.html == (newest.html or "")
        assert (newest.source is None) == (newest.emptied_at is not None)


def test_words_show_as_they_would_if_they_were_rendered_now(large):
    for version in db.session.scalars(
        db.select(Version).join(Subject).where(Subject.kind == "post")
    ):
        if version.source is not None:
            assert text.render(version.source).html == version.html


def test_quotations_stand_in_what_they_quote(large):
    posts = {post.id: post for post in rows(Post)}
    quoting = [post for post in posts.values() if post.replying_to_id]
    assert quoting
    for post in quoting:
        quoted = posts[post.replying_to_id]
        assert quoted.thread_id == post.thread_id and quoted.written_at < post.written_at
        assert post.quoted.removesuffix("…") in text.shown_words(quoted.html)


def test_nobody_read_further_than_there_is(large):
    ends = {thread.id: thread.last_number for thread in rows(Thread)}
    read = {
        (p.member_id, p.thread_id): p.last_number
        for p in db.session.scalars(db.select(ReadingPosition))
    }
    assert all(number <= ends[thread_id] for (_member, thread_id), number in read.items())
    followed = {(f.member_id, f.thread_id) for f in db.session.scalars(db.select(Follow))}
    wrote = {(p.author_id, p.thread_id): p.number for p in rows(Post) if p.number}
    for each, number in wrote.items():
        assert read[each] >= number
    assert followed >= wrote.keys()
    assert {actor("member").id} < {member_id for member_id, _thread in read}


def test_people_write_only_where_and_when_they_may(large):
    (nights,) = (group.id for group in rows(Group) if group.slug == "night-shift")
    inside = place.members_of(nights)
    joined = {member.id: member.joined_at for member in rows(Member)}
    for post in rows(Post):
        assert joined[post.author_id] <= post.written_at <= NOW
        assert post.group_id != nights or post.author_id in inside
    for thread in rows(Thread):
        assert (thread.group_id, thread.is_public) == (
            thread.board.group_id,
            thread.board.is_public,
        )


def test_health_stays_inside_and_nobody_names_an_amount(large):
    public = {thread.id: thread for thread in rows(Thread) if thread.is_public}
    for post in rows(Post):
        assert not AMOUNT.search(post.html)
        if post.thread_id in public:
            assert not HEALTH.search(post.html) and not HEALTH.search(post.thread.title)
    for carried in (SubjectNote.subject_id, SubjectTag.subject_id):
        about = set(db.session.scalars(db.select(carried)))
        assert not about & {thread.subject_id for thread in public.values()}


def test_all_kinds_of_things_happen(large):
    posts, threads = rows(Post), rows(Thread)
    assert {post.state for post in posts} == set(State)
    assert any(p.is_withdrawn for p in posts) and any(p.edited_at for p in posts)
    assert {thread.state for thread in threads} >= {State.VISIBLE, State.HIDDEN}
    for happened in ("pinned_at", "archived_at", "turned_out_at", "may_be_asked_at"):
        assert any(getattr(thread, happened) for thread in threads), happened
    assert verify_log() > len([post for post in posts if post.state == State.HIDDEN])


def test_its_pages_open(large, built_app):
    endless = db.session.scalars(db.select(Thread).where(Thread.title == LONG.title)).one()
    newest = db.session.scalars(db.select(Thread.id).order_by(Thread.id.desc()).limit(10)).all()
    boards = [f"/boards/{board.slug}" for board in rows(Board) if board.group_id is None]
    ends = [f"/threads/{endless.id}?page={page}" for page in (1, LONG.posts // 20)]
    client = browser_of(built_app, "moderator")
    for address in ("/boards", *boards, *ends, *(f"/threads/{each}" for each in newest)):
        assert client.get(address, follow_redirects=True).status_code == 200, address
    for address in ends:
        page = built_app.test_client().get(address, follow_redirects=True)
        assert page.status_code == 200


def test_what_comes_next_is_numbered_after_it(large):
    with writing():
        group = Group(slug="new", name="New")
        db.session.add(group)
        subject = Subject(kind="post", voice_id=rows(Voice)[0].id, state=State.VISIBLE, version=0)
        db.session.add(subject)
    assert subject.id == bulk.newest_id(Subject)


def test_it_can_be_asked_for_once(small, large, built_app, monkeypatch):
    before = place.counted()
    again = demo(built_app, "--scale", "medium")
    assert again.exit_code == 1
    assert "This place was made larger before" in again.output
    monkeypatch.setattr(place, "is_scaled", lambda: False)
    monkeypatch.setitem(SCALES, "medium", small)
    assert "holds more than that already" in demo(built_app, "--scale", "medium").output
    assert place.counted() == before


def test_it_says_how_far_it_is(small, built_app, monkeypatch):
    connection = db.engines[None]
    db.session.remove()
    undone = connection.begin_nested()
    monkeypatch.setattr(place, "is_scaled", lambda: False)
    has = place.counted()
    monkeypatch.setitem(SCALES, "medium", Scale(has.members, has.threads + 60, has.posts + 400))
    done = demo(built_app, "--scale", "medium")
    db.session.remove()
    undone.rollback()
    assert done.exit_code == 0, done.output
    assert re.search(r"[\d,]+ posts after \d+ s", done.output)


def test_it_is_refused_in_production(built_app, monkeypatch):
    monkeypatch.setitem(built_app.config, "HANDRAIL_ENV", "production")
    before = place.counted()
    assert demo(built_app, "--scale", "medium").exit_code == 1
    assert place.counted() == before


def threads_with_posts():
    posts = {}
    for post in rows(Post):
        posts.setdefault(post.thread_id, []).append(post)
    return [(thread, posts[thread.id]) for thread in rows(Thread)]
