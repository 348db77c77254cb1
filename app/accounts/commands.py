"""Commands that set a place up and keep it tidy."""

import click
from flask.cli import AppGroup, with_appcontext

from app.accounts import actions, queries, tasks
from app.core.commands import prepare
from app.core.database import writing
from app.core.mail_addresses import read_address
from app.core.passwords import hash_password
from app.permissions import Role

accounts_group = AppGroup("accounts", help="Members and their sessions.")


@accounts_group.command()
def tidy() -> None:
    """Forget what has had its time: attempts, links, sent forms, kept words, old sessions."""
    tasks.tidy()
    click.echo("Tidied.")


@click.command()
@click.option("--name", prompt="Your name here", help="A name nobody knows you by will do.")
@click.option("--email", prompt="Your e-mail address")
@click.option(
    "--password",
    prompt="A password",
    hide_input=True,
    confirmation_prompt=True,
    envvar="HANDRAIL_SETUP_PASSWORD",
    show_envvar=True,
)
@click.pass_context
@with_appcontext
def setup(context: click.Context, name: str, email: str, password: str) -> None:
    """Make this place ready, and its first organiser."""
    context.invoke(prepare)
    if queries.count_organisers():
        raise click.ClickException("This place has an organiser. They name the others.")
    new = _first_member(name, email, password)
    with writing():
        member_id = actions.add_member(new)
        if member_id is None:
            raise click.ClickException("Somebody has this name or this address already.")
        for role in (Role.ORGANISER, Role.MODERATOR):
            actions.add_grant(member_id, role)
    click.echo(f"{new.name} looks after this place now. Sign in to begin.")


def _first_member(name: str, email: str, password: str) -> actions.NewMember:
    name, address = queries.tidy_name(name), read_address(email)
    _refuse(queries.refusal_of_name(name, may_be_reserved=True))
    if address is None:
        raise click.ClickException("This is no e-mail address.")
    _refuse(queries.refusal_of_password(password, (name, address.local_part)))
    return actions.NewMember(
        name, address, hash_password(password), is_confirmed=True, is_welcomed=True
    )


def _refuse(refusal: str | None) -> None:
    if refusal:
        raise click.ClickException(refusal)
