"""What is done beside the pages: jobs, each every so often, and at once when it is woken.

A feature describes its jobs in its tasks.py and create_app joins them here. Whatever a job is
about stands in the database: the queue only says that now is a good moment to look, so it may
lose a word, or say it twice. A worker looks each minute for what is due: one lives in the process
that serves a small place, a larger place has as many as it likes, wherever its database is reached.
"""

import os
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cached_property
from pathlib import Path
from traceback import extract_tb
from typing import Any

from flask import Flask, current_app
from werkzeug.utils import import_string

from app.core import clock, job_runs
from app.core.database import once_committed, writing
from app.extensions import db

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)

DEADLINE = timedelta(minutes=10)  # then a job lets go of its worker; its next slot goes on
HELD_FOR = 2 * DEADLINE  # its last step may have begun just before
LATE = 3 * MINUTE  # without a look for what is due, no worker is alive

BETWEEN_ROUNDS = 10.0  # seconds until it is seen to that no hand has died

LOOK = "jobs.look"

# When the job that this thread is doing should come to an end.
_ends_at: ContextVar[float | None] = ContextVar("ends_at", default=None)


@dataclass(frozen=True, slots=True)
class Job:
    """Something to do every so often. It may be done twice at once without harm.

    It opens its own units of writing, short ones, and asks time_is_up() between them.
    """

    name: str
    every: timedelta
    do: Callable[[], object]


@dataclass
class Jobs:
    """The jobs of an app, and the queue they are put into."""

    app: Flask
    known: dict[str, Job] = field(default_factory=dict)
    stopping: threading.Event = field(default_factory=threading.Event)
    thread: threading.Thread | None = None  # that works here, beside what this process serves
    # What is being done in this process, and whether it was asked for again meanwhile.
    under_way: dict[str, bool] = field(default_factory=dict)
    lock: threading.Lock = field(default_factory=threading.Lock)

    @cached_property
    def queue(self) -> Any:
        # By its name: huey brings the drivers of every store it knows, a fifth of a second
        # that a place should not wait for before it shows its first page.
        return import_string("app.core.job_queue:open_queue")(self.app)

    def work(self) -> None:
        """Do what is due and what is asked for, until told to stop."""
        hands = self.queue.hands()
        hands.start()
        while not self.stopping.wait(BETWEEN_ROUNDS):
            hands.check_worker_health()
        hands.stop(graceful=True)

    def work_beside(self, after: float = 0.0) -> None:
        """Do so in a thread of this process, from so many seconds on, while it serves."""

        def begin() -> None:
            if not self.stopping.wait(after):
                self.work()

        self.thread = threading.Thread(target=begin, daemon=True)
        self.thread.start()

    def stop(self) -> None:
        """Let what is being done come to an end, but not for long, and begin nothing more."""
        self.stopping.set()
        if self.thread:
            self.thread.join()


def join(app: Flask, jobs: Iterable[Job]) -> None:
    """Make the jobs known to the app. Two of one name would be a mistake."""
    ours = app.extensions.setdefault("jobs", Jobs(app))
    for job in jobs:
        if job.name in ours.known:
            raise ValueError(f"there are two jobs named {job.name}")
        ours.known[job.name] = job


def wake(name: str) -> None:
    """Have a job done soon after what is being written now is committed."""
    ours = jobs_of(current_app)
    job = ours.known[name]
    once_committed(f"wake {name}", lambda: put(ours, job.name, is_woken=True))


def put(ours: Jobs, name: str, *, is_woken: bool) -> None:
    """Put a job into the queue, unless it waits there already."""
    try:
        ours.queue.put(name, is_woken)
    except Exception as error:  # noqa: BLE001 - whatever it was, the next look finds what is due
        ours.app.logger.warning("a job was not put in the queue: %s", type(error).__name__)


def look(app: Flask) -> None:
    """Put into the queue what is due. Of several workers one does so, once a minute."""
    ours = jobs_of(app)
    with _apart(app, LOOK):
        slot = job_runs.slot_of(MINUTE)
        if not _take(LOOK, slot):
            return
        for job in ours.known.values():
            if job_runs.is_open(job.name, job_runs.slot_of(job.every)):
                put(ours, job.name, is_woken=False)
        _end(LOOK, slot, "")


def carry_out(app: Flask, name: str, *, is_woken: bool) -> None:
    """Do a job: when woken in any case, else unless its slot is taken."""
    with _apart(app, name):
        job = jobs_of(app).known[name]
        if is_woken:
            _do(job)
            return
        slot = job_runs.slot_of(job.every)
        if _take(name, slot):
            _end(name, slot, _do(job))


def time_is_up() -> bool:
    """Say whether a job should come to an end: it had its time, or its worker stops."""
    ends_at = _ends_at.get()
    if ends_at is None:
        return False  # nobody's job: a command does its work to the end
    return time.monotonic() >= ends_at or current_app.extensions["jobs"].stopping.is_set()


def is_worker_alive() -> bool:
    """Say whether somebody looked for what is due, not long ago."""
    looked = job_runs.latest_slot(LOOK)
    return looked is not None and clock.now() - looked < LATE


def jobs_of(app: Flask) -> Jobs:
    ours: Jobs = app.extensions["jobs"]
    return ours


@contextmanager
def _apart(app: Flask, name: str) -> Iterator[None]:
    """Give a job the app and its time, and let no fault of it reach those that come after."""
    with app.app_context():
        token = _ends_at.set(time.monotonic() + DEADLINE.total_seconds())
        try:
            yield
        except Exception as error:  # noqa: BLE001 - the database may be gone: others go on
            _tell(name, error)
        finally:
            _ends_at.reset(token)


def _take(name: str, slot: datetime) -> bool:
    if not job_runs.is_open(name, slot):
        return False
    with writing():
        return job_runs.begin(name, slot, HELD_FOR)


def _end(name: str, slot: datetime, fault: str) -> None:
    with writing():
        job_runs.end(name, slot, fault)


def _do(job: Job) -> str:
    """Do a job and return the kind of its fault, or nothing.

    One hand at a time, or a slow mail server would soon have them all. Asked for meanwhile, it
    is done once more: it may have looked just before there was something to see.
    """
    ours = jobs_of(current_app)
    with ours.lock:
        if job.name in ours.under_way:
            ours.under_way[job.name] = True
            return ""
        ours.under_way[job.name] = False
    while True:
        fault = _do_once(job)
        if not _is_asked_for_again(ours, job.name):
            return fault


def _is_asked_for_again(ours: Jobs, name: str) -> bool:
    with ours.lock:
        again = ours.under_way.pop(name) and not time_is_up()
        if again:
            ours.under_way[name] = False
        return again


def _do_once(job: Job) -> str:
    try:
        job.do()
    except (Exception, SystemExit) as error:  # noqa: BLE001 - told, and tried again
        db.session.rollback()
        _tell(job.name, error)
        return type(error).__name__[: job_runs.LONGEST_FAULT]
    return ""


def _tell(name: str, error: BaseException) -> None:
    """Log what went wrong and where. Never the error's own words: they may be a member's."""
    ours = [at for at in extract_tb(error.__traceback__) if f"{os.sep}app{os.sep}" in at.filename]
    where = f"{Path(ours[-1].filename).name}:{ours[-1].lineno}" if ours else "elsewhere"
    current_app.logger.warning("a job failed: %s %s %s", name, type(error).__name__, where)
