"""Pages of a list: by number where numbers are dense, by key where a list moves."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from flask import request

from app.core.errors import NotFound

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
LARGEST_PAGE = 10**9
MOST_NUMBERED = 50  # pages of a moving list; walking its index so far costs next to nothing
KEY = re.compile(r"([0-9]{1,17})-([1-9][0-9]{0,18})")


@dataclass(frozen=True, slots=True)
class Pages:
    """Where one page stands among the pages of a list of `length` things."""

    number: int
    length: int
    size: int

    @property
    def last(self) -> int:
        return max(1, -(-self.length // self.size))

    @property
    def previous(self) -> int | None:
        return self.number - 1 if self.number > 1 else None

    @property
    def next(self) -> int | None:
        return self.number + 1 if self.number < self.last else None

    @property
    def shown(self) -> list[int | None]:
        """The numbers a pager shows; None stands for a gap."""
        near = {1, self.last, *range(self.number - 1, self.number + 2)}
        numbers = sorted(n for n in near if 1 <= n <= self.last)
        shown: list[int | None] = []
        for n in numbers:
            if shown and shown[-1] is not None and n > shown[-1] + 1:
                shown.append(None)
            shown.append(n)
        return shown


@dataclass(frozen=True, slots=True)
class Key:
    """Where a moving list goes on: after the row of this moment and id, newest first."""

    at: datetime
    id: int

    def __str__(self) -> str:
        return f"{(self.at - EPOCH) // timedelta(microseconds=1)}-{self.id}"


def page_asked() -> int:
    """Return the number of the page asked for. What is no number is not there: NotFound."""
    asked = request.args.get("page", "1")
    if not (asked.isascii() and asked.isdigit()) or not 1 <= int(asked[:12]) <= LARGEST_PAGE:
        raise NotFound
    return int(asked[:12])


def place_asked() -> Key | int | None:
    """Return the key or the number of the page asked for; None for the beginning.

    Numbers lead a little way into a moving list, for those who type them; its links carry keys.
    """
    asked = request.args.get("page", "1")
    is_number = asked.isascii() and asked.isdigit() and 2 <= int(asked[:12]) <= MOST_NUMBERED
    return int(asked) if is_number else key_asked()


def key_asked() -> Key | None:
    """Return the key the page asked for goes on from, or None for the beginning."""
    asked = request.args.get("page", "1")
    if asked == "1":
        return None
    parts = KEY.fullmatch(asked)
    if parts is None or int(parts[2]) >= 2**63:
        raise NotFound
    try:
        at = EPOCH + timedelta(microseconds=int(parts[1]))
    except OverflowError as error:
        raise NotFound from error
    return Key(at, int(parts[2]))
