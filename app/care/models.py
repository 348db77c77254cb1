"""Help lines by country, and the number that tells every copy of them when to be made anew."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from app.accounts.models import Member
from app.care.limits import (
    ADDRESS_LONGEST,
    CHECK_DUE,
    DIAL_LONGEST,
    NAME_LONGEST,
    NOTE_LONGEST,
    WORD_LONGEST,
)
from app.core.classes import MEMBERS, PUBLIC, STAFF
from app.extensions import IDS_NEVER_COME_BACK, Base

THE_ONE = 1  # the id of the only row of help_version


class LineKind(StrEnum):
    """How a line is reached, in the order they are shown."""

    PHONE = "phone"
    TEXT = "text"
    CHAT = "chat"


@dataclass(frozen=True, slots=True)
class LineDetails:
    """What is known of a line, as somebody wrote it down. Unknown is empty."""

    country: str  # ISO 3166-1, two letters
    name: str
    kind: LineKind
    dial: str = ""  # as dialled inside the country: digits and spaces
    keyword: str = ""  # the word to text
    hours: str = ""
    languages: str = ""
    remark: str = ""
    address: str = ""
    source: str = ""


class HelpCountry(Base):
    """A country we know an emergency number of."""

    __tablename__ = "help_countries"

    iso: Mapped[str] = mapped_column(String(2), primary_key=True, info=PUBLIC)
    emergency: Mapped[str] = mapped_column(String(DIAL_LONGEST), info=PUBLIC)
    edited_at: Mapped[datetime | None] = mapped_column(info=STAFF)


class HelpLine(Base):
    """A number or a page where people in need are listened to. It is ours to keep right."""

    __tablename__ = "help_lines"
    __table_args__ = IDS_NEVER_COME_BACK

    id: Mapped[int] = mapped_column(primary_key=True, info=PUBLIC)
    # Its name in help_lines.json, for lines that came with the software.
    key: Mapped[str | None] = mapped_column(String(60), unique=True, info=PUBLIC)
    country: Mapped[str] = mapped_column(ForeignKey(HelpCountry.iso), index=True, info=PUBLIC)
    name: Mapped[str] = mapped_column(String(NAME_LONGEST), info=PUBLIC)
    kind: Mapped[LineKind] = mapped_column(String(10), info=PUBLIC)
    dial: Mapped[str] = mapped_column(String(DIAL_LONGEST), info=PUBLIC)
    keyword: Mapped[str] = mapped_column(String(WORD_LONGEST), info=PUBLIC)
    hours: Mapped[str] = mapped_column(String(NOTE_LONGEST), info=PUBLIC)
    languages: Mapped[str] = mapped_column(String(NOTE_LONGEST), info=PUBLIC)
    remark: Mapped[str] = mapped_column(String(NOTE_LONGEST), info=PUBLIC)
    address: Mapped[str] = mapped_column(String(ADDRESS_LONGEST), info=PUBLIC)
    source: Mapped[str] = mapped_column(String(ADDRESS_LONGEST), info=PUBLIC)
    checked_on: Mapped[date | None] = mapped_column(info=PUBLIC)
    checked_by_id: Mapped[int | None] = mapped_column(ForeignKey(Member.id), info=STAFF)
    # Touched by an organiser: what comes with the software no longer changes it.
    edited_at: Mapped[datetime | None] = mapped_column(info=STAFF)
    retired_at: Mapped[datetime | None] = mapped_column(info=STAFF)

    @property
    def is_retired(self) -> bool:
        return self.retired_at is not None

    @property
    def due_on(self) -> date | None:
        """Return the day it should be checked again, or None if it never was: that is now."""
        return self.checked_on and self.checked_on + CHECK_DUE


class HelpVersion(Base):
    """One row: how often the lines were changed. Copies of them say which number they hold."""

    __tablename__ = "help_version"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False, info=PUBLIC)
    number: Mapped[int] = mapped_column(info=PUBLIC)


class ContentNote(StrEnum):
    """What a text mentions, said neutrally, so that each reader can choose their moment."""

    SUICIDAL_THOUGHTS = "suicidal_thoughts"
    PANIC_CLOSELY = "panic_closely"
    SIDE_EFFECTS = "side_effects"
    MEDICAL_FEARS = "medical_fears"
    SELF_HARM = "self_harm"
    ABUSE = "abuse"
    EATING = "eating"
    LOSS = "loss"
    HOSPITAL = "hospital"
    SUBSTANCE_USE = "substance_use"
    PREGNANCY_BIRTH = "pregnancy_birth"
    CONFLICT = "conflict"


class SubjectNote(Base):
    """A content note on a text. It travels with the text wherever that is shown."""

    __tablename__ = "subject_notes"

    # Named, not imported: the table is moderation's, the notes are ours.
    subject_id: Mapped[int] = mapped_column(
        ForeignKey("subjects.id"), primary_key=True, info=MEMBERS
    )
    note: Mapped[ContentNote] = mapped_column(String(20), primary_key=True, info=MEMBERS)
