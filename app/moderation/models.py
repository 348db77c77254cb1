"""What can be decided about, every version of its words, and the log of what was decided."""

from datetime import datetime
from enum import StrEnum

from markupsafe import Markup
from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.core import chain
from app.core.classes import MEMBERS, MINE, SECRET, STAFF
from app.core.text import SafeHtml
from app.extensions import IDS_NEVER_COME_BACK, Base


class State(StrEnum):
    """How moderation left a thing. Its author's taking back is apart: neither undoes the other."""

    VISIBLE = "visible"
    HELD = "held"  # waits for a look
    HIDDEN = "hidden"


class Subject(Base):
    """Anything that can be reported, held, hidden or decided about, whatever kind it is."""

    __tablename__ = "subjects"
    __table_args__ = (Index("ix_subjects_state_kind", "state", "kind", "id"), IDS_NEVER_COME_BACK)

    id: Mapped[int] = mapped_column(primary_key=True, info=MEMBERS)
    kind: Mapped[str] = mapped_column(String(20), info=MEMBERS)
    # Tables are named, not imported: those who own them stand above.
    voice_id: Mapped[int] = mapped_column(ForeignKey("voices.id"), info=MEMBERS)
    group_id: Mapped[int | None] = mapped_column(ForeignKey("groups.id"), info=MEMBERS)
    state: Mapped[State] = mapped_column(String(20), default=State.VISIBLE, info=MEMBERS)
    version: Mapped[int] = mapped_column(default=0, info=MEMBERS)


class Version(Base):
    """One version of a subject's words: as typed, and as shown. Emptied, never deleted."""

    __tablename__ = "versions"

    subject_id: Mapped[int] = mapped_column(
        ForeignKey("subjects.id"), primary_key=True, info=MEMBERS
    )
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False, info=MEMBERS)
    source: Mapped[str | None] = mapped_column(Text, info=MINE)
    html: Mapped[Markup | None] = mapped_column(SafeHtml, info=MINE)
    html_rules: Mapped[int] = mapped_column(info=SECRET)  # RULES_VERSION of core.text
    written_at: Mapped[datetime] = mapped_column(info=MINE)
    emptied_at: Mapped[datetime | None] = mapped_column(info=MINE)


class LogRow(Base):
    """One act of moderation, change of a role or look at something private: ids and codes only.

    Added, never changed.
    """

    __tablename__ = "log_rows"

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False, info=STAFF)
    at: Mapped[datetime] = mapped_column(info=STAFF)
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("members.id"), info=STAFF)
    verb: Mapped[str] = mapped_column(String(30), info=STAFF)
    subject_id: Mapped[int | None] = mapped_column(ForeignKey("subjects.id"), info=STAFF)
    member_id: Mapped[int | None] = mapped_column(ForeignKey("members.id"), info=STAFF)
    before: Mapped[str] = mapped_column(String(40), info=STAFF)
    after: Mapped[str] = mapped_column(String(40), info=STAFF)
    commitment: Mapped[str] = mapped_column(String(64), info=SECRET)
    seal: Mapped[str] = mapped_column(String(64), info=SECRET)

    def sealed_after(self, previous: str) -> str:
        """Return the seal this row should carry when `previous` stands before it."""
        return chain.seal(
            previous, self.number, self.at.isoformat(), self.actor_id, self.verb,
            self.subject_id, self.member_id, self.before, self.after, self.commitment,
        )  # fmt: skip


class LogWords(Base):
    """The reason a row was given. Both columns can be emptied; the chain still holds."""

    __tablename__ = "log_words"

    number: Mapped[int] = mapped_column(ForeignKey("log_rows.number"), primary_key=True, info=STAFF)
    words: Mapped[str | None] = mapped_column(Text, info=STAFF)
    salt: Mapped[str | None] = mapped_column(String(32), info=SECRET)


class LogHead(Base):
    """Where the log ends, in one row. It is locked last, and shows when the tail was cut."""

    __tablename__ = "log_head"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False, info=SECRET)
    count: Mapped[int] = mapped_column(info=SECRET)
    seal: Mapped[str] = mapped_column(String(64), info=SECRET)
