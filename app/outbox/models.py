"""One row for each letter, sealed until it is gone."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import Index, String
from sqlalchemy.orm import Mapped, mapped_column

from app.core.classes import SECRET, STAFF
from app.extensions import IDS_NEVER_COME_BACK, Base, only_where

WAITING = "sent_at IS NULL AND given_up_at IS NULL"


class Subject(StrEnum):
    """All that may stand above a letter: whoever looks over a shoulder learns nothing from it."""

    NOTE = "note"
    CONFIRM = "confirm"
    DAILY = "daily"
    WEEKLY = "weekly"


class Letter(Base):
    """A letter to one person. Address and words are sealed, and emptied once it is sent."""

    __tablename__ = "letters"
    __table_args__ = (
        Index("ix_letters_due", "due_at", "id", **only_where(WAITING)),
        Index("ix_letters_given_up", "given_up_at", "id", **only_where("given_up_at IS NOT NULL")),
        IDS_NEVER_COME_BACK,
    )

    id: Mapped[int] = mapped_column(primary_key=True, info=SECRET)
    # Stays the same however often it is sent, so that a mailbox can tell a repetition.
    message_id: Mapped[str] = mapped_column(String(60), unique=True, info=SECRET)
    subject: Mapped[str] = mapped_column(String(120), info=SECRET)
    sealed_to: Mapped[str | None] = mapped_column(info=SECRET)
    sealed_text: Mapped[str | None] = mapped_column(info=SECRET)
    written_at: Mapped[datetime] = mapped_column(index=True, info=SECRET)
    sent_at: Mapped[datetime | None] = mapped_column(info=SECRET)
    # When it is next to be tried, and how often it was.
    due_at: Mapped[datetime] = mapped_column(info=SECRET)
    tries: Mapped[int] = mapped_column(default=0, info=SECRET)
    # The hand that holds it, and until when: no other may send it meanwhile.
    held_by: Mapped[str | None] = mapped_column(String(32), info=SECRET)
    held_until: Mapped[datetime | None] = mapped_column(info=SECRET)
    # Since when nobody tries any more, and what was wrong the last time: a kind of fault, no words.
    given_up_at: Mapped[datetime | None] = mapped_column(info=STAFF)
    fault: Mapped[str] = mapped_column(String(40), default="", info=STAFF)
    # What is asked once more in the moment it is sent (core/checks.py), about what; empty for none.
    check_name: Mapped[str] = mapped_column(String(20), default="", info=SECRET)
    check_id: Mapped[int] = mapped_column(default=0, info=SECRET)
    # Where its reader puts an end to letters like it, without signing in.
    sealed_way_out: Mapped[str | None] = mapped_column(info=SECRET)
