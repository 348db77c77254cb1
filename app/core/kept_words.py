"""Words that outlive a session: kept sealed for their member, shown again, never sent by itself."""

import json
from datetime import datetime, timedelta

from flask import g, request
from flask_login import current_user
from sqlalchemy import ForeignKey, String, delete, select
from sqlalchemy.orm import Mapped, mapped_column

from app.core import clock
from app.core.classes import MINE
from app.core.edges import LARGEST_ID
from app.core.keys import Unsealable, key_ring
from app.extensions import IDS_NEVER_COME_BACK, Base, db

KEPT_FOR = timedelta(days=7)  # as long as the row of an ended session (decisions 16)
MOST_KEPT = 20  # forms for one member: nobody writes more in tabs that all lost their session
LONGEST_PATH = 200  # characters, the width of the column


class KeptWords(Base):
    """What was in a form that arrived after its sender's session had ended."""

    __tablename__ = "kept_words"
    __table_args__ = IDS_NEVER_COME_BACK

    id: Mapped[int] = mapped_column(primary_key=True, info=MINE)
    # Named, not imported: members stand above.
    member_id: Mapped[int] = mapped_column(ForeignKey("members.id"), index=True, info=MINE)
    path: Mapped[str] = mapped_column(String(LONGEST_PATH), info=MINE)
    sealed: Mapped[str] = mapped_column(info=MINE)
    kept_at: Mapped[datetime] = mapped_column(info=MINE)


def keep(member_id: int, path: str, fields: list[tuple[str, str]]) -> int:
    """Keep a form's fields for the member who was writing; return the number to ask for them.

    Beyond MOST_KEPT the oldest give way. The path is at most LONGEST_PATH long.
    """
    sealed = key_ring("words").seal(json.dumps(fields), about=_about(member_id, path))
    row = KeptWords(member_id=member_id, path=path, sealed=sealed, kept_at=clock.now())
    db.session.add(row)
    db.session.flush()
    own = select(KeptWords.id).where(KeptWords.member_id == member_id)
    older = db.session.scalars(own.order_by(KeptWords.id.desc()).offset(MOST_KEPT)).all()
    db.session.execute(delete(KeptWords).where(KeptWords.id.in_(older)))
    return row.id


def fields_kept_here() -> list[tuple[str, str]] | None:
    """Return the fields kept for this member and this page, if its address asks for them."""
    number = request.args.get("kept", 0, type=int)
    is_asked = request.method == "GET" and 0 < number <= LARGEST_ID
    if not is_asked or not current_user.is_authenticated:
        return None
    if "fields_kept_here" not in g:
        g.fields_kept_here = _fields(number)
    fields: list[tuple[str, str]] | None = g.fields_kept_here
    return fields


def forget_old() -> None:
    """Empty what nobody came back for."""
    db.session.execute(delete(KeptWords).where(KeptWords.kept_at < clock.now() - KEPT_FOR))


def _fields(number: int) -> list[tuple[str, str]] | None:
    own = KeptWords.member_id == current_user.id, KeptWords.path == request.path
    row = db.session.scalar(select(KeptWords).where(KeptWords.id == number, *own))
    if row is None or row.kept_at < clock.now() - KEPT_FOR:
        return None
    try:
        words = key_ring("words").open(row.sealed, about=_about(row.member_id, row.path))
    except Unsealable:
        return None
    return [(name, value) for name, value in json.loads(words)]


def _about(member_id: int, path: str) -> str:
    return f"kept_words:{member_id}:{path}"
