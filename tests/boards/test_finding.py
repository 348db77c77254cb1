"""Finding one's way: what is new, what is followed, what waits, a word, and one's own words."""

import re
from datetime import timedelta

import html5lib
import pytest

from app.accounts.models import Member
from app.boards import actions, queries
from app.boards.limits import POSTS_A_PAGE, THREADS_A_PAGE
from app.boards.models import Level, MemberMute, Save
from app.care.models import ContentNote
from app.core import clock, drafts
from app.core.database import writing
from app.extensions import db
from tests.boards.doing import reply, start
from tests.factories import A_MONDAY, actor_of, make_board, make_post, make_thread
from tests.pages_of import hidden_inputs

FOLDED = (ContentNote.SELF_HARM, ContentNote.HOSPITAL)


@pytest.fixture
def board(cast):
    return make_board()


def press(client, action, page, **words):
    """Press a button that stands on a page."""
    hidden = hidden_inputs(client.get(page, follow_redirects=True), action)
    return client.post(action, data=hidden | words)


def follow(actor, thread, level=Level.FOLLOW):
    with writing():
        actions.follow(thread, level, actor=actor)


def change(row, **columns):
    with writing():
        for name, value in columns.items():
            setattr(db.session.get_one(type(row), row.id), name, value)


def titles(listed):
    return [thread.title for thread in listed.threads]


def narrowed(board, show, actor):
    return titles(queries.threads_on(board.id, actor=actor, show=queries.Show(show)))


def test_a_list_says_how_much_is_new_and_leads_to_the_first_of_it(cast, board, sign_in):
    thread = start(cast["insider"], board)
    for _ in range(POSTS_A_PAGE):
        make_post(thread, cast["insider"])
    with writing():
        actions.mark_read(thread.id, 20, actor=cast["member"])
    client = sign_in(cast["member"])
    page = client.get("/boards/talk").text
    assert re.search(rf'href="/threads/{thread.id}/unread">1 new<', page)
    assert "1 new post" in client.get("/boards").text
    address = client.get(f"/threads/{thread.id}/unread").location
    assert address == f"/threads/{thread.id}-first-night-home?page=2#post-21"


def test_the_first_new_post_stays_in_reach_after_the_page_was_read(cast, board, sign_in):
    thread = start(cast["insider"], board)
    for _ in range(POSTS_A_PAGE + 5):
        make_post(thread, cast["insider"])
    with writing():
        actions.mark_read(thread.id, 3, actor=cast["member"])
    page = sign_in(cast["member"]).get(f"/threads/{thread.id}-first-night-home").text
    assert f'href="/threads/{thread.id}-first-night-home#post-4">First new post<' in page


def test_where_nothing_is_new_the_way_leads_to_the_end(cast, board, sign_in):
    thread = start(cast["member"], board)
    address = sign_in(cast["member"]).get(f"/threads/{thread.id}/unread").location
    assert address.endswith("#post-1")


def test_one_tap_starts_fresh(cast, board, sign_in):
    start(cast["insider"], board)
    client = sign_in(cast["member"])
    assert press(client, "/boards/fresh", "/boards").status_code == 303
    page = client.get("/boards").text
    assert "Nothing here needs catching up." in page
    assert "new post" not in page


def test_a_member_who_wants_no_counts_is_told_none(cast, board, sign_in):
    thread = start(cast["insider"], board)
    reply(cast["insider"], thread)
    client = sign_in(cast["member"])
    assert "2 new" in client.get("/boards/talk").text
    form = hidden_inputs(client.get("/settings/reading"), None)
    assert client.post("/settings/reading", data=form | {"wants_nudges": "y"}).status_code == 303
    actor = actor_of(cast["member"].id)
    assert (actor.sees_counts, actor.wants_nudges) == (False, True)
    page = client.get("/boards/talk").text + client.get("/boards").text
    assert "new replies" in page
    assert not re.search(r"\d+ (new|repl)", page)
    assert (
        "checked" not in client.get("/settings/reading").text.split("sees_counts")[1].split(">")[0]
    )


def test_a_thread_is_followed_by_one_button(cast, board, sign_in):
    thread = make_thread(cast["insider"], board=board)
    client, address = sign_in(cast["member"]), f"/threads/{thread.id}-first-night-home"
    assert "You don’t follow this thread." in client.get(address).text
    answer = press(client, f"/threads/{thread.id}/follow", address, level="quiet")
    assert (answer.status_code, answer.location) == (303, address)
    assert "You follow this thread quietly." in client.get(address).text


def test_a_follow_without_a_level_is_asked_for_it(cast, board, sign_in):
    thread = make_thread(cast["insider"], board=board)
    client, action = sign_in(cast["member"]), f"/threads/{thread.id}/follow"
    answer = press(client, action, f"/threads/{thread.id}", level="loudly")
    assert answer.status_code == 422
    assert "Choose one of these." in answer.text
    assert client.get(action).status_code == 200


@pytest.mark.parametrize(
    ("show", "found"),
    [
        ("all", ["Pinned", "Answered", "Theirs", "Outcome", "Own"]),
        ("unread", ["Answered", "Theirs", "Outcome"]),
        ("unanswered", ["Theirs", "Outcome", "Own"]),
        ("following", ["Answered", "Own"]),
        ("mine", ["Own"]),
        ("later", ["Outcome"]),
    ],
)
def test_a_board_is_narrowed(cast, board, sign_in, show, found):
    _own, outcome, theirs, answered, pinned = (
        start(cast[who], board, title=title)
        for who, title in [
            ("member", "Own"), ("insider", "Outcome"), ("insider", "Theirs"),
            ("insider", "Answered"), ("insider", "Pinned"),
        ]
    )  # fmt: skip
    change(outcome, turned_out_at=A_MONDAY)
    change(pinned, pinned_at=A_MONDAY, answered_at=A_MONDAY)
    reply(cast["curator"], answered)
    follow(cast["member"], answered, Level.QUIET)
    follow(cast["member"], theirs, Level.OFF)
    with writing():
        actions.mark_read(pinned.id, 1, actor=cast["member"])
    page = sign_in(cast["member"]).get(f"/boards/talk?show={show}").text
    assert re.findall(r'<a href="/threads/\d+-[\w-]+">(\w+)</a>', page) == found
    assert page.count('aria-current="true">') == 2  # the place, and the way it is narrowed


EMPTY = {
    "all": "Nobody has written here yet", "unread": "Nothing here needs catching up",
    "unanswered": "Every thread here has been answered", "mine": "You have started no thread here",
    "following": "You follow no thread on this board", "later": "Nobody has told yet",
    "sideways": "Nobody has written here yet",
}  # fmt: skip


@pytest.mark.parametrize("show", EMPTY)
def test_each_way_to_narrow_says_kindly_that_it_found_nothing(cast, board, sign_in, show):
    assert EMPTY[show] in sign_in(cast["member"]).get(f"/boards/talk?show={show}").text


def test_a_narrowed_list_goes_on_page_by_page(cast, board, sign_in):
    for n in range(THREADS_A_PAGE + 2):
        make_thread(cast["member"], title=f"Night {n:02}", last_post_at=A_MONDAY.replace(minute=n))
    client = sign_in(cast["member"])
    first = client.get("/boards/talk?show=mine").text
    older = first.split('rel="next" href="')[1].split('"')[0].replace("&amp;", "&")
    assert "show=mine" in older
    assert re.findall(r"Night \d\d", client.get(older).text) == ["Night 01", "Night 00"]


def test_pinned_threads_stand_first_and_on_the_first_page_only(cast, board, sign_in):
    oldest = make_thread(cast["member"], title="Read me", last_post_at=A_MONDAY, pinned_at=A_MONDAY)
    for n in range(THREADS_A_PAGE + 1):
        make_thread(cast["member"], last_post_at=A_MONDAY.replace(minute=n + 1))
    client = sign_in(cast["member"])
    first = client.get("/boards/talk").text
    assert first.index("Read me") < first.index("First night home")
    assert first.count("Read me") == 1
    older = first.split('rel="next" href="')[1].split('"')[0]
    assert "Read me" not in client.get(older).text
    assert oldest.title == "Read me"


def test_a_folded_note_goes_before_the_title_in_every_list(cast, board, sign_in):
    thread = start(cast["insider"], board, title="What I did", notes=FOLDED)
    start(cast["insider"], board, title="The ward", notes=(ContentNote.HOSPITAL,))
    follow(cast["member"], thread)
    client = sign_in(cast["member"])
    for address in ("/boards/talk", "/threads/waiting", "/"):
        page = client.get(address).text
        fold = page.split('<details class="content-fold">')[1].split("</details>")[0]
        assert "self-harm, hospital" in fold.lower()
        assert "What I did" in fold
        assert page.count("What I did") == 1
    assert '<span class="tag tag--note">hospital</span>' in client.get("/boards/talk").text


def test_threads_of_muted_members_are_left_out_of_lists(cast, board, sign_in):
    start(cast["insider"], board, title="Muted")
    with writing():
        db.session.add(MemberMute(member_id=cast["member"].id, muted_id=cast["insider"].id))
    client = sign_in(cast["member"])
    for address in ("/boards/talk", "/boards/talk?show=unread", "/threads/waiting"):
        assert "Muted" not in client.get(address).text.partition("<h1>")[2]
    assert "Muted" in sign_in(cast["curator"]).get("/boards/talk").text


def test_a_muted_board_stands_at_the_end_without_a_count_until_it_is_heard_again(
    cast, board, sign_in
):
    start(cast["insider"], board)
    make_board("other")
    client = sign_in(cast["member"])
    assert press(client, "/boards/talk/mute", "/boards/talk").status_code == 303
    page = client.get("/boards").text
    assert page.index("other") < page.index("<h2>Muted</h2>") < page.index('href="/boards/talk"')
    assert "new post" not in page
    assert client.get("/threads/waiting").text.count("First night home") == 0
    press(client, "/boards/talk/mute", "/boards/talk")
    assert "<h2>Muted</h2>" not in client.get("/boards").text


def test_muting_sent_twice_is_muting_once(cast, board, sign_in):
    client = sign_in(cast["member"])
    sent = hidden_inputs(client.get("/boards/talk"), "/boards/talk/mute")
    for _ in range(2):
        assert client.post("/boards/talk/mute", data=sent).status_code == 303
    assert queries.is_board_muted(board.id, actor=cast["member"])


def test_what_waits_for_a_first_reply_is_listed_newest_first(cast, group, board):
    private = make_board("private", group=group)
    with clock.at(A_MONDAY):
        first = start(cast["insider"], board, title="First")
    with clock.at(A_MONDAY + timedelta(hours=1)):
        start(cast["insider"], private, title="Private")
        answered = start(cast["insider"], board, title="Answered")
        locked = start(cast["insider"], board, title="Locked")
        start(cast["member"], board, title="Last")
    reply(cast["curator"], answered)
    change(locked, locked_at=A_MONDAY)
    assert titles(queries.threads_waiting(cast["member"])) == ["Last", "First"]
    assert set(titles(queries.threads_waiting(cast["insider"]))) == {"Last", "Private", "First"}
    reply(cast["curator"], first)
    assert titles(queries.threads_waiting(cast["member"])) == ["Last"]


def test_only_who_asked_for_it_is_told_on_today_what_waits(cast, board, sign_in):
    start(cast["insider"], board, title="Somebody waits")
    start(cast["member"], board, title="My own")
    client = sign_in(cast["member"])
    assert "Somebody waits" not in client.get("/").text
    change(db.session.get_one(Member, cast["member"].id), wants_nudges=True)
    assert "Somebody waits" in client.get("/").text
    assert "My own" not in client.get("/").text


def test_today_shows_followed_threads_that_went_on(cast, board, sign_in):
    followed, quiet, left = (
        start(cast["insider"], board, title=title) for title in ("Followed", "Quiet", "Left")
    )
    for thread, level in ((followed, Level.FOLLOW), (quiet, Level.QUIET), (left, Level.OFF)):
        follow(cast["member"], thread, level)
    client = sign_in(cast["member"])
    page = client.get("/").text
    assert "Followed" in page and "Quiet" in page and "Left" not in page
    press(client, "/boards/fresh", "/")
    assert "Followed" not in client.get("/").text
    assert "Nothing here needs catching up." in client.get("/").text


def test_a_long_thread_offers_to_jump_to_a_page(cast, board, sign_in):
    thread = make_thread(cast["member"], board=board)
    client, address = sign_in(cast["member"]), f"/threads/{thread.id}-first-night-home"
    assert 'name="page"' not in client.get(address).text
    change(thread, last_number=5 * POSTS_A_PAGE + 1)
    page = client.get(address).text
    assert re.search(r'name="page" min="1" max="6"', page)
    assert client.get(f"{address}?page=6").status_code == 200


PAGES = [
    "/", "/boards", "/boards/talk", "/boards/talk?show=following", "/threads/waiting", "/my/words",
    "/threads/{}-first-night-home", "/threads/{}/search?q=hello", "/threads/{}/follow",
    "/my/words?show=threads", "/my/words?show=posts", "/my/words?show=saved", "/settings/reading",
]  # fmt: skip


@pytest.mark.parametrize("address", PAGES)
def test_the_pages_are_what_the_standard_calls_html(cast, board, sign_in, address):
    thread = start(cast["insider"], board, body="Hello.", notes=FOLDED)
    post = reply(cast["member"], thread)
    start(cast["member"], board, title="Mine")
    with writing():
        db.session.add(Save(member_id=cast["member"].id, post_id=post.id, saved_at=A_MONDAY))
        drafts.keep(cast["member"].id, "/boards/talk/new", [("body", "It begins")])
    page = sign_in(cast["member"]).get(address.format(thread.id)).text
    html5lib.HTMLParser(strict=True).parse(page)
    assert len(re.findall(r"<h1\b", page)) == 1
    ids = re.findall(r'\sid="([^"]+)"', page)
    assert len(ids) == len(set(ids))
