"""Commands over the log."""

import click
from flask.cli import AppGroup

from app.moderation import queries

log = AppGroup("log", help="The moderation log.")


@log.command()
def verify() -> None:
    """Check that nobody has changed, removed or reordered a row."""
    try:
        click.echo(f"{queries.verify_log()} rows, unbroken")
    except queries.ChainBroken as broken:
        raise click.ClickException(f"the log is broken at {broken}") from broken
