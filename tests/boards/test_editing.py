"""Changing one's words, their history, emptying an old version, and taking words back for good."""

import re
from datetime import timedelta

import pytest

from app.boards import actions, queries
from app.boards.limits import EDITS_A_WINDOW, WITHDRAWN_KEPT
from app.boards.models import Post, Thread
from app.care.models import ContentNote
from app.care.queries import notes_on
from app.core import clock, text
from app.core.database import writing
from app.core.errors import NotAllowed, NotFound, RuleBroken, TooMany
from app.core.text import differences
from app.extensions import db
from app.moderation import actions as moderation
from app.moderation.models import LogRow, State, Subject, Version
from app.moderation.queries import newest_log_lines, verify_log
from tests.factories import A_MONDAY, make_post, make_thread
from tests.pages_of import hidden_inputs


@pytest.fixture
def thread(cast):
    return make_thread(cast["insider"])


@pytest.fixture
def post(cast, thread):
    return make_post(thread, cast["member"], body="I slept three hours.")


def edit(actor, post, words, **more):
    with writing():
        post = queries.get_post(post.id, actor=actor, for_update=True)
        version = more.pop("version", post.version)
        actions.edit_post(post, actor=actor, body=text.render(words), version=version, **more)


def withdraw(actor, post):
    with writing():
        post = queries.get_own_post(post.id, actor=actor, for_update=True)
        actions.withdraw_post(post, actor=actor)


def expunge(actor, post, number, reason="A name stood there."):
    with writing():
        post = queries.get_post(post.id, actor=actor, for_update=True)
        version = db.session.get_one(Version, (post.subject_id, number))
        actions.expunge_version(post, version, actor=actor, reason=reason)


def fresh(row):
    db.session.expire_all()
    return db.session.get_one(type(row), row.id)


def sources(row):
    kept = db.select(Version.source).where(Version.subject_id == row.subject_id)
    return db.session.scalars(kept.order_by(Version.number)).all()


def told(pieces):
    return [(str(piece.fate), piece.words) for piece in pieces]


def test_differences_are_told_word_by_word():
    changes = told(differences("I slept three hours.", "I slept four hours."))
    assert changes == [
        ("kept", "I slept "), ("gone", "three"), ("new", "four"), ("kept", " hours."),
    ]  # fmt: skip
    assert told(differences("Same", "Same")) == [("kept", "Same")]
    assert told(differences("", "New")) == [("new", "New")]
    assert told(differences("Old", "")) == [("gone", "Old")]


@pytest.mark.parametrize(
    ("before", "after"),
    [("a b c", "a x c"), ("a  b\n\nc", "a b\nc"), ("", "x"), ("one two", "two one two"), ("", "")],
)
def test_differences_lose_no_word_of_either_side(before, after):
    changes = differences(before, after)
    assert "".join(p.words for p in changes if p.fate != "new") == before
    assert "".join(p.words for p in changes if p.fate != "gone") == after


def test_a_text_written_anew_from_end_to_end_is_told_as_one():
    before, after = " ".join(map(str, range(2500))), " ".join(map(str, range(5000, 7500)))
    assert [fate for fate, _words in told(differences(before, after))] == ["gone", "new"]


def test_who_changes_one_post_over_and_over_is_asked_to_wait(cast, post, monkeypatch):
    for number in range(EDITS_A_WINDOW):
        edit(cast["member"], post, f"I slept {number} hours.")
    with pytest.raises(TooMany) as refused:
        edit(cast["member"], post, "I slept well.")
    assert refused.value.wait == timedelta(minutes=10)
    later = clock.now() + timedelta(minutes=11)
    monkeypatch.setattr(clock, "now", lambda: later)
    edit(cast["member"], post, "I slept well.")


def test_an_edit_may_change_what_a_post_is_said_to_mention(cast, thread, post):
    edit(cast["member"], post, "I slept in hospital.", notes=[ContentNote.HOSPITAL])
    assert notes_on(post.subject_id) == (ContentNote.HOSPITAL,)
    edit(cast["member"], post, "I slept there again.")
    assert notes_on(post.subject_id) == (ContentNote.HOSPITAL,)
    assert notes_on(thread.subject_id) == ()


def test_the_title_follows_the_note_of_its_opening_post(cast, thread):
    opening = db.session.scalars(db.select(Post).filter_by(thread_id=thread.id, number=1)).one()
    edit(cast["insider"], opening, "Hello again.", notes=[ContentNote.ABUSE])
    assert notes_on(thread.subject_id) == (ContentNote.ABUSE,)


@pytest.mark.parametrize("closed", ["locked_at", "archived_at", "withdrawn_at"])
def test_words_in_a_closed_thread_are_not_changed(cast, thread, post, closed):
    with writing():
        setattr(db.session.get_one(Thread, thread.id), closed, A_MONDAY)
    with pytest.raises((RuleBroken, NotFound)):
        edit(cast["member"], post, "Other words")
    withdraw(cast["member"], post)


def test_a_post_says_how_often_it_was_edited(cast, thread, post, sign_in):
    address = f"/threads/{thread.id}-first-night-home"
    for number, said in enumerate(("once", "twice", "three times", "4 times")):
        edit(cast["member"], post, f"I slept {number} hours.")
        assert f"edited {said}" in sign_in(cast["curator"]).get(address).text


def test_only_its_author_and_moderators_are_led_to_the_history(cast, thread, post, sign_in):
    edit(cast["member"], post, "I slept four hours.")
    address = f"/posts/{post.id}/history"
    for who in ("member", "moderator"):
        client = sign_in(cast[who])
        assert address in client.get(f"/threads/{thread.id}-first-night-home").text
        page = client.get(address)
        assert "Version 2" in page.text
        assert '<del class="diff__gone">' in page.text
        assert "three" in page.text
    for who in ("curator", "facilitator", "organiser", "insider"):
        client = sign_in(cast[who])
        assert address not in client.get(f"/threads/{thread.id}-first-night-home").text
        assert client.get(address).status_code == 404


def test_differences_can_be_heard(cast, post, sign_in):
    edit(cast["member"], post, "I slept four hours.")
    page = sign_in(cast["member"]).get(f"/posts/{post.id}/history").text
    assert '<span class="visually-hidden">[taken out: </span>three' in page
    assert '<span class="visually-hidden">[put in: </span>four' in page


def test_the_history_of_words_out_of_sight_is_for_moderators(cast, post, sign_in):
    edit(cast["member"], post, "I slept four hours.")
    withdraw(cast["member"], post)
    assert sign_in(cast["member"]).get(f"/posts/{post.id}/history").status_code == 404
    assert sign_in(cast["moderator"]).get(f"/posts/{post.id}/history").status_code == 200


def test_earlier_titles_are_seen_by_the_author_and_moderators(cast, thread, sign_in):
    with writing():
        subject = db.session.get_one(Subject, thread.subject_id)
        moderation.write_version(subject, text.render_title("Second night home"))
    for who, status in (("insider", 200), ("moderator", 200), ("member", 404)):
        page = sign_in(cast[who]).get(f"/threads/{thread.id}/history")
        assert page.status_code == status
        assert ("Version 2" in page.text) == (status == 200)


def test_a_title_that_was_taken_back_has_a_history_for_moderators_only(cast, thread, sign_in):
    make_post(thread, cast["member"])
    opening = db.session.scalars(db.select(Post).filter_by(thread_id=thread.id, number=1)).one()
    withdraw(cast["insider"], opening)
    assert sign_in(cast["insider"]).get(f"/threads/{thread.id}/history").status_code == 404
    assert "First night" in sign_in(cast["moderator"]).get(f"/threads/{thread.id}/history").text


def test_an_outdated_edit_shows_both_and_what_differs_and_can_be_saved_knowingly(
    cast, post, sign_in
):
    client = sign_in(cast["member"])
    path = f"/posts/{post.id}/edit"
    opened = hidden_inputs(client.get(path), path)
    edit(cast["member"], post, "I slept four hours, from the phone.")
    answer = client.post(path, data=opened | {"body": "I slept five hours, from the desk."})
    assert answer.status_code == 422
    assert "<p>I slept four hours, from the phone.</p>" in answer.text
    assert "I slept five hours, from the desk.</textarea>" in answer.text
    assert "four<span" in answer.text
    assert "five<span" in answer.text
    assert fresh(post).version == 2
    again = hidden_inputs(answer, path) | {"body": "I slept five hours, from the desk."}
    assert client.post(path, data=again).status_code == 303
    assert sources(post)[1:] == [
        "I slept four hours, from the phone.", "I slept five hours, from the desk.",
    ]  # fmt: skip


def test_the_edit_form_shows_the_notes_as_they_are(cast, post, sign_in):
    edit(cast["member"], post, "In hospital.", notes=[ContentNote.HOSPITAL])
    client = sign_in(cast["member"])
    path = f"/posts/{post.id}/edit"
    page = client.get(path)
    assert re.search(r'value="hospital"[^>]* checked', page.text)
    client.post(path, data=hidden_inputs(page, path) | {"body": "At home.", "content_notes": []})
    assert notes_on(post.subject_id) == ()


def test_one_old_version_is_emptied_for_good_with_a_reason_in_the_log(cast, post):
    edit(cast["member"], post, "I slept four hours.")
    expunge(cast["moderator"], post, 1)
    expunge(cast["moderator"], post, 1, "Twice is once.")
    assert sources(post) == [None, "I slept four hours."]
    emptied = db.session.get_one(Version, (post.subject_id, 1))
    assert (emptied.html, emptied.emptied_at is None) == (None, False)
    line = newest_log_lines()[0]
    assert (line.verb, line.before, line.words) == ("expunge", "version 1", "A name stood there.")
    assert verify_log() == 1


def test_the_newest_version_is_not_emptied(cast, post):
    with pytest.raises(RuleBroken, match="newest"):
        expunge(cast["moderator"], post, 1)
    assert sources(post) == ["I slept three hours."]


@pytest.mark.parametrize("who", ["member", "insider", "facilitator", "curator", "organiser"])
def test_nobody_but_a_moderator_empties_a_version(cast, post, who):
    edit(cast["member"], post, "I slept four hours.")
    with pytest.raises(NotAllowed):
        expunge(cast[who], post, 1)


def test_a_moderator_empties_no_version_of_their_own(cast, thread):
    own = make_post(thread, cast["moderator"])
    edit(cast["moderator"], own, "Other words.")
    with pytest.raises(NotAllowed):
        expunge(cast["moderator"], own, 1)


def test_a_version_is_emptied_from_the_history_and_says_so(cast, post, sign_in):
    edit(cast["member"], post, "I slept four hours.")
    client = sign_in(cast["moderator"])
    path = f"/posts/{post.id}/versions/1/expunge"
    assert path in client.get(f"/posts/{post.id}/history").text
    form = client.get(path)
    refused = client.post(path, data=hidden_inputs(form, None) | {"reason": " "})
    assert refused.status_code == 422
    sent = hidden_inputs(form, None) | {"reason": "A name stood there."}
    answer = client.post(path, data=sent)
    page = client.get(answer.location).text
    assert "These words were emptied for good." in page
    assert "three hours" not in page
    assert "I slept four hours." in page
    assert sign_in(cast["member"]).get(path).status_code == 404


def test_the_newest_version_is_refused_kindly_on_the_page(cast, post, sign_in):
    client = sign_in(cast["moderator"])
    path = f"/posts/{post.id}/versions/1/expunge"
    sent = hidden_inputs(client.get(path), None) | {"reason": "A name stood there."}
    answer = client.post(path, data=sent)
    assert answer.status_code == 422
    assert "newest version" in answer.text
    assert "A name stood there." in answer.text


def test_words_taken_back_long_ago_are_emptied_for_good(app, cast, thread):
    when = clock.now() - WITHDRAWN_KEPT
    old = make_post(thread, cast["member"], withdrawn_at=when - timedelta(hours=1))
    young = make_post(thread, cast["member"], withdrawn_at=when + timedelta(hours=1))
    quoting = make_post(thread, cast["curator"], replying_to_id=old.id, quoted="You are not alone.")
    answer = app.test_cli_runner().invoke(args=["boards", "tidy"])
    assert "Emptied 1 posts" in answer.output
    assert (fresh(old).html, sources(old), fresh(old).number) == ("", [None], 2)
    assert fresh(young).html == "<p>You are not alone.</p>"
    assert (fresh(quoting).quoted, fresh(quoting).replying_to_id) == ("", old.id)
    assert "Emptied 0 posts" in app.test_cli_runner().invoke(args=["boards", "tidy"]).output


def test_a_title_taken_back_is_emptied_with_its_post(cast, thread):
    make_post(thread, cast["member"])
    opening = db.session.scalars(db.select(Post).filter_by(thread_id=thread.id, number=1)).one()
    withdraw(cast["insider"], opening)
    with writing():
        assert actions.empty_withdrawn(clock.now() + timedelta(seconds=1)) == 1
    assert (sources(thread), sources(opening)) == ([None], [None])
    assert db.session.scalars(db.select(LogRow)).all() == []


def test_a_newcomer_s_edit_keeps_the_measure_of_a_newcomer(cast, thread):
    post = make_post(thread, cast["newcomer"])
    links = " ".join(f"https://example.org/{n}" for n in range(5))
    with pytest.raises(RuleBroken, match="links"):
        edit(cast["newcomer"], post, links)


def test_a_held_post_is_edited_by_its_author(cast, thread):
    post = make_post(thread, cast["newcomer"], state=State.HELD)
    edit(cast["newcomer"], post, "Other first words.")
    assert fresh(post).html == "<p>Other first words.</p>"
