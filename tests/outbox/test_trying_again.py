"""Each letter is in one hand at a time, is tried again for three days, and is never lost."""

import smtplib
import threading
from datetime import timedelta
from email import message_from_string

import pytest
from sqlalchemy import select

from app.core import clock
from app.core.database import writing
from app.extensions import db
from app.outbox import actions, queries, tasks
from app.outbox.limits import BATCH, FIRST_PAUSE, GIVEN_UP_AFTER, LEASE, LONGEST_PAUSE
from app.outbox.models import Letter, Subject
from tests.outbox.mail_server import mail_server
from tests.pages_of import hidden_inputs


def write(count=1, to="river@example.org"):
    with writing():
        for _ in range(count):
            actions.send_later(to, Subject.NOTE, "Something is here for you.\n")


def letters():
    found = db.session.scalars(select(Letter).order_by(Letter.id)).all()
    db.session.rollback()
    return found


@pytest.fixture
def server(app, monkeypatch):
    with mail_server() as running:
        monkeypatch.setitem(app.config, "SMTP_URL", running.address)
        yield running


def take(hand):
    with writing():
        return actions.take_due(hand)


def names(server):
    return [message_from_string(each)["Message-ID"] for each in server.letters]


def test_what_one_hand_holds_no_other_takes(app):
    write(BATCH + 2)
    assert len(take("left")) == BATCH
    assert len(take("right")) == 2
    assert take("third") == ()


def test_what_a_hand_held_too_long_another_takes_and_the_first_cannot_speak_for_it(app):
    write()
    (letter_id,) = take("left")
    with clock.at(clock.now() + LEASE):
        assert take("right") == (letter_id,)
        with writing():
            actions.note_failed(letter_id, "left", "SMTPServerDisconnected")
    (letter,) = letters()
    assert (letter.held_by, letter.fault) == ("right", "")


def test_a_letter_waits_twice_as_long_each_time_and_is_given_up_after_three_days(app):
    write()
    began, pauses = clock.now(), []
    moment = began
    while letters()[0].given_up_at is None:
        with clock.at(moment):
            (letter_id,) = take("left")
            with writing():
                actions.note_failed(letter_id, "left", "SMTPDataError 451")
        due = letters()[0].due_at
        if letters()[0].given_up_at is None:
            pauses.append(due - moment)
        moment = due
    assert pauses[:4] == [FIRST_PAUSE * each for each in (1, 2, 4, 8)]
    assert max(pauses) == LONGEST_PAUSE
    assert GIVEN_UP_AFTER <= letters()[0].given_up_at - began < GIVEN_UP_AFTER + LONGEST_PAUSE


@pytest.mark.parametrize(("code", "is_given_up"), [(450, False), (550, True)])
def test_a_refusal_for_now_is_tried_again_and_one_for_good_is_not(
    app, monkeypatch, code, is_given_up
):
    write(to="nobody@example.org")
    with mail_server(refused=("nobody",), code=code) as server:
        monkeypatch.setitem(app.config, "SMTP_URL", server.address)
        assert tasks.send_due() == (0, 0 if is_given_up else 1)
    (letter,) = letters()
    assert (letter.given_up_at is not None) == is_given_up
    assert letter.fault == f"SMTPRecipientsRefused {code}"
    assert (letter.tries, letter.held_by) == (1, None)


@pytest.mark.parametrize(("moment", "arrives"), [("before", 1), ("after", 2), ("reply", 1)])
def test_a_server_that_dies_costs_no_letter(app, server, moment, arrives):
    """Only between the last dot and its answer may one come twice, and then by the same name."""
    write()
    server.dies = {moment: 1}
    for hours in range(3):
        with clock.at(clock.now() + timedelta(hours=hours)):
            try:
                tasks.send_due()
            except (OSError, smtplib.SMTPException):
                assert queries.count_waiting() == 1
    assert queries.count_waiting() == 0
    assert len(names(server)) == arrives
    assert len(set(names(server))) == 1


def test_what_was_not_tried_when_the_server_died_is_due_at_once(app, server):
    write(3)
    server.dies = {"before": 1}
    with pytest.raises(smtplib.SMTPServerDisconnected):
        tasks.send_due()
    assert [letter.tries for letter in letters()] == [1, 0, 0]
    assert tasks.send_due() == (2, 1)


def test_a_server_that_drips_its_answers_is_hung_up_on(app, server, monkeypatch):
    monkeypatch.setattr(tasks, "DEADLINE", 0.2)
    monkeypatch.setattr(
        "tests.outbox.mail_server._Session._take", lambda _self: threading.Event().wait(2)
    )
    write()
    with pytest.raises((OSError, smtplib.SMTPException)):
        tasks.send_due()
    assert letters()[0].fault == "SMTPServerDisconnected"


def test_nobody_is_called_when_nothing_is_due(app, server):
    assert tasks.send_due() == (0, 0)
    assert server.heard == []


@pytest.fixture
def desk(cast, sign_in):
    write()
    (letter_id,) = take("left")
    with writing():
        actions.give_up(letter_id, "left", "SMTPRecipientsRefused 550")
    return sign_in(cast["organiser"]), letter_id


def test_an_organiser_sees_what_did_not_arrive_but_not_to_whom(desk):
    page = desk[0].get("/desk/letters").text
    assert "SMTPRecipientsRefused 550" in page
    assert "A note for you" in page
    assert "river" not in page
    assert "Something is here" not in page


def test_an_organiser_lets_it_be_tried_again(desk, server):
    browser, letter_id = desk
    address = f"/desk/letters/{letter_id}/try-again"
    own = hidden_inputs(browser.get("/desk/letters"), address)
    assert browser.post(address, data=own).status_code == 303
    assert tasks.send_due() == (1, 0)
    assert "Every letter has arrived" in browser.get("/desk/letters").text


def test_an_organiser_lets_it_go_and_its_words_are_gone(desk):
    browser, letter_id = desk
    address = f"/desk/letters/{letter_id}/let-go"
    own = hidden_inputs(browser.get("/desk/letters"), address)
    for _ in range(2):
        assert browser.post(address, data=own).status_code == 303
    (letter,) = letters()
    assert (letter.sealed_to, letter.sealed_text, letter.given_up_at) == (None, None, None)


def test_a_form_that_grew_old_changes_nothing(desk):
    browser, letter_id = desk
    answer = browser.post(f"/desk/letters/{letter_id}/let-go", data={})
    assert answer.status_code == 400
    assert letters()[0].given_up_at is not None
