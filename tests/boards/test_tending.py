"""Looking after threads: titles, rest, the archive, age, and how it turned out."""

from datetime import timedelta

import pytest

from app.boards import actions, queries
from app.boards.models import Board, Post, Thread, Wish
from app.core import clock, text
from app.core.database import writing
from app.core.errors import NotAllowed, NotFound, RuleBroken
from app.extensions import db
from app.moderation.models import LogRow, State, Version
from app.notifications.models import Event
from app.permissions import GUEST
from tests.factories import A_MONDAY, make_board, make_post, make_thread
from tests.pages_of import hidden_inputs

WAYS = {
    "lock": (actions.lock_thread, actions.unlock_thread, "unlock", "locked_at"),
    "archive": (actions.archive_thread, actions.reopen_thread, "reopen", "archived_at"),
    "pin": (actions.pin_thread, actions.unpin_thread, "unpin", "pinned_at"),
}


@pytest.fixture
def board(cast):
    return make_board()


@pytest.fixture
def thread(cast, board):
    return make_thread(cast["member"], last_post_at=clock.now())


@pytest.fixture
def asked(cast, board):
    """A thread whose author may be asked since yesterday how it turned out."""
    yesterday = clock.now() - timedelta(days=1)
    return make_thread(cast["member"], may_be_asked_at=yesterday, last_post_at=yesterday)


def fresh(row):
    db.session.expire_all()
    return db.session.get_one(type(row), row.id)


def tend(act, actor, thread):
    with writing():
        act(queries.get_thread(thread.id, actor=actor, for_update=True), actor=actor)


def retitle(actor, thread, title, version=1):
    title = text.render_title(title)
    with writing():
        thread = queries.get_thread(thread.id, actor=actor, for_update=True)
        actions.retitle_thread(thread, title, actor=actor, version=version)


def tell(actor, thread, body="Better, mostly."):
    with writing():
        thread = queries.get_thread(thread.id, actor=actor, for_update=True)
        return actions.tell_outcome(thread, actor=actor, body=text.render(body))


def log_rows():
    rows = db.session.execute(db.select(LogRow.verb, LogRow.actor_id).order_by(LogRow.number))
    return [tuple(row) for row in rows]


def send(client, path, page=None, **words):
    hidden = hidden_inputs(client.get(page or path, follow_redirects=True), path)
    return client.post(path, data=hidden | words)


# Another title


def test_an_author_gives_a_thread_another_title_and_both_are_kept(cast, thread):
    retitle(cast["member"], thread, "Second night home")
    retitle(cast["member"], thread, "Third night home", version=2)
    assert fresh(thread).title == "Third night home"
    kept = db.select(Version.source).where(Version.subject_id == thread.subject_id)
    assert db.session.scalars(kept.order_by(Version.number)).all() == [
        "First night home", "Second night home", "Third night home",
    ]  # fmt: skip


def test_the_same_title_is_no_new_version(cast, thread):
    retitle(cast["member"], thread, "First  night home")
    retitle(cast["member"], thread, "First night home")
    assert db.session.query(Event).filter_by(verb="thread:retitle").count() == 0


@pytest.mark.parametrize("who", ["insider", "moderator", "organiser"])
def test_nobody_else_gives_a_thread_another_title(cast, thread, who):
    with pytest.raises(NotAllowed):
        retitle(cast[who], thread, "A better title")


@pytest.mark.parametrize(
    "details",
    [{"locked_at": A_MONDAY}, {"archived_at": A_MONDAY}, {"title": ""}],
)
def test_a_thread_at_rest_keeps_its_title(cast, board, details):
    thread = make_thread(cast["member"], **details)
    with pytest.raises(RuleBroken):
        retitle(cast["member"], thread, "Another title")


def test_a_thread_out_of_sight_keeps_its_title(cast, board):
    for details in ({"state": State.HIDDEN}, {"withdrawn_at": A_MONDAY}):
        thread = make_thread(cast["member"], **details)
        with pytest.raises(NotFound):
            retitle(cast["member"], thread, "Another title")


def test_a_title_that_was_changed_meanwhile_is_shown_beside_yours(cast, thread, sign_in):
    client = sign_in(cast["member"])
    path = f"/threads/{thread.id}/title"
    opened = hidden_inputs(client.get(path), path)
    assert send(client, path, title="From the phone").location.endswith("-from-the-phone")
    answer = client.post(path, data=opened | {"title": "From the desk"})
    assert answer.status_code == 422
    assert "From the phone" in answer.text
    assert 'value="From the desk"' in answer.text
    again = hidden_inputs(answer, path) | {"title": "From the desk"}
    assert client.post(path, data=again).status_code == 303
    assert fresh(thread).title == "From the desk"


def test_the_way_to_another_title_is_shown_to_the_author_while_it_is_open(cast, thread, sign_in):
    address, way = f"/threads/{thread.id}-first-night-home", f'href="/threads/{thread.id}/title"'
    assert way in sign_in(cast["member"]).get(address).text
    assert way not in sign_in(cast["moderator"]).get(address).text
    tend(actions.lock_thread, cast["moderator"], thread)
    assert way not in sign_in(cast["member"]).get(address).text


@pytest.mark.parametrize(("title", "sentence"), [("", "Give it a title"), ("Hi", "3 to 120")])
def test_a_title_has_its_measure(cast, thread, sign_in, title, sentence):
    answer = send(sign_in(cast["member"]), f"/threads/{thread.id}/title", title=title)
    assert answer.status_code == 422
    assert sentence in answer.text


# Rest, archive, pins


@pytest.mark.parametrize("way", WAYS)
def test_those_who_look_after_a_thread_do_it_once_and_it_is_logged_once(cast, thread, way):
    do, undo, back, column = WAYS[way]
    for act in (do, do, undo, undo):
        tend(act, cast["moderator"], thread)
        assert (getattr(fresh(thread), column) is not None) == (act is do)
    assert log_rows() == [(way, cast["moderator"].id), (back, cast["moderator"].id)]
    verbs = db.session.scalars(db.select(Event.verb).order_by(Event.id)).all()
    assert verbs == [f"thread:{way}", f"thread:{back}"]


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("who", ["newcomer", "member", "insider", "facilitator", "organiser"])
def test_nobody_else_does(cast, thread, way, who):
    do, undo, *_rest = WAYS[way]
    for act in (do, undo):
        with pytest.raises(NotAllowed):
            tend(act, cast[who], thread)
    assert log_rows() == []


@pytest.mark.parametrize("way", WAYS)
def test_a_facilitator_looks_after_the_threads_of_their_own_group(cast, group, way):
    do, _undo, _back, column = WAYS[way]
    thread = make_thread(cast["insider"], board=make_board("private", group=group))
    tend(do, cast["facilitator"], thread)
    assert getattr(fresh(thread), column) is not None
    with pytest.raises(NotAllowed):
        tend(do, cast["insider"], thread)


def test_what_is_archived_can_be_read_and_taken_back_and_nothing_else(cast, thread, sign_in):
    post = make_post(thread, cast["insider"])
    tend(actions.archive_thread, cast["moderator"], thread)
    page = sign_in(cast["insider"]).get(f"/threads/{thread.id}-first-night-home").text
    assert "This thread is in the archive." in page
    assert "/reply" not in page
    with writing():
        own = queries.get_own_post(post.id, actor=cast["insider"], for_update=True)
        actions.withdraw_post(own, actor=cast["insider"])
    assert fresh(post).is_withdrawn


def test_a_thread_taken_out_of_the_archive_is_as_it_was(cast, thread):
    for act in (actions.lock_thread, actions.archive_thread, actions.reopen_thread):
        tend(act, cast["moderator"], thread)
    assert (fresh(thread).is_locked, fresh(thread).is_archived) == (True, False)


@pytest.mark.parametrize("way", WAYS)
def test_the_buttons_stand_in_the_thread_for_those_who_may(cast, thread, sign_in, way):
    address = f"/threads/{thread.id}-first-night-home"
    assert "For moderators" not in sign_in(cast["member"]).get(address).text
    moderator = sign_in(cast["moderator"])
    path = f"/threads/{thread.id}/{way}"
    assert "undo" not in hidden_inputs(moderator.get(address), path)
    assert send(moderator, path, address).status_code == 303
    assert getattr(fresh(thread), WAYS[way][3]) is not None
    assert hidden_inputs(moderator.get(address), path)["undo"] == "1"
    assert send(moderator, path, address).status_code == 303
    assert getattr(fresh(thread), WAYS[way][3]) is None
    log = moderator.get("/desk/log").text
    assert {"lock": "locked", "archive": "archived", "pin": "pinned"}[way] + " a thread" in log


def test_a_button_that_had_grown_old_comes_back(cast, thread, sign_in):
    moderator = sign_in(cast["moderator"])
    answer = moderator.post(f"/threads/{thread.id}/lock", data={"undo": "1"})
    assert answer.status_code == 400
    assert 'name="undo" value="1"' in answer.text
    assert not fresh(thread).is_locked


# The wish, and the age of a thread


WISHES = [
    (Wish.LISTEN, "member asks: just listen."),
    (Wish.SIMILAR, "member asks for similar experiences."),
    (Wish.ADVICE, "member asks: advice is welcome."),
]


@pytest.mark.parametrize(("wish", "sentence"), WISHES)
def test_the_wish_stands_where_repliers_see_it(cast, board, sign_in, wish, sentence):
    thread = make_thread(cast["member"], wish=wish, last_post_at=clock.now())
    client = sign_in(cast["insider"])
    page = client.get(f"/threads/{thread.id}-first-night-home").text
    above, below = page.split('class="post', 1)
    assert sentence in above
    assert sentence in below
    assert sentence in client.get(f"/threads/{thread.id}/reply").text


def test_without_a_wish_nothing_is_asked(cast, thread, sign_in):
    page = sign_in(cast["insider"]).get(f"/threads/{thread.id}-first-night-home").text
    assert "member asks" not in page


def test_an_old_thread_says_so_before_anybody_answers(cast, board, sign_in):
    long_ago = clock.now() - timedelta(days=400)
    thread = make_thread(cast["member"], started_at=long_ago, last_post_at=long_ago)
    client = sign_in(cast["insider"])
    path, page = f"/threads/{thread.id}/reply", f"/threads/{thread.id}-first-night-home"
    shown = client.get(page).text
    assert f"This is from {long_ago.year}. Things may have changed." in shown
    assert "Reply anyway" in shown
    assert 'href="/boards/talk/new"' in shown
    assert send(client, path, page, body="Still here").status_code == 303
    assert "Things may have changed" not in client.get(page).text


def test_a_thread_of_last_month_is_not_old(cast, board, sign_in):
    last_month = clock.now() - timedelta(days=31)
    thread = make_thread(cast["member"], started_at=last_month, last_post_at=last_month)
    page = sign_in(cast["insider"]).get(f"/threads/{thread.id}-first-night-home").text
    assert "Things may have changed" not in page


# How it turned out


def ids(threads):
    return [thread.id for thread in threads]


def test_authors_who_allowed_it_are_asked_when_it_is_time(cast, asked, board):
    later = clock.now() + timedelta(days=10)
    make_thread(cast["member"], may_be_asked_at=later)
    make_thread(cast["member"])
    assert ids(queries.threads_to_ask(cast["member"])) == [asked.id]
    assert queries.threads_to_ask(cast["insider"]) == ()
    assert queries.threads_to_ask(GUEST) == ()


@pytest.mark.parametrize(
    "details",
    [
        {"locked_at": A_MONDAY}, {"archived_at": A_MONDAY}, {"state": State.HIDDEN},
        {"withdrawn_at": A_MONDAY}, {"title": ""},
    ],
)  # fmt: skip
def test_nobody_is_asked_about_what_takes_no_answer(cast, board, details):
    make_thread(cast["member"], may_be_asked_at=A_MONDAY, **details)
    assert queries.threads_to_ask(cast["member"]) == ()


def test_nobody_is_asked_about_a_board_at_rest(cast, asked):
    with writing():
        db.session.get_one(Board, asked.board_id).closed_at = A_MONDAY
    assert queries.threads_to_ask(cast["member"]) == ()


def test_telling_how_it_turned_out_is_an_answer_and_ends_the_question(cast, asked):
    post = tell(cast["member"], asked)
    assert (post.number, post.tells_outcome) == (2, True)
    assert (fresh(asked).may_be_asked_at, fresh(asked).turned_out_at) == (None, post.shown_at)
    assert queries.threads_to_ask(cast["member"]) == ()
    assert fresh(asked).answered_at is None


@pytest.mark.parametrize("who", ["insider", "moderator"])
def test_only_its_author_tells_how_it_turned_out(cast, asked, who):
    with pytest.raises(NotAllowed):
        tell(cast[who], asked)
    with pytest.raises(NotAllowed):
        tend(actions.ask_no_more, cast[who], asked)


def test_not_this_time_is_asked_no_more(cast, asked, sign_in):
    client = sign_in(cast["member"])
    path = f"/threads/{asked.id}/how-it-turned-out"
    assert send(client, path, not_this_time="y").status_code == 303
    assert fresh(asked).may_be_asked_at is None
    assert len(db.session.scalars(db.select(Post)).all()) == 1
    assert client.post(path, data={"not_this_time": "y"}).status_code == 400


def test_the_thread_asks_its_author_and_nobody_else(cast, asked, sign_in):
    address = f"/threads/{asked.id}-first-night-home"
    assert "how it turned out" not in sign_in(cast["insider"]).get(address).text
    client = sign_in(cast["member"])
    assert "You said we may ask how it turned out." in client.get(address).text
    path = f"/threads/{asked.id}/how-it-turned-out"
    answer = send(client, path, body="I sleep *now*.")
    assert answer.status_code == 303
    page = client.get(answer.location).text
    assert "I sleep <em>now</em>." in page
    assert "How it turned out" in page
    assert "You said we may ask" not in page


def test_an_empty_answer_comes_back_kindly(cast, asked, sign_in):
    answer = send(sign_in(cast["member"]), f"/threads/{asked.id}/how-it-turned-out", body=" ")
    assert answer.status_code == 422
    assert "Write something first." in answer.text


def test_a_thread_that_turned_out_is_listed_so(cast, asked, board, sign_in):
    tell(cast["member"], asked)
    other = make_thread(cast["insider"], title="Another night")
    page = sign_in(cast["insider"]).get("/boards/talk?show=later").text
    assert "First night home" in page
    assert db.session.get_one(Thread, other.id).title not in page
