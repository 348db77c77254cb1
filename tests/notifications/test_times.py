"""Days and hours of a member's own clock, also on the days when clocks change."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest

from app.notifications.limits import DIGEST_HOUR
from app.notifications.models import Channel
from app.notifications.queries import end_of_quiet, local_day, next_due, next_summary

# In 2026 clocks change in Berlin on 29 March and 25 October, in New York on 8 March and
# 1 November, in Sydney the other way round, and on Lord Howe by half an hour.
ZONES = ["Europe/Berlin", "America/New_York", "Australia/Sydney", "Australia/Lord_Howe", "UTC"]


def at(words):
    return datetime.fromisoformat(words).replace(tzinfo=UTC)


@pytest.mark.parametrize("zone", ZONES)
@pytest.mark.parametrize(("channel", "step"), [(Channel.DAILY, 1), (Channel.WEEKLY, 7)])
def test_through_a_whole_year_no_summary_is_left_out_or_comes_twice(zone, channel, step):
    moment, days = at("2026-01-01T00:00"), []
    while moment < at("2027-01-01T00:00"):
        moment = next_summary(channel, zone, moment)
        assert moment.astimezone(ZoneInfo(zone)).hour == DIGEST_HOUR
        days.append(local_day(zone, moment))
    assert {b - a for a, b in pairwise(days)} == {timedelta(days=step)}
    assert channel == Channel.DAILY or {day.weekday() for day in days} == {6}


@pytest.mark.parametrize("zone", ZONES)
def test_it_does_not_matter_when_in_a_day_something_happens(zone):
    """Each quarter of an hour of a year: the next summary is at most a day (and an hour) away."""
    moment = at("2026-01-01T00:07")
    while moment < at("2027-01-01T00:00"):
        due = next_summary(Channel.DAILY, zone, moment)
        assert timedelta() < due - moment <= timedelta(hours=25)
        moment += timedelta(minutes=45)


@pytest.mark.parametrize(("zone", "moment", "due"), [
    ("Europe/Berlin", "2026-03-28T08:00", "2026-03-29T06:00"),  # the short night
    ("Europe/Berlin", "2026-10-24T08:00", "2026-10-25T07:00"),  # the long one
    ("America/New_York", "2026-03-07T14:00", "2026-03-08T12:00"),
    ("America/New_York", "2026-10-31T14:00", "2026-11-01T13:00"),
])  # fmt: skip
def test_on_the_days_of_a_change_it_comes_at_the_same_hour_of_their_clock(zone, moment, due):
    assert next_summary(Channel.DAILY, zone, at(moment)) == at(due)


def test_just_at_the_hour_the_next_is_tomorrow():
    assert next_summary(Channel.DAILY, "UTC", at("2026-01-05T08:00")) == at("2026-01-06T08:00")
    assert next_summary(Channel.DAILY, "UTC", at("2026-01-05T07:59")) == at("2026-01-05T08:00")


def test_a_zone_nobody_knows_counts_as_utc():
    for zone in ("", "Mars/Olympus", "../etc/passwd", "Europe"):
        assert next_summary(Channel.DAILY, zone, at("2026-01-05T07:00")) == at("2026-01-05T08:00")


def test_at_once_is_now_and_here_alone_is_never():
    now = at("2026-01-05T07:00")
    assert next_due(Channel.AT_ONCE, "UTC", now) == now
    assert next_due(Channel.APP, "UTC", now) is None


@pytest.mark.parametrize(("hours", "moment", "end"), [
    ((21, 8), "2026-01-05T20:59", None),
    ((21, 8), "2026-01-05T21:00", "2026-01-06T08:00"),
    ((21, 8), "2026-01-06T07:59", "2026-01-06T08:00"),
    ((21, 8), "2026-01-06T08:00", None),
    ((1, 5), "2026-01-06T03:00", "2026-01-06T05:00"),
    ((1, 5), "2026-01-06T00:59", None),
    ((0, 0), "2026-01-06T00:30", None),
    ((7, 7), "2026-01-06T07:30", None),
])  # fmt: skip
def test_quiet_hours_begin_and_end(hours, moment, end):
    assert end_of_quiet(hours, "UTC", at(moment)) == (at(end) if end else None)


@pytest.mark.parametrize("zone", ZONES)
@pytest.mark.parametrize("hours", [(21, 8), (22, 2), (2, 3), (1, 2), (23, 0)])
def test_when_quiet_ends_it_is_not_quiet_any_more_whatever_the_clocks_do(zone, hours):
    moment = at("2026-01-01T00:07")
    while moment < at("2027-01-01T00:00"):
        end = end_of_quiet(hours, zone, moment)
        if end is not None:
            assert moment < end <= moment + timedelta(hours=26)
            assert end_of_quiet(hours, zone, end) is None
        moment += timedelta(minutes=45)
