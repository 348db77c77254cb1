"""Which content notes a text carries, and which of them a reader has folded."""

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import InstrumentedAttribute

from app.care.models import ContentNote, SubjectNote

# Folded until a reader chooses otherwise (product/care.md); everything else is shown.
FOLDED_AT_FIRST = frozenset(
    {ContentNote.SUICIDAL_THOUGHTS, ContentNote.SELF_HARM, ContentNote.ABUSE}
)


def notes_of(subject_id: InstrumentedAttribute[int]) -> ColumnElement[str | None]:
    """Return, for a query of subjects, the notes of each in one column; notes_in() reads it."""
    own = select(func.aggregate_strings(SubjectNote.note, ","))
    return own.where(SubjectNote.subject_id == subject_id).scalar_subquery()


def notes_in(column: str | None) -> tuple[ContentNote, ...]:
    """Return the notes a column of notes_of() holds, in the order in which they are offered."""
    kept = set(column.split(",")) if column else set()
    return tuple(note for note in ContentNote if note in kept)
