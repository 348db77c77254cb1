"""What pages of boards ask of the database: few queries, each along an index, wherever one is."""

import re
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine, event

from app.boards import queries
from app.boards.actions.reading import follow_unless_decided
from app.boards.limits import POSTS_A_PAGE, THREADS_A_PAGE
from app.boards.models import Audience, Follow, Level, MemberMute, Save, Thread
from app.boards.queries import lists
from app.core import drafts
from app.core.database import writing
from app.core.pagination import Key
from app.extensions import db
from app.moderation.models import State
from app.notifications.tasks import tell
from app.tags.actions import load_tags, tag_subject
from tests.boards.bulk import make_long_thread, make_many_threads
from tests.boards.doing import reply, start
from tests.factories import A_MONDAY, make_board, make_post, make_tag, make_thread

APP = Path(__file__).parents[2] / "app"
AHEAD = {"Sec-Purpose": "prefetch"}  # looked at without leaving a reading position
LENGTH = 2_000
LATER = Key(A_MONDAY + timedelta(hours=1), 10)

# Nobody may read these from end to end for a page.
LARGE = ("threads", "posts", "subjects", "versions", "reading_positions", "voices")


@pytest.fixture
def asked(app):
    """Every SELECT the database is asked, with its parameters."""
    found = []

    def note(_connection, _cursor, statement, parameters, *_rest):
        if statement.startswith(("SELECT", "WITH")):
            found.append((statement, parameters))

    event.listen(Engine, "before_cursor_execute", note)
    yield found
    event.remove(Engine, "before_cursor_execute", note)


@pytest.fixture
def place(cast):
    board = make_board()
    long = make_long_thread(cast["insider"], board, 2 * POSTS_A_PAGE)
    for who in ("newcomer", "insider", "facilitator", "curator", "moderator", "organiser"):
        make_many_threads(cast[who], board, 50)
    own = make_thread(cast["member"], board=board)
    post, tag = make_post(long, cast["member"]), make_tag()
    with writing():
        member = cast["member"].id
        db.session.add_all([
            Follow(member_id=member, thread_id=long.id, level=Level.FOLLOW),
            MemberMute(member_id=member, muted_id=cast["curator"].id),
            Save(member_id=member, post_id=post.id, saved_at=A_MONDAY),
        ])  # fmt: skip
        tag_subject(own.subject_id, [tag.slug])
        _let_postgresql_count()
    return {"board": board, "long": long, "own": own}


def _let_postgresql_count():
    """Have it look at the rows of this test: those it remembers were undone."""
    connection = db.session.connection()
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql("ANALYZE")


def plan_of(statement, parameters):
    """Return the steps the database would take, a line each."""
    connection = db.session.connection()
    if connection.dialect.name == "sqlite":
        rows = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)
        return [row[3] for row in rows]
    connection.exec_driver_sql("SET LOCAL enable_seqscan = off")
    rows = connection.exec_driver_sql(f"EXPLAIN (COSTS OFF) {statement}", parameters)
    return [row[0].strip() for row in rows]


def full_scans(plan):
    """Return the steps that read a large table from end to end."""
    name = "|".join(LARGE)
    # A walk along a partial index that ends after a page of rows is what it is there for.
    scan = re.compile(rf"SCAN ({name})(?! USING INDEX ix_threads_waiting)\b|Seq Scan on ({name})\b")
    return [step for step in plan if scan.search(step)]


LISTS = {
    "all": "ix_threads_board_activity", "unread": "ix_threads_board_activity",
    "unanswered": "ix_threads_unanswered", "later": "ix_threads_later",
    "following": "follows", "mine": "ix_threads_voice_activity",
}  # fmt: skip

READS = {
    "the boards": (
        lambda _place, actor: queries.sections_shown_to(actor), "ix_threads_board_activity",
    ),
    "pinned": (
        lambda place, actor: lists.pinned_on(place["board"].id, actor=actor), "ix_threads_pinned",
    ),
    "waiting": (lambda _place, actor: queries.threads_waiting(actor), "ix_threads_waiting"),
    "waiting, older": (
        lambda _place, actor: queries.threads_waiting(actor, after=LATER), "ix_threads_waiting",
    ),
    "nudges": (lambda _place, actor: queries.threads_to_nudge(actor), "ix_threads_waiting"),
    "today": (lambda _place, actor: queries.followed_with_news(actor), "follows"),
    "a board, older": (
        lambda place, actor: queries.threads_on(place["board"].id, actor=actor, after=LATER),
        "ix_threads_board_activity",
    ),
    "my threads": (lambda _place, actor: queries.own_threads(actor), "ix_threads_voice_activity"),
    "my posts": (lambda _place, actor: queries.own_posts(actor), "ix_posts_voice_written"),
    "what waits": (lambda _place, actor: queries.own_waiting(actor), "ix_posts_voice_written"),
    "saved": (lambda _place, actor: queries.saved_posts(actor), "ix_saves_member_saved"),
    "a thread": (
        lambda place, actor: queries.thread_page(place["long"].id, actor=actor, page=2),
        "posts.*thread_id",
    ),
    "a word": (
        lambda place, actor: queries.search_thread(place["long"].id, "alone", actor=actor),
        "posts.*thread",  # by number or by when it was shown: both are one thread's posts alone
    ),
    "a tag": (lambda _place, actor: queries.tag_page("breathing", actor=actor), "subject_tags"),
    "a tag, older": (
        lambda place, actor: queries.tag_page(
            "breathing", actor=actor, after=Key(A_MONDAY, place["own"].id)
        ),
        "subject_tags",
    ),
    "sounds like it": (
        lambda _place, actor: queries.similar_threads("Nights, 7 of them", actor=actor),
        "thread_titles|ix_threads_title_words",
    ),
    "how it turned out": (
        lambda _place, actor: queries.threads_to_ask(actor), "ix_threads_to_ask",
    ),
    "first new": (
        lambda place, actor: queries.place_in_thread(place["long"].id, actor=actor),
        "ix_posts_thread_shown",
    ),
    **{
        show: (
            lambda place, actor, show=show: queries.threads_on(
                place["board"].id, actor=actor, show=queries.Show(show)
            ),
            index,
        )
        for show, index in LISTS.items()
    },
}  # fmt: skip


@pytest.mark.parametrize("who", ["member", "facilitator", "moderator"])
def test_every_list_goes_along_its_index(cast, place, asked, who):
    actor = replace(cast[who], wants_nudges=True)
    for name, (read, index) in READS.items():
        asked.clear()
        read(place, actor)
        plans = [plan_of(*each) for each in list(asked)]
        assert [full_scans(plan) for plan in plans] == [[]] * len(plans), name
        assert re.search(index, "\n".join(step for plan in plans for step in plan)), (name, plans)


def test_no_list_counts_its_way_to_a_page():
    for path in [*APP.glob("*/queries.py"), *APP.glob("*/queries/*.py")]:
        assert not re.search(r"\.offset\(|\bOFFSET\b", path.read_text()), path


def test_a_scan_is_noticed(place, asked):
    """Planted: a list that asks for nothing an index knows."""
    db.session.scalars(db.select(Thread.id).where(Thread.wish == "listen").order_by(Thread.title))
    plan = plan_of(*asked[-1])
    assert full_scans(plan) or db.engine.dialect.name == "postgresql"


@pytest.mark.parametrize("who", ["member", None])
def test_every_page_of_a_long_thread_asks_the_same_few_questions(cast, sign_in, asked, who):
    board = make_board(audience=Audience.PUBLIC)
    thread = make_long_thread(cast["insider"], board, LENGTH)
    client, last = sign_in(cast.get(who)), LENGTH // POSTS_A_PAGE
    counted = {}
    for page in (1, last // 2, last):
        asked.clear()
        answer = client.get(f"/threads/{thread.id}-first-night-home?page={page}", headers=AHEAD)
        assert answer.text.count('<article class="post') == POSTS_A_PAGE
        counted[page] = len(asked)
    assert counted[1] == counted[last // 2] <= counted[last] <= 6, counted


def test_a_page_with_everything_on_it_asks_six_questions(cast, sign_in, asked):
    """Tags, a post that waits, a draft, and something the reader was told of."""
    with writing():
        load_tags()
    thread = start(cast["insider"], make_board(), tags=("night", "tms"))
    make_post(thread, cast["member"], body="It waits.", state=State.HELD)
    with writing():
        drafts.keep(cast["member"].id, f"/threads/{thread.id}/reply", [("body", "Half of it.")])
        follow_unless_decided(thread.id, Level.FOLLOW, actor=cast["member"])
    reply(cast["insider"], thread)
    tell()
    client = sign_in(cast["member"])
    asked.clear()
    page = client.get(f"/threads/{thread.id}-first-night-home", headers=AHEAD).text
    missing = [each for each in ("It waits.", "Half of it.", "TMS", "2 new") if each not in page]
    assert missing == []
    assert len(asked) <= 6


def test_every_page_of_a_board_asks_the_same_few_questions(cast, sign_in, asked):
    board = make_board()
    make_many_threads(cast["insider"], board, 5 * THREADS_A_PAGE)
    client, address, counted = sign_in(cast["member"]), "/boards/talk", []
    while address:
        asked.clear()
        page = client.get(address).text
        counted.append(len(asked))
        older = re.search(r'rel="next" href="([^"]+)"', page)
        address = older and older[1].replace("&amp;", "&")
    assert len(counted) == 5
    assert max(counted) <= 6, counted


def test_the_list_of_boards_asks_the_same_few_questions_however_many_there_are(
    cast, sign_in, asked
):
    client, counted = sign_in(cast["member"]), []
    for boards in (1, 5):
        for n in range(boards):
            make_many_threads(cast["insider"], make_board(f"board-{boards}-{n}"), 5)
        asked.clear()
        assert client.get("/boards").status_code == 200
        counted.append(len(asked))
    assert counted[0] == counted[1] <= 3, counted


@pytest.mark.parametrize(
    "address", ["/", "/threads/waiting", "/my/words", "/my/words?show=threads"]
)
def test_ones_own_pages_ask_few_questions(cast, place, sign_in, asked, address):
    client = sign_in(cast["member"])
    asked.clear()
    assert client.get(address).status_code == 200
    assert len(asked) <= 6
