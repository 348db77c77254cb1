"""How the database is opened, and the one way to write to it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, cast

from flask import Flask
from sqlalchemy import Connection, CursorResult, Table, Update, event, text
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from app.extensions import Base, db

PATIENCE = 5.0  # seconds to wait for another writer before giving up

PRAGMAS = ("journal_mode = WAL", "synchronous = FULL", "foreign_keys = ON")

# What a unit of writing asks of its connection. Everything else can only read.
WRITES = {"writes": True}

# How a row is locked: its id never changes, so others may go on pointing at it. Locked whole,
# two people who let through each other's words would wait for each other for ever.
LOCKED: dict[str, Any] = {"key_share": True}

_INSERT: dict[str, Callable[[Table], Any]] = {
    "sqlite": sqlite.insert,
    "postgresql": postgresql.insert,
}


def init_app(app: Flask) -> None:
    event.listen(db.session, "before_flush", _refuse_to_write_outside)
    with app.app_context():
        if db.engine.dialect.name == "sqlite":
            event.listen(db.engine, "connect", _prepare_sqlite)
            event.listen(db.engine, "begin", _begin_sqlite)
        else:
            event.listen(db.engine, "begin", _begin_postgresql)


@contextmanager
def writing(patience: float | None = None) -> Iterator[None]:
    """Open a short unit of writing: committed whole at its end, or undone whole.

    Rows read before it are stale: fetch them again inside, with for_update=True.
    Waits at most `patience` seconds (or PATIENCE) for a lock, then raises OperationalError.
    """
    patience = PATIENCE if patience is None else patience
    session = db.session()
    if session.info.get("writing"):
        raise RuntimeError("a unit of writing is already open")
    session.rollback()  # ends what reading began; SQLite cannot turn it into a write safely
    session.expire_all()  # a rollback forgets nothing where a unit before this one committed
    session.info["writing"] = True
    afterwards: dict[str, Callable[[], None]] = {}
    session.info["afterwards"] = afterwards
    try:
        session.connection(execution_options=WRITES | {"patience": patience})
        _limit_waiting_on_postgresql(session, patience)
        yield
        session.commit()
    except BaseException:
        session.rollback()
        raise
    finally:
        session.info["writing"] = False
    for act in afterwards.values():
        act()


def once_committed(name: str, act: Callable[[], None]) -> None:
    """Have something done after this unit, and not at all should it be undone.

    Twice by the same name is once. The act must not fail: what was written stays written.
    """
    session = db.session()
    if not session.info.get("writing"):
        raise RuntimeError("nothing is being written that could be committed")
    session.info["afterwards"][name] = act


def insert_or_ignore(model: type[Base], **values: Any) -> bool:
    """Insert a row unless one with its key is there; say whether it was inserted.

    On PostgreSQL it waits for another unit that is inserting the same key.
    """
    insert = _INSERT[db.session.get_bind().dialect.name]
    put = insert(cast(Table, model.__table__)).values(**values).on_conflict_do_nothing()
    # Asked for by name: psycopg forgets the count when SQLAlchemy closes the cursor.
    put = put.execution_options(preserve_rowcount=True)
    return cast("CursorResult[Any]", db.session.execute(put)).rowcount == 1


def changed_one(change: Update) -> bool:
    """Carry out a change of at most one row; say whether there was such a row."""
    change = change.execution_options(preserve_rowcount=True)
    return cast("CursorResult[Any]", db.session.execute(change)).rowcount == 1


def insert_all_or_ignore(model: type[Base], rows: list[dict[str, Any]]) -> None:
    """Insert many rows of the same columns, except those whose key is there already."""
    insert = _INSERT[db.session.get_bind().dialect.name]
    if rows:
        db.session.execute(insert(cast(Table, model.__table__)).on_conflict_do_nothing(), rows)


def _limit_waiting_on_postgresql(session: Session, patience: float) -> None:
    if session.get_bind().dialect.name == "postgresql":
        limit = {"limit": f"{round(patience * 1000)}ms"}
        session.execute(text("SELECT set_config('lock_timeout', :limit, true)"), limit)


def _refuse_to_write_outside(session: Session, *_rest: Any) -> None:
    if not session.info.get("writing"):
        raise RuntimeError("open writing() before changing anything")


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    connection.isolation_level = None  # the driver must not begin on its own; we do, below
    for pragma in PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    """Take the write lock at once where we mean to write, or updates are lost silently."""
    options = connection.get_execution_options()
    writes = options.get("writes", False)
    patience = round(options.get("patience", PATIENCE) * 1000)
    connection.exec_driver_sql(f"PRAGMA busy_timeout = {patience}")
    connection.exec_driver_sql(f"PRAGMA query_only = {'OFF' if writes else 'ON'}")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _begin_postgresql(connection: Connection) -> None:
    """Say before the driver's BEGIN whether this transaction may write."""
    writes = connection.get_execution_options().get("writes", False)
    cast(Any, connection.connection.dbapi_connection).read_only = not writes
