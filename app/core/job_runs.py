"""The latest run of each job: one row a job, so that of many workers one does it, once a slot."""

from datetime import UTC, datetime, timedelta

from sqlalchemy import ColumnElement, String, and_, or_, select, update
from sqlalchemy.orm import Mapped, mapped_column

from app.core import clock
from app.core.classes import STAFF
from app.core.database import changed_one, insert_or_ignore
from app.extensions import Base, db

TRY_AGAIN = timedelta(minutes=5)  # after a fault; a job that comes round sooner just does
LONGEST_FAULT = 40  # characters

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class JobRun(Base):
    """When a job was last begun, for which slot of time, and how it went."""

    __tablename__ = "job_runs"

    name: Mapped[str] = mapped_column(String(40), primary_key=True, info=STAFF)
    # The beginning of the time it was for: a job of every hour has a slot each full hour.
    slot: Mapped[datetime] = mapped_column(info=STAFF)
    # Until then nobody else begins it; after that, whoever did has died over it.
    held_until: Mapped[datetime] = mapped_column(info=STAFF)
    ended_at: Mapped[datetime | None] = mapped_column(info=STAFF)
    fault: Mapped[str] = mapped_column(
        String(LONGEST_FAULT), default="", info=STAFF
    )  # a kind of, no words


def slot_of(every: timedelta) -> datetime:
    """Return the beginning of the slot that now lies in. All workers cut time the same way."""
    return EPOCH + (clock.now() - EPOCH) // every * every


def begin(name: str, slot: datetime, held_for: timedelta) -> bool:
    """Take a job for a slot; say whether it is ours to do. Only one is ever told yes."""
    now = clock.now()
    values = {"slot": slot, "held_until": now + held_for, "ended_at": None, "fault": ""}
    if insert_or_ignore(JobRun, name=name, **values):
        return True
    return changed_one(update(JobRun).where(JobRun.name == name, _is_open(slot)).values(values))


def end(name: str, slot: datetime, fault: str) -> None:
    """Note that a job was done, or what was wrong: then it is tried again in the same slot."""
    values = {"ended_at": clock.now(), "fault": ""}
    if fault:
        values = {"held_until": clock.now() + TRY_AGAIN, "fault": fault}
    own = JobRun.name == name, JobRun.slot == slot
    db.session.execute(update(JobRun).where(*own).values(values))


def is_open(name: str, slot: datetime) -> bool:
    """Say whether a job waits to be done for a slot. Looks only."""
    taken = select(JobRun.name).where(JobRun.name == name, ~_is_open(slot))
    return db.session.scalar(taken) is None


def latest_slot(name: str) -> datetime | None:
    """Return the slot a job was last begun for."""
    return db.session.scalar(select(JobRun.slot).where(JobRun.name == name))


def _is_open(slot: datetime) -> ColumnElement[bool]:
    is_left = and_(JobRun.ended_at.is_(None), JobRun.held_until <= clock.now())
    return or_(JobRun.slot < slot, and_(JobRun.slot == slot, is_left))
