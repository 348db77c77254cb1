"""Which tags there are, and which a thing carries."""

from dataclasses import dataclass

from sqlalchemy import select

from app.extensions import db
from app.tags.models import Axis, SubjectTag, Tag


@dataclass(frozen=True, slots=True)
class TagRow:
    slug: str
    axis: Axis
    name: str


def tags_of(subject_id: int) -> tuple[TagRow, ...]:
    """Return the tags a thing carries, in the order of the lists."""
    own = select(Tag.slug, Tag.axis, Tag.name).join(SubjectTag, SubjectTag.tag_id == Tag.id)
    own = own.where(SubjectTag.subject_id == subject_id).order_by(Tag.axis, Tag.position, Tag.id)
    return tuple(TagRow(*row) for row in db.session.execute(own))
