"""flask demo: fill an empty place with people and conversations to look at."""

import textwrap
import time

import click
from flask import current_app
from flask.cli import with_appcontext

from app.core import schema
from app.core.database import writing
from app.core.passwords import hash_password, is_password
from app.demo import actions, queries, tasks
from app.demo.limits import SCALES
from app.demo.queries import place

SCREEN = 79  # columns


@click.command()
@click.option("--scale", type=click.Choice(list(SCALES)), help="Then make it this large.")
@with_appcontext
def demo(scale: str | None) -> None:
    """Fill an empty place with the demo community. Doing it twice is doing it once."""
    password = current_app.config["DEMO_PASSWORD"]
    if current_app.config["HANDRAIL_ENV"] == "production" or not password:
        raise click.ClickException("The demo community is for development. Nothing was changed.")
    if not schema.is_newest():
        raise click.ClickException("First: flask prepare. It makes the tables.")
    kept = queries.password_hash_of_demo_people()
    if kept:
        _keep_password(password, kept)
    elif queries.has_members():
        click.echo("There are members here already, so the demo community stays away.")
        return
    else:
        _load(password)
    if scale:
        _enlarge(scale)
    names = ", ".join(person.name for person in queries.people())
    click.echo(textwrap.fill(f"Demo people: {names}.", width=SCREEN, break_on_hyphens=False))
    click.echo(f"The password of each: {password}")


def _load(password: str) -> None:
    """Load all of it or nothing: half a community would never be finished."""
    click.echo("Filling the place with the demo community …")
    community, password_hash = queries.community(), hash_password(password)
    with writing():
        actions.load(community, password_hash)


def _enlarge(scale: str) -> None:
    size = SCALES[scale]
    if place.is_scaled():
        raise click.ClickException(
            "This place was made larger before, and can't be twice. For another size, begin with "
            "an empty place: another HANDRAIL_VAR or DATABASE_URL. Nothing was changed."
        )
    if place.counted().posts >= size.posts:
        raise click.ClickException("This place holds more than that already. Nothing was changed.")
    began, told = time.monotonic(), 0
    click.echo(f"Making it {scale}: {size.posts:,} posts in {size.threads:,} threads …")
    for posts in tasks.enlarge(size, queries.password_hash_of_demo_people() or ""):
        if posts * 10 // size.posts > told:
            told = posts * 10 // size.posts
            click.echo(f"{posts:,} posts after {time.monotonic() - began:.0f} s")


def _keep_password(password: str, kept: str) -> None:
    """Let the password be the one that is set here now, whichever it was when they came."""
    if not is_password(password, kept):
        password_hash = hash_password(password)
        with writing():
            actions.change_password(kept, password_hash)
