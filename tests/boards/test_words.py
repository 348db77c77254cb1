"""Finding a word in a thread, and one's own words wherever they stand."""

import re

import pytest

from app.boards import queries
from app.boards.limits import WORDS_A_PAGE
from app.boards.models import Audience, MemberMute, Post, Save, Thread
from app.boards.queries import Words
from app.care.models import ContentNote
from app.core import drafts
from app.core.database import writing
from app.core.errors import NotFound
from app.extensions import db
from app.moderation.models import State
from tests.boards.doing import reply, start, withdraw
from tests.factories import A_MONDAY, make_board, make_post, make_thread


@pytest.fixture
def board(cast):
    return make_board()


def found(thread, asked, actor):
    return [post.number for post in queries.search_thread(thread.id, asked, actor=actor).posts]


@pytest.fixture
def thread(cast, board):
    thread = make_thread(cast["insider"], body="The ward was *quiet* at night.")
    for body in ("A quiet NIGHT & 5 % less", "Über die Straße", "<b>quiet</b>\nward, quiet night"):
        make_post(thread, cast["insider"], body=body)
    return thread


@pytest.mark.parametrize(
    ("asked", "numbers"),
    [
        ("quiet", [4, 2, 1]), ("QUIET night", [4, 2, 1]), ("night quiet ward", [4, 1]),
        ("qui", [4, 2, 1]), ("über", [3]), ("STRASSE", [3]), ("strasse", [3]), ("&", [2]),
        ("%", [2]), ("_", []), ("<b>", [4]), ("5 %", [2]), ("amp", []), ("strong", []),
        ("nowhere", []), ("", []), ("  ", []),
    ],
)  # fmt: skip
def test_posts_are_found_that_hold_every_word(cast, thread, asked, numbers):
    assert found(thread, asked, cast["member"]) == numbers


@pytest.mark.parametrize("who", ["member", "insider", "moderator"])
def test_what_is_out_of_sight_is_never_found(cast, thread, who):
    make_post(thread, cast["insider"], body="secret one", state=State.HIDDEN)
    make_post(thread, cast["insider"], body="secret two", state=State.HELD)
    withdraw(cast["insider"], make_post(thread, cast["insider"], body="secret three"))
    assert found(thread, "secret", cast[who]) == []


def test_a_thread_out_of_reach_is_not_searched(cast, group):
    thread = make_thread(cast["insider"], board=make_board("private", group=group))
    with pytest.raises(NotFound):
        found(thread, "hello", cast["member"])
    assert found(thread, "hello", cast["insider"]) == [1]


def test_a_muted_member_is_not_found(cast, thread):
    with writing():
        db.session.add(MemberMute(member_id=cast["member"].id, muted_id=cast["insider"].id))
    assert found(thread, "quiet", cast["member"]) == []


def test_the_words_found_are_marked_and_nothing_typed_becomes_markup(cast, thread, sign_in):
    client = sign_in(cast["member"])
    page = client.get(f"/threads/{thread.id}/search", query_string={"q": "quiet <b>"}).text
    assert (
        "<mark>&lt;b&gt;</mark><mark>quiet</mark>&lt;/b&gt; ward, <mark>quiet</mark> night" in page
    )
    assert 'value="quiet &lt;b&gt;"' in page
    assert f'href="/posts/{db.session.scalars(db.select(db.func.max(Post.id))).one()}"' in page


def test_a_long_post_is_shown_around_the_word(cast, thread):
    make_post(thread, cast["insider"], body="before " * 90 + "needle " + "after " * 90)
    post = queries.search_thread(thread.id, "NEEDLE", actor=cast["member"]).posts[0]
    words = "".join(piece for piece, _is_found in post.snippet)
    assert re.fullmatch(r"… (before )+needle (after ?)+\w*…", words)
    assert len(words) < 220
    assert [piece for piece, is_found in post.snippet if is_found] == ["needle"]


def test_a_folded_post_is_found_without_its_words(cast, board, sign_in):
    thread = start(cast["insider"], board)
    reply(cast["insider"], thread, "I cut the bread", notes=(ContentNote.SELF_HARM,))
    page = sign_in(cast["member"]).get(f"/threads/{thread.id}/search?q=bread").text
    assert "self-harm" in page
    assert "I cut" not in page


def test_nothing_found_is_said_kindly(cast, thread, sign_in):
    client = sign_in(cast["member"])
    page = client.get(f"/threads/{thread.id}/search?q=lighthouse").text
    assert "Nothing in this thread has all of these words." in page
    assert client.get(f"/threads/{thread.id}/search").status_code == 200
    assert (
        client.get(f"/threads/{thread.id}/search", query_string={"q": "x" * 999}).status_code == 200
    )


def test_a_guest_searches_what_is_public(cast, sign_in):
    thread = make_thread(cast["member"], board=make_board(audience=Audience.PUBLIC))
    assert "<mark>Hello</mark>" in sign_in().get(f"/threads/{thread.id}/search?q=hello").text


def shown(client, show):
    page = client.get(f"/my/words?show={show}").text
    return page.partition("<h1>")[2].partition("</main>")[0]


def test_own_posts_are_found_again_whatever_became_of_them(cast, board, sign_in):
    thread = make_thread(cast["insider"], title="Sundays")
    for body in ("Kept words", "Hidden words", "Held words"):
        make_post(thread, cast["member"], body=body)
    states = {"Hidden": State.HIDDEN, "Held": State.HELD}
    with writing():
        for post in db.session.scalars(db.select(Post)):
            post.state = states.get(str(post.html)[3:].split()[0], post.state)
    withdraw(cast["member"], make_post(thread, cast["member"], body="Regretted words"))
    client = sign_in(cast["member"])
    posts = shown(client, "posts")
    assert "Kept words" in posts and "Held words" in posts
    assert "Hidden words" not in posts and "Regretted words" not in posts
    assert "taken back" in posts and "out of sight" in posts and "waits for a look" in posts
    assert "Hello." not in posts
    waiting = shown(client, "waiting")
    assert "Held words" in waiting and "Kept words" not in waiting
    assert "Kept words" not in shown(sign_in(cast["insider"]), "posts")


def test_the_title_of_a_thread_out_of_reach_is_not_told(cast, board, group, sign_in):
    thread = make_thread(cast["insider"], board=board, title="Sundays")
    make_post(thread, cast["member"], body="My words")
    with writing():
        db.session.get_one(Thread, thread.id).state = State.HIDDEN
    posts = shown(sign_in(cast["member"]), "posts")
    assert "My words" in posts
    assert "Sundays" not in posts and "/posts/" not in posts


def test_own_threads_and_saved_posts_are_listed(cast, board, sign_in):
    start(cast["member"], board, title="My evenings")
    theirs = start(cast["insider"], board, title="Their nights", notes=(ContentNote.ABUSE,))
    post = reply(cast["insider"], theirs, "Worth keeping")
    with writing():
        db.session.add(Save(member_id=cast["member"].id, post_id=post.id, saved_at=A_MONDAY))
    client = sign_in(cast["member"])
    assert "My evenings" in shown(client, "threads")
    assert "Their nights" not in shown(client, "threads")
    saved = shown(client, "saved")
    assert "Worth keeping" in saved and "by insider" in saved
    assert "Their nights" in saved.split('<details class="content-fold">')[1]
    assert "saved nothing" in shown(sign_in(cast["curator"]), "saved")


def test_what_was_saved_goes_when_it_is_out_of_reach_or_sight(cast, group, sign_in):
    thread = make_thread(cast["facilitator"], board=make_board("private", group=group))
    post = make_post(thread, cast["facilitator"], body="Not for all")
    with writing():
        for who in ("member", "insider"):
            db.session.add(Save(member_id=cast[who].id, post_id=post.id, saved_at=A_MONDAY))
    assert "Not for all" not in shown(sign_in(cast["member"]), "saved")
    assert "Not for all" in shown(sign_in(cast["insider"]), "saved")
    withdraw(cast["facilitator"], post)
    saved = shown(sign_in(cast["insider"]), "saved")
    assert "Not for all" not in saved and "taken back" in saved


def test_own_words_go_on_page_by_page(cast, board, sign_in):
    thread = make_thread(cast["insider"])
    for n in range(WORDS_A_PAGE + 2):
        make_post(
            thread, cast["member"], body=f"Note {n:02}", written_at=A_MONDAY.replace(minute=n)
        )
    client = sign_in(cast["member"])
    first = shown(client, "posts")
    older = first.split('rel="next" href="')[1].split('"')[0].replace("&amp;", "&")
    assert re.findall(r"Note \d\d", first)[:2] == ["Note 21", "Note 20"]
    assert re.findall(r"Note \d\d", client.get(older).text) == ["Note 01", "Note 00"]


def test_drafts_are_listed_first_and_can_be_thrown_away(cast, board, sign_in):
    thread = make_thread(cast["insider"], title="Sundays")
    member = cast["member"].id
    with writing():
        drafts.keep(member, "/boards/talk/new", [("title", "Mornings"), ("body", "It begins")])
        drafts.keep(member, f"/threads/{thread.id}/reply", [("body", "I meant to say")])
    client = sign_in(cast["member"])
    page = client.get("/my/words").text
    assert 'href="/boards/talk/new">Mornings<' in page
    assert f'href="/threads/{thread.id}/reply">Sundays<' in page
    assert "I meant to say" in page
    assert "/discard" in page
    assert "Mornings" not in sign_in(cast["insider"]).get("/my/words?show=drafts").text


@pytest.mark.parametrize("show", [*Words, "sideways"])
def test_each_of_ones_own_lists_says_kindly_that_it_is_empty(cast, sign_in, show):
    page = sign_in(cast["member"]).get(f"/my/words?show={show}")
    assert page.status_code == 200
    assert 'class="empty-state"' in page.text
