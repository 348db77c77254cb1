"""A form that is only looked at, on the page of all components."""

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import (
    BooleanField,
    Form,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its types
from wtforms.validators import DataRequired, InputRequired, Length, Optional

from app.core.forms import OurWords


class SampleForm(Form):
    """One field of each kind. It is never sent, so it needs neither token nor key."""

    class Meta(Form.Meta):
        def get_translations(self, form: Any) -> OurWords:
            return OurWords()

    has_grown_old = False

    title = StringField(_l("Title"), [DataRequired(_l("Give it a title.")), Length(max=120)])
    place = StringField(_l("Where you are"), [Optional()])
    country = SelectField(
        _l("Country"),
        choices=[SelectChoice("", _l("Choose one")), SelectChoice("GB", _l("Britain"))],
    )
    body = TextAreaField(_l("Your words"), [DataRequired(_l("Short is fine.")), Length(max=200)])
    wish = RadioField(
        _l("What would help?"),
        [InputRequired(_l("Choose one, or the first."))],
        choices=[
            SelectChoice("listen", _l("Just listen")),
            SelectChoice("advice", _l("Advice is welcome")),
        ],
    )
    notes = SelectMultipleField(
        _l("What it touches on"),
        [Optional()],
        choices=[
            SelectChoice("loss", _l("Loss")),
            SelectChoice("hospital", _l("Hospital")),
            SelectChoice("eating", _l("Eating")),
        ],
    )
    agree = BooleanField(_l("I have read the rules"), [InputRequired(_l("Please read them."))])
