"""Which forms were sent, so that none acts twice, and none comes back as a draft."""

import hashlib
from datetime import datetime

from sqlalchemy import String, delete
from sqlalchemy.orm import Mapped, mapped_column

from app.core import clock
from app.core.classes import SECRET
from app.core.database import insert_or_ignore
from app.extensions import Base, db


class SentForm(Base):
    """A form that was sent, and the address its sender was led to; or the key of one, done with."""

    __tablename__ = "sent_forms"

    sender_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False, info=SECRET)
    key: Mapped[str] = mapped_column(String(64), primary_key=True, info=SECRET)
    address: Mapped[str] = mapped_column(info=SECRET)
    sent_at: Mapped[datetime] = mapped_column(index=True, info=SECRET)


def be_done_with(sender_id: int, form_key: str) -> bool:
    """Note that a form was sent or put away, whatever words stood in it; say whether that is new.

    Waits for another unit that is doing the same.
    """
    key = _key_of_all(form_key)
    return insert_or_ignore(SentForm, sender_id=sender_id, key=key, address="", sent_at=clock.now())


def is_done_with(sender_id: int, form_key: str) -> bool:
    """Say whether what a script still brings of a form comes too late.

    Trying to be done with it waits for whoever is sending it at this moment.
    """
    if not be_done_with(sender_id, form_key):
        return True
    own = {"sender_id": sender_id, "key": _key_of_all(form_key)}
    db.session.execute(delete(SentForm).filter_by(**own))
    return False


def _key_of_all(form_key: str) -> str:
    return hashlib.sha256(f"every word under {form_key}".encode()).hexdigest()
