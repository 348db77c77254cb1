"""Letters are handed to the mail server, one after the other, each remembered before the next."""

import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from urllib.parse import SplitResult, unquote, urlsplit

from flask import current_app

from app.core.database import writing
from app.core.site import host
from app.extensions import db
from app.outbox import actions, queries
from app.outbox.queries import Opened

PATIENCE = (
    20.0  # seconds for each answer of the mail server (RFC 5321 allows minutes; we try again)
)
PORTS = {"smtp": 587, "smtps": 465}
ON_THIS_MACHINE = {"localhost", "127.0.0.1", "::1"}

# A server that says so about one letter may well take the next.
REFUSED = (smtplib.SMTPRecipientsRefused, smtplib.SMTPDataError, smtplib.SMTPSenderRefused)


class NoMailServer(Exception):
    """SMTP_URL is not set: letters wait in the outbox."""


def send_waiting() -> tuple[int, int]:
    """Send what waits; return how many letters went, and how many could not.

    Raises NoMailServer, and OSError or smtplib.SMTPException when the server can't be reached.
    """
    waiting = queries.ids_waiting()
    with _server() as server:
        gone = sum(_send(letter_id, server) for letter_id in waiting)
    return gone, len(waiting) - gone


def _send(letter_id: int, server: smtplib.SMTP) -> bool:
    letter = queries.find_waiting(letter_id)
    db.session.rollback()  # a slow mail server must not hold a connection to the database
    if letter is None:
        return False
    try:
        server.send_message(_message(letter))
    except REFUSED as error:
        current_app.logger.warning("a letter was refused: %s", type(error).__name__)
        server.rset()
        return False
    with writing():
        actions.note_sent(letter.id)
    return True


def _message(letter: Opened) -> EmailMessage:
    message = EmailMessage(SMTP)  # this policy refuses line ends in headers
    message["From"] = current_app.config["MAIL_FROM"] or f"no-reply@{host()}"
    message["To"] = letter.to
    message["Subject"] = letter.subject
    message["Date"] = format_datetime(letter.written_at)
    message["Message-ID"] = f"<{letter.message_id}@{host()}>"
    message["Auto-Submitted"] = "auto-generated"  # RFC 3834: no holiday note answers it
    message.set_content(letter.text, cte="quoted-printable")  # every server takes it
    return message


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
