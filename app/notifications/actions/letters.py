"""Write to members about what they were told: at once, or once a day or week in a summary.

Whoever calls has locked the member, so that of two hands one finds nothing left to do.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from app.accounts.models import Member
from app.core import clock
from app.extensions import db
from app.notifications.actions.wording import Told, letter_about
from app.notifications.models import BY_MAIL, DIGESTS, About, Channel, Mailing, Notification
from app.notifications.queries import (
    Wishes,
    due_to,
    find_mailing_of,
    glances_at,
    local_day,
    next_due,
    next_summary,
    told_in,
    wishes_of,
    worth_telling,
)
from app.permissions import Actor


@dataclass(frozen=True, slots=True)
class Desk:
    """What is at hand when somebody is written to."""

    member: Member
    actor: Actor  # the member, as a request of theirs would have them
    wishes: Wishes
    now: datetime


def write_due(member: Member, actor: Actor) -> int:
    """Write the letters that are due to a member; return how many."""
    desk = Desk(member, actor, wishes_of(actor.id), clock.now())
    due = due_to(actor.id)
    worth = worth_telling([row.id for row in due], actor=actor)
    waiting = [row for row in due if _is_to_be_written(row, desk, row.id in worth)]
    letters = [_write_at_once(about, waiting, desk) for about in About]
    letters += [_write_summary(channel, waiting, desk) for channel in DIGESTS]
    return sum(letters)


def take_back(mailing_id: int) -> None:
    """Let what a letter was to tell be looked at anew: it did not go. Its day is free again."""
    mailing = db.session.get_one(Mailing, mailing_id)
    mailing.day = None
    for row in told_in(mailing_id):
        row.mailing_id, row.due_at = None, clock.now()


def _is_to_be_written(row: Notification, desk: Desk, is_worth_it: bool) -> bool:
    """Say whether it belongs in a letter now; else set when it will, if it ever will."""
    wanted = desk.wishes.channels[About(row.about)]
    quiet_until = desk.wishes.quiet_at(desk.now)
    if not is_worth_it or wanted not in BY_MAIL:
        row.due_at = None
    elif wanted != row.channel:
        row.channel = wanted
        row.due_at = next_due(wanted, desk.wishes.zone, desk.now)
    elif quiet_until is not None:
        row.due_at = quiet_until
    else:
        return True
    return False


def _write_at_once(about: About, waiting: Iterable[Notification], desk: Desk) -> bool:
    """One letter a kind: its reader can put an end to that kind alone."""
    rows = [row for row in waiting if row.channel == Channel.AT_ONCE and row.about == about]
    return bool(rows) and _write(Channel.AT_ONCE, None, rows, desk)


def _write_summary(channel: Channel, waiting: Iterable[Notification], desk: Desk) -> bool:
    rows = [row for row in waiting if row.channel == channel]
    if not rows:
        return False
    day = local_day(desk.wishes.zone, desk.now)
    if find_mailing_of(desk.actor.id, channel, day):
        for row in rows:  # one a day, whatever happens to the clocks and to their settings
            row.due_at = next_summary(channel, desk.wishes.zone, desk.now)
        return False
    return _write(channel, day, rows, desk)


def _write(channel: Channel, day: date | None, rows: Sequence[Notification], desk: Desk) -> bool:
    """Write one letter. Somebody in need is no news for a summary: it is told here alone."""
    glances = glances_at((row.subject_id for row in rows), actor=desk.actor)
    told = [Told(row, glances.get(row.subject_id or 0)) for row in rows]
    fit = [each for each in told if each.fits(channel)]
    for each in told:
        each.row.due_at = None
    if not fit:
        return False
    mailing = Mailing(member_id=desk.actor.id, channel=channel, day=day, written_at=desk.now)
    db.session.add(mailing)
    db.session.flush()
    for each in fit:
        each.row.mailing_id = mailing.id
    letter_about(mailing, fit, desk.member, shows_words=desk.wishes.shows_words)
    return True
