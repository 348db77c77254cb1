"""The one place that asks what time it is, so tests and demonstrations can answer."""

from datetime import UTC, datetime, timedelta

from flask import Flask, current_app, has_app_context


def now() -> datetime:
    """Return this moment in UTC; in development, as HANDRAIL_CLOCK set it at the start."""
    moved: timedelta = current_app.extensions["clock"] if has_app_context() else timedelta()
    return datetime.now(UTC) + moved


def init_app(app: Flask) -> None:
    pretended: datetime | None = app.config["CLOCK"]
    app.extensions["clock"] = pretended - datetime.now(UTC) if pretended else timedelta()
