"""Which tags there are, and which a thing carries."""

from dataclasses import dataclass
from functools import reduce

import sqlalchemy as sa
from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import InstrumentedAttribute

from app.core.errors import NotFound
from app.extensions import db
from app.tags.limits import NAME_LONGEST
from app.tags.models import Axis, SubjectTag, Tag, TagSynonym

# What no name holds (core.text.tidy takes it out): the tags of a thing fit into one column.
BETWEEN, END = "\x1f", "\x1e"


@dataclass(frozen=True, slots=True)
class TagRow:
    slug: str
    axis: Axis
    name: str


def tags_of(subject_id: InstrumentedAttribute[int]) -> ColumnElement[str | None]:
    """Return, for a query of subjects, the tags of each in one column; tags_in() reads it."""
    place = sa.cast(Tag.position, sa.String)
    parts = (each.concat(BETWEEN) for each in (Tag.axis, place, Tag.slug))
    tag = reduce(lambda sofar, part: sofar.concat(part), parts).concat(Tag.name)
    own = select(func.aggregate_strings(tag, END)).join(SubjectTag, SubjectTag.tag_id == Tag.id)
    return own.where(SubjectTag.subject_id == subject_id).scalar_subquery()


def tags_in(column: str | None) -> tuple[TagRow, ...]:
    """Return the tags a column of tags_of() holds, in the order of the lists."""
    rows = [tag.split(BETWEEN) for tag in column.split(END)] if column else []
    ordered = sorted(rows, key=lambda row: (row[0], int(row[1]), row[2]))
    return tuple(TagRow(slug, Axis(axis), name) for axis, _place, slug, name in ordered)


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
