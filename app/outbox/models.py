"""One row for each letter, sealed until it is gone."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from app.core.classes import SECRET
from app.extensions import IDS_NEVER_COME_BACK, Base


class Subject(StrEnum):
    """All that may stand above a letter: whoever looks over a shoulder learns nothing from it."""

    NOTE = "note"
    CONFIRM = "confirm"


class Letter(Base):
    """A letter to one person. Address and words are sealed, and emptied once it is sent."""

    __tablename__ = "letters"
    __table_args__ = IDS_NEVER_COME_BACK

    id: Mapped[int] = mapped_column(primary_key=True, info=SECRET)
    # Stays the same however often it is sent, so that a mailbox can tell a repetition.
    message_id: Mapped[str] = mapped_column(String(60), unique=True, info=SECRET)
    subject: Mapped[str] = mapped_column(String(120), info=SECRET)
    sealed_to: Mapped[str | None] = mapped_column(info=SECRET)
    sealed_text: Mapped[str | None] = mapped_column(info=SECRET)
    written_at: Mapped[datetime] = mapped_column(index=True, info=SECRET)
    sent_at: Mapped[datetime | None] = mapped_column(info=SECRET)
