"""What organisers do to help lines. Every change counts the version up: copies follow it."""

from collections.abc import Mapping
from dataclasses import asdict, fields
from typing import Any

from flask_babel import gettext
from sqlalchemy import select

from app.care.models import (
    THE_ONE,
    HelpCountry,
    HelpLine,
    HelpVersion,
    LineDetails,
    LineKind,
)
from app.care.queries.directory import packaged_rows
from app.core import clock
from app.core.database import insert_or_ignore
from app.core.errors import RuleBroken
from app.extensions import db
from app.notifications.actions import note
from app.permissions import GUEST, Actor, Permission, require

# What somebody relies on at night. Changed, a line counts as unchecked.
REACHED_BY = ("country", "kind", "dial", "keyword", "address")


def add_line(details: LineDetails, *, actor: Actor) -> HelpLine:
    """Add a line to a country we know an emergency number of. It counts as unchecked."""
    require(actor, Permission.HELP_LINE_EDIT)
    _require_sound(details)
    _count_up()
    line = HelpLine(**asdict(details), edited_at=clock.now())
    db.session.add(line)
    db.session.flush()
    note("help_line:add", actor=actor)
    return line


def edit_line(line: HelpLine, details: LineDetails, *, actor: Actor) -> None:
    """Write down anew what is known of a line. Another way to reach it is yet to be checked."""
    require(actor, Permission.HELP_LINE_EDIT, line)
    _require_sound(details)
    _count_up()
    if any(getattr(line, name) != getattr(details, name) for name in REACHED_BY):
        line.checked_on = line.checked_by_id = None
    _write(line, details)
    line.edited_at = clock.now()
    note("help_line:edit", actor=actor)


def check_line(line: HelpLine, *, actor: Actor) -> None:
    """Note that the actor tried the line, or read it on the service's own page, today."""
    require(actor, Permission.HELP_LINE_EDIT, line)
    _count_up()
    line.checked_on, line.checked_by_id = clock.now().date(), actor.id
    line.edited_at = clock.now()
    note("help_line:check", actor=actor)


def retire_line(line: HelpLine, *, actor: Actor) -> None:
    """Take a line off the page. It stays in the list, so that it can be brought back."""
    require(actor, Permission.HELP_LINE_EDIT, line)
    if not line.is_retired:
        _count_up()
        line.retired_at = line.edited_at = clock.now()
        note("help_line:retire", actor=actor)


def bring_back_line(line: HelpLine, *, actor: Actor) -> None:
    """Put a retired line on the page again."""
    require(actor, Permission.HELP_LINE_EDIT, line)
    if line.is_retired:
        _count_up()
        line.retired_at, line.edited_at = None, clock.now()
        note("help_line:bring_back", actor=actor)


def set_emergency_number(iso: str, number: str, *, actor: Actor) -> None:
    """Say which number to ring in an emergency in a country, known to us before or not."""
    require(actor, Permission.HELP_LINE_EDIT)
    _count_up()
    country = db.session.get(HelpCountry, iso) or HelpCountry(iso=iso)
    country.emergency, country.edited_at = number, clock.now()
    db.session.add(country)
    note("help_country:edit", actor=actor)


def load_lines() -> int:
    """Bring the tables up to what came with the software; return how many rows changed.

    What an organiser has touched stays as it is. Loading twice is loading once.
    """
    rows, version = packaged_rows(), _locked_version()
    changed = _load_countries(rows["countries"]) + _load_lines(rows["lines"])
    if changed:
        version.number += 1
        note("help_line:load", actor=GUEST)
    return changed


def _load_countries(emergency: Mapping[str, str]) -> int:
    known = {row.iso: row for row in db.session.scalars(select(HelpCountry))}
    changed = 0
    for iso, number in emergency.items():
        country = known.get(iso) or HelpCountry(iso=iso, emergency="")
        if country.edited_at is None and country.emergency != number:
            country.emergency = number
            db.session.add(country)
            changed += 1
    db.session.flush()
    return changed


def _load_lines(rows: list[Mapping[str, Any]]) -> int:
    known = {line.key: line for line in db.session.scalars(select(HelpLine)) if line.key}
    changed = 0
    for row in rows:
        details = _details(row)
        line = known.get(row["key"])
        if line is None:
            db.session.add(HelpLine(**asdict(details), key=row["key"]))
            changed += 1
        elif line.edited_at is None and details != _details_of(line):
            _write(line, details)
            changed += 1
    return changed


def _details(row: Mapping[str, Any]) -> LineDetails:
    given = {name: row[name] for name in _NAMES if name in row}
    return LineDetails(**given | {"kind": LineKind(row["kind"])})


def _details_of(line: HelpLine) -> LineDetails:
    return LineDetails(**{name: getattr(line, name) for name in _NAMES})


def _write(line: HelpLine, details: LineDetails) -> None:
    for name in _NAMES:
        setattr(line, name, getattr(details, name))


_NAMES = tuple(field.name for field in fields(LineDetails))


def _require_sound(details: LineDetails) -> None:
    if details.kind == LineKind.CHAT and not details.address:
        raise RuleBroken(gettext("A chat needs the address of its page."), field="address")
    if details.kind != LineKind.CHAT and not details.dial:
        raise RuleBroken(gettext("Write the number people dial or text."), field="dial")
    if db.session.get(HelpCountry, details.country) is None:
        sentence = gettext("Give this country its emergency number first.")
        raise RuleBroken(sentence, field="country")


def _count_up() -> None:
    _locked_version().number += 1


def _locked_version() -> HelpVersion:
    """Return the version, locked before anything else: changes go one after another."""
    insert_or_ignore(HelpVersion, id=THE_ONE, number=0)
    return db.session.get_one(HelpVersion, THE_ONE, with_for_update=True, populate_existing=True)
