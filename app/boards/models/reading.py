"""What a member keeps to themself about boards: how far they read, what they follow and save."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from app.boards.models.places import Board
from app.boards.models.talk import Post, Thread
from app.core.classes import MINE
from app.extensions import Base


class Level(StrEnum):
    """How closely a member watches a thread."""

    FOLLOW = "follow"  # told about it
    QUIET = "quiet"  # listed among the followed, told nothing
    OFF = "off"  # not even when they write in it again


class SupportKind(StrEnum):
    """The two kinds of support."""

    WITH_YOU = "with_you"
    THANK_YOU = "thank_you"


class ReadingPosition(Base):
    """How far a member has read a thread."""

    __tablename__ = "reading_positions"

    member_id: Mapped[int] = mapped_column(ForeignKey("members.id"), primary_key=True, info=MINE)
    thread_id: Mapped[int] = mapped_column(ForeignKey(Thread.id), primary_key=True, info=MINE)
    last_number: Mapped[int] = mapped_column(info=MINE)


class FreshStart(Base):
    """When a member made a fresh start: whatever was shown until then counts as read."""

    __tablename__ = "fresh_starts"

    member_id: Mapped[int] = mapped_column(ForeignKey("members.id"), primary_key=True, info=MINE)
    at: Mapped[datetime] = mapped_column(info=MINE)


class Follow(Base):
    """How closely a member watches a thread. No row: they never said, nor wrote in it."""

    __tablename__ = "follows"
    __table_args__ = (Index("ix_follows_thread_level", "thread_id", "level", "member_id"),)

    member_id: Mapped[int] = mapped_column(ForeignKey("members.id"), primary_key=True, info=MINE)
    thread_id: Mapped[int] = mapped_column(ForeignKey(Thread.id), primary_key=True, info=MINE)
    level: Mapped[Level] = mapped_column(String(10), info=MINE)


class Save(Base):
    """A post a member wants to find again."""

    __tablename__ = "saves"
    __table_args__ = (Index("ix_saves_member_saved", "member_id", "saved_at", "post_id"),)

    member_id: Mapped[int] = mapped_column(ForeignKey("members.id"), primary_key=True, info=MINE)
    post_id: Mapped[int] = mapped_column(ForeignKey(Post.id), primary_key=True, info=MINE)
    saved_at: Mapped[datetime] = mapped_column(info=MINE)


class Support(Base):
    """One member being with the author of a post, or thanking them. Only the author sees who."""

    __tablename__ = "supports"
    __table_args__ = (Index("ix_supports_member", "member_id"),)

    post_id: Mapped[int] = mapped_column(ForeignKey(Post.id), primary_key=True, info=MINE)
    member_id: Mapped[int] = mapped_column(ForeignKey("members.id"), primary_key=True, info=MINE)
    kind: Mapped[SupportKind] = mapped_column(String(10), primary_key=True, info=MINE)
    given_at: Mapped[datetime] = mapped_column(info=MINE)


class BoardMute(Base):
    """A board a member does not want to hear from."""

    __tablename__ = "board_mutes"

    member_id: Mapped[int] = mapped_column(ForeignKey("members.id"), primary_key=True, info=MINE)
    board_id: Mapped[int] = mapped_column(ForeignKey(Board.id), primary_key=True, info=MINE)


class MemberMute(Base):
    """Somebody whose words a member does not want to see. It never touches an alias."""

    __tablename__ = "member_mutes"

    member_id: Mapped[int] = mapped_column(ForeignKey("members.id"), primary_key=True, info=MINE)
    muted_id: Mapped[int] = mapped_column(ForeignKey("members.id"), primary_key=True, info=MINE)
