"""Members, what they were entrusted with, and the browsers they signed in with."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from app.core.classes import MEMBERS, MINE, SECRET, STAFF
from app.extensions import IDS_NEVER_COME_BACK, Base
from app.permissions import Role, Standing

EVERYWHERE = text("group_id IS NULL")


class Look(StrEnum):
    """A way pages can look. One theme at most; the others go with any."""

    LIGHT = "light"
    DARK = "dark"
    CONTRAST = "contrast"
    LOW_STIMULUS = "low-stimulus"
    PLAIN_TYPE = "plain-type"
    MORE_SPACE = "more-space"


THEMES = (Look.LIGHT, Look.DARK, Look.CONTRAST)


class Member(Base):
    """A person, known by a name they chose. Their address is sealed and found by its hash."""

    __tablename__ = "members"
    __table_args__ = IDS_NEVER_COME_BACK

    id: Mapped[int] = mapped_column(primary_key=True, info=MEMBERS)
    name: Mapped[str] = mapped_column(String(24), info=MEMBERS)
    # What the name looks like (NFKC, case folded, confusables merged): one person a look.
    name_key: Mapped[str] = mapped_column(String(100), unique=True, info=SECRET)
    email_sealed: Mapped[str] = mapped_column(info=MINE)
    email_key: Mapped[str] = mapped_column(String(64), unique=True, info=SECRET)
    password_hash: Mapped[str] = mapped_column(String(200), info=SECRET)
    joined_at: Mapped[datetime] = mapped_column(info=MINE)
    confirmed_at: Mapped[datetime | None] = mapped_column(info=MINE)
    # When the first thing they wrote was let through: until then they are a newcomer.
    welcomed_at: Mapped[datetime | None] = mapped_column(info=MINE)
    standing: Mapped[Standing] = mapped_column(String(20), default=Standing.GOOD, info=MINE)
    standing_until: Mapped[datetime | None] = mapped_column(info=MINE)
    language: Mapped[str] = mapped_column(String(10), default="en", info=MINE)
    zone: Mapped[str] = mapped_column(String(60), default="UTC", info=MINE)
    country: Mapped[str | None] = mapped_column(String(2), info=MINE)
    # Whether pages tell them how many: of replies, new posts, people who are with somebody.
    sees_counts: Mapped[bool] = mapped_column(default=True, info=MINE)
    # Whether Today tells them of threads that wait for a first reply.
    wants_nudges: Mapped[bool] = mapped_column(default=False, info=MINE)
    # How pages look to them: Looks, with a space between. Empty for as the device has it.
    look: Mapped[str] = mapped_column(String(60), default="", info=MINE)


class HeldName(Base):
    """A name somebody asked for who has a place here already. Were it still free, it would tell."""

    __tablename__ = "held_names"

    name_key: Mapped[str] = mapped_column(String(100), primary_key=True, info=SECRET)
    held_at: Mapped[datetime] = mapped_column(info=SECRET)


class Consent(Base):
    """What a member agreed to, in which version of the words, and whether they took it back."""

    __tablename__ = "consents"
    __table_args__ = IDS_NEVER_COME_BACK

    id: Mapped[int] = mapped_column(primary_key=True, info=MINE)
    member_id: Mapped[int] = mapped_column(ForeignKey("members.id"), index=True, info=MINE)
    about: Mapped[str] = mapped_column(String(20), info=MINE)
    version: Mapped[int] = mapped_column(info=MINE)
    given_at: Mapped[datetime] = mapped_column(info=MINE)
    withdrawn_at: Mapped[datetime | None] = mapped_column(info=MINE)


class Grant(Base):
    """A role a member was given, in one group or (without a group) everywhere."""

    __tablename__ = "grants"
    __table_args__ = (
        UniqueConstraint("member_id", "role", "group_id"),
        Index(
            "uq_grants_everywhere", "member_id", "role", unique=True,
            sqlite_where=EVERYWHERE, postgresql_where=EVERYWHERE,
        ),
        IDS_NEVER_COME_BACK,
    )  # fmt: skip

    id: Mapped[int] = mapped_column(primary_key=True, info=STAFF)
    member_id: Mapped[int] = mapped_column(ForeignKey("members.id"), info=MEMBERS)
    role: Mapped[Role] = mapped_column(String(20), info=MEMBERS)
    # Named, not imported: groups stand above.
    group_id: Mapped[int | None] = mapped_column(ForeignKey("groups.id"), info=MEMBERS)
    given_by_id: Mapped[int | None] = mapped_column(ForeignKey("members.id"), info=STAFF)
    given_at: Mapped[datetime] = mapped_column(info=STAFF)


class Session(Base):
    """A browser somebody signed in with. It holds the secret; we keep only its hash."""

    __tablename__ = "sessions"
    __table_args__ = IDS_NEVER_COME_BACK

    id: Mapped[int] = mapped_column(primary_key=True, info=MINE)
    secret_hash: Mapped[str] = mapped_column(String(64), unique=True, info=SECRET)
    member_id: Mapped[int] = mapped_column(ForeignKey("members.id"), index=True, info=MINE)
    device: Mapped[str] = mapped_column(String(60), default="", info=MINE)
    is_on_shared_computer: Mapped[bool] = mapped_column(default=False, info=MINE)
    started_at: Mapped[datetime] = mapped_column(info=MINE)
    last_active_at: Mapped[datetime] = mapped_column(info=MINE)
    ended_at: Mapped[datetime | None] = mapped_column(info=MINE)


class TokenPurpose(StrEnum):
    CONFIRM = "confirm"
    RESET = "reset"


class Token(Base):
    """A secret sent by mail: for one purpose, once, and not for long. Only its hash is kept."""

    __tablename__ = "tokens"

    secret_hash: Mapped[str] = mapped_column(String(64), primary_key=True, info=SECRET)
    member_id: Mapped[int] = mapped_column(ForeignKey("members.id"), index=True, info=SECRET)
    purpose: Mapped[TokenPurpose] = mapped_column(String(20), info=SECRET)
    made_at: Mapped[datetime] = mapped_column(info=SECRET)
    ends_at: Mapped[datetime] = mapped_column(info=SECRET)
    used_at: Mapped[datetime | None] = mapped_column(info=SECRET)


class Attempt(Base):
    """A try at a door (sign-in, join, reset), counted by keyed hash, forgotten after a week."""

    __tablename__ = "attempts"
    __table_args__ = (Index("ix_attempts_door", "door", "key", "at"), IDS_NEVER_COME_BACK)

    id: Mapped[int] = mapped_column(primary_key=True, info=SECRET)
    door: Mapped[str] = mapped_column(String(20), info=SECRET)
    key: Mapped[str] = mapped_column(String(64), info=SECRET)
    at: Mapped[datetime] = mapped_column(index=True, info=SECRET)
