"""The help lines, as everybody, organisers and a process see them; and content notes."""

from app.care.queries.content_notes import (
    FOLDED_AT_FIRST,
    WORDS,
    folds_at_first,
    note_explanations,
    note_words,
    notes_in,
    notes_of,
    notes_on,
)
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
    "FOLDED_AT_FIRST", "WORDS", "Country", "Directory", "Line", "LineRow",
    "Memory", "as_shown", "country_name", "every_country", "every_country_name", "every_line",
    "folds_at_first", "get_line", "note_explanations", "note_words", "notes_in", "notes_of",
    "notes_on", "packaged", "read_directory", "read_version",
]  # fmt: skip
