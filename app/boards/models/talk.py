"""Voices, threads and posts: what is said, and how its author is heard."""

from datetime import datetime
from enum import StrEnum

from markupsafe import Markup
from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.boards.limits import OLD_AFTER, QUOTED_LONGEST, TITLE_LONGEST
from app.boards.models.places import Board
from app.core import clock
from app.core.classes import MEMBERS, MINE, SECRET
from app.core.text import SafeHtml
from app.extensions import IDS_NEVER_COME_BACK, Base, only_where
from app.groups.models import Group
from app.moderation.models import State


class Wish(StrEnum):
    """What the author of a thread hopes to be answered with."""

    NONE = ""
    LISTEN = "listen"
    SIMILAR = "similar"
    ADVICE = "advice"


class Voice(Base):
    """How a member is heard: everywhere under their own name, in one thread under an alias."""

    __tablename__ = "voices"
    __table_args__ = (
        UniqueConstraint("member_id", "thread_id"),
        Index("uq_voices_own_name", "member_id", unique=True, **only_where("thread_id IS NULL")),
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
        Index("ix_threads_voice_activity", "voice_id", "last_post_at", "id"),
        Index(
            "ix_threads_unanswered", "board_id", "last_post_at", "id",
            **only_where("answered_at IS NULL"),
        ),
        Index("ix_threads_waiting", "started_at", "id", **only_where("answered_at IS NULL")),
        Index(
            "ix_threads_later", "board_id", "last_post_at", "id",
            **only_where("turned_out_at IS NOT NULL"),
        ),
        Index("ix_threads_pinned", "board_id", "id", **only_where("pinned_at IS NOT NULL")),
        Index(
            "ix_threads_to_ask", "voice_id", "may_be_asked_at",
            **only_where("may_be_asked_at IS NOT NULL"),
        ),
        IDS_NEVER_COME_BACK,
    )  # fmt: skip

    id: Mapped[int] = mapped_column(primary_key=True, info=MEMBERS)
    subject_id: Mapped[int] = mapped_column(ForeignKey("subjects.id"), unique=True, info=MEMBERS)
    board_id: Mapped[int] = mapped_column(ForeignKey(Board.id), info=MEMBERS)
    # Copied from the board, so that seeing needs no join.
    group_id: Mapped[int | None] = mapped_column(ForeignKey(Group.id), info=MEMBERS)
    is_public: Mapped[bool] = mapped_column(default=False, info=MEMBERS)
    voice_id: Mapped[int] = mapped_column(ForeignKey(Voice.id), info=MEMBERS)
    # Empty when the opening post was taken back: a title is the author's words too.
    title: Mapped[str] = mapped_column(String(TITLE_LONGEST), info=MEMBERS)
    wish: Mapped[Wish] = mapped_column(String(10), default=Wish.NONE, info=MEMBERS)
    started_at: Mapped[datetime] = mapped_column(info=MEMBERS)
    # Posts are numbered 1, 2, 3 … as they become visible; this is the last number given.
    last_number: Mapped[int] = mapped_column(default=0, info=MEMBERS)
    last_post_at: Mapped[datetime] = mapped_column(info=MEMBERS)
    # Since when somebody else's words stand in sight below it; empty while nobody answered.
    answered_at: Mapped[datetime | None] = mapped_column(info=MEMBERS)
    locked_at: Mapped[datetime | None] = mapped_column(info=MEMBERS)
    # Old and done with: nothing is added until a moderator reopens it.
    archived_at: Mapped[datetime | None] = mapped_column(info=MEMBERS)
    pinned_at: Mapped[datetime | None] = mapped_column(info=MEMBERS)
    # When its author is to be asked, once, how it turned out; empty for never, and once asked.
    may_be_asked_at: Mapped[datetime | None] = mapped_column(info=MINE)
    # Since when it holds a post that tells how it turned out.
    turned_out_at: Mapped[datetime | None] = mapped_column(info=MEMBERS)
    # Copied from the subject when its state changes (kinds.py).
    state: Mapped[State] = mapped_column(String(20), default=State.VISIBLE, info=MEMBERS)
    withdrawn_at: Mapped[datetime | None] = mapped_column(info=MEMBERS)

    voice: Mapped[Voice] = relationship(foreign_keys=voice_id)
    board: Mapped[Board] = relationship()

    @property
    def author_id(self) -> int:
        return self.voice.member_id

    @property
    def shown_name(self) -> str:
        return self.voice.shown_name

    @property
    def is_old(self) -> bool:
        return clock.now() - self.last_post_at > OLD_AFTER

    @property
    def is_locked(self) -> bool:
        return self.locked_at is not None

    @property
    def is_archived(self) -> bool:
        return self.archived_at is not None


class Post(Seen, Base):
    """One contribution to a thread. Waiting for a look, it has no number yet."""

    __tablename__ = "posts"
    __table_args__ = (
        UniqueConstraint("thread_id", "number"),
        Index("ix_posts_waiting", "thread_id", "id", **only_where("number IS NULL")),
        Index("ix_posts_voice_written", "voice_id", "written_at", "id"),
        Index("ix_posts_withdrawn", "withdrawn_at", **only_where("withdrawn_at IS NOT NULL")),
        # How far a thread went before a moment: for who made a fresh start then.
        Index("ix_posts_thread_shown", "thread_id", "shown_at", "number"),
        Index(
            "ix_posts_replying_to", "replying_to_id",
            **only_where("replying_to_id IS NOT NULL"),
        ),
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
    # It tells, months later, how things turned out.
    tells_outcome: Mapped[bool] = mapped_column(default=False, info=MEMBERS)
    # A quotation is a reference: out of sight with the post it comes from, and emptied
    # when the passage no longer stands there.
    replying_to_id: Mapped[int | None] = mapped_column(ForeignKey("posts.id"), info=MEMBERS)
    quoted: Mapped[str] = mapped_column(String(QUOTED_LONGEST), default="", info=MEMBERS)
    # How many gave it each kind of support; changed with the rows of supports.
    with_you: Mapped[int] = mapped_column(default=0, info=MEMBERS)
    thank_you: Mapped[int] = mapped_column(default=0, info=MEMBERS)
    written_at: Mapped[datetime] = mapped_column(info=MEMBERS)
    # When it got its number: later than written_at where it waited for a look.
    shown_at: Mapped[datetime | None] = mapped_column(info=MEMBERS)
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
