"""The one place that asks what time it is, so tests and demonstrations can answer."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime, timedelta

from flask import Flask, current_app, has_app_context

_moment: ContextVar[datetime | None] = ContextVar("moment", default=None)


def now() -> datetime:
    """Return this moment in UTC; in development, as HANDRAIL_CLOCK set it at the start."""
    pretended = _moment.get()
    if pretended is not None:
        return pretended
    moved: timedelta = current_app.extensions["clock"] if has_app_context() else timedelta()
    return datetime.now(UTC) + moved


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    """Let it be that moment for what is done within. The demo community gets its past so."""
    token = _moment.set(moment)
    try:
        yield
    finally:
        _moment.reset(token)


def init_app(app: Flask) -> None:
    pretended: datetime | None = app.config["CLOCK"]
    app.extensions["clock"] = pretended - datetime.now(UTC) if pretended else timedelta()
