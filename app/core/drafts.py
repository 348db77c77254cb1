"""What somebody is writing, kept on the server while they type, sealed for them alone."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.core.classes import MINE
from app.core.kept_words import LONGEST_PATH
from app.extensions import IDS_NEVER_COME_BACK, Base


class Draft(Base):
    """The words of one form of one member, as they stood a moment ago."""

    __tablename__ = "drafts"
    __table_args__ = (
        UniqueConstraint("member_id", "path"),
        Index("ix_drafts_saved_at", "saved_at"),
        IDS_NEVER_COME_BACK,
    )

    id: Mapped[int] = mapped_column(primary_key=True, info=MINE)
    # Named, not imported: members stand above.
    member_id: Mapped[int] = mapped_column(ForeignKey("members.id"), info=MINE)
    path: Mapped[str] = mapped_column(String(LONGEST_PATH), info=MINE)
    sealed: Mapped[str] = mapped_column(info=MINE)
    saved_at: Mapped[datetime] = mapped_column(info=MINE)
