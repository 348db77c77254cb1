"""Commands over the tags."""

import click
from flask.cli import AppGroup

from app.core.database import writing
from app.tags import actions

tags_group = AppGroup("tags", help="The words that threads and strategies share.")


@tags_group.command()
def load() -> None:
    """Add the tags that came with the software and are not there yet."""
    with writing():
        added = actions.load_tags()
    if added:
        click.echo("Brought the tags up to date.")
