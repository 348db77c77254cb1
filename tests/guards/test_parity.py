"""A rule that is written twice, in SQL and in Python, must say the same thing twice."""

import pytest

from app.boards import queries
from app.boards.models import Audience, Board, Policy, Post, Thread
from app.core.database import writing
from app.core.errors import NotFound
from app.extensions import db
from app.moderation.models import State
from app.permissions import GUEST, can
from tests.factories import A_MONDAY, make_board, make_post, make_thread

CAST = [
    "guest", "unconfirmed", "newcomer", "member", "insider", "facilitator", "curator", "moderator",
    "organiser", "suspended",
]  # fmt: skip


@pytest.fixture
def boards(cast, group):
    return [
        make_board("open"), make_board("public", audience=Audience.PUBLIC),
        make_board("private", group=group, policy=Policy.EVERYONE_WAITS),
    ]  # fmt: skip


@pytest.fixture
def threads(cast, boards):
    """A thread for every combination of board, author, state, and being taken back."""
    return [
        make_thread(cast[author], board=board, state=state, withdrawn_at=withdrawn)
        for board in boards
        for author in ("member", "insider", "suspended")
        for state in State
        for withdrawn in (None, A_MONDAY)
    ]


@pytest.mark.parametrize("who", CAST)
def test_lists_show_exactly_what_may_be_read(cast, boards, threads, who):
    actor = {"guest": GUEST, **cast}[who]

    allowed = {board.id for board in db.session.query(Board) if can(actor, "board:read", board)}
    assert set(_ids(queries.boards_visible_to(actor))) == allowed

    every = db.session.query(Thread).all()
    allowed = {thread.id for thread in every if can(actor, "thread:read", thread)}
    assert set(_ids(queries.threads_visible_to(actor))) == allowed
    assert {thread.id for thread in threads if _has_page(thread.id, actor)} == allowed


@pytest.mark.parametrize("who", CAST)
def test_posts_have_a_place_for_exactly_those_who_may_read_them(cast, boards, who):
    actor = {"guest": GUEST, **cast}[who]
    for board in boards:
        thread = make_thread(cast["member"], board=board)
        for author in ("member", "insider", "facilitator"):
            for state in State:
                make_post(thread, cast[author], state=state)

    allowed = {post.id for post in db.session.query(Post) if _may_read(actor, post)}
    assert set(_ids(queries.posts_visible_to(actor))) == allowed


def _may_read(actor, post):
    if not can(actor, "thread:read", post.thread):
        return False
    is_own = actor.is_admitted and post.author_id == actor.id
    return post.number is not None or is_own or can(actor, "post:read_held", post)


def _ids(wanted):
    return [row.id for row in db.session.scalars(wanted)]


def _has_page(thread_id, actor):
    try:
        return queries.thread_page(thread_id, actor=actor)
    except NotFound:
        return None


def test_the_guard_notices_a_rule_that_drifted(cast, boards, threads, monkeypatch):
    """Planted: SQL that forgets what was hidden."""
    monkeypatch.setattr(queries, "threads_visible_to", lambda _actor: db.select(Thread))
    with writing():
        db.session.flush()
    with pytest.raises(AssertionError):
        test_lists_show_exactly_what_may_be_read(cast, boards, threads, "member")
