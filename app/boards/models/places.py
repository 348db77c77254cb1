"""Sections and boards: where people talk."""

from datetime import datetime
from enum import StrEnum

from markupsafe import Markup
from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.boards.limits import NAME_LONGEST, PURPOSE_LONGEST, SLUG_LONGEST
from app.core.classes import MEMBERS, STAFF
from app.core.text import SafeHtml
from app.extensions import IDS_NEVER_COME_BACK, Base
from app.groups.models import Group


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
    allows_mentions: Mapped[bool] = mapped_column(default=True, info=MEMBERS)
    allows_support: Mapped[bool] = mapped_column(default=True, info=MEMBERS)
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
