"""What a text mentions, said neutrally beforehand."""

import re

import pytest

from app.care.actions import set_content_notes
from app.care.models import ContentNote
from app.care.queries import (
    FOLDED_AT_FIRST,
    WORDS,
    folds_at_first,
    note_words,
    notes_on,
)
from app.core.database import writing
from tests.factories import make_thread


@pytest.fixture
def subject_id(cast):
    return make_thread(cast["member"]).subject_id


def put(subject_id, *notes):
    with writing():
        set_content_notes(subject_id, notes)


def test_a_text_carries_the_notes_it_was_given_last(subject_id):
    put(subject_id, ContentNote.LOSS, ContentNote.ABUSE, ContentNote.LOSS)
    assert notes_on(subject_id) == (ContentNote.ABUSE, ContentNote.LOSS)
    put(subject_id, ContentNote.LOSS, ContentNote.HOSPITAL)
    assert notes_on(subject_id) == (ContentNote.LOSS, ContentNote.HOSPITAL)
    put(subject_id)
    assert notes_on(subject_id) == ()


def test_notes_stand_on_one_text_only(cast, subject_id):
    other = make_thread(cast["member"]).subject_id
    put(subject_id, ContentNote.LOSS)
    put(other)
    assert notes_on(subject_id) == (ContentNote.LOSS,)


def test_every_note_has_its_words_in_the_order_in_which_they_are_offered():
    assert list(WORDS) == list(ContentNote)
    assert note_words([ContentNote.CONFLICT, ContentNote.ABUSE]) == ["abuse", "conflict"]


def test_the_words_are_neutral():
    """Care.md: a warning raises the fear it warns of."""
    said = " ".join(f"{words.label} {words.said}" for words in WORDS.values()).lower()
    assert not re.search(r"trigger|warning|graphic|disturb|danger|!", said)


@pytest.mark.parametrize("note", ContentNote)
def test_three_notes_fold_a_text_at_first(note):
    assert folds_at_first([note, ContentNote.CONFLICT]) == (note in FOLDED_AT_FIRST)
    assert len(FOLDED_AT_FIRST) == 3
