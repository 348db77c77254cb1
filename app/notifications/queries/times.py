"""When letters may come, in the time of the place where a member lives.

A day there may have 23 hours or 25. So what is due is a day and an hour on their clock, and the
moment follows from it: no summary is left out and none comes twice when the clocks change.
"""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from app.notifications.limits import DIGEST_HOUR, DIGEST_WEEKDAY
from app.notifications.models import Channel

A_DAY = timedelta(days=1)


def next_due(channel: Channel, zone: str, after: datetime) -> datetime | None:
    """Return when a letter is due that tells of something that happened just now, if one is."""
    if channel == Channel.AT_ONCE:
        return after
    if channel in {Channel.DAILY, Channel.WEEKLY}:
        return next_summary(channel, zone, after)
    return None


def next_summary(channel: Channel, zone: str, after: datetime) -> datetime:
    """Return when the next summary after a moment is due: in the morning, or on Sunday morning."""
    day = local_day(zone, after)
    while not _has_summary(channel, day) or _moment(day, DIGEST_HOUR, zone) <= after:
        day += A_DAY
    return _moment(day, DIGEST_HOUR, zone)


def local_day(zone: str, moment: datetime) -> date:
    """Return which day a moment is on where somebody lives."""
    return moment.astimezone(_place(zone)).date()


def end_of_quiet(hours: tuple[int, int], zone: str, moment: datetime) -> datetime | None:
    """Return when quiet hours (from, until) end that a moment falls into, or None if it does not.

    Until is reached at the next time their clock shows it. Both hours alike: there are none.
    """
    begin, end = hours
    there = moment.astimezone(_place(zone))
    since_begin, length = (there.hour - begin) % 24, (end - begin) % 24
    if since_begin >= length:
        return None
    day = there.date() if there.hour < end else there.date() + A_DAY
    return _moment(day, end, zone)


def _has_summary(channel: Channel, day: date) -> bool:
    return channel == Channel.DAILY or day.weekday() == DIGEST_WEEKDAY


def _moment(day: date, hour: int, zone: str) -> datetime:
    return datetime.combine(day, time(hour), _place(zone)).astimezone(UTC)


def _place(zone: str) -> ZoneInfo:
    try:
        return ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError, OSError):  # a folder of zones is no zone
        return ZoneInfo("UTC")
