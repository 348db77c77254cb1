"""Commands over the help lines."""

import click
from flask import current_app
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
    # A place in production builds no addresses for a host it does not trust.
    with current_app.test_request_context("/help-now", current_app.config["PUBLIC_URL"]):
        tasks.renew()
