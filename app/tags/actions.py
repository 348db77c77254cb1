"""Bring the tags that come with the software, and put tags on things."""

import json
from collections.abc import Collection
from pathlib import Path
from typing import Any

from flask_babel import gettext
from sqlalchemy import delete, select

from app.core.database import insert_or_ignore
from app.core.errors import RuleBroken
from app.extensions import db
from app.tags.limits import MOST_TAGS
from app.tags.models import Axis, SubjectTag, Tag, TagSynonym

PACKAGED = Path(__file__).with_name("tags.json")


def load_tags() -> int:
    """Add the tags and other words for them that are missing; return how many were.

    What is there stays as somebody left it. Loading twice is loading once.
    """
    rows: dict[str, list[dict[str, Any]]] = json.loads(PACKAGED.read_text(encoding="utf-8"))
    return sum(
        _load_tag(Axis(axis), place, row)
        for axis, tags in rows.items()
        for place, row in enumerate(tags, start=1)
    )


def tag_subject(subject_id: int, slugs: Collection[str]) -> None:
    """Let a thing carry these tags and no others. Whoever calls has asked for the right."""
    wanted = set(slugs)
    if len(wanted) > MOST_TAGS:
        raise RuleBroken(gettext("Choose at most %(most)s tags in all.", most=MOST_TAGS))
    carried = set(db.session.scalars(_ids_of(subject_id)))
    known = dict(db.session.execute(select(Tag.slug, Tag.id).where(Tag.slug.in_(wanted))).all())
    # One that was retired meanwhile is left out: it is no reason to hold up somebody's words.
    ids = set(known.values())
    gone = SubjectTag.subject_id == subject_id, SubjectTag.tag_id.in_(carried - ids)
    db.session.execute(delete(SubjectTag).where(*gone))
    for tag_id in sorted(ids - carried):
        insert_or_ignore(SubjectTag, tag_id=tag_id, subject_id=subject_id)


def _load_tag(axis: Axis, place: int, row: dict[str, Any]) -> int:
    own = {"slug": row["slug"], "axis": axis, "name": row["name"], "position": place}
    added = int(insert_or_ignore(Tag, **own))
    tag_id = db.session.scalars(select(Tag.id).where(Tag.slug == row["slug"])).one()
    for word in row["words"]:
        added += insert_or_ignore(TagSynonym, word=word.casefold(), tag_id=tag_id)
    return added


def _ids_of(subject_id: int) -> Any:
    return select(SubjectTag.tag_id).where(SubjectTag.subject_id == subject_id)
