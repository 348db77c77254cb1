"""The queue of jobs and the hands that empty it: huey's, in the store that a place has anyway."""

import json
import logging
import sys
import time
from typing import Any

from flask import Flask
from huey.api import Huey
from huey.consumer import Consumer
from huey.registry import Message
from huey.serializer import Serializer
from huey.storage import MemoryStorage, PostgresStorage, RedisStorage, SqliteStorage
from sqlalchemy import make_url

from app.core import jobs

HANDS = 2  # a mail server that keeps one waiting leaves another for the rest
PAUSE = 0.5  # seconds until an empty file is looked at again; other stores say so themselves
PATIENCE = 2  # seconds to reach a store: somebody waits for the page that wakes a job
LOOKS = 10  # seconds between two looks whether a minute has passed
ONCE_A = 60.0  # seconds between two lines of one kind
TO_AN_END = 4.0  # seconds for what is being done when the worker stops


class Queue(Huey):
    """Huey with two tasks: to look for what is due, and to carry out a job by its name."""

    def enqueue(self, task: Any) -> None:
        """Put a task in, unless the same one waits already and will do for both."""
        if not any(_is_same(task, waiting) for waiting in self.pending()):
            super().enqueue(task)

    def put(self, name: str, is_woken: bool) -> None:
        """Put in a job by its name."""
        self.carry_out(name, is_woken)

    def hands(self) -> "Hands":
        """Return a consumer that was not started yet."""
        return Hands(
            self, workers=HANDS, max_delay=PAUSE, scheduler_interval=LOOKS,
            shutdown_timeout=TO_AN_END,
        )  # fmt: skip


class Hands(Consumer):
    """Threads that do the jobs. The process they live in listens to signals, not they."""

    def _set_signal_handlers(self) -> None:
        """Leave the signals to whoever started us."""


class AsJson(Serializer):
    """Tasks as JSON. Huey's own way would run whatever somebody puts in the store."""

    def _serialize(self, message: Any) -> bytes:
        return json.dumps(message).encode()

    def _deserialize(self, written: bytes) -> Any:
        return Message(*json.loads(bytes(written)))


class Sparing(logging.Filter):
    """Let a line pass once a minute, and of an error its kind: hands ask twice a second."""

    def __init__(self) -> None:
        super().__init__()
        self.told: dict[str, float] = {}

    def filter(self, record: logging.LogRecord) -> bool:
        """Say whether a line is told."""
        now, line = time.monotonic(), str(record.msg)
        if now - self.told.get(line, -ONCE_A) < ONCE_A:
            return False
        self.told[line] = now
        if record.exc_info and record.exc_info[0]:
            record.msg, record.args = f"{line} {record.exc_info[0].__name__}", ()
            record.exc_info = record.exc_text = None
        return True


class FileStorage(SqliteStorage):
    """A file that need not reach the disk with each job: what it says, a look says as well."""

    def _create_connection(self) -> Any:
        connection = super()._create_connection()
        connection.execute("PRAGMA synchronous = NORMAL")
        return connection


def open_queue(app: Flask) -> Queue:
    """Return the queue of this place. Nothing is asked of a server yet."""
    _log_as_the_app_does(app)
    queue = Queue("handrail", results=False, serializer=AsJson(), **_store(app))

    def look() -> None:
        jobs.look(app)

    def carry_out(name: str, is_woken: bool) -> None:
        jobs.carry_out(app, name, is_woken=is_woken)

    queue.periodic_task(lambda _now: True)(look)  # each minute
    queue.carry_out = queue.task()(carry_out)
    return queue


def _store(app: Flask) -> dict[str, Any]:
    address = make_url(app.config["SQLALCHEMY_DATABASE_URI"])
    if app.config["TESTING"]:
        return {"storage_class": MemoryStorage}
    if app.config["REDIS_URL"]:
        waits = f"socket_connect_timeout={PATIENCE}&socket_timeout={PATIENCE}"
        joint = "&" if "?" in app.config["REDIS_URL"] else "?"
        return {"storage_class": RedisStorage, "url": f"{app.config['REDIS_URL']}{joint}{waits}"}
    if address.drivername.startswith("postgresql"):
        plain = address.set(drivername="postgresql").render_as_string(hide_password=False)
        return {"storage_class": PostgresStorage, "dsn": plain, "connect_timeout": PATIENCE,
                "table_prefix": "job_queue", "create_tables": False}  # fmt: skip
    return {"storage_class": FileStorage, "filename": str(app.config["VAR"] / "jobs.db")}


def _log_as_the_app_does(app: Flask) -> None:
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(app.logger.handlers[0].formatter)
    handler.addFilter(Sparing())
    log = logging.getLogger("huey")
    log.handlers, log.propagate = [handler], app.config["TESTING"]
    log.setLevel(logging.WARNING)


def _is_same(one: Any, other: Any) -> bool:
    return type(one) is type(other) and list(one.args) == list(other.args)
