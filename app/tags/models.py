"""The shared words, other words for them, and what carries them."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from app.core.classes import PUBLIC
from app.extensions import IDS_NEVER_COME_BACK, Base
from app.tags.limits import NAME_LONGEST, SLUG_LONGEST


class Axis(StrEnum):
    """What a tag says about a thing. Each axis is a short list that curators keep."""

    APPROACH = "approach"
    SITUATION = "situation"
    TREATMENT = "treatment"


class Tag(Base):
    """A word that leads to everything about it."""

    __tablename__ = "tags"
    __table_args__ = IDS_NEVER_COME_BACK

    id: Mapped[int] = mapped_column(primary_key=True, info=PUBLIC)
    slug: Mapped[str] = mapped_column(String(SLUG_LONGEST), unique=True, info=PUBLIC)
    axis: Mapped[Axis] = mapped_column(String(20), info=PUBLIC)
    name: Mapped[str] = mapped_column(String(NAME_LONGEST), info=PUBLIC)
    position: Mapped[int] = mapped_column(default=0, info=PUBLIC)
    # No longer offered; what carries it keeps it.
    retired_at: Mapped[datetime | None] = mapped_column(info=PUBLIC)


class TagSynonym(Base):
    """Another word for a tag, case folded: who looks for "deep breathing" finds breathing."""

    __tablename__ = "tag_synonyms"

    word: Mapped[str] = mapped_column(String(NAME_LONGEST), primary_key=True, info=PUBLIC)
    tag_id: Mapped[int] = mapped_column(ForeignKey(Tag.id), info=PUBLIC)


class SubjectTag(Base):
    """A thing, whatever its kind, that carries a tag."""

    __tablename__ = "subject_tags"
    # Newest first for a tag, and all of a thing's: each is one range of one index.
    __table_args__ = (Index("ix_subject_tags_subject", "subject_id", "tag_id"),)

    tag_id: Mapped[int] = mapped_column(ForeignKey(Tag.id), primary_key=True, info=PUBLIC)
    # Named, not imported: what carries tags stands above and beside.
    subject_id: Mapped[int] = mapped_column(
        ForeignKey("subjects.id"), primary_key=True, info=PUBLIC
    )
