"""Commands that make a place ready, its keys and its tables, and that let it work."""

import signal
from typing import cast

import click
from flask import current_app
from flask.cli import AppGroup, with_appcontext

from app.core import jobs, keys, schema
from app.core.database import writing

keys_group = AppGroup("keys", help="The keys that seal what is private.")


@keys_group.command("make")
def make_keys() -> None:
    """Make the keys that are missing. A key that is there is never replaced."""
    _make_missing_keys()
    if schema.is_newest():
        _note_keys_seen()
    else:
        click.echo("Next: flask prepare. It makes the tables.")


@click.command()
@click.option("--demo", is_flag=True, help="Fill an empty place with the demo community.")
@click.pass_context
@with_appcontext
def prepare(context: click.Context, demo: bool) -> None:
    """Make what is missing here: keys, tables, help lines, tags and, if asked, the demo."""
    _make_missing_keys()
    if schema.bring_up_to_date():
        click.echo("Brought the tables up to date.")
    _note_keys_seen()
    # By their names: they stand above, and plumbing knows nothing of what is above.
    commands = current_app.cli.commands
    care = cast(click.Group, commands["care"]).commands
    tags = cast(click.Group, commands["tags"]).commands
    wanted = [care["load"], care["write-copy"], tags["load"]]
    for command in (*wanted, *([commands["demo"]] if demo else [])):
        context.invoke(command)


@click.command()
@with_appcontext
def worker() -> None:
    """Do what is due and what is asked for, until told to stop."""
    ours = jobs.jobs_of(current_app)
    for each in (signal.SIGTERM, signal.SIGINT):
        signal.signal(each, lambda *_: ours.stopping.set())
    click.echo("The worker is at work. Stop it with Ctrl-C.")
    ours.work()


def _make_missing_keys() -> None:
    try:
        keys.refuse_lost_keys()  # or a new key would stand where the lost one is missed
    except keys.KeyMissing as missing:
        raise click.ClickException(str(missing)) from missing
    made = keys.make_missing_keys(current_app.config["KEYS"])
    keys.load(current_app._get_current_object())  # type: ignore[attr-defined]
    if made:
        click.echo(f"Made the keys for: {', '.join(made)}.")


def _note_keys_seen() -> None:
    with writing():
        keys.note_keys_seen()
