"""The ground: the extensions, created bare, and the base every table is declared on."""

from datetime import UTC, datetime
from typing import Any

from flask import Flask, g
from flask_babel import Babel
from flask_login import LoginManager
from flask_migrate import Migrate
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import BigInteger, DateTime, Dialect, Integer, MetaData, text
from sqlalchemy.orm import DeclarativeBase
from sqlalchemy.types import TypeDecorator

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}

# FTS5's own tables on SQLite, and the index over an expression that stands for them on PostgreSQL;
# there too the tables of huey's queue, which on SQLite has a file of its own.
MADE_BY_MIGRATIONS = ("thread_titles", "ix_threads_title_words", "job_queue_")

IDS_NEVER_COME_BACK = {"sqlite_autoincrement": True}


def only_where(condition: str) -> dict[str, Any]:
    """Limit an index to the rows a list is about, on both databases."""
    return {"sqlite_where": text(condition), "postgresql_where": text(condition)}


class UtcDateTime(TypeDecorator[datetime]):
    """A moment in UTC. SQLite hands times back without their zone; this puts it back."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"{value!r} does not say its zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.astimezone(UTC) if value.tzinfo else value.replace(tzinfo=UTC)


class Base(DeclarativeBase):
    metadata = MetaData(naming_convention=NAMES)
    type_annotation_map: dict[Any, Any] = {
        int: BigInteger().with_variant(Integer(), "sqlite"),
        datetime: UtcDateTime(),
    }


# After a commit nothing is read again: what a view still needs, it took inside writing().
db = SQLAlchemy(metadata=Base.metadata, session_options={"expire_on_commit": False})


def is_told_by_models(_object: Any, name: str | None, *_rest: Any) -> bool:
    """Leave out what only migrations can tell: words that texts are searched by, huey's queue."""
    return not (name or "").startswith(MADE_BY_MIGRATIONS)


migrate = Migrate(db=db, render_as_batch=True, include_object=is_told_by_models)
babel = Babel()
login_manager = LoginManager()


def init_app(app: Flask) -> None:
    db.init_app(app)
    migrate.init_app(app)
    babel.init_app(app, locale_selector=_language, timezone_selector=_zone)
    # Not login_manager.init_app: it adds a hook that looks at the session on every answer,
    # for the sake of "remember me", which we never use.
    app.login_manager = login_manager  # type: ignore[attr-defined]


def _language() -> str:
    """Return the reader's language, once somebody has looked who it is; else the default."""
    language: str = g.get("language", "en")
    return language


def _zone() -> str:
    """Return by which clock the reader lives, as far as anybody has looked who it is."""
    zone: str = g.get("zone", "UTC")
    return zone
