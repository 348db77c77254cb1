"""What somebody is writing, kept on the server while they type, sealed for them alone."""

import json
from dataclasses import dataclass
from datetime import datetime, timedelta

from flask_babel import format_datetime, to_user_timezone
from sqlalchemy import (
    ColumnElement,
    ForeignKey,
    Index,
    String,
    UniqueConstraint,
    and_,
    delete,
    select,
    update,
)
from sqlalchemy.orm import Mapped, mapped_column

from app.core import clock
from app.core.classes import MINE
from app.core.database import insert_or_ignore
from app.core.kept_words import LONGEST_PATH
from app.core.keys import Unsealable, key_ring
from app.extensions import IDS_NEVER_COME_BACK, Base, db

KEPT_FOR = timedelta(days=90)  # a long bad patch; words that were taken back stay as long
MOST_KEPT = 50  # forms of one member: more than anybody writes at once, and an end for a machine
LONGEST = 100_000  # characters in one form: ten times the longest post, for what is still to be cut
FIRST_WORDS = 120  # characters shown in a list: enough to know one's own words again
SAVING_WAITS = 1.0  # seconds for another writer: the words are on the page, and come again soon

Fields = list[tuple[str, str]]


class Draft(Base):
    """The words of one form of one member, as they stood a moment ago."""

    __tablename__ = "drafts"
    __table_args__ = (
        UniqueConstraint("member_id", "path"),
        Index("ix_drafts_saved_at", "saved_at"),
        IDS_NEVER_COME_BACK,
    )

    id: Mapped[int] = mapped_column(primary_key=True, info=MINE)
    # Named, not imported: members stand above.
    member_id: Mapped[int] = mapped_column(ForeignKey("members.id"), info=MINE)
    path: Mapped[str] = mapped_column(String(LONGEST_PATH), info=MINE)
    sealed: Mapped[str] = mapped_column(info=MINE)
    saved_at: Mapped[datetime] = mapped_column(info=MINE)


@dataclass(frozen=True, slots=True)
class OpenDraft:
    """A draft, unsealed for its member."""

    id: int
    path: str
    fields: Fields
    saved_at: datetime

    @property
    def title(self) -> str:
        return _typed(self.fields, "title")

    @property
    def first_words(self) -> str:
        """The beginning of the words, cut at a word."""
        words = " ".join(_typed(self.fields, "body").split())
        if len(words) <= FIRST_WORDS:
            return words
        return f"{words[:FIRST_WORDS].rpartition(' ')[0] or words[:FIRST_WORDS]} …"

    @property
    def time(self) -> str:
        return time_of(self.saved_at)


def keep(member_id: int, path: str, fields: Fields) -> datetime | None:
    """Keep a form as it stands, in place of how it stood; return when. Emptied, it is no draft.

    Beyond MOST_KEPT the oldest give way. The path is at most LONGEST_PATH long.
    """
    if not (_typed(fields, "title") or _typed(fields, "body")):
        forget(member_id, path)
        return None
    now = clock.now()
    sealed = key_ring("words").seal(json.dumps(fields), about=_about(member_id, path))
    if not insert_or_ignore(Draft, member_id=member_id, path=path, sealed=sealed, saved_at=now):
        newer = update(Draft).where(_is_at(member_id, path))
        db.session.execute(newer.values(sealed=sealed, saved_at=now))
    _let_the_oldest_go(member_id)
    return now


def find(member_id: int, path: str) -> OpenDraft | None:
    """Return what the member was writing in the form at a path, in one query."""
    row = db.session.scalar(select(Draft).where(_is_at(member_id, path), _is_young()))
    return _opened(row) if row else None


def drafts_of(member_id: int) -> tuple[OpenDraft, ...]:
    """Return all a member has begun, the latest first: MOST_KEPT at most, in one query."""
    own = select(Draft).where(Draft.member_id == member_id, _is_young())
    rows = db.session.scalars(own.order_by(Draft.saved_at.desc(), Draft.id.desc()))
    return tuple(filter(None, map(_opened, rows)))


def forget(member_id: int, path: str) -> None:
    """Put away what was sent, or is wanted no more."""
    db.session.execute(delete(Draft).where(_is_at(member_id, path)))


def forget_number(member_id: int, draft_id: int) -> None:
    """Put away one of a member's own. Twice is once."""
    db.session.execute(delete(Draft).where(Draft.member_id == member_id, Draft.id == draft_id))


def forget_old() -> None:
    """Empty what nobody came back for."""
    db.session.execute(delete(Draft).where(Draft.saved_at < clock.now() - KEPT_FOR))


def time_of(moment: datetime) -> str:
    """Say a moment by the reader's clock: today's without its day."""
    is_today = to_user_timezone(moment).date() == to_user_timezone(clock.now()).date()
    return str(format_datetime(moment, "HH:mm" if is_today else "d MMM y, HH:mm"))


def _let_the_oldest_go(member_id: int) -> None:
    own = select(Draft.id).where(Draft.member_id == member_id)
    latest_first = own.order_by(Draft.saved_at.desc(), Draft.id.desc())
    older = db.session.scalars(latest_first).all()[MOST_KEPT:]
    if older:
        # What another tab is saving just now is not old: passed over, neither waits for the other.
        still = select(Draft.id).where(Draft.id.in_(older)).with_for_update(skip_locked=True)
        free = db.session.scalars(still.order_by(Draft.id)).all()
        db.session.execute(delete(Draft).where(Draft.id.in_(free)))


def _opened(row: Draft) -> OpenDraft | None:
    try:
        words = key_ring("words").open(row.sealed, about=_about(row.member_id, row.path))
    except Unsealable:
        return None
    fields = [(name, value) for name, value in json.loads(words)]
    return OpenDraft(row.id, row.path, fields, row.saved_at)


def _typed(fields: Fields, name: str) -> str:
    return next((words.strip() for each, words in fields if each == name), "")


def _is_at(member_id: int, path: str) -> ColumnElement[bool]:
    return and_(Draft.member_id == member_id, Draft.path == path)


def _is_young() -> ColumnElement[bool]:
    return Draft.saved_at >= clock.now() - KEPT_FOR


def _about(member_id: int, path: str) -> str:
    return f"drafts:{member_id}:{path}"
