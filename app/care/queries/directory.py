"""The lines as everybody is shown them: frozen values that can be written down and read again."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from flask_babel import get_locale, gettext

from app.care.limits import FOLDS_AFTER
from app.care.models import LineKind

PACKAGED = Path(__file__).parents[1] / "help_lines.json"

# Where people look for another word than the one Unicode's list (CLDR) has.
OWN_NAMES = {"HK": "Hong Kong"}


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a country. Unknown is empty."""

    name: str
    kind: LineKind
    dial: str  # as dialled inside the country: digits and spaces
    keyword: str = ""
    hours: str = ""
    languages: str = ""
    remark: str = ""
    address: str = ""
    checked_on: date | None = None

    @property
    def number(self) -> str:
        """Return what a telephone dials. Never made international: short numbers would break."""
        return self.dial.replace(" ", "")

    @property
    def site(self) -> str:
        """Return the name of the site its page is on, short enough to be typed."""
        return urlsplit(self.address).netloc.removeprefix("www.")

    def is_stale(self, today: date) -> bool:
        """Say whether it was checked once, and so long ago that it may ring nowhere now."""
        return self.checked_on is not None and today - self.checked_on > FOLDS_AFTER


@dataclass(frozen=True, slots=True)
class Country:
    iso: str
    emergency: str
    lines: tuple[Line, ...]

    @property
    def name(self) -> str:
        return country_name(self.iso)

    def fresh_lines(self, today: date) -> tuple[Line, ...]:
        return tuple(line for line in self.lines if not line.is_stale(today))

    def stale_lines(self, today: date) -> tuple[Line, ...]:
        return tuple(line for line in self.lines if line.is_stale(today))


@dataclass(frozen=True, slots=True)
class Directory:
    """All countries with their lines, as they were when the version had this number."""

    version: int
    countries: tuple[Country, ...]

    def country(self, iso: str) -> Country | None:
        return next((country for country in self.countries if country.iso == iso), None)

    def by_name(self) -> list[Country]:
        return sorted(self.countries, key=lambda country: country.name.casefold())

    def to_json(self) -> str:
        return json.dumps(asdict(self), default=str, ensure_ascii=False)


def from_json(written: str) -> Directory:
    """Return the directory that to_json() wrote. Raises ValueError, KeyError or TypeError."""
    read = json.loads(written)
    countries = tuple(
        Country(each["iso"], each["emergency"], tuple(_line(line) for line in each["lines"]))
        for each in read["countries"]
    )
    return Directory(int(read["version"]), countries)


def packaged() -> Directory:
    """Return the lines that came with the software: version 0, which no edit has touched."""
    read = packaged_rows()
    lines: dict[str, list[Line]] = {iso: [] for iso in read["countries"]}
    for row in read["lines"]:
        lines[row["country"]].append(_line(row))
    countries = read["countries"].items()
    return Directory(0, tuple(Country(iso, number, tuple(lines[iso])) for iso, number in countries))


def packaged_rows() -> dict[str, Any]:
    """Return help_lines.json: countries (ISO → emergency number) and lines."""
    rows: dict[str, Any] = json.loads(PACKAGED.read_text())
    return rows


def country_name(iso: str) -> str:
    """Return what the reader calls a country: CLDR's name, where our catalogue has no other."""
    name: str = gettext(OWN_NAMES.get(iso) or _names().get(iso, iso))
    return name


def every_country_name() -> list[tuple[str, str]]:
    """Return (ISO 3166-1 code, name) of every country, in the order of the reader's names."""
    codes = [code for code in _names() if len(code) == 2 and code.isalpha() and code not in _NONE]
    return sorted(
        ((code, country_name(code)) for code in codes), key=lambda pair: pair[1].casefold()
    )


# What the list calls a territory and nobody lives in: unions, tests, the unknown.
_NONE = {"EU", "EZ", "UN", "QO", "XA", "XB", "ZZ"}


def _names() -> Mapping[str, str]:
    names: Mapping[str, str] = get_locale().territories
    return names


def _line(read: Mapping[str, Any]) -> Line:
    checked = read.get("checked_on")
    words = ("name", "dial", "keyword", "hours", "languages", "remark", "address")
    return Line(
        kind=LineKind(read["kind"]),
        checked_on=date.fromisoformat(checked) if checked else None,
        **{name: read.get(name, "") for name in words},
    )
