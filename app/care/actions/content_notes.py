"""Say beforehand what a text mentions."""

from collections.abc import Iterable

from sqlalchemy import delete

from app.care.models import ContentNote, SubjectNote
from app.core.database import insert_or_ignore
from app.extensions import db


def set_content_notes(subject_id: int, notes: Iterable[ContentNote]) -> None:
    """Let a text carry these notes and no others. Whoever calls has asked for the right."""
    wanted = set(notes)
    gone = SubjectNote.subject_id == subject_id, SubjectNote.note.not_in(sorted(wanted))
    db.session.execute(delete(SubjectNote).where(*gone))
    for each in sorted(wanted):
        insert_or_ignore(SubjectNote, subject_id=subject_id, note=each)
