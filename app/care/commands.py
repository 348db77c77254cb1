"""Commands over the help lines."""

import click
from flask.cli import AppGroup

from app.care import actions, tasks
from app.core.database import writing

care_group = AppGroup("care", help="The help lines.")


@care_group.command()
def load() -> None:
    """Bring the help lines up to date, but for those an organiser has touched."""
    with writing():
        changed = actions.load_lines()
    if changed:
        click.echo("Brought the help lines up to date.")


@care_group.command("write-copy")
def write_copy() -> None:
    """Write the copies that are shown when nothing else works."""
    tasks.renew_outside_a_request()
