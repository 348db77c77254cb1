"""The threads that carry a tag."""

from dataclasses import dataclass

from sqlalchemy import select

from app.boards.limits import THREADS_A_PAGE
from app.boards.models import Thread
from app.boards.queries.lists import ThreadRow, rows_of, threads_seen_by
from app.core.pagination import Key
from app.permissions import Actor
from app.tags.models import Axis, SubjectTag
from app.tags.queries import get_tag


@dataclass(frozen=True, slots=True)
class TagPage:
    """A tag with one page of the threads that carry it, started last first."""

    slug: str
    name: str
    axis: Axis
    threads: tuple[ThreadRow, ...]
    older: Key | None  # where the next page begins, if there is one


def tag_page(slug: str, *, actor: Actor, after: Key | None = None) -> TagPage:
    """Return one page of what carries a tag and the actor may see. Raises NotFound."""
    tag = get_tag(slug)
    # Subjects are numbered as threads are, and stand in this order under their tag: a page
    # is a walk along one index, wherever it begins.
    carries = threads_seen_by(actor).join(SubjectTag, SubjectTag.subject_id == Thread.subject_id)
    carries = carries.where(SubjectTag.tag_id == tag.id).order_by(SubjectTag.subject_id.desc())
    if after:
        last = select(Thread.subject_id).where(Thread.id == after.id).scalar_subquery()
        carries = carries.where(SubjectTag.subject_id < last)
    rows = rows_of(carries.limit(THREADS_A_PAGE + 1))
    shown = rows[:THREADS_A_PAGE]
    older = Key(shown[-1].started_at, shown[-1].id) if len(rows) > len(shown) else None
    return TagPage(tag.slug, tag.name, tag.axis, shown, older)
