"""The shape of what organisers fill in."""

import re
from collections.abc import Iterable
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from wtforms import (
    BooleanField,
    HiddenField,
    IntegerField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its types
from wtforms.validators import (
    AnyOf,
    DataRequired,
    InputRequired,
    Length,
    NumberRange,
    Optional,
    Regexp,
)

from app.boards.limits import (
    GUIDE_LONGEST,
    LAST_PLACE,
    NAME_LONGEST,
    PURPOSE_LONGEST,
    SLUG_LONGEST,
)
from app.boards.models import Audience, Board, Policy, Section
from app.core import text
from app.core.errors import NotFound
from app.core.forms import Form
from app.core.slugs import slug_of
from app.permissions import Role

POLICIES = {
    Policy.OPEN: _l("Posts show at once"),
    Policy.NEWCOMERS_WAIT: _l("New members wait for a look"),
    Policy.EVERYONE_WAITS: _l("Every post waits for a look"),
    Policy.STAFF_START: _l("Staff start threads"),
}

AUDIENCES = {
    Audience.MEMBERS: _l("Members"),
    Audience.GROUP: _l("One group"),
    Audience.PUBLIC: _l("Public to read"),
}

ROLES = {
    Role.PARTICIPANT: _l("Participant"),
    Role.FACILITATOR: _l("Facilitator"),
    Role.WELCOMER: _l("Welcomer"),
    Role.CURATOR: _l("Curator"),
    Role.MODERATOR: _l("Moderator"),
    Role.ORGANISER: _l("Organiser"),
}

TOO_LONG = _l("This is longer than fits here (%(max)d characters). Nothing was cut off.")
AN_ID = re.compile(r"[1-9][0-9]{0,17}")

A_NUMBER = _l("Write a whole number from %(min)d to %(max)d.")


class LineField(StringField):
    """One line of text, without what cannot be seen."""

    def process_formdata(self, valuelist: list[Any]) -> None:
        super().process_formdata(valuelist)
        if self.data:
            self.data = text.plain_line(self.data, longest=text.LONGEST_TEXT)


class PlaceField(IntegerField):
    """Where something stands among its like."""

    def process_formdata(self, valuelist: list[Any]) -> None:
        try:
            super().process_formdata(valuelist)
        except ValueError:
            raise ValueError(gettext("Write a whole number, such as 3.")) from None


def _place() -> PlaceField:
    return PlaceField(
        _l("Place"), [InputRequired(A_NUMBER), NumberRange(0, LAST_PLACE, A_NUMBER)], default=1
    )


class SectionForm(Form):
    """A heading, and where it stands."""

    name = LineField(
        _l("Name"),
        [DataRequired(_l("Give the section a name.")), Length(max=NAME_LONGEST, message=TOO_LONG)],
    )
    position = _place()

    def show(self, section: Section) -> None:
        """Fill in what the section is now, unless something was sent already."""
        if not self.is_submitted():
            self.name.data, self.position.data = section.name, section.position


class BoardForm(Form):
    """Everything an organiser decides about a board."""

    section = SelectField(_l("Section"))
    name = LineField(
        _l("Name"),
        [DataRequired(_l("Give the board a name.")), Length(max=NAME_LONGEST, message=TOO_LONG)],
    )
    slug = StringField(
        _l("Address"),
        [
            Optional(),
            Length(max=SLUG_LONGEST, message=TOO_LONG),
            Regexp(
                r"[a-z0-9]+(-[a-z0-9]+)*\Z",
                message=_l("Use plain letters and digits, with hyphens between words."),
            ),
        ],
        filters=[lambda typed: typed and typed.strip().lower()],
    )
    purpose = LineField(
        _l("Purpose"),
        [
            DataRequired(_l("Say in a sentence what the board is for.")),
            Length(max=PURPOSE_LONGEST, message=TOO_LONG),
        ],
    )
    guide = TextAreaField(
        _l("How this board works"), [Optional(), Length(max=GUIDE_LONGEST, message=TOO_LONG)]
    )
    policy = RadioField(
        _l("Whose words show at once?"),
        choices=[SelectChoice(each.value, words) for each, words in POLICIES.items()],
        default=Policy.NEWCOMERS_WAIT,
    )
    audience = RadioField(
        _l("Who may read it?"),
        choices=[SelectChoice(each.value, words) for each, words in AUDIENCES.items()],
        default=Audience.MEMBERS,
    )
    group = SelectField(_l("Group"), [Optional()])
    no_health_talk = BooleanField(_l("No health talk here"))
    allows_mentions = BooleanField(_l("Members can call each other by name"), default=True)
    allows_support = BooleanField(_l("“With you” and “Thank you”"), default=True)
    position = _place()

    def offer(self, sections: Iterable[Any], groups: Iterable[Any]) -> None:
        """Let a section and a group be chosen from those there are."""
        self.section.choices = _names(sections)
        self.group.choices = [SelectChoice("", _l("No group")), *_names(groups)]

    def show(self, board: Board) -> None:
        """Fill in what the board is now, unless something was sent already."""
        if self.is_submitted():
            return
        self.section.data, self.group.data = str(board.section_id), str(board.group_id or "")
        self.name.data, self.slug.data = board.name, board.slug
        self.purpose.data, self.guide.data = board.purpose, board.guide_source
        self.policy.data, self.audience.data = board.policy, board.audience
        self.no_health_talk.data, self.position.data = board.is_public, board.position
        self.allows_mentions.data = board.allows_mentions
        self.allows_support.data = board.allows_support

    def validate(self, *args: Any, **kwargs: Any) -> bool:
        """Ask for an address where none can be made from the name."""
        if not super().validate(*args, **kwargs):
            return False
        if not self.address:
            self.slug.errors = [gettext("Give it an address in plain letters, such as sleep.")]
        return bool(self.address)

    @property
    def address(self) -> str:
        """The short name in the board's address: as typed, or made from its name."""
        return self.slug.data or slug_of(self.name.data or "")[:SLUG_LONGEST].rstrip("-")

    @property
    def group_id(self) -> int | None:
        return int(self.group.data) if self.group.data else None


class NameForm(Form):
    """Whose roles to look at. Its words stand in the address: looking changes nothing."""

    name = StringField(_l("Name"), id="sought")


class RoleForm(Form):
    """Who is trusted with what, and where."""

    name = StringField(_l("Name"), [DataRequired(_l("Write whom you mean."))])
    role = RadioField(
        _l("Role"),
        [AnyOf(list(ROLES), message=_l("Choose a role."))],
        choices=[SelectChoice(each.value, words) for each, words in ROLES.items()],
        validate_choice=False,
    )
    group = SelectField(_l("Group"), [Optional()])

    def offer(self, groups: Iterable[Any]) -> None:
        """Let a group be chosen from those there are."""
        self.group.choices = [SelectChoice("", _l("The whole community")), *_names(groups)]

    @property
    def group_id(self) -> int | None:
        return int(self.group.data) if self.group.data else None


class TakeBackForm(Form):
    """The role that is to end, as a link named it."""

    name = HiddenField()
    role = HiddenField()
    group = HiddenField()

    @property
    def chosen_role(self) -> Role:
        if self.role.data not in set(Role):
            raise NotFound
        return Role(self.role.data)

    @property
    def group_id(self) -> int | None:
        typed = self.group.data or ""
        return int(typed) if AN_ID.fullmatch(typed) else None


def _names(rows: Iterable[Any]) -> list[Any]:
    return [SelectChoice(str(row.id), row.name) for row in rows]
