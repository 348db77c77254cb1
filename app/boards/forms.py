"""The shape of what members write on boards."""

from flask_babel import lazy_gettext as _l
from wtforms import IntegerField, StringField, TextAreaField
from wtforms.validators import DataRequired, Length
from wtforms.widgets import HiddenInput

from app.boards.limits import BODY_LONGEST, TITLE_LONGEST, TITLE_SHORTEST
from app.core.forms import Form

NOTHING_YET = _l("Write something first. Short is fine.")
TOO_LONG = _l("This is longer than fits here (%(max)d characters). Nothing was cut off.")


class BodyForm(Form):
    body = TextAreaField(
        _l("Your words"), [DataRequired(NOTHING_YET), Length(max=BODY_LONGEST, message=TOO_LONG)]
    )


class ReplyForm(BodyForm):
    """An answer in a thread."""


class EditForm(BodyForm):
    """New words for a post, and the version they replace."""

    was_shown_older = False  # it was changed while its author was writing

    version = IntegerField(widget=HiddenInput(), validators=[DataRequired()])

    def show(self, source: str, version: int) -> None:
        """Fill in the words as they stand; words already typed stay, to replace this version."""
        if not self.is_submitted() and not self.body.data:
            self.body.data = source
        self.was_shown_older = self.is_submitted() and self.version.data != version
        self.version.data, self.version.raw_data = version, [str(version)]


class ThreadForm(BodyForm):
    """A new thread: what it is called, and its first post."""

    title = StringField(
        _l("Title"),
        [
            DataRequired(_l("Give it a title, so that others can find it.")),
            Length(
                TITLE_SHORTEST,
                TITLE_LONGEST,
                _l("A title has %(min)d to %(max)d characters."),
            ),
        ],
    )


class PreviewForm(BodyForm):
    """What saving would show, before anything is saved."""

    title = StringField(_l("Title"), [Length(max=TITLE_LONGEST)])
