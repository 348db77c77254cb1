"""Sections, boards, voices, threads, posts and how far somebody has read."""

from datetime import datetime
from enum import StrEnum

from markupsafe import Markup
from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.boards.limits import NAME_LONGEST, PURPOSE_LONGEST, SLUG_LONGEST, TITLE_LONGEST
from app.core.classes import MEMBERS, MINE, SECRET, STAFF
from app.core.text import SafeHtml
from app.extensions import IDS_NEVER_COME_BACK, Base
from app.groups.models import Group
from app.moderation.models import State

OWN_NAME = text("thread_id IS NULL")
WAITING = text("number IS NULL")


class Policy(StrEnum):
    """Whose words show at once on a board."""

    OPEN = "open"
    NEWCOMERS_WAIT = "newcomers_wait"
    EVERYONE_WAITS = "everyone_waits"
    STAFF_START = "staff_start"


class Audience(StrEnum):
    """Who may read a board."""

    MEMBERS = "members"
    GROUP = "group"
    PUBLIC = "public"


class Section(Base):
    """A heading over some boards."""

    __tablename__ = "sections"
    __table_args__ = IDS_NEVER_COME_BACK

    id: Mapped[int] = mapped_column(primary_key=True, info=MEMBERS)
    name: Mapped[str] = mapped_column(String(NAME_LONGEST), unique=True, info=MEMBERS)
    position: Mapped[int] = mapped_column(default=0, info=MEMBERS)


class Board(Base):
    """A place for one topic, with its audience and its policy."""

    __tablename__ = "boards"
    __table_args__ = IDS_NEVER_COME_BACK

    id: Mapped[int] = mapped_column(primary_key=True, info=MEMBERS)
    section_id: Mapped[int] = mapped_column(ForeignKey(Section.id), info=MEMBERS)
    slug: Mapped[str] = mapped_column(String(SLUG_LONGEST), unique=True, info=MEMBERS)
    name: Mapped[str] = mapped_column(String(NAME_LONGEST), info=MEMBERS)
    purpose: Mapped[str] = mapped_column(String(PURPOSE_LONGEST), info=MEMBERS)
    # "How this board works", in Markdown and as shown; both may be empty.
    guide_source: Mapped[str] = mapped_column(Text, default="", info=STAFF)
    guide_html: Mapped[Markup] = mapped_column(SafeHtml, default=Markup(), info=MEMBERS)
    policy: Mapped[Policy] = mapped_column(String(20), info=MEMBERS)
    audience: Mapped[Audience] = mapped_column(String(20), info=MEMBERS)
    group_id: Mapped[int | None] = mapped_column(ForeignKey(Group.id), info=MEMBERS)
    position: Mapped[int] = mapped_column(default=0, info=MEMBERS)
    closed_at: Mapped[datetime | None] = mapped_column(info=MEMBERS)

    @property
    def is_public(self) -> bool:
        return self.audience == Audience.PUBLIC

    @property
    def is_closed(self) -> bool:
        return self.closed_at is not None

    @property
    def is_started_by_staff_only(self) -> bool:
        return self.policy == Policy.STAFF_START


class Voice(Base):
    """How a member is heard: everywhere under their own name, in one thread under an alias."""

    __tablename__ = "voices"
    __table_args__ = (
        UniqueConstraint("member_id", "thread_id"),
        Index(
            "uq_voices_own_name", "member_id", unique=True,
            sqlite_where=OWN_NAME, postgresql_where=OWN_NAME,
        ),
        IDS_NEVER_COME_BACK,
    )  # fmt: skip

    id: Mapped[int] = mapped_column(primary_key=True, info=MEMBERS)
    thread_id: Mapped[int | None] = mapped_column(
        ForeignKey("threads.id", use_alter=True), info=MEMBERS
    )
    shown_name: Mapped[str] = mapped_column(String(40), info=MEMBERS)
    member_id: Mapped[int] = mapped_column(ForeignKey("members.id"), info=SECRET)


class Seen:
    """How the facts see a thread or a post: by its state, and whether it was taken back."""

    state: Mapped[State]
    withdrawn_at: Mapped[datetime | None]

    @property
    def is_withdrawn(self) -> bool:
        return self.withdrawn_at is not None

    @property
    def is_in_sight(self) -> bool:
        return self.state == State.VISIBLE and not self.is_withdrawn

    @property
    def is_held(self) -> bool:
        return self.state == State.HELD and not self.is_withdrawn


class Thread(Seen, Base):
    """A conversation on a board. Its first post says what it is about."""

    __tablename__ = "threads"
    __table_args__ = (
        Index("ix_threads_board_activity", "board_id", "last_post_at", "id"),
        IDS_NEVER_COME_BACK,
    )

    id: Mapped[int] = mapped_column(primary_key=True, info=MEMBERS)
    subject_id: Mapped[int] = mapped_column(ForeignKey("subjects.id"), unique=True, info=MEMBERS)
    board_id: Mapped[int] = mapped_column(ForeignKey(Board.id), info=MEMBERS)
    # Copied from the board, so that seeing needs no join.
    group_id: Mapped[int | None] = mapped_column(ForeignKey(Group.id), info=MEMBERS)
    is_public: Mapped[bool] = mapped_column(default=False, info=MEMBERS)
    voice_id: Mapped[int] = mapped_column(ForeignKey(Voice.id), info=MEMBERS)
    # Empty when the opening post was taken back: a title is the author's words too.
    title: Mapped[str] = mapped_column(String(TITLE_LONGEST), info=MEMBERS)
    started_at: Mapped[datetime] = mapped_column(info=MEMBERS)
    # Posts are numbered 1, 2, 3 … as they become visible; this is the last number given.
    last_number: Mapped[int] = mapped_column(default=0, info=MEMBERS)
    last_post_at: Mapped[datetime] = mapped_column(info=MEMBERS)
    locked_at: Mapped[datetime | None] = mapped_column(info=MEMBERS)
    # Copied from the subject when its state changes (kinds.py).
    state: Mapped[State] = mapped_column(String(20), default=State.VISIBLE, info=MEMBERS)
    withdrawn_at: Mapped[datetime | None] = mapped_column(info=MEMBERS)

    voice: Mapped[Voice] = relationship(foreign_keys=voice_id)
    board: Mapped[Board] = relationship()

    @property
    def author_id(self) -> int:
        return self.voice.member_id

    @property
    def is_locked(self) -> bool:
        return self.locked_at is not None


class Post(Seen, Base):
    """One contribution to a thread. Waiting for a look, it has no number yet."""

    __tablename__ = "posts"
    __table_args__ = (
        UniqueConstraint("thread_id", "number"),
        Index(
            "ix_posts_waiting", "thread_id", "id",
            sqlite_where=WAITING, postgresql_where=WAITING,
        ),
        Index("ix_posts_voice_written", "voice_id", "written_at"),
        IDS_NEVER_COME_BACK,
    )  # fmt: skip

    id: Mapped[int] = mapped_column(primary_key=True, info=MEMBERS)
    subject_id: Mapped[int] = mapped_column(ForeignKey("subjects.id"), unique=True, info=MEMBERS)
    thread_id: Mapped[int] = mapped_column(ForeignKey(Thread.id), info=MEMBERS)
    number: Mapped[int | None] = mapped_column(info=MEMBERS)
    voice_id: Mapped[int] = mapped_column(ForeignKey(Voice.id), info=MEMBERS)
    # The newest version as shown, beside its number: a page of posts needs no join for it.
    html: Mapped[Markup] = mapped_column(SafeHtml, info=MEMBERS)
    version: Mapped[int] = mapped_column(default=1, info=MEMBERS)
    opens_thread: Mapped[bool] = mapped_column(default=False, info=MEMBERS)
    written_at: Mapped[datetime] = mapped_column(info=MEMBERS)
    edited_at: Mapped[datetime | None] = mapped_column(info=MEMBERS)
    # Copied from the subject when its state changes (kinds.py).
    state: Mapped[State] = mapped_column(String(20), default=State.VISIBLE, info=MEMBERS)
    withdrawn_at: Mapped[datetime | None] = mapped_column(info=MEMBERS)

    voice: Mapped[Voice] = relationship(foreign_keys=voice_id)
    thread: Mapped[Thread] = relationship()

    @property
    def author_id(self) -> int:
        return self.voice.member_id

    @property
    def group_id(self) -> int | None:
        return self.thread.group_id


class ReadingPosition(Base):
    """How far a member has read a thread."""

    __tablename__ = "reading_positions"

    member_id: Mapped[int] = mapped_column(ForeignKey("members.id"), primary_key=True, info=MINE)
    thread_id: Mapped[int] = mapped_column(ForeignKey(Thread.id), primary_key=True, info=MINE)
    last_number: Mapped[int] = mapped_column(info=MINE)
