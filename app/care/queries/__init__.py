"""The help lines: as everybody and as organisers see them, and as a process keeps them."""

from app.care.queries.directory import (
    Country,
    Directory,
    Line,
    country_name,
    every_country_name,
    packaged,
)
from app.care.queries.memory import Memory
from app.care.queries.tables import (
    LineRow,
    as_shown,
    every_country,
    every_line,
    get_line,
    read_directory,
    read_version,
)

__all__ = [
    "Country", "Directory", "Line", "LineRow", "Memory", "as_shown", "country_name",
    "every_country", "every_country_name", "every_line", "get_line", "packaged", "read_directory",
    "read_version",
]  # fmt: skip
