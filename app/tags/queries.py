"""Which tags there are, and which a thing carries."""

from dataclasses import dataclass

from sqlalchemy import Select, select

from app.core.errors import NotFound
from app.extensions import db
from app.tags.limits import NAME_LONGEST
from app.tags.models import Axis, SubjectTag, Tag, TagSynonym


@dataclass(frozen=True, slots=True)
class TagRow:
    slug: str
    axis: Axis
    name: str


def tags_of(subject_id: int) -> tuple[TagRow, ...]:
    """Return the tags a thing carries, in the order of the lists."""
    own = _in_order().join(SubjectTag, SubjectTag.tag_id == Tag.id)
    own = own.where(SubjectTag.subject_id == subject_id)
    return tuple(TagRow(*row) for row in db.session.execute(own))


def tags_offered() -> tuple[TagRow, ...]:
    """Return the tags that can be chosen now, in the order of the lists."""
    offered = _in_order().where(Tag.retired_at.is_(None))
    return tuple(TagRow(*row) for row in db.session.execute(offered))


def get_tag(slug: str) -> Tag:
    """Return a tag, offered or not: what carries it is still found. Raises NotFound."""
    tag = db.session.scalar(select(Tag).where(Tag.slug == slug))
    if tag is None:
        raise NotFound
    return tag


def find_tag(word: str) -> str | None:
    """Return the slug of the tag somebody means by a word: its own, its name, or a synonym."""
    meant = " ".join(word.casefold().split())[: NAME_LONGEST + 1]
    for tag in tags_offered():
        if meant in {tag.slug, tag.name.casefold()}:
            return tag.slug
    synonym = select(Tag.slug).join(TagSynonym, TagSynonym.tag_id == Tag.id)
    return db.session.scalar(synonym.where(TagSynonym.word == meant, Tag.retired_at.is_(None)))


def _in_order() -> Select[str, Axis, str]:
    return select(Tag.slug, Tag.axis, Tag.name).order_by(Tag.axis, Tag.position, Tag.id)
