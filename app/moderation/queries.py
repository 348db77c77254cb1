"""Read subjects as their kinds let them be seen, and check that the log holds."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import and_, false, or_, select, tuple_
from sqlalchemy.orm import aliased

from app.accounts.models import Member
from app.core import chain
from app.core.errors import NotFound
from app.core.kinds import every_kind
from app.core.text import RULES_VERSION
from app.extensions import db
from app.moderation.limits import LOG_LINES_A_PAGE, ROWS_A_BATCH, VERSIONS_A_BATCH
from app.moderation.models import LogHead, LogRow, LogWords, State, Subject, Version
from app.permissions import Actor


class ChainBroken(Exception):
    """The log is not what was written. The message says where it parts."""


@dataclass(frozen=True, slots=True)
class LogLine:
    number: int
    at: datetime
    actor_name: str | None
    verb: str
    subject_id: int | None
    member_name: str | None
    before: str
    after: str
    words: str | None


@dataclass(frozen=True, slots=True)
class OldVersion:
    """A version whose HTML was made by older rules than today's."""

    subject_id: int
    number: int
    kind: str
    source: str
    is_newest: bool


def get_subject(subject_id: int, *, actor: Actor, for_update: bool = False) -> Subject:
    """Return a subject the actor may see, of whatever kind."""
    seen = [
        and_(Subject.kind == kind.name, Subject.id.in_(kind.visible_to(actor)))
        for kind in every_kind()
    ]
    wanted = select(Subject).where(Subject.id == subject_id, or_(false(), *seen))
    subject = db.session.scalar(wanted.with_for_update() if for_update else wanted)
    if subject is None:
        raise NotFound
    return subject


def current_source(subject_id: int) -> str:
    """Return what the author typed, as the newest version has it. Ask for the right first."""
    newest = (
        select(Version.source)
        .where(Version.subject_id == subject_id)
        .order_by(Version.number.desc())
        .limit(1)
    )
    return db.session.scalars(newest).one() or ""


def current_version(subject_id: int) -> int:
    """Return the number of the newest version of a subject's words."""
    return db.session.scalars(select(Subject.version).where(Subject.id == subject_id)).one()


def versions_to_rerender(*, after: OldVersion | None) -> list[OldVersion]:
    """Return the next batch of versions to render anew, in the order of their subjects."""
    place = Version.subject_id, Version.number
    old = (
        select(*place, Subject.kind, Version.source, Version.number == Subject.version)
        .join(Subject, Subject.id == Version.subject_id)
        .where(Version.html_rules < RULES_VERSION, Version.source.is_not(None))
        .order_by(*place)
        .limit(VERSIONS_A_BATCH)
    )
    if after:
        old = old.where(tuple_(*place) > (after.subject_id, after.number))
    rows: Iterable[Any] = db.session.execute(old)
    return [OldVersion(*row) for row in rows]


def state_before_hiding(subject_id: int) -> State:
    """Return how a hidden thing was seen before, as the log tells; in sight if it does not."""
    hidden = select(LogRow.before).where(LogRow.subject_id == subject_id, LogRow.verb == "hide")
    before = db.session.scalar(hidden.order_by(LogRow.number.desc()).limit(1))
    return State(before or State.VISIBLE)


def log_length() -> int:
    return db.session.scalars(select(LogHead.count)).one()


def newest_log_lines(*, page: int = 1) -> list[LogLine]:
    """Return a page of the log, newest first. Rows are numbered densely, so it is a range."""
    last = log_length() - (page - 1) * LOG_LINES_A_PAGE
    did, about = aliased(Member), aliased(Member)
    newest = (
        select(LogRow.number, LogRow.at, did.name, LogRow.verb, LogRow.subject_id)
        .add_columns(about.name, LogRow.before, LogRow.after, LogWords.words)
        .outerjoin(did, did.id == LogRow.actor_id)
        .outerjoin(about, about.id == LogRow.member_id)
        .join(LogWords, LogWords.number == LogRow.number)
        .where(LogRow.number.between(last - LOG_LINES_A_PAGE + 1, last))
        .order_by(LogRow.number.desc())
    )
    return [LogLine(*row) for row in db.session.execute(newest)]


def verify_log() -> int:
    """Return how many rows the log has, or raise ChainBroken at the first that is wrong."""
    count, seal = 0, chain.FIRST
    written = select(LogRow, LogWords).outerjoin(LogWords).order_by(LogRow.number)
    with db.session.execute(written.execution_options(yield_per=ROWS_A_BATCH)) as rows:
        for row, words in rows:
            count += 1
            seal = row.sealed_after(seal)
            if (row.number, row.seal) != (count, seal) or not _words_hold(row, words):
                raise ChainBroken(f"row {count}")
    head = db.session.execute(select(LogHead.count, LogHead.seal)).one_or_none()
    if (tuple(head) if head else (0, chain.FIRST)) != (count, seal):
        raise ChainBroken(f"the end, after row {count}")
    return count


def _words_hold(row: LogRow, beside: LogWords | None) -> bool:
    if beside is None or beside.words is None or beside.salt is None:
        return True  # erased, as they may be
    return chain.commit_to(beside.words, beside.salt) == row.commitment
