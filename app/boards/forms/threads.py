"""Starting a thread, and what its author and moderators do to it."""

from collections.abc import Sequence
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from wtforms import (
    BooleanField,
    IntegerField,
    RadioField,
    SelectMultipleField,
    StringField,
    SubmitField,
    ValidationError,
)
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its types
from wtforms.validators import DataRequired, Length, Optional
from wtforms.widgets import HiddenInput

from app.boards.forms.body import BodyForm
from app.boards.forms.notes import notes_chosen, notes_field
from app.boards.limits import TITLE_LONGEST, TITLE_SHORTEST
from app.boards.models import Wish
from app.care.models import ContentNote
from app.core.forms import Form
from app.tags.limits import MOST_TAGS
from app.tags.models import Axis

WISHES = {
    Wish.LISTEN: _l("Just listen"),
    Wish.SIMILAR: _l("Similar experiences"),
    Wish.ADVICE: _l("Advice is welcome"),
    Wish.NONE: _l("I don’t know yet"),
}

QUESTIONS = (
    _l("What has been happening:"), _l("What I have tried:"), _l("What would help:"),
)  # fmt: skip


def _title() -> StringField:
    return StringField(
        _l("Title"),
        [
            DataRequired(_l("Give it a title, so that others can find it.")),
            Length(TITLE_SHORTEST, TITLE_LONGEST, _l("A title has %(min)d to %(max)d characters.")),
        ],
    )


def _few_tags(form: Any, _field: SelectMultipleField) -> None:
    if len(set(form.tags)) > MOST_TAGS:
        raise ValidationError(gettext("Choose at most %(most)s tags in all.", most=MOST_TAGS))


def _tags(question: str, *rules: Any) -> SelectMultipleField:
    """Ask for tags of one axis. One that was retired meanwhile is no reason to refuse."""
    return SelectMultipleField(question, [*rules, Optional()], validate_choice=False)


class ThreadForm(BodyForm):
    """A new thread: what it is called, its first post, and what readers should know of it."""

    title = _title()
    wish = RadioField(
        _l("What would help?"),
        choices=[SelectChoice(each.value, words) for each, words in WISHES.items()],
        default=Wish.NONE.value,
    )
    content_notes = notes_field()
    approaches = _tags(_l("Approaches"), _few_tags)
    situations = _tags(_l("Situations"))
    treatments = _tags(_l("Treatments"))
    may_be_asked = BooleanField(_l("You may ask me in three months how it turned out"))
    questions = SubmitField(_l("Start with three questions"))

    def offer(self, tags: Sequence[Any]) -> None:
        """Let tags be chosen from those there are."""
        for axis, field in (
            (Axis.APPROACH, self.approaches),
            (Axis.SITUATION, self.situations),
            (Axis.TREATMENT, self.treatments),
        ):
            field.choices = [SelectChoice(tag.slug, tag.name) for tag in tags if tag.axis == axis]

    @property
    def notes(self) -> tuple[ContentNote, ...]:
        return notes_chosen(self.content_notes.data)

    @property
    def tags(self) -> tuple[str, ...]:
        chosen = (self.approaches.data, self.situations.data, self.treatments.data)
        return tuple(slug for slugs in chosen for slug in slugs or ())

    def validate_on_submit(self, *args: Any, **kwargs: Any) -> bool:
        """Say whether to start the thread. Asked for the questions, write them below the words."""
        if not self.questions.data:
            return bool(super().validate_on_submit(*args, **kwargs))
        words = (self.body.data or "").rstrip()
        missing = [str(each) for each in QUESTIONS if str(each) not in words]
        self.body.data = "\n\n".join(filter(None, [words, *(f"{each}\n" for each in missing)]))
        return False


class PreviewForm(BodyForm):
    """What saving would show, before anything is saved."""

    title = StringField(_l("Title"), [Length(max=TITLE_LONGEST)])


class TitleForm(Form):
    """Another title for a thread, and the version it replaces."""

    was_shown_older = False  # it was changed while its author was writing

    title = _title()
    version = IntegerField(widget=HiddenInput(), validators=[DataRequired()])

    def show(self, title: str, version: int) -> None:
        """Fill in the title as it stands; one already typed stays, to replace this version."""
        if not self.is_submitted() and not self.title.data:
            self.title.data = title
        self.was_shown_older = self.is_submitted() and self.version.data != version
        self.version.data, self.version.raw_data = version, [str(version)]


class TendForm(Form):
    """A button that lets a thread rest, or stand first; or takes that back."""

    undo = BooleanField()


class OutcomeForm(BodyForm):
    """How it turned out, or that somebody would rather not say."""

    not_this_time = SubmitField(_l("Not this time"))

    def validate(self, *args: Any, **kwargs: Any) -> bool:
        """Ask for no words of somebody who would rather not say."""
        if self.not_this_time.data:
            self.body.validators = ()
        return bool(super().validate(*args, **kwargs))
