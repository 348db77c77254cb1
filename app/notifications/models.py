"""What happened, in the same transaction as the act itself; and what members are told of it."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.accounts.models import Member
from app.core.classes import MINE, SECRET
from app.extensions import IDS_NEVER_COME_BACK, Base, only_where
from app.notifications.limits import QUIET_FROM, QUIET_UNTIL


class About(StrEnum):
    """What members are told about, in the order in which a letter tells it."""

    MENTION = "mention"
    QUOTE = "quote"
    REPLY = "reply"
    SUPPORT = "support"
    SHOWN = "shown"
    DECISION = "decision"


# It is about the member's own words: they are told wherever those stand by now.
ABOUT_OWN = frozenset({About.SUPPORT, About.SHOWN, About.DECISION})


class Channel(StrEnum):
    """How a member hears of one kind of thing. By mail always means: here too."""

    APP = "app"
    AT_ONCE = "at_once"
    DAILY = "daily"
    WEEKLY = "weekly"
    NEVER = "never"


BY_MAIL = frozenset({Channel.AT_ONCE, Channel.DAILY, Channel.WEEKLY})
DIGESTS = (Channel.DAILY, Channel.WEEKLY)

# Gentle: by mail at once comes only what was decided about somebody's words, since they may
# want to answer it. An answer may be the one thing somebody waits for and they may not come
# back to look, so it is in a summary, once a day. Support is glad news that asks for nothing.
CHANNELS_AT_FIRST = {
    About.MENTION: Channel.DAILY,
    About.QUOTE: Channel.DAILY,
    About.REPLY: Channel.DAILY,
    About.SUPPORT: Channel.NEVER,
    About.SHOWN: Channel.AT_ONCE,
    About.DECISION: Channel.AT_ONCE,
}


class Event(Base):
    """Somebody did something. Whom it concerns is found out later, outside the act."""

    __tablename__ = "events"
    __table_args__ = (
        Index("ix_events_to_tell", "id", **only_where("told_at IS NULL")),
        IDS_NEVER_COME_BACK,
    )

    id: Mapped[int] = mapped_column(primary_key=True, info=SECRET)
    at: Mapped[datetime] = mapped_column(info=SECRET)
    verb: Mapped[str] = mapped_column(String(30), info=SECRET)
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("members.id"), info=SECRET)
    # Named, not imported: subjects stand above.
    subject_id: Mapped[int | None] = mapped_column(ForeignKey("subjects.id"), info=SECRET)
    member_id: Mapped[int | None] = mapped_column(ForeignKey("members.id"), info=SECRET)
    # Since when everybody it concerns has been told; until then, how far that has come: which of
    # its tellings, and the last member of that.
    told_at: Mapped[datetime | None] = mapped_column(info=SECRET)
    telling: Mapped[int] = mapped_column(default=0, info=SECRET)
    told_to: Mapped[int] = mapped_column(default=0, info=SECRET)


class Mailing(Base):
    """A letter that tells of notifications. A summary has its day: there is one a day, or week."""

    __tablename__ = "mailings"
    __table_args__ = (UniqueConstraint("member_id", "channel", "day"), IDS_NEVER_COME_BACK)

    id: Mapped[int] = mapped_column(primary_key=True, info=SECRET)
    member_id: Mapped[int] = mapped_column(ForeignKey(Member.id), info=SECRET)
    channel: Mapped[Channel] = mapped_column(String(10), info=SECRET)
    day: Mapped[date | None] = mapped_column(info=SECRET)
    written_at: Mapped[datetime] = mapped_column(info=SECRET)


class Notification(Base):
    """One member being told of one event. Only they see it."""

    __tablename__ = "notifications"
    __table_args__ = (
        UniqueConstraint("event_id", "member_id"),
        Index("ix_notifications_member_at", "member_id", "at", "id"),
        Index("ix_notifications_new", "member_id", "at", "id", **only_where("read_at IS NULL")),
        Index("ix_notifications_due", "due_at", "id", **only_where("due_at IS NOT NULL")),
        Index("ix_notifications_mailing", "mailing_id", **only_where("mailing_id IS NOT NULL")),
        Index("ix_notifications_at", "at"),
        IDS_NEVER_COME_BACK,
    )

    id: Mapped[int] = mapped_column(primary_key=True, info=MINE)
    event_id: Mapped[int] = mapped_column(ForeignKey(Event.id), info=SECRET)
    member_id: Mapped[int] = mapped_column(ForeignKey(Member.id), info=MINE)
    about: Mapped[About] = mapped_column(String(10), info=MINE)
    subject_id: Mapped[int | None] = mapped_column(ForeignKey("subjects.id"), info=MINE)
    at: Mapped[datetime] = mapped_column(info=MINE)
    read_at: Mapped[datetime | None] = mapped_column(info=MINE)
    # How the member wanted to hear of it, and when a letter about it is due; empty for never,
    # and once it is written.
    channel: Mapped[Channel] = mapped_column(String(10), info=MINE)
    due_at: Mapped[datetime | None] = mapped_column(info=SECRET)
    mailing_id: Mapped[int | None] = mapped_column(ForeignKey(Mailing.id), info=SECRET)


class ChannelChoice(Base):
    """How a member wants to hear of one kind of thing. No row: they never said."""

    __tablename__ = "channel_choices"

    member_id: Mapped[int] = mapped_column(ForeignKey(Member.id), primary_key=True, info=MINE)
    about: Mapped[About] = mapped_column(String(10), primary_key=True, info=MINE)
    channel: Mapped[Channel] = mapped_column(String(10), info=MINE)


class MailWishes(Base):
    """When a member wants no mail, and whether it may show words. No row: they never said."""

    __tablename__ = "mail_wishes"

    member_id: Mapped[int] = mapped_column(ForeignKey(Member.id), primary_key=True, info=MINE)
    # Hours of their own zone, 0 to 23; both the same for none.
    quiet_from: Mapped[int] = mapped_column(default=QUIET_FROM, info=MINE)
    quiet_until: Mapped[int] = mapped_column(default=QUIET_UNTIL, info=MINE)
    snoozed_until: Mapped[datetime | None] = mapped_column(info=MINE)
    shows_words: Mapped[bool] = mapped_column(default=False, info=MINE)
