"""The lines a process keeps for itself, so that showing them needs nothing else that can break."""

from pathlib import Path
from threading import Lock, Thread
from time import monotonic

from sqlalchemy import Engine, create_engine
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.pool import NullPool

from app.care.limits import CONNECT_WAITS, LOOK_EVERY, LOOK_WAITS
from app.care.queries.directory import Directory, from_json, packaged
from app.care.queries.tables import read_directory, read_version

# Words of libpq: a server that went silent must not hold us longer than one that refuses.
WAITS_ON_POSTGRESQL = {
    "connect_timeout": CONNECT_WAITS, "tcp_user_timeout": CONNECT_WAITS * 1000,
}  # fmt: skip


class Memory:
    """The lines at hand. They are compared with the database's now and then, never waited for."""

    def __init__(self, database: str, kept: Path) -> None:
        self.directory = _kept(kept) or packaged()
        self.copied: Directory | None = None  # what the copies on disk were written from
        self._database = database
        self._looked_at = float("-inf")
        self._looking = Lock()

    def latest(self) -> Directory:
        """Return the lines: newer ones where the database tells of them soon enough."""
        is_due = monotonic() - self._looked_at > LOOK_EVERY
        if is_due and self._looking.acquire(blocking=False):
            look = Thread(target=self._look, daemon=True)
            look.start()
            look.join(LOOK_WAITS)
        return self.directory

    def take(self, directory: Directory) -> None:
        """Keep these lines: somebody has just read them from the database."""
        self.directory, self._looked_at = directory, monotonic()

    def _look(self) -> None:
        try:
            engine = self._engine()
            with engine.connect() as connection:
                if read_version(connection) != self.directory.version:
                    self.directory = read_directory(connection)
        except SQLAlchemyError:
            pass  # what we have stands, and we do not knock again at once
        finally:
            self._looked_at = monotonic()
            self._looking.release()

    def _engine(self) -> Engine:
        """Return a door of our own: the pool of the app is full or waiting when all goes wrong."""
        waits = {"timeout": CONNECT_WAITS}
        if self._database.startswith("postgresql"):
            waits = WAITS_ON_POSTGRESQL
        return create_engine(self._database, poolclass=NullPool, connect_args=waits)


def _kept(path: Path) -> Directory | None:
    """Return what an earlier process kept of the database, if it did and it can be read."""
    try:
        kept = from_json(path.read_text())
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None
    return kept if kept.version else None
