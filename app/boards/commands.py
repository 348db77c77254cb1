"""Commands that keep the boards tidy."""

from datetime import datetime

import click
from flask.cli import AppGroup

from app.boards import actions
from app.boards.limits import WITHDRAWN_KEPT
from app.core import clock
from app.core.database import writing

boards_group = AppGroup("boards", help="Boards, threads and posts.")


@boards_group.command()
def tidy() -> None:
    """Empty for good the words that were taken back long ago."""
    before, emptied = clock.now() - WITHDRAWN_KEPT, 0
    while batch := _empty_a_batch(before):
        emptied += batch
    click.echo(f"Tidied. Emptied {emptied} posts that were taken back before {before:%d %B %Y}.")


def _empty_a_batch(before: datetime) -> int:
    with writing():
        return actions.empty_withdrawn(before)
