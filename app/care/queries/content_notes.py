"""Which content notes a text carries, what they say, and which of them a reader has folded."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import InstrumentedAttribute

from app.care.models import ContentNote, SubjectNote
from app.extensions import db

# Folded until a reader chooses otherwise (product/care.md); everything else is shown.
FOLDED_AT_FIRST = frozenset(
    {ContentNote.SUICIDAL_THOUGHTS, ContentNote.SELF_HARM, ContentNote.ABUSE}
)


@dataclass(frozen=True, slots=True)
class NoteWords:
    """How a note is called, and what it stands for. Neutral: a note is no alarm."""

    label: Any
    said: Any


# In the order in which they are offered: the first six stand open, the rest behind More.
WORDS = {
    ContentNote.SUICIDAL_THOUGHTS: NoteWords(
        _l("mentions suicidal thoughts"), _l("Somebody writes about not wanting to live.")
    ),
    ContentNote.PANIC_CLOSELY: NoteWords(
        _l("panic described closely"), _l("What panic feels like in the body, step by step.")
    ),
    ContentNote.SIDE_EFFECTS: NoteWords(
        _l("medication side effects"), _l("What a medicine did that it was not taken for.")
    ),
    ContentNote.MEDICAL_FEARS: NoteWords(
        _l("medical fears"), _l("Illnesses and symptoms somebody is afraid of.")
    ),
    ContentNote.SELF_HARM: NoteWords(
        _l("self-harm"), _l("Hurting oneself is mentioned, now or in the past.")
    ),
    ContentNote.ABUSE: NoteWords(_l("abuse"), _l("Violence or harm done by another person.")),
    ContentNote.EATING: NoteWords(_l("eating"), _l("Food, weight or difficulties with eating.")),
    ContentNote.LOSS: NoteWords(_l("loss"), _l("Somebody’s death, or another parting.")),
    ContentNote.HOSPITAL: NoteWords(_l("hospital"), _l("A stay, an operation, an emergency ward.")),
    ContentNote.SUBSTANCE_USE: NoteWords(
        _l("substance use"), _l("Alcohol or drugs, and living with or without them.")
    ),
    ContentNote.PREGNANCY_BIRTH: NoteWords(
        _l("pregnancy and birth"), _l("Carrying, having, losing or hoping for a child.")
    ),
    ContentNote.CONFLICT: NoteWords(_l("conflict"), _l("A quarrel at home, at work or online.")),
}


def note_words(notes: Iterable[ContentNote]) -> list[str]:
    """Return what notes are called, in the reader's language, in their order."""
    kept = set(notes)
    return [str(words.label) for note, words in WORDS.items() if note in kept]


def note_explanations() -> dict[str, str]:
    """Return what each note stands for, by its key."""
    return {note.value: str(words.said) for note, words in WORDS.items()}


def folds_at_first(notes: Iterable[ContentNote]) -> bool:
    """Say whether a text with these notes is folded for a reader who has chosen nothing."""
    return not FOLDED_AT_FIRST.isdisjoint(notes)


def notes_of(subject_id: InstrumentedAttribute[int]) -> ColumnElement[str | None]:
    """Return, for a query of subjects, the notes of each in one column; notes_in() reads it."""
    own = select(func.aggregate_strings(SubjectNote.note, ","))
    return own.where(SubjectNote.subject_id == subject_id).scalar_subquery()


def notes_in(column: str | None) -> tuple[ContentNote, ...]:
    """Return the notes a column of notes_of() holds, in the order in which they are offered."""
    kept = set(column.split(",")) if column else set()
    return tuple(note for note in ContentNote if note in kept)


def notes_on(subject_id: int) -> tuple[ContentNote, ...]:
    """Return the notes one text carries."""
    own = select(SubjectNote.note).where(SubjectNote.subject_id == subject_id)
    kept = set(db.session.scalars(own.order_by(SubjectNote.note)))
    return tuple(note for note in ContentNote if note in kept)
