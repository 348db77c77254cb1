"""The words of a post, whatever form they come in."""

from flask_babel import lazy_gettext as _l
from wtforms import TextAreaField
from wtforms.validators import DataRequired, Length

from app.boards.limits import BODY_LONGEST
from app.core.forms import Form

NOTHING_YET = _l("Write something first. Short is fine.")
TOO_LONG = _l("This is longer than fits here (%(max)d characters). Nothing was cut off.")


class BodyForm(Form):
    keeps_drafts = True

    body = TextAreaField(
        _l("Your words"), [DataRequired(NOTHING_YET), Length(max=BODY_LONGEST, message=TOO_LONG)]
    )
