"""What happened, in the same transaction as the act itself."""

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from app.core.classes import SECRET
from app.extensions import IDS_NEVER_COME_BACK, Base


class Event(Base):
    """Somebody did something. Whom it concerns is found out later, outside the act."""

    __tablename__ = "events"
    __table_args__ = IDS_NEVER_COME_BACK

    id: Mapped[int] = mapped_column(primary_key=True, info=SECRET)
    at: Mapped[datetime] = mapped_column(info=SECRET)
    verb: Mapped[str] = mapped_column(String(30), info=SECRET)
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("members.id"), info=SECRET)
    # Named, not imported: subjects stand above.
    subject_id: Mapped[int | None] = mapped_column(ForeignKey("subjects.id"), info=SECRET)
    member_id: Mapped[int | None] = mapped_column(ForeignKey("members.id"), info=SECRET)
