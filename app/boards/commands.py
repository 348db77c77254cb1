"""Commands that keep the boards tidy."""

import click
from flask.cli import AppGroup

from app.boards import tasks

boards_group = AppGroup("boards", help="Boards, threads and posts.")


@boards_group.command()
def tidy() -> None:
    """Empty for good the words that were taken back long ago."""
    click.echo(f"Tidied. Emptied {tasks.tidy()} posts that were taken back long ago.")
