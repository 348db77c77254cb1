"""Commands over everything that was written here."""

import click
from flask.cli import AppGroup

from app.boards import actions as boards
from app.core import text
from app.core.database import writing
from app.core.kinds import kind_named
from app.desk.queries import guides
from app.moderation import actions, queries

text_group = AppGroup("text", help="How what was written shows.")


@text_group.command()
def rerender() -> None:
    """Render anew what older rules rendered. It may be stopped and started at any point."""
    count, after = 0, None
    while batch := queries.versions_to_rerender(after=after):
        count += _rerender_versions(batch)
        after = batch[-1]
    click.echo(f"versions rendered anew: {count}; guides: {_rerender_guides()}")


def _rerender_versions(batch: list[queries.OldVersion]) -> int:
    """Render first, then write in one short unit. What no longer renders stays as it shows."""
    rendered = []
    for old in batch:
        try:
            rendered.append((old, kind_named(old.kind).render(old.source)))
        except text.TextRefused:
            click.echo(f"left as it is: {old.kind} {old.subject_id}, version {old.number}")
    with writing():
        for old, words in rendered:
            actions.rerender_version(old, words)
    return len(rendered)


def _rerender_guides() -> int:
    rendered = [(board_id, text.render(source)) for board_id, source in guides()]
    with writing():
        for board_id, guide in rendered:
            boards.rerender_guide(board_id, guide)
    return len(rendered)
