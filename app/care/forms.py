"""The shape of what organisers write down about help lines."""

from collections.abc import Iterable
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import RadioField, SelectField, StringField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its types
from wtforms.validators import DataRequired, Length, Optional, Regexp

from app.care.limits import (
    ADDRESS_LONGEST,
    DIAL_LONGEST,
    NAME_LONGEST,
    NOTE_LONGEST,
    WORD_LONGEST,
)
from app.care.models import HelpLine, LineDetails, LineKind
from app.core.forms import Form

KINDS = {
    LineKind.PHONE: _l("Phone"),
    LineKind.TEXT: _l("Text message"),
    LineKind.CHAT: _l("Chat"),
}

TOO_LONG = _l("This is longer than fits here (%(max)d characters). Nothing was cut off.")
A_NUMBER = _l("Write it as people dial it inside the country: digits and spaces.")
A_PAGE = _l("Write the whole address of a page, such as https://www.example.org/help.")
A_COUNTRY = _l("Choose a country.")

DIALLED = r"[0-9]+( [0-9]+)*\Z"
ADDRESS = r"https?://[^\s/?#\"'<>]+\.[^\s\"'<>]+\Z"


def _one_line(typed: str | None) -> str:
    return " ".join((typed or "").split())


def _line(label: Any, longest: int, *validators: Any) -> StringField:
    length = Length(max=longest, message=TOO_LONG)
    return StringField(label, [*(validators or [Optional()]), length], filters=[_one_line])


class CountryForm(Form):
    """Something about a country."""

    country = SelectField(_l("Country"), [DataRequired(A_COUNTRY)])

    def offer(self, countries: Iterable[tuple[str, str]]) -> None:
        """Let one of these be chosen: (ISO code, name) of each."""
        self.country.choices = [SelectChoice("", _l("Choose"))]
        self.country.choices += [SelectChoice(code, name) for code, name in countries]


class HelpLineForm(CountryForm):
    """Everything that is known of a line. What is unknown stays empty."""

    name = _line(_l("Name"), NAME_LONGEST)
    kind = RadioField(
        _l("How is it reached?"),
        choices=[SelectChoice(each.value, words) for each, words in KINDS.items()],
        default=LineKind.PHONE,
    )
    dial = _line(_l("Number"), DIAL_LONGEST, Optional(), Regexp(DIALLED, message=A_NUMBER))
    keyword = _line(_l("Word to text"), WORD_LONGEST)
    hours = _line(_l("Hours"), NOTE_LONGEST)
    languages = _line(_l("Languages"), NOTE_LONGEST)
    remark = _line(_l("Worth knowing"), NOTE_LONGEST)
    address = _line(_l("Its page"), ADDRESS_LONGEST, Optional(), Regexp(ADDRESS, message=A_PAGE))
    source = _line(_l("Where we have it from"), ADDRESS_LONGEST)

    def show(self, line: HelpLine) -> None:
        """Fill in what the line is now, unless something was sent already."""
        if not self.is_submitted():
            for name in LineDetails.__dataclass_fields__:
                self[name].data = getattr(line, name)

    @property
    def details(self) -> LineDetails:
        """What was filled in, as the actions take it."""
        given: dict[str, Any] = {
            name: self[name].data or "" for name in LineDetails.__dataclass_fields__
        }
        return LineDetails(**given | {"kind": LineKind(self.kind.data)})


class EmergencyForm(CountryForm):
    """The number that sends help in a country."""

    number = _line(
        _l("Emergency number"),
        DIAL_LONGEST,
        DataRequired(A_NUMBER),
        Regexp(DIALLED, message=A_NUMBER),
    )
