"""Boards, threads and posts as a browser sees them."""

import pytest

from app.boards.actions import posts as posting
from app.boards.limits import BODY_LONGEST, POSTS_A_PAGE, THREADS_A_PAGE
from app.boards.models import Audience, Policy, Post, Thread
from app.core.database import writing
from app.extensions import db
from app.moderation.models import State
from tests.factories import A_MONDAY, make_board, make_post, make_thread
from tests.pages_of import hidden_inputs


@pytest.fixture
def board(cast):
    return make_board()


@pytest.fixture
def thread(cast, board):
    return make_thread(cast["insider"])


def send(client, path, page=None, **words):
    """Fill in the form that stands on a page, with all it hides, and send it."""
    hidden = hidden_inputs(client.get(page or path, follow_redirects=True), path)
    return client.post(path, data=hidden | words)


def posts():
    db.session.expire_all()
    return db.session.scalars(db.select(Post).order_by(Post.id)).all()


def test_a_member_starts_a_thread_and_is_led_to_it(cast, board, sign_in):
    client = sign_in(cast["member"])
    words = {"title": "Sunday evenings", "body": "It starts at *five*."}
    answer = send(client, "/boards/talk/new", **words)
    assert answer.status_code == 303
    page = client.get(answer.location)
    assert page.status_code == 200
    assert "Sunday evenings" in page.text
    assert "<em>five</em>" in page.text


def test_a_member_replies_and_is_led_to_their_words(cast, thread, sign_in):
    client = sign_in(cast["newcomer"])
    path = f"/threads/{thread.id}/reply"
    answer = send(client, path, f"/threads/{thread.id}", body="Hello <script>\nyou")
    assert (answer.status_code, answer.location) == (
        303,
        f"/threads/{thread.id}-first-night-home#post-2",
    )
    assert "Hello &lt;script&gt;<br>" in client.get(answer.location).text


def test_the_address_of_a_thread_carries_its_title(cast, thread, sign_in):
    client = sign_in(cast["member"])
    right = f"/threads/{thread.id}-first-night-home"
    for wrong in (f"/threads/{thread.id}", f"/threads/{thread.id}-other"):
        assert client.get(wrong).location == right
    assert client.get(right).status_code == 200


def test_a_post_is_found_on_its_page(cast, thread, sign_in):
    for _ in range(POSTS_A_PAGE):
        last = make_post(thread, cast["member"])
    answer = sign_in(cast["member"]).get(f"/posts/{last.id}")
    assert answer.location == f"/threads/{thread.id}-first-night-home?page=2#post-21"


def test_a_title_without_latin_letters_has_an_address_too(cast, board, sign_in):
    thread = make_thread(cast["member"], title="不眠の夜")
    page = sign_in(cast["member"]).get(f"/threads/{thread.id}")
    assert page.status_code == 200
    assert "不眠の夜" in page.text


BAD = [
    ({"title": "", "body": "Words"}, "Give it a title"),
    ({"title": "Hi", "body": "Words"}, "3 to 120"),
    ({"title": "x" * 121, "body": "Words"}, "3 to 120"),
    ({"title": "Night", "body": "  "}, "Write something first"),
    ({"title": "Night", "body": "y" * (BODY_LONGEST + 1)}, "longer than fits"),
    ({"title": "Night"}, "Write something first"),
    ({}, "Give it a title"),
]


@pytest.mark.parametrize(("words", "sentence"), BAD)
def test_bad_input_comes_back_kindly_with_its_words(cast, board, sign_in, words, sentence):
    answer = send(sign_in(cast["member"]), "/boards/talk/new", **words)
    assert answer.status_code == 422
    assert sentence in answer.text
    assert words.get("body", "").strip() in answer.text
    assert words.get("title", "") in answer.text
    assert not posts()


def test_a_missing_or_stale_token_gives_the_form_again_with_its_words(cast, thread, sign_in):
    client = sign_in(cast["member"])
    path = f"/threads/{thread.id}/reply"
    good = hidden_inputs(client.get(f"/threads/{thread.id}-first-night-home"), path)
    for token in ({}, good | {"csrf_token": "stale"}, good | {"form_key": "not a key!"}):
        answer = client.post(path, data={"body": "My long reply"} | token)
        assert answer.status_code == 400
        assert "My long reply" in answer.text
        again = hidden_inputs(answer, path)
    assert len(posts()) == 1
    assert client.post(path, data=again | {"body": "My long reply"}).status_code == 303


def test_sending_a_form_twice_is_sending_it_once(cast, thread, sign_in):
    client = sign_in(cast["member"])
    path = f"/threads/{thread.id}/reply"
    sent = hidden_inputs(client.get(f"/threads/{thread.id}-first-night-home"), path)
    first, second = (client.post(path, data=sent | {"body": "Once"}) for _ in range(2))
    assert first.location == second.location
    assert len(posts()) == 2
    back = client.post(path, data=sent | {"body": "Went back and wrote something else"})
    assert back.location != first.location
    assert len(posts()) == 3


def test_words_survive_when_a_thread_was_locked_meanwhile(cast, thread, sign_in):
    client = sign_in(cast["member"])
    path = f"/threads/{thread.id}/reply"
    sent = hidden_inputs(client.get(f"/threads/{thread.id}-first-night-home"), path)
    with writing():
        db.session.get_one(Thread, thread.id).locked_at = A_MONDAY
    answer = client.post(path, data=sent | {"body": "I was writing"})
    assert answer.status_code == 422
    assert "This thread is resting." in answer.text
    assert "I was writing" in answer.text


def test_too_much_at_once_is_told_when_to_come_back(cast, thread, sign_in, monkeypatch):
    monkeypatch.setattr(posting, "POSTS_A_WINDOW", 0)
    path = f"/threads/{thread.id}/reply"
    answer = send(sign_in(cast["member"]), path, f"/threads/{thread.id}", body="Much")
    assert (answer.status_code, answer.headers["Retry-After"]) == (429, "60")
    assert "Much" in answer.text


def test_an_edit_is_saved_and_says_so(cast, thread, sign_in):
    post = make_post(thread, cast["member"], body="Three hours")
    client = sign_in(cast["member"])
    assert "Three hours" in client.get(f"/posts/{post.id}/edit").text
    answer = send(client, f"/posts/{post.id}/edit", body="Four hours")
    page = client.get(answer.location).text
    assert "Four hours" in page
    assert "Three hours" not in page
    assert "edited" in page


def test_two_edits_side_by_side(cast, thread, sign_in):
    post = make_post(thread, cast["member"], body="Three hours")
    client = sign_in(cast["member"])
    path = f"/posts/{post.id}/edit"
    opened = hidden_inputs(client.get(path), path)
    send(client, path, body="Four hours, from the phone")
    answer = client.post(path, data=opened | {"body": "Five hours, from the desk"})
    assert answer.status_code == 422
    assert "Four hours, from the phone" in answer.text
    assert "Five hours, from the desk" in answer.text
    again = hidden_inputs(answer, path) | {"body": "Both"}
    assert client.post(path, data=again).status_code == 303


def test_words_taken_back_leave_their_place_only(cast, thread, sign_in):
    post = make_post(thread, cast["member"], body="My clinic is on the corner")
    client = sign_in(cast["member"])
    assert send(client, f"/posts/{post.id}/withdraw").status_code == 303
    for who in ("member", "insider", "facilitator", "curator", "organiser"):
        page = sign_in(cast[who]).get(f"/threads/{thread.id}-first-night-home").text
        assert "Withdrawn by its author" in page
        assert "clinic" not in page
    assert "clinic" in sign_in(cast["moderator"]).get(f"/threads/{thread.id}-first-night-home").text


def test_a_suspended_member_can_still_take_words_back(cast, thread, sign_in):
    post = make_post(thread, cast["suspended"])
    answer = send(sign_in(cast["suspended"]), f"/posts/{post.id}/withdraw")
    assert answer.status_code == 303


def test_the_preview_shows_what_saving_would(cast, thread, sign_in):
    client = sign_in(cast["member"])
    path = f"/threads/{thread.id}/reply"
    hidden = hidden_inputs(client.get(f"/threads/{thread.id}-first-night-home"), path)
    words = hidden | {"body": "A *night*\n- one\n- [x](https://example.org)"}
    fragment = client.post("/preview", data=words, headers={"X-Requested-With": "fetch"}).text
    page = client.post("/preview", data=words)
    client.post(path, data=words)
    assert posts()[-1].html == fragment
    assert fragment in page.text
    assert hidden_inputs(page, path)["form_key"] == words["form_key"]


def test_a_preview_leads_back_to_own_pages_only(cast, sign_in, board):
    client = sign_in(cast["member"])
    hidden = hidden_inputs(client.get("/boards/talk/new"), "/boards/talk/new")
    for elsewhere in ("https://evil.example/", "//evil.example", "javascript:alert(1)"):
        page = client.post("/preview", data=hidden | {"body": "Hi", "back_to": elsewhere})
        assert "evil" not in page.text
        assert "javascript:" not in page.text


def test_a_group_thread_does_not_exist_for_an_outsider(cast, group, sign_in):
    thread = make_thread(cast["insider"], board=make_board("private", group=group))
    member = sign_in(cast["member"])
    for path in ("/threads/%s", "/threads/%s/reply", "/boards/%s", "/boards/%s/new"):
        denied = member.get(path % ("private" if "boards" in path else thread.id))
        absent = member.get(path % ("nowhere" if "boards" in path else 999_999))
        assert (denied.status_code, denied.data) == (absent.status_code, absent.data)
        assert denied.status_code == 404
    assert "private" not in member.get("/boards").text
    assert sign_in(cast["insider"]).get("/boards/private").status_code == 200


def test_a_guest_is_asked_to_sign_in_whether_it_exists_or_not(thread, sign_in):
    for number in (thread.id, 999_999):
        answer = sign_in().get(f"/threads/{number}")
        assert answer.location == f"/sign-in?next=/threads/{number}"


def test_a_public_board_is_read_by_everybody(cast, sign_in):
    board = make_board("open-house", audience=Audience.PUBLIC)
    thread = make_thread(cast["member"], board=board, body="About the place")
    guest = sign_in()
    assert "open-house" in guest.get("/boards").text
    assert "First night home" in guest.get("/boards/open-house").text
    page = guest.get(f"/threads/{thread.id}-first-night-home").text
    assert "About the place" in page
    assert "Sign in to answer" in page


def test_a_held_post_is_shown_in_place_to_its_author(cast, sign_in):
    board = make_board(policy=Policy.NEWCOMERS_WAIT)
    thread = make_thread(cast["member"], board=board)
    client = sign_in(cast["newcomer"])
    path = f"/threads/{thread.id}/reply"
    send(client, path, f"/threads/{thread.id}", body="My first words")
    address = f"/threads/{thread.id}-first-night-home"
    assert "My first words" in client.get(address).text
    assert "A person will read this first" in client.get(address).text
    assert "My first words" not in sign_in(cast["member"]).get(address).text

    moderator = sign_in(cast["moderator"])
    held = posts()[-1]
    answer = send(moderator, f"/posts/{held.id}/let-through", address)
    assert answer.status_code == 303
    assert "My first words" in sign_in(cast["member"]).get(address).text


def test_hidden_words_are_fetched_for_moderators_only(cast, thread, sign_in):
    make_post(thread, cast["member"], body="Names a clinic", state=State.HIDDEN)
    address = f"/threads/{thread.id}-first-night-home"
    assert "Names a clinic" not in sign_in(cast["member"]).get(address).text
    assert "Names a clinic" in sign_in(cast["moderator"]).get(address).text


def test_reading_moves_the_reading_position_and_only_forward(cast, thread, sign_in):
    client = sign_in(cast["member"])
    for _ in range(POSTS_A_PAGE):
        make_post(thread, cast["insider"])
    client.get(f"/threads/{thread.id}-first-night-home?page=2")
    client.get(f"/threads/{thread.id}-first-night-home")
    assert db.session.scalar(db.text("SELECT last_number FROM reading_positions")) == 21


def test_fetching_ahead_leaves_no_reading_position(cast, thread, sign_in):
    client = sign_in(cast["member"])
    ahead = {"Sec-Purpose": "prefetch"}
    client.get(f"/threads/{thread.id}-first-night-home", headers=ahead)
    assert db.session.scalar(db.text("SELECT count(*) FROM reading_positions")) == 0


def test_a_board_lists_the_latest_activity_first_page_by_page(cast, board, sign_in):
    for n in range(THREADS_A_PAGE + 3):
        make_thread(cast["member"], title=f"Night {n:02}", last_post_at=A_MONDAY.replace(minute=n))
    client = sign_in(cast["member"])
    first = client.get("/boards/talk")
    assert first.text.index("Night 22") < first.text.index("Night 03")
    assert "Night 02" not in first.text
    older = first.text.split('rel="next" href="')[1].split('"')[0]
    assert "Night 02" in client.get(older).text
    assert "Night 03" not in client.get(older).text


@pytest.mark.parametrize(
    "page", ["0", "-1", "x", "1.5", "99999999999999999999", "%00", "1-0", "２"]
)
def test_a_page_that_is_none_is_not_there(cast, thread, sign_in, page):
    client = sign_in(cast["member"])
    assert client.get(f"/threads/{thread.id}-first-night-home?page={page}").status_code == 404
    assert client.get(f"/boards/talk?page={page}").status_code == 404


@pytest.mark.parametrize("page", [1, 3])
def test_a_page_takes_the_same_few_queries_wherever_it_lies(
    cast, thread, sign_in, statements, page
):
    for _ in range(3 * POSTS_A_PAGE):
        make_post(thread, cast["member"])
    client = sign_in(cast["member"])
    for path in (f"/threads/{thread.id}-first-night-home?page={page}", "/boards/talk", "/boards"):
        statements.clear()
        assert client.get(path, headers={"Sec-Purpose": "prefetch"}).status_code == 200
        assert len(statements) <= 6, statements
