"""The shape of what people write at the door."""

from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from wtforms import (
    BooleanField,
    EmailField,
    HiddenField,
    PasswordField,
    RadioField,
    SelectMultipleField,
    StringField,
    ValidationError,
)
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its types
from wtforms.validators import DataRequired, InputRequired, Length, Optional

from app.accounts.models import THEMES, Look
from app.accounts.queries import (
    refusal_of_length,
    refusal_of_name,
    refusal_of_password,
    tidy_name,
)
from app.core.forms import Form
from app.core.mail_addresses import LONGEST, MailAddress, read_address

UNDER_18, ADULT = "under_18", "18_or_over"


class AddressForm(Form):
    """An e-mail address, read as it was typed: tidied first, it would hide what is wrong."""

    address: MailAddress | None = None

    email = EmailField(_l("E-mail address"))

    def validate_email(self, field: EmailField) -> None:
        self.address = read_address(_as_typed(field))
        if self.address is None:
            raise ValidationError(gettext("Write the whole address, such as river@example.org."))


class PasswordForm(Form):
    """A new password. How hard it is to guess depends on whose it is, and is asked apart."""

    password = PasswordField(_l("New password"))

    def validate_password(self, field: PasswordField) -> None:
        _refuse(refusal_of_length(field.data or ""))


class JoinForm(AddressForm, PasswordForm):
    """Everything we ask of somebody who wants to join."""

    username = StringField(_l("Name"))
    email = EmailField(_l("E-mail address"))
    password = PasswordField(_l("Password"))
    age = RadioField(
        _l("How old are you?"),
        [InputRequired(_l("Choose one of the two."))],
        choices=[SelectChoice(UNDER_18, _l("Under 18")), SelectChoice(ADULT, _l("18 or over"))],
        validate_choice=False,
    )
    agree = BooleanField(
        _l("Yes, keep what I write here about my health"),
        [DataRequired(_l("Without your yes we may not keep a word of it, so you can’t join."))],
    )

    @property
    def says_under_18(self) -> bool:
        """Say so once the form was looked at. What else is wrong with it does not matter then."""
        return self.is_submitted() and not self.has_grown_old and self.age.data == UNDER_18

    def validate_age(self, field: RadioField) -> None:
        if field.data not in {UNDER_18, ADULT}:
            raise ValidationError(gettext("Choose one of the two."))

    def validate_username(self, field: StringField) -> None:
        name = tidy_name(_as_typed(field))
        _refuse(refusal_of_name(name))
        field.data = name

    def validate_password(self, field: PasswordField) -> None:
        known = self.username.data or "", (self.email.data or "").partition("@")[0]
        _refuse(refusal_of_password(field.data or "", known))


class SignInForm(Form):
    name = StringField(
        _l("Name or e-mail address"),
        [InputRequired(_l("Write your name here, or your e-mail address.")), Length(max=LONGEST)],
    )
    password = PasswordField(_l("Password"), [InputRequired(_l("Write your password."))])
    is_shared = BooleanField(_l("This is a shared computer"))
    next = HiddenField()


class ReadingForm(Form):
    """Whether pages say how many, and whether Today tells of threads that wait."""

    sees_counts = BooleanField(_l("Show counts"))
    wants_nudges = BooleanField(_l("Tell me on Today of threads that wait for a first reply"))


class LookForm(Form):
    """How pages look to a member."""

    theme = RadioField(
        _l("Colours"),
        choices=[
            SelectChoice("", _l("As my device has it")),
            SelectChoice(Look.LIGHT.value, _l("Light")),
            SelectChoice(Look.DARK.value, _l("Dark")),
            SelectChoice(Look.CONTRAST.value, _l("High contrast")),
        ],
        default="",
    )
    looks = SelectMultipleField(
        _l("And"),
        [Optional()],
        choices=[
            SelectChoice(Look.LOW_STIMULUS.value, _l("Fewer things at once")),
            SelectChoice(Look.PLAIN_TYPE.value, _l("One plain typeface")),
            SelectChoice(Look.MORE_SPACE.value, _l("More space between letters and lines")),
        ],
    )

    def show(self, look: str) -> None:
        """Fill in what was chosen, unless something was sent already."""
        if self.is_submitted():
            return
        chosen = look.split()
        self.theme.data = next((each for each in chosen if each in THEMES), "")
        self.looks.data = [each for each in chosen if each not in THEMES]

    @property
    def chosen(self) -> list[Look]:
        return [Look(each) for each in (self.theme.data, *(self.looks.data or [])) if each]


def _refuse(refusal: str | None) -> None:
    if refusal:
        raise ValidationError(refusal)


def _as_typed(field: Any) -> str:
    """Return what was sent, before the form tidied it."""
    return str(field.raw_data[0]) if field.raw_data else ""
