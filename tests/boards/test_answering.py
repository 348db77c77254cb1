"""Answering in a thread, and quotations, which live and go with the words they come from."""

import pytest

from app.boards import actions, queries
from app.boards.actions import Beside
from app.boards.limits import QUOTED_LONGEST
from app.boards.models import Follow, Level, Post, Thread
from app.care.models import ContentNote
from app.care.queries import notes_on
from app.core import text
from app.core.database import writing
from app.core.errors import RuleBroken
from app.extensions import db
from app.moderation import actions as moderation
from app.moderation.models import State, Subject
from tests.factories import A_MONDAY, make_board, make_post, make_thread
from tests.pages_of import forms_of, hidden_inputs

BODY = "It starts around *five*, when the light goes.\n\nThen I cook & sing."


@pytest.fixture
def thread(cast):
    return make_thread(cast["insider"], board=make_board(), body=BODY)


@pytest.fixture
def opening(thread):
    return db.session.scalars(db.select(Post).filter_by(thread_id=thread.id, number=1)).one()


def reply(actor, thread, beside, words="Me too."):
    body = text.render(words)
    with writing():
        thread = queries.get_thread(thread.id, actor=actor, for_update=True)
        return actions.reply(thread, actor=actor, body=body, beside=beside)


def edit(actor, post, words, notes=None):
    with writing():
        post = queries.get_post(post.id, actor=actor, for_update=True)
        body = text.render(words)
        actions.edit_post(post, actor=actor, body=body, version=post.version, notes=notes)


def hide(actor, subject_id):
    with writing():
        moderation.hide(db.session.get_one(Subject, subject_id), actor=actor)


def fresh(row):
    db.session.expire_all()
    return db.session.get_one(type(row), row.id)


def page_of(client, thread):
    return client.get(f"/threads/{thread.id}-first-night-home").text


def test_a_passage_is_quoted_as_it_reads_on_the_page(cast, thread, opening):
    beside = Beside(opening.id, "around five,  when\nthe light")
    answer = reply(cast["member"], thread, beside)
    assert (answer.replying_to_id, answer.quoted) == (opening.id, "around five, when the light")
    over_two_lines = reply(cast["member"], thread, Beside(opening.id, "goes. Then I cook & sing."))
    assert over_two_lines.quoted == "goes. Then I cook & sing."


@pytest.mark.parametrize(
    "passage", ["I never said this", "around six", "IT STARTS", "aroundfive", "five, the light"]
)
def test_nobody_is_made_to_say_what_they_did_not(cast, thread, opening, passage):
    with pytest.raises(RuleBroken, match="don’t stand there"):
        reply(cast["member"], thread, Beside(opening.id, passage))
    assert fresh(thread).last_number == 1


def test_without_a_passage_the_beginning_is_quoted_and_cut_at_a_word(cast, thread, opening):
    short = reply(cast["member"], thread, Beside(opening.id))
    assert short.quoted == "It starts around five, when the light goes. Then I cook & sing."
    long = make_post(thread, cast["insider"], body="slowly " * 200)
    quoted = reply(cast["member"], thread, Beside(long.id)).quoted
    assert quoted.endswith("slowly…")
    assert len(quoted) <= QUOTED_LONGEST


def test_a_beginning_without_a_space_is_cut_too(cast, thread):
    long = make_post(thread, cast["insider"], body="夜" * 400)
    assert len(reply(cast["member"], thread, Beside(long.id)).quoted) == QUOTED_LONGEST


def test_a_passage_longer_than_a_quotation_is_refused(cast, thread):
    long = make_post(thread, cast["insider"], body="slowly " * 200)
    with pytest.raises(RuleBroken, match="shorter"):
        reply(cast["member"], thread, Beside(long.id, "slowly " * 50))


def test_only_what_is_in_sight_in_the_same_thread_is_quoted(cast, thread):
    elsewhere = make_post(make_thread(cast["insider"]), cast["insider"])
    held = make_post(thread, cast["newcomer"], state=State.HELD)
    hidden = make_post(thread, cast["insider"], state=State.HIDDEN)
    withdrawn = make_post(thread, cast["insider"], withdrawn_at=A_MONDAY)
    for post_id in (elsewhere.id, held.id, hidden.id, withdrawn.id, 999_999):
        with pytest.raises(RuleBroken, match="isn’t here"):
            reply(cast["moderator"], thread, Beside(post_id))


def test_a_quotation_goes_when_its_words_are_changed(cast, thread, opening):
    lost = reply(cast["member"], thread, Beside(opening.id, "when the light goes"))
    kept = reply(cast["member"], thread, Beside(opening.id, "It starts"))
    edit(cast["insider"], opening, "It starts around six.")
    assert (fresh(lost).quoted, fresh(lost).replying_to_id) == ("", opening.id)
    assert fresh(kept).quoted == "It starts"


def test_a_beginning_that_was_cut_stays_while_it_stands_there(cast, thread):
    long = make_post(thread, cast["insider"], body="slowly " * 200)
    answer = reply(cast["member"], thread, Beside(long.id))
    edit(cast["insider"], long, "slowly " * 150 + "at last")
    assert fresh(answer).quoted.endswith("…")
    edit(cast["insider"], long, "quickly")
    assert fresh(answer).quoted == ""


def test_a_quotation_is_shown_with_whose_it_is_and_where(cast, thread, opening, sign_in):
    reply(cast["member"], thread, Beside(opening.id, "when the light goes"))
    page = page_of(sign_in(cast["curator"]), thread)
    assert "insider wrote in" in page
    assert f'<a href="/posts/{opening.id}">post 1</a>' in page
    assert '<blockquote class="quotation__words">when the light goes</blockquote>' in page


def test_a_quotation_goes_with_words_taken_back_and_with_words_hidden(
    cast, thread, opening, sign_in
):
    reply(cast["member"], thread, Beside(opening.id, "when the light goes"))
    client = sign_in(cast["curator"])
    hide(cast["moderator"], opening.subject_id)
    page = page_of(client, thread)
    assert "These words are out of sight." in page
    assert "the light goes" not in page
    with writing():
        post = queries.get_own_post(opening.id, actor=cast["insider"], for_update=True)
        actions.withdraw_post(post, actor=cast["insider"])
    page = client.get(f"/threads/{thread.id}").text
    assert "These words were taken back." in page
    assert "the light goes" not in page


def test_a_quotation_whose_words_were_changed_says_so(cast, thread, opening, sign_in):
    reply(cast["member"], thread, Beside(opening.id, "when the light goes"))
    edit(cast["insider"], opening, "It starts later now.")
    assert "The words have changed since." in page_of(sign_in(cast["curator"]), thread)


def test_a_quotation_is_folded_like_the_post_it_comes_from(cast, thread, opening, sign_in):
    edit(cast["insider"], opening, BODY, [ContentNote.SELF_HARM])
    reply(cast["member"], thread, Beside(opening.id, "when the light goes"))
    page = page_of(sign_in(cast["curator"]), thread)
    quoted = page.index("insider wrote in")
    fold = page.index("Self-harm.", quoted)
    assert quoted < fold < page.index("when the light goes</blockquote>", fold)


def test_the_quote_link_opens_the_form_with_its_quotation(cast, thread, opening, sign_in):
    client = sign_in(cast["member"])
    path = f"/threads/{thread.id}/reply"
    assert f'href="{path}?replying_to={opening.id}"' in page_of(client, thread)
    page = client.get(f"{path}?replying_to={opening.id}")
    assert "insider wrote in" in page.text
    assert "Then I cook &amp; sing." in page.text
    sent = hidden_inputs(page, path) | {"body": "Me too."}
    assert client.post(path, data=sent).status_code == 303
    answer = db.session.scalars(db.select(Post).filter_by(number=2)).one()
    assert answer.quoted.startswith("It starts around five")


def test_a_quotation_can_be_left_out_again(cast, thread, opening, sign_in):
    client = sign_in(cast["member"])
    path = f"/threads/{thread.id}/reply"
    sent = hidden_inputs(client.get(f"{path}?replying_to={opening.id}"), path)
    client.post(path, data=sent | {"body": "Me too.", "without_quotation": "y"})
    answer = db.session.scalars(db.select(Post).filter_by(number=2)).one()
    assert (answer.replying_to_id, answer.quoted) == (None, "")


@pytest.mark.parametrize("chosen", ["999999", "0", "-1", "x", "9" * 30, "٣"])
def test_a_link_to_quote_what_is_not_there_opens_the_form_without(cast, thread, sign_in, chosen):
    path = f"/threads/{thread.id}/reply"
    page = sign_in(cast["member"]).get(f"{path}?replying_to={chosen}")
    assert page.status_code == 200
    assert hidden_inputs(page, path)["replying_to"] == ""


@pytest.mark.parametrize("chosen", ["999999", "0", "-1", "x", "9" * 30])
def test_quoting_what_is_not_there_is_refused_kindly_and_can_be_sent_again(
    cast, thread, sign_in, chosen
):
    client = sign_in(cast["member"])
    path = f"/threads/{thread.id}/reply"
    sent = hidden_inputs(client.get(path), path) | {"body": "My long answer"}
    answer = client.post(path, data=sent | {"replying_to": chosen})
    assert answer.status_code == 422
    assert "My long answer" in answer.text
    again = hidden_inputs(answer, path) | {"body": "My long answer"}
    assert client.post(path, data=again).status_code == 303


def test_words_that_changed_meanwhile_are_refused_with_the_answer_kept(
    cast, thread, opening, sign_in
):
    client = sign_in(cast["member"])
    path = f"/threads/{thread.id}/reply"
    sent = hidden_inputs(client.get(path), path) | {"body": "My long answer"}
    sent |= {"replying_to": str(opening.id), "quoted": "around seven"}
    answer = client.post(path, data=sent)
    assert answer.status_code == 422
    assert "don’t stand there any more" in answer.text
    assert "My long answer" in answer.text


def test_an_answer_carries_its_content_notes(cast, thread, sign_in):
    client = sign_in(cast["member"])
    path = f"/threads/{thread.id}/reply"
    sent = hidden_inputs(client.get(path), path) | {"body": "I was in hospital."}
    client.post(path, data=sent | {"content_notes": ["hospital", "loss"]})
    answer = db.session.scalars(db.select(Post).filter_by(number=2)).one()
    assert set(notes_on(answer.subject_id)) == {ContentNote.HOSPITAL, ContentNote.LOSS}
    assert "Loss, hospital." in page_of(client, thread)


@pytest.mark.parametrize(("note", "folds"), [("self_harm", True), ("hospital", False)])
def test_some_notes_fold_the_words_and_others_stand_above_them(cast, thread, sign_in, note, folds):
    reply(cast["insider"], thread, Beside(notes=(ContentNote(note),)), "Here it is.")
    page = page_of(sign_in(cast["member"]), thread)
    before = page[: page.index("Here it is.")]
    assert (before.rindex("<details") > before.rindex("<article")) == folds


def test_who_answers_follows_the_thread_unless_they_said_how(cast, thread):
    with writing():
        quiet = queries.get_thread(thread.id, actor=cast["curator"])
        actions.follow(quiet, Level.OFF, actor=cast["curator"])
    for who in ("member", "curator"):
        reply(cast[who], thread, Beside())
    levels = dict(db.session.execute(db.select(Follow.member_id, Follow.level)).all())
    assert levels == {cast["member"].id: Level.FOLLOW, cast["curator"].id: Level.OFF}


def test_an_answer_that_tells_how_it_turned_out_says_so(cast, thread, sign_in):
    reply(cast["insider"], thread, Beside(tells_outcome=True))
    assert fresh(thread).turned_out_at is not None
    assert "How it turned out" in page_of(sign_in(cast["member"]), thread)


def test_what_is_new_is_marked(cast, thread, sign_in):
    client = sign_in(cast["member"])
    page_of(client, thread)
    reply(cast["insider"], thread, Beside())
    mark = '<span class="tag tag--news">new</span>'
    assert page_of(client, thread).count(mark) == 1
    assert mark not in page_of(client, thread)


def test_an_archived_thread_takes_no_answers(cast, thread):
    with writing():
        db.session.get_one(Thread, thread.id).archived_at = A_MONDAY
    with pytest.raises(RuleBroken, match="resting"):
        reply(cast["member"], thread, Beside())


def test_nobody_who_can_not_write_is_offered_to_quote(cast, thread, sign_in):
    with writing():
        db.session.get_one(Thread, thread.id).locked_at = A_MONDAY
    page = sign_in(cast["member"]).get(f"/threads/{thread.id}-first-night-home")
    assert "replying_to" not in page.text
    assert not [form for form in forms_of(page) if "/reply" in (form["action"] or "")]


def answered_at(thread):
    return fresh(thread).answered_at


def test_a_thread_whose_only_answer_goes_waits_for_a_first_reply_again(cast, thread):
    reply(cast["insider"], thread, Beside())
    assert answered_at(thread) is None
    first = reply(cast["member"], thread, Beside())
    second = reply(cast["curator"], thread, Beside())
    assert answered_at(thread) == fresh(first).shown_at
    with writing():
        post = queries.get_own_post(first.id, actor=cast["member"], for_update=True)
        actions.withdraw_post(post, actor=cast["member"])
    assert answered_at(thread) == fresh(second).shown_at
    hide(cast["moderator"], second.subject_id)
    assert answered_at(thread) is None
    with writing():
        subject = db.session.get_one(Subject, second.subject_id)
        moderation.restore(subject, actor=cast["moderator"])
    assert answered_at(thread) == fresh(second).shown_at
