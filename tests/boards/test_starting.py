"""Starting a thread: what its author says beforehand, and what they are shown meanwhile."""

import re
from datetime import timedelta

import pytest

from app.boards import actions, queries
from app.boards.limits import ASKED_AFTER, LINKS_OF_A_NEWCOMER, SIMILAR_SHOWN
from app.boards.models import Follow, Level, Policy, Post, Thread, Wish
from app.care.models import ContentNote
from app.care.queries import WORDS, notes_on
from app.core import text
from app.core.database import writing
from app.core.errors import RuleBroken
from app.extensions import db
from app.moderation.models import State
from app.permissions import GUEST
from app.tags.actions import load_tags
from app.tags.limits import MOST_TAGS
from tests.boards.doing import tags_on
from tests.factories import A_MONDAY, make_board, make_thread
from tests.pages_of import hidden_inputs

TITLE = text.render_title("Sunday evenings")
WORDS_WRITTEN = text.render("It starts around five.")


@pytest.fixture
def board(cast):
    return make_board()


@pytest.fixture
def tags(app):
    with writing():
        load_tags()


def start(actor, board, **more):
    opening = actions.Opening(**{"title": TITLE, "body": WORDS_WRITTEN, **more})
    with writing():
        board = queries.get_board(board.slug, actor=actor)
        return actions.start_thread(board, opening, actor=actor)


def opening_post():
    return db.session.scalars(db.select(Post).filter_by(opens_thread=True)).one()


def everything_hidden(page, action):
    """Return the hidden inputs of a form, those of one name together."""
    form = page.text.split(f'action="{action}"')[1].split("</form>")[0]
    found = {}
    for name, value in re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', form):
        found.setdefault(name, []).append(value)
    return hidden_inputs(page, action) | found


def titles(threads):
    return [thread.title for thread in threads]


def send(client, board, **words):
    path = f"/boards/{board.slug}/new"
    hidden = hidden_inputs(client.get(path), path)
    return client.post(path, data=hidden | {"title": "Sunday evenings", "body": "Five."} | words)


# What is said beforehand


def test_a_thread_carries_the_wish_of_its_author(cast, board):
    assert start(cast["member"], board, wish=Wish.LISTEN).wish == Wish.LISTEN
    assert start(cast["member"], board).wish == Wish.NONE


def test_content_notes_stand_on_the_title_and_on_the_words(cast, board):
    notes = (ContentNote.SELF_HARM, ContentNote.HOSPITAL)
    thread = start(cast["member"], board, notes=notes)
    assert notes_on(thread.subject_id) == notes_on(opening_post().subject_id) == notes


def test_tags_stand_on_the_thread(cast, board, tags):
    thread = start(cast["member"], board, tags=("night", "tms", "unheard-of"))
    assert tags_on(thread) == ["night", "tms"]


def test_more_tags_than_mean_anything_are_refused(cast, board, tags):
    many = ("night", "work", "travel", "family", "tms", "ect")
    assert len(many) > MOST_TAGS
    with pytest.raises(RuleBroken, match="at most 5 tags"):
        start(cast["member"], board, tags=many)


def test_an_author_is_asked_in_three_months_only_if_they_said_so(cast, board):
    thread = start(cast["member"], board, may_be_asked=True)
    assert thread.may_be_asked_at == thread.started_at + ASKED_AFTER
    assert start(cast["member"], board).may_be_asked_at is None


def test_who_starts_a_thread_follows_it(cast, board):
    thread = start(cast["member"], board)
    follow = db.session.scalars(db.select(Follow)).one()
    assert (follow.member_id, follow.thread_id) == (cast["member"].id, thread.id)
    assert follow.level == Level.FOLLOW


# How much a newcomer may point elsewhere

LINKS = " ".join(f"https://example.org/{n}" for n in range(LINKS_OF_A_NEWCOMER + 1))
NAMES = "@anna @bo.b @cleo and @Dora"
FEW = "https://example.org/1 https://example.org/2 @anna @bob @cleo @Anna, ring me@example.org"


@pytest.mark.parametrize("body", [LINKS, NAMES])
def test_a_newcomer_s_post_points_to_few_places_and_people(cast, board, body):
    body = text.render(body)
    with pytest.raises(RuleBroken, match="At the beginning"):
        start(cast["newcomer"], board, body=body)
    assert start(cast["member"], board, body=body)


def test_a_newcomer_may_share_a_page_and_greet_somebody(cast, board):
    assert start(cast["newcomer"], board, body=text.render(FEW))


def test_the_measure_is_said_kindly_beside_the_words(cast, board, sign_in):
    answer = send(sign_in(cast["newcomer"]), board, body=LINKS)
    assert answer.status_code == 422
    assert "At the beginning a post can hold 2 links." in answer.text
    assert "https://example.org/0" in answer.text


# The form


def test_a_thread_is_started_with_all_that_was_chosen(cast, board, tags, sign_in):
    client = sign_in(cast["member"])
    chosen = {
        "wish": "similar", "content_notes": ["loss", "hospital"], "situations": ["night"],
        "approaches": ["breathing"], "treatments": ["tms"], "may_be_asked": "y",
    }  # fmt: skip
    answer = send(client, board, **chosen)
    assert answer.status_code == 303
    thread = db.session.scalars(db.select(Thread)).one()
    assert (thread.wish, thread.may_be_asked_at is None) == (Wish.SIMILAR, False)
    assert notes_on(thread.subject_id) == (ContentNote.LOSS, ContentNote.HOSPITAL)
    page = client.get(answer.location).text
    assert "member asks for similar experiences." in page
    for tag in ("breathing", "night", "tms"):
        assert f'href="/tags/{tag}"' in page


def test_title_and_words_are_enough(cast, board, sign_in):
    assert send(sign_in(cast["member"]), board).status_code == 303


def test_every_note_is_offered_with_its_explanation_and_half_wait_behind_more(cast, board, sign_in):
    page = sign_in(cast["member"]).get("/boards/talk/new").text
    assert len(WORDS) == len(ContentNote) == 12
    for note, words in WORDS.items():
        assert f'value="{note}"' in page
        assert str(words.said) in page.replace("&#39;", "'")
    first, rest = page.split("choices__more", 1)
    assert 'value="abuse"' in first
    assert 'value="eating"' in rest


@pytest.mark.parametrize("bad", [{"title": ""}, {"wish": "applause"}, {"content_notes": ["gore"]}])
def test_what_was_chosen_survives_a_refusal(cast, board, tags, sign_in, bad):
    chosen = {
        "wish": "advice", "content_notes": ["abuse", "conflict"], "approaches": ["act"],
        "may_be_asked": "y",
    }  # fmt: skip
    answer = send(sign_in(cast["member"]), board, **chosen | bad)
    assert answer.status_code == 422
    for name, value in (chosen | bad).items():
        for each in [value] if isinstance(value, str) else value:
            if each in {"", "applause", "gore"}:
                continue
            at = answer.text.index(f'value="{each}"' if each != "y" else 'name="may_be_asked"')
            assert "checked" in answer.text[at - 80 : at + 160].partition("<label")[0], name
    assert db.session.scalar(db.select(db.func.count()).select_from(Thread)) == 0


def test_six_tags_come_back_with_a_sentence_beside_them(cast, board, tags, sign_in):
    many = {"situations": ["night", "work", "travel", "family"], "treatments": ["tms", "ect"]}
    answer = send(sign_in(cast["member"]), board, **many)
    assert answer.status_code == 422
    assert "Choose at most 5 tags in all." in answer.text


def test_three_questions_are_written_below_the_words(cast, board, sign_in):
    answer = send(sign_in(cast["member"]), board, body="My own words", questions="y")
    assert answer.status_code == 200
    box = answer.text.split("<textarea")[1].split("</textarea>")[0]
    assert box.index("My own words") < box.index("What has been happening:")
    assert "What would help:" in box
    assert "One thing to fix" not in answer.text
    again = send(sign_in(cast["member"]), board, body="What I have tried:\ntea", questions="y")
    assert again.text.split("<textarea")[1].split("</textarea>")[0].count("What I have tried:") == 1
    assert not db.session.scalars(db.select(Thread)).all()


def test_return_posts_and_does_not_ask_for_the_questions(cast, board, sign_in):
    page = sign_in(cast["member"]).get("/boards/talk/new").text
    form = page.split('action="/boards/talk/new"')[1]
    assert 'name="questions"' not in form.split("<button")[1]


# The preview


def test_the_preview_shows_and_keeps_what_was_chosen(cast, board, tags, sign_in):
    make_thread(cast["insider"], board=board, title="Sunday mornings")
    client = sign_in(cast["member"])
    path = "/boards/talk/new"
    chosen = {
        "title": "Sunday evenings", "body": "Five.", "wish": "listen", "situations": ["night"],
        "content_notes": ["loss", "hospital"], "may_be_asked": "y", "back_to": path,
    }  # fmt: skip
    page = client.post("/preview", data=hidden_inputs(client.get(path), path) | chosen)
    assert "What would help: Just listen" in page.text
    assert "pregnancy" not in page.text
    assert "Sunday mornings" in page.text
    for note in ("loss", "hospital"):
        assert f'name="content_notes" value="{note}"' in page.text
    sent = everything_hidden(page, path) | {"title": "Sunday evenings", "body": "Five."}
    assert client.post(path, data=sent).status_code == 303
    thread = db.session.scalars(db.select(Thread).filter_by(title="Sunday evenings")).one()
    assert (thread.wish, thread.may_be_asked_at is None) == (Wish.LISTEN, False)
    assert notes_on(thread.subject_id) == (ContentNote.LOSS, ContentNote.HOSPITAL)
    assert tags_on(thread) == ["night"]


# Threads that sound like it


def test_threads_that_share_words_are_found_the_likest_first(cast, board):
    for title in ("Evenings", "Work on Sunday evenings", "Sunday", "The dentist"):
        make_thread(cast["insider"], title=title)
    found = queries.similar_threads("SUNDAY evenings at work", actor=cast["member"])
    assert titles(found) == ["Work on Sunday evenings", "Sunday", "Evenings"]


@pytest.mark.parametrize(
    "title", ["", "  ", "at", "***", '"', "a OR b", "OR(", "-", "\x00", "'; --", "😶 ()&|!:*"]
)
def test_a_title_without_words_finds_nothing_and_breaks_nothing(cast, title):
    make_thread(cast["insider"], title="At a or b near")
    assert queries.similar_threads(title, actor=cast["member"]) == ()


@pytest.mark.parametrize(
    "title", ['"Sunday', "sunday* OR", "Sunday') | ('x", "NOT sunday", "sunday:*", "été SUNDAY ☂"]
)
def test_what_is_typed_is_words_and_never_a_query(cast, title):
    make_thread(cast["insider"], title="Sunday")
    assert titles(queries.similar_threads(title, actor=cast["member"])) == ["Sunday"]


def test_words_of_any_script_are_found(cast):
    make_thread(cast["insider"], title="Ночная тревога")
    make_thread(cast["insider"], title="Été à la maison")
    assert titles(queries.similar_threads("тревога ночью", actor=cast["member"]))
    assert titles(queries.similar_threads("mon été", actor=cast["member"]))


def test_only_a_few_are_shown(cast):
    for n in range(SIMILAR_SHOWN + 2):
        make_thread(cast["insider"], title=f"Sunday {n}")
    assert len(queries.similar_threads("Sunday", actor=cast["member"])) == SIMILAR_SHOWN


def test_nothing_out_of_reach_is_found(cast, group):
    private = make_board("private", group=group)
    make_thread(cast["insider"], board=private, title="Sunday in the group")
    talk = make_board("talk")
    make_thread(cast["insider"], board=talk, title="Sunday hidden", state=State.HIDDEN)
    make_thread(cast["insider"], board=talk, title="Sunday held", state=State.HELD)
    make_thread(cast["insider"], board=talk, title="Sunday gone", withdrawn_at=A_MONDAY)
    for who in (cast["member"], cast["suspended"], GUEST):
        assert queries.similar_threads("Sunday", actor=who) == ()
    assert titles(queries.similar_threads("Sunday", actor=cast["insider"])) == [
        "Sunday in the group"
    ]


def test_another_title_is_found_and_the_old_one_no_more(cast, board):
    thread = start(cast["member"], board)
    with writing():
        thread = queries.get_thread(thread.id, actor=cast["member"], for_update=True)
        other = text.render_title("Monday mornings")
        actions.retitle_thread(thread, other, actor=cast["member"], version=1)
    assert queries.similar_threads("Sunday", actor=cast["insider"]) == ()
    assert queries.similar_threads("monday", actor=cast["insider"])


def test_a_fragment_for_the_page_and_a_page_for_everybody_else(cast, board, sign_in):
    make_thread(cast["insider"], title="Sunday <b>mornings</b>")
    client = sign_in(cast["member"])
    address = "/boards/talk/similar?title=sunday"
    fragment = client.get(address, headers={"X-Requested-With": "fetch"}).text
    assert "<html" not in fragment
    assert "One thread sounds like it" in fragment
    assert "Sunday &lt;b&gt;mornings" in fragment
    assert fragment.strip() in client.get(address).text
    assert "Yours would be the first" in client.get("/boards/talk/similar?title=dentist").text


def test_a_title_follows_its_note_there_too(cast, board, sign_in):
    start(cast["insider"], board, notes=(ContentNote.ABUSE,))
    page = sign_in(cast["member"]).get("/boards/talk/similar?title=sunday").text
    assert "Sunday evenings" not in page
    assert "Abuse." in page


def test_waiting_for_a_look_nothing_is_lost(cast, tags, sign_in):
    board = make_board("talk", policy=Policy.NEWCOMERS_WAIT)
    answer = send(sign_in(cast["newcomer"]), board, wish="listen", situations=["night"])
    page = sign_in(cast["newcomer"]).get(answer.location).text
    assert "A person will read this first" in page
    assert "newcomer asks: just listen." in page
    assert sign_in(cast["member"]).get(answer.location).status_code == 404


def test_three_months_are_three_months():
    assert timedelta(days=85) < ASKED_AFTER < timedelta(days=95)
