"""The help lines: as everybody and as organisers see them, and as a process keeps them."""

from app.care.queries.directory import (
    Country,
    Directory,
    Line,
    country_name,
    every_country_code,
    packaged,
)
from app.care.queries.memory import Memory
from app.care.queries.tables import (
    LineRow,
    every_line,
    get_line,
    read_directory,
    read_version,
)

__all__ = [
    "Country", "Directory", "Line", "LineRow", "Memory", "country_name", "every_country_code",
    "every_line", "get_line", "packaged", "read_directory", "read_version",
]  # fmt: skip
