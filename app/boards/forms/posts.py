"""Answering, changing one's words, and what others do to a post."""

from collections.abc import Iterable, Mapping

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, HiddenField, IntegerField, RadioField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its types
from wtforms.validators import DataRequired, InputRequired, Length
from wtforms.widgets import HiddenInput

from app.boards.forms.body import BodyForm
from app.boards.forms.notes import notes_chosen, notes_field
from app.boards.limits import QUOTED_LONGEST, REASON_LONGEST
from app.boards.models import SupportKind
from app.care.models import ContentNote
from app.core.edges import LARGEST_ID
from app.core.forms import Form


class ReplyForm(BodyForm):
    """An answer in a thread, and the passage it quotes, if it quotes one."""

    replying_to = HiddenField(_l("The post you quote"))
    # Its length is for the script that fills it in; what is longer is refused, not cut.
    quoted = HiddenField(_l("The words you quote"), render_kw={"maxlength": QUOTED_LONGEST})
    without_quotation = BooleanField(_l("Answer without the quotation"))
    content_notes = notes_field()

    def choose(self, asked: Mapping[str, str]) -> None:
        """Fill in the post that was chosen by a link, unless words kept here say which."""
        chosen = asked.get("replying_to", "")
        is_open = not self.replying_to.data or (self.draft and chosen)  # a draft may quote anew
        if not self.is_submitted() and is_open:
            self.replying_to.data, self.quoted.data = chosen, asked.get("quoted", "")

    def forget_quotation(self, reason: str) -> None:
        """Offer the form without what can't be quoted, so that sending it again works."""
        self.replying_to.data = self.quoted.data = ""
        self.form_errors[:] = [reason]

    @property
    def quotation(self) -> tuple[int | None, str]:
        """The post to quote and the passage of it; None where the answer goes without."""
        if self.without_quotation.data or not self.replying_to.data:
            return None, ""
        return _post_id(self.replying_to.data), self.quoted.data or ""

    @property
    def notes(self) -> tuple[ContentNote, ...]:
        return notes_chosen(self.content_notes.data)


class EditForm(BodyForm):
    """New words for a post, and the version they replace."""

    was_shown_older = False  # it was changed while its author was writing

    version = IntegerField(widget=HiddenInput(), validators=[DataRequired()])
    content_notes = notes_field()

    def show(self, source: str, version: int, notes: Iterable[ContentNote]) -> None:
        """Fill in the words as they stand; words already typed stay, to replace this version."""
        if not self.is_submitted() and not self.body.data:
            self.body.data, self.content_notes.data = source, [str(note) for note in notes]
        self.was_shown_older = self.version.data not in {None, version}
        self.version.data, self.version.raw_data = version, [str(version)]

    @property
    def notes(self) -> tuple[ContentNote, ...]:
        return notes_chosen(self.content_notes.data)


class SupportForm(Form):
    """One of the two kinds of support."""

    kind = RadioField(
        _l("What do you want to send?"),
        [InputRequired(_l("Choose one of these."))],
        choices=[
            SelectChoice(SupportKind.WITH_YOU, _l("With you")),
            SelectChoice(SupportKind.THANK_YOU, _l("Thank you")),
        ],
    )


class ExpungeForm(Form):
    """Why an old version is emptied."""

    reason = TextAreaField(
        _l("Why"),
        [
            DataRequired(_l("Say why, for the log. A few words are enough.")),
            Length(max=REASON_LONGEST, message=_l("A reason has at most %(max)d characters.")),
        ],
    )


def _post_id(written: str) -> int:
    """Return a number that can be a post's. What is none is 0, which no post has."""
    is_number = written.isascii() and written.isdigit() and len(written) <= len(str(LARGEST_ID))
    return int(written) if is_number and int(written) <= LARGEST_ID else 0
