"""The lines as the tables hold them."""

from dataclasses import dataclass, fields
from datetime import date
from itertools import groupby

from sqlalchemy import ColumnElement, Connection, case, select

from app.accounts.models import Member
from app.care.models import THE_ONE, HelpCountry, HelpLine, HelpVersion, LineKind
from app.care.queries.directory import Country, Directory, Line, country_name, packaged
from app.core import clock
from app.core.errors import NotFound
from app.extensions import db
from app.permissions import Actor, Permission, require


@dataclass(frozen=True, slots=True)
class LineRow:
    """A line as organisers see it, with who checked it last."""

    id: int
    country: str
    name: str
    kind: LineKind
    dial: str
    address: str
    checked_on: date | None
    checked_by: str | None
    due_on: date | None
    is_retired: bool

    @property
    def is_due(self) -> bool:
        return not self.is_retired and (self.due_on or date.min) <= clock.now().date()


def read_version(connection: Connection) -> int:
    """Return how often the lines were changed; 0 while the tables were never filled."""
    number = select(HelpVersion.number).where(HelpVersion.id == THE_ONE)
    return connection.scalar(number) or 0


def read_directory(connection: Connection) -> Directory:
    """Return what is to be shown: the tables, or what came with the software before that."""
    version = read_version(connection)
    if version == 0:
        return packaged()
    rows = connection.execute(
        select(HelpCountry.iso, HelpCountry.emergency, HelpLine.name, HelpLine.kind, HelpLine.dial)
        .add_columns(HelpLine.keyword, HelpLine.hours, HelpLine.languages, HelpLine.remark)
        .add_columns(HelpLine.address, HelpLine.checked_on)
        .outerjoin(HelpLine, (HelpLine.country == HelpCountry.iso) & HelpLine.retired_at.is_(None))
        .order_by(HelpCountry.iso, _order_of_kinds(), HelpLine.id)
    )
    countries = (
        Country(iso, emergency, tuple(Line(*row[2:]) for row in lines if row.kind))
        for (iso, emergency), lines in groupby(rows, key=lambda row: (row.iso, row.emergency))
    )
    return Directory(version, tuple(countries))


def every_line(*, actor: Actor) -> list[LineRow]:
    """Return every line for those who keep them, country by country, in one query."""
    require(actor, Permission.HELP_LINE_EDIT)
    rows = db.session.execute(
        select(HelpLine, Member.name)
        .outerjoin(Member, Member.id == HelpLine.checked_by_id)
        .order_by(HelpLine.country, _order_of_kinds(), HelpLine.id)
    )
    lines = [_row(line, checker) for line, checker in rows]
    return sorted(lines, key=lambda line: country_name(line.country).casefold())


def every_country(*, actor: Actor) -> list[tuple[str, str, str]]:
    """Return (ISO code, name, emergency number) of every country we know one of, by name."""
    require(actor, Permission.HELP_LINE_EDIT)
    rows = db.session.execute(select(HelpCountry.iso, HelpCountry.emergency))
    named = [(row.iso, country_name(row.iso), row.emergency) for row in rows]
    return sorted(named, key=lambda country: country[1].casefold())


def get_line(line_id: int, *, actor: Actor, for_update: bool = False) -> HelpLine:
    """Return a line for those who keep them. For a change, changes wait for each other."""
    require(actor, Permission.HELP_LINE_EDIT)
    if for_update:
        db.session.get(HelpVersion, THE_ONE, with_for_update=True)
    line = db.session.get(HelpLine, line_id, populate_existing=for_update)
    if line is None:
        raise NotFound
    return line


def as_shown(line: HelpLine) -> Line:
    """Return a line as readers see it."""
    return Line(**{field.name: getattr(line, field.name) for field in fields(Line)})


def _row(line: HelpLine, checker: str | None) -> LineRow:
    return LineRow(
        id=line.id,
        country=line.country,
        name=line.name,
        kind=line.kind,
        dial=line.dial,
        address=line.address,
        checked_on=line.checked_on,
        checked_by=checker,
        due_on=line.due_on,
        is_retired=line.is_retired,
    )


def _order_of_kinds() -> ColumnElement[int]:
    return case({kind: place for place, kind in enumerate(LineKind)}, value=HelpLine.kind)
