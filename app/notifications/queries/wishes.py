"""How members want to hear of things."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, func, select

from app.accounts.models import Member
from app.extensions import db
from app.notifications.limits import QUIET_FROM, QUIET_UNTIL
from app.notifications.models import (
    CHANNELS_AT_FIRST,
    About,
    Channel,
    ChannelChoice,
    MailWishes,
)
from app.notifications.queries.times import end_of_quiet


@dataclass(frozen=True, slots=True)
class Wishes:
    """How one member wants to hear of things, as they said or as it is at first."""

    zone: str
    channels: Mapping[About, Channel]
    quiet_from: int
    quiet_until: int
    snoozed_until: datetime | None
    shows_words: bool

    def quiet_at(self, moment: datetime) -> datetime | None:
        """Return until when no mail may come at a moment, or None if it may."""
        if self.snoozed_until and self.snoozed_until > moment:
            return self.snoozed_until
        return end_of_quiet((self.quiet_from, self.quiet_until), self.zone, moment)


@dataclass(frozen=True, slots=True)
class Reader:
    """One of many who are told of the same event: where they live, and how they want to hear."""

    member_id: int
    zone: str
    channel: Channel


def wishes_of(member_id: int) -> Wishes:
    """Return how a member wants to hear of things."""
    zone = db.session.scalar(select(Member.zone).where(Member.id == member_id)) or "UTC"
    own = select(ChannelChoice.about, ChannelChoice.channel)
    rows = db.session.execute(own.where(ChannelChoice.member_id == member_id))
    chosen = {About(about): Channel(channel) for about, channel in rows if about in set(About)}
    said = db.session.scalar(select(MailWishes).where(MailWishes.member_id == member_id))
    return Wishes(
        zone=zone,
        channels=CHANNELS_AT_FIRST | chosen,
        quiet_from=said.quiet_from if said else QUIET_FROM,
        quiet_until=said.quiet_until if said else QUIET_UNTIL,
        snoozed_until=said.snoozed_until if said else None,
        shows_words=said.shows_words if said else False,
    )


def readers(member_ids: Collection[int], about: About) -> list[Reader]:
    """Return those of these members who want to hear of something, in the order of their ids."""
    said = and_(ChannelChoice.member_id == Member.id, ChannelChoice.about == about)
    channel = func.coalesce(ChannelChoice.channel, CHANNELS_AT_FIRST[about].value).label("channel")
    asked = (
        select(Member.id, Member.zone, channel)
        .outerjoin(ChannelChoice, said)
        .where(Member.id.in_(member_ids), channel != Channel.NEVER.value)
        .order_by(Member.id)
    )
    return [Reader(own, zone, Channel(way)) for own, zone, way in db.session.execute(asked)]
