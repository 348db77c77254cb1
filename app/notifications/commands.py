"""Commands that tell members what happened, by hand."""

import click
from flask.cli import AppGroup

from app.notifications import tasks

notifications_group = AppGroup("notifications", help="What members are told, here and by mail.")


@notifications_group.command()
def tell() -> None:
    """Tell members of what happened since the last time."""
    click.echo(f"Told of {tasks.tell()} events.")


@notifications_group.command()
def deliver() -> None:
    """Write the letters that are due: at once, and the summaries of the day and the week."""
    click.echo(f"Wrote {tasks.deliver()} letters.")


@notifications_group.command()
def tidy() -> None:
    """Forget what members were told long ago."""
    click.echo(f"Forgot {tasks.tidy()} notifications.")
