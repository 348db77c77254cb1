"""What a text mentions, chosen by whoever writes it."""

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import SelectMultipleField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its types
from wtforms.validators import Optional

from app.care.models import ContentNote
from app.care.queries import WORDS


def notes_field() -> Any:
    """Return the question which content notes a text carries. None is an answer."""
    return SelectMultipleField(
        _l("What does it mention?"),
        [Optional()],
        choices=[SelectChoice(note.value, words.label) for note, words in WORDS.items()],
    )


def notes_chosen(chosen: list[str] | None) -> tuple[ContentNote, ...]:
    return tuple(ContentNote(note) for note in chosen or ())
