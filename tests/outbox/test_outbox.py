"""Letters wait sealed, go out one by one, and leave nothing of their words behind."""

import smtplib
from contextlib import suppress
from dataclasses import replace
from email import message_from_bytes, message_from_string
from email.policy import default

import pytest
from sqlalchemy import select, update

from app import create_app
from app.core.database import writing
from app.extensions import db
from app.outbox import actions, tasks
from app.outbox.models import Letter, Subject
from app.outbox.queries import find_waiting, newest_waiting
from config import under_test
from tests.factories import A_MONDAY
from tests.outbox.mail_server import mail_server

TEXT = "Here is the link:\n\nhttp://localhost/confirm/abc\n\nThat is all – really.\n"


@pytest.fixture
def letter(app):
    write()
    return db.session.scalars(select(Letter)).one()


def write(to="river@example.org", subject=Subject.NOTE, text=TEXT):
    with writing():
        actions.send_later(to, subject, text)


def rows():
    found = db.session.scalars(select(Letter).order_by(Letter.id)).all()
    db.session.rollback()
    return found


@pytest.fixture
def server(app, monkeypatch):
    with mail_server(refused=("nobody",)) as running:
        monkeypatch.setitem(app.config, "SMTP_URL", running.address)
        yield running


def test_a_letter_is_sealed_while_it_waits(letter):
    kept = " ".join(str(value) for value in vars(letter).values())
    assert "river" not in kept
    assert "confirm" not in kept


def test_a_letter_goes_with_what_it_is_about_or_not_at_all(app):
    with suppress(ZeroDivisionError), writing():
        actions.send_later("river@example.org", Subject.NOTE, TEXT)
        raise ZeroDivisionError
    assert rows() == []


def test_only_the_subjects_of_the_list_are_used(app):
    with pytest.raises(KeyError), writing():
        actions.send_later("river@example.org", "Anna wrote about her week", TEXT)
    assert {str(words) for words in actions.SUBJECTS.values()} == {
        "A note for you",
        "Please confirm your address",
        "Your daily summary",
        "Your weekly summary",
    }


def test_the_letters_are_shown_in_development(app, letter):
    write("lamp@example.org", Subject.CONFIRM)
    client = app.test_client()
    found = client.get("/dev/outbox.json").json
    assert [each["to"] for each in found] == ["lamp@example.org", "river@example.org"]
    assert found[1]["subject"] == "A note for you"
    assert found[1]["text"] == TEXT
    assert found[1]["links"] == ["http://localhost/confirm/abc"]
    assert found[1]["written_at"].endswith("+00:00")
    page = client.get("/dev/outbox").text
    assert page.index("lamp@example.org") < page.index("river@example.org")
    assert 'href="http://localhost/confirm/abc"' in page


def test_an_empty_outbox_says_so(app):
    assert "No letters wait." in app.test_client().get("/dev/outbox").text
    assert app.test_client().get("/dev/outbox.json").json == []


def test_words_of_a_letter_are_shown_as_words(app):
    write(text='<script>alert(1)</script> https://x.example/"><b>')
    page = app.test_client().get("/dev/outbox").text
    assert "<script>alert" not in page
    assert "<b>" not in page


def test_there_is_no_such_page_in_production(database, var):
    real = create_app(replace(under_test(database, var), HANDRAIL_ENV="production"))
    assert not [rule for rule in real.url_map.iter_rules() if rule.rule.startswith("/dev")]
    with real.app_context():
        db.engine.dispose()


def test_a_letter_is_sent_and_emptied(app, letter, server):
    assert tasks.send_due() == (1, 0)
    (row,) = rows()
    assert row.sent_at is not None
    assert (row.sealed_to, row.sealed_text) == (None, None)
    assert newest_waiting(9) == []
    message = message_from_bytes(server.letters[0].encode("ascii"), policy=default)
    assert message["To"] == "river@example.org"
    assert message["From"] == "no-reply@localhost"
    assert message["Subject"] == "A note for you"
    assert message["Message-ID"] == f"<{row.message_id}@localhost>"
    assert message["Auto-Submitted"] == "auto-generated"
    assert message.get_content_type() == "text/plain"
    assert message.get_content().replace("\r\n", "\n") == TEXT


def test_what_was_sent_is_not_sent_again(app, letter, server):
    tasks.send_due()
    assert tasks.send_due() == (0, 0)
    assert len(server.letters) == 1


def test_one_refused_letter_does_not_keep_the_others(app, server):
    write("nobody@example.org")
    write("lamp@example.org")
    assert tasks.send_due() == (1, 0)
    assert [row.sent_at is None for row in rows()] == [True, False]
    assert tasks.send_due() == (0, 0)


def test_one_letter_that_does_not_open_does_not_keep_the_others(app, letter, server):
    with writing():
        db.session.execute(update(Letter).values(sealed_text="1:broken"))
    write("lamp@example.org")
    assert find_waiting(letter.id) is None
    assert tasks.send_due() == (1, 0)
    assert rows()[0].fault == "Unsealable"
    assert newest_waiting(9) == []


def test_a_letter_keeps_its_name_however_often_it_is_tried(app, letter, server, monkeypatch):
    monkeypatch.setattr(tasks.actions, "note_sent", lambda *_: None)  # it died just before
    for _ in range(2):
        tasks.send_due()
        with writing():
            db.session.execute(update(Letter).values(held_until=A_MONDAY))
    one, other = [message_from_string(each)["Message-ID"] for each in server.letters]
    assert one == other


@pytest.mark.parametrize("to", ["a@b.org\r\nBcc: c@d.org", "a@b.org\nBcc: c@d.org"])
def test_no_line_end_gets_into_a_header(app, letter, to):
    with pytest.raises(ValueError, match=r"[Hh]eader|linefeed|newline|CR"):
        tasks._message(replace(find_waiting(letter.id), to=to))


def test_without_a_server_letters_wait(app, letter):
    with pytest.raises(tasks.NoMailServer):
        tasks.send_due()
    answer = app.test_cli_runner().invoke(args=["outbox", "send"])
    assert answer.exit_code == 1
    assert "SMTP_URL is not set" in answer.output


def test_a_server_that_is_gone_is_told_and_letters_wait(app, letter, monkeypatch):
    monkeypatch.setitem(app.config, "SMTP_URL", "smtp://127.0.0.1:9")
    answer = app.test_cli_runner().invoke(args=["outbox", "send"])
    assert answer.exit_code == 1
    assert "can't be used" in answer.output
    assert rows()[0].sent_at is None


def test_the_command_tells_what_it_did(app, letter, server):
    answer = app.test_cli_runner().invoke(args=["outbox", "send"])
    assert answer.output.strip() == "1 sent, 0 still waiting"


def test_off_this_machine_nothing_goes_unsealed(app, letter, server, monkeypatch):
    """The server offers no STARTTLS: not a word is sent."""
    monkeypatch.setattr(tasks, "ON_THIS_MACHINE", set())
    with pytest.raises(smtplib.SMTPNotSupportedError):
        tasks.send_due()
    assert server.letters == []
