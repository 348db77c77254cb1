"""One line of JSON for each request and each thing worth telling. Never words, names or tokens."""

import logging
import secrets
import sys
import time

import structlog
from flask import Flask, Response, current_app, g, request

QUIET = {"core.show_health", "core.show_readiness", "static"}


def init_app(app: Flask) -> None:
    level = logging.INFO if app.config["HANDRAIL_ENV"] == "production" else logging.WARNING
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_as_json())
    app.logger.handlers = [handler]
    app.logger.setLevel(level)
    app.logger.propagate = app.config["TESTING"]
    app.before_request(_begin)
    app.after_request(_tell)


def request_id() -> str:
    """Return the random name of this request in the logs."""
    name: str = g.request_id
    return name


def _as_json() -> logging.Formatter:
    return structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=[
            structlog.contextvars.merge_contextvars,
            structlog.stdlib.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
        ],
        processors=[
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            structlog.processors.format_exc_info,
            structlog.processors.JSONRenderer(),
        ],
    )


def _begin() -> None:
    g.request_id = secrets.token_hex(8)
    g.began = time.perf_counter()
    structlog.contextvars.clear_contextvars()
    structlog.contextvars.bind_contextvars(request_id=g.request_id)


def _tell(answer: Response) -> Response:
    if request.endpoint in QUIET or "began" not in g:
        return answer
    # The endpoint, not the address: addresses carry ids, names and tokens.
    took = round((time.perf_counter() - g.began) * 1000, 1)
    structlog.contextvars.bind_contextvars(
        endpoint=request.endpoint, method=request.method, status=answer.status_code, ms=took
    )
    level = logging.ERROR if answer.status_code >= 500 else logging.INFO
    current_app.logger.log(level, "answered")
    return answer
