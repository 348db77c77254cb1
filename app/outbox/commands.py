"""Commands over the outbox."""

import smtplib

import click
from flask.cli import AppGroup

from app.outbox import tasks

outbox_group = AppGroup("outbox", help="Letters that wait to be sent.")


@outbox_group.command()
def send() -> None:
    """Send the letters that are due, through SMTP_URL."""
    try:
        sent, waiting = tasks.send_due()
    except tasks.NoMailServer as none:
        raise click.ClickException("SMTP_URL is not set: the letters wait.") from none
    except (OSError, smtplib.SMTPException) as error:
        raise click.ClickException(f"The mail server can't be used: {error}") from error
    click.echo(f"{sent} sent, {waiting} still waiting")
