"""Answering, and changing one's words."""

from wtforms import IntegerField
from wtforms.validators import DataRequired
from wtforms.widgets import HiddenInput

from app.boards.forms.body import BodyForm


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
