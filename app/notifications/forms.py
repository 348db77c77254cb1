"""The shape of how members say how they want to hear of things."""

import re
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from flask_babel import gettext, ngettext
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, SelectField, StringField, ValidationError
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its types
from wtforms.validators import Optional

from app.core import clock
from app.core.forms import Form
from app.core.zones import known_zones, zone_words
from app.notifications.limits import SNOOZES
from app.notifications.models import About, Channel
from app.notifications.queries import CHANNELS, WORDS, Wishes

IDS = re.compile(r"([1-9][0-9]{0,17})(,[1-9][0-9]{0,17}){0,99}")
ONE_ID = re.compile(r"[1-9][0-9]{0,17}")

KEEP = "keep"  # a snooze that goes on as it is


class ReadForm(Form):
    """Which notifications to count as read: these, or all up to the newest on the page."""

    ids = StringField(validators=[Optional()])
    until = StringField(validators=[Optional()])

    @property
    def chosen(self) -> list[int]:
        return [int(each) for each in (self.ids.data or "").split(",") if each]

    @property
    def newest(self) -> int | None:
        return int(self.until.data) if self.until.data else None

    def validate_ids(self, field: StringField) -> None:
        _require(IDS, field)

    def validate_until(self, field: StringField) -> None:
        _require(ONE_ID, field)


def _channel_of(about: About) -> SelectField:
    choices = [SelectChoice(channel.value, words) for channel, words in CHANNELS.items()]
    return SelectField(WORDS[about].label, choices=choices)


def _hour(label: Any) -> SelectField:
    choices = [SelectChoice(str(hour), f"{hour:02}:00") for hour in range(24)]
    return SelectField(label, choices=choices)


class WishesForm(Form):
    """How to hear of each kind of thing, and when no mail may come."""

    mention = _channel_of(About.MENTION)
    quote = _channel_of(About.QUOTE)
    reply = _channel_of(About.REPLY)
    support = _channel_of(About.SUPPORT)
    shown = _channel_of(About.SHOWN)
    decision = _channel_of(About.DECISION)
    zone = SelectField(_l("My clock"))
    quiet_from = _hour(_l("No mail from"))
    quiet_until = _hour(_l("Mail again from"))
    snooze = SelectField(_l("Quiet for a while"))
    shows_words = BooleanField(_l("Letters may show who wrote, and in which thread"))

    def __init__(self, wishes: Wishes) -> None:
        self.is_snoozed = wishes.snoozed_until is not None and wishes.snoozed_until > clock.now()
        self._snoozed_until = wishes.snoozed_until
        super().__init__(data=_as_typed(wishes) | {"snooze": KEEP if self.is_snoozed else "0"})
        self.snooze.choices = _snoozes(self.is_snoozed)
        zones = dict.fromkeys((*known_zones(), wishes.zone))
        self.zone.choices = [SelectChoice(zone, zone_words(zone)) for zone in zones]

    @property
    def channels(self) -> Mapping[About, Channel]:
        return {about: Channel(self[about.value].data) for about in About}

    @property
    def snoozed_until(self) -> datetime | None:
        if self.snooze.data == KEEP:
            return self._snoozed_until
        days = int(self.snooze.data)
        return clock.now() + timedelta(days=days) if days else None


def _as_typed(wishes: Wishes) -> dict[str, Any]:
    return {
        **{about.value: channel.value for about, channel in wishes.channels.items()},
        "zone": wishes.zone,
        "quiet_from": str(wishes.quiet_from),
        "quiet_until": str(wishes.quiet_until),
        "shows_words": wishes.shows_words,
    }


def _snoozes(is_snoozed: bool) -> list[SelectChoice]:
    keep = [SelectChoice(KEEP, gettext("As it is now"))] if is_snoozed else []
    none = SelectChoice("0", gettext("No"))
    days = [
        SelectChoice(str(n), ngettext("For %(num)d day", "For %(num)d days", n)) for n in SNOOZES
    ]
    return [*keep, none, *days]


def _require(shape: re.Pattern[str], field: StringField) -> None:
    if not shape.fullmatch(field.data or ""):
        raise ValidationError(gettext("This page had grown old."))
