"""Letters are handed to the mail server, one after the other, each remembered before the next."""

import secrets
import smtplib
import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from urllib.parse import SplitResult, unquote, urlsplit

from flask import current_app

from app.core.checks import check_named
from app.core.database import writing
from app.core.jobs import MINUTE, Job, time_is_up
from app.core.site import host
from app.extensions import db
from app.outbox import actions, queries
from app.outbox.limits import DEADLINE, PATIENCE
from app.outbox.queries import Opened, as_html

PORTS = {"smtp": 587, "smtps": 465}
ON_THIS_MACHINE = {"localhost", "127.0.0.1", "::1"}

# What a server says about one letter, not about itself: it may well take the next.
ABOUT_ONE_LETTER = (
    smtplib.SMTPRecipientsRefused, smtplib.SMTPDataError, smtplib.SMTPSenderRefused,
)  # fmt: skip

# An address in a header must stay in one piece; folded, it is none (RFC 5322, 2.1.1 allows 998).
UNFOLDED = SMTP.clone(max_line_length=998)

FOR_GOOD = 500  # from here on a code means: do not try again (RFC 5321, 4.2.1)


class NoMailServer(Exception):
    """SMTP_URL is not set: letters wait in the outbox."""


def send_due() -> tuple[int, int]:
    """Send what is due; return how many letters went, and how many still wait.

    Any number of hands may do it at once: each letter is in one of them at a time. Raises
    NoMailServer, and OSError or smtplib.SMTPException when the server can't be used.
    """
    gone, hand = 0, secrets.token_hex(8)
    if queries.is_any_due():
        with _server() as server:
            while not time_is_up() and (taken := _take(hand)):
                gone += _send_all(taken, hand, server)
    return gone, queries.count_waiting()


def send_due_if_possible() -> None:
    """Send what is due, where there is a mail server at all."""
    if current_app.config["SMTP_URL"]:
        send_due()


def _take(hand: str) -> tuple[int, ...]:
    with writing():
        return actions.take_due(hand)


def _send_all(taken: tuple[int, ...], hand: str, server: smtplib.SMTP) -> int:
    gone = 0
    for place, letter_id in enumerate(taken):
        if time_is_up():
            with writing():
                actions.put_back(taken[place:], hand)
            break
        try:
            gone += _send(letter_id, hand, server)
        except (OSError, smtplib.SMTPException):
            with writing():
                actions.put_back(taken[place + 1 :], hand)
            raise
    return gone


def _send(letter_id: int, hand: str, server: smtplib.SMTP) -> bool:
    """Send one letter, and remember at once what became of it."""
    letter = queries.find_waiting(letter_id)
    may_go = letter is None or _may_go(letter)
    db.session.rollback()  # a slow mail server must not hold a connection to the database
    if letter is None:
        return _give_up(letter_id, hand, "Unsealable")
    if not may_go:
        return _take_back(letter, hand)
    try:
        with _in_time(server):
            server.send_message(_message(letter))
    except ABOUT_ONE_LETTER as refusal:
        server.rset()
        return _note_refused(letter_id, hand, refusal)
    except (OSError, smtplib.SMTPException) as error:
        with writing():
            actions.note_failed(letter_id, hand, type(error).__name__)
        raise
    with writing():
        actions.note_sent(letter_id, hand)
    return True


def _may_go(letter: Opened) -> bool:
    """Ask once more: since it was written its reader may have lost access, or changed their mind.

    A check that nobody knows any more lets nothing go.
    """
    if not letter.check_name:
        return True
    check = check_named(letter.check_name)
    return check is not None and check.may_go(letter.check_id)


def _take_back(letter: Opened, hand: str) -> bool:
    check = check_named(letter.check_name)
    with writing():
        if actions.take_back(letter.id, hand) and check:
            check.on_taken_back(letter.check_id)
    return False


def _note_refused(letter_id: int, hand: str, refusal: smtplib.SMTPException) -> bool:
    """Try again what was refused for now; give up what was refused for good."""
    code, fault = _code_of(refusal), type(refusal).__name__
    current_app.logger.warning("a letter was refused: %s %s", fault, code)
    if code >= FOR_GOOD:
        return _give_up(letter_id, hand, f"{fault} {code}")
    with writing():
        actions.note_failed(letter_id, hand, f"{fault} {code}")
    return False


def _give_up(letter_id: int, hand: str, fault: str) -> bool:
    with writing():
        actions.give_up(letter_id, hand, fault)
    return False


def _code_of(refusal: smtplib.SMTPException) -> int:
    if isinstance(refusal, smtplib.SMTPRecipientsRefused):
        return max((code for code, _words in refusal.recipients.values()), default=0)
    return int(getattr(refusal, "smtp_code", 0))


@contextmanager
def _in_time(server: smtplib.SMTP) -> Iterator[None]:
    """Hang up on a server that takes too long in all, though each answer comes in time."""

    def hang_up() -> None:
        if server.sock:
            server.sock.shutdown(socket.SHUT_RDWR)

    timer = threading.Timer(DEADLINE, hang_up)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def _message(letter: Opened) -> EmailMessage:
    message = EmailMessage(SMTP)  # this policy refuses line ends in headers
    message["From"] = current_app.config["MAIL_FROM"] or f"no-reply@{host()}"
    message["To"] = letter.to
    message["Subject"] = letter.subject
    message["Date"] = format_datetime(letter.written_at)
    message["Message-ID"] = f"<{letter.message_id}@{host()}>"
    message["Auto-Submitted"] = "auto-generated"  # RFC 3834: no holiday note answers it
    message.set_content(letter.text, cte="quoted-printable")  # every server takes it
    if letter.way_out:
        _let_end(message, letter)
    return message


def _let_end(message: EmailMessage, letter: Opened) -> None:
    """Let mail programs show a button that ends such letters (RFC 8058), and links as links."""
    message.add_alternative(as_html(letter.text), subtype="html", cte="quoted-printable")
    message["List-Unsubscribe"] = f"<{letter.way_out}>"
    message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    message.policy = UNFOLDED


@contextmanager
def _server() -> Iterator[smtplib.SMTP]:
    address = urlsplit(current_app.config["SMTP_URL"] or "")
    if not address.hostname:
        raise NoMailServer
    where = address.hostname, address.port or PORTS[address.scheme]
    if address.scheme == "smtps":
        secure = ssl.create_default_context()
        with smtplib.SMTP_SSL(*where, timeout=PATIENCE, context=secure) as server:
            yield _let_in(server, address)
        return
    with smtplib.SMTP(*where, timeout=PATIENCE) as server:
        if address.hostname not in ON_THIS_MACHINE:
            server.starttls(context=ssl.create_default_context())  # or nothing is sent at all
        yield _let_in(server, address)


def _let_in(server: smtplib.SMTP, address: SplitResult) -> smtplib.SMTP:
    if address.username:
        server.login(unquote(address.username), unquote(address.password or ""))
    return server


JOBS = (Job(actions.SENDING, MINUTE, send_due_if_possible),)
