"""The ways a request can be refused, and the page each one shows, with the words kept."""

from datetime import timedelta
from typing import Any

from flask import Flask, current_app, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from sqlalchemy.exc import DBAPIError, OperationalError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from werkzeug.exceptions import HTTPException

from app.core.drafts_sent import keep_what_was_sent
from app.core.privacy import ask_to_sign_in, is_guest_on_a_public_page
from app.core.words_typed import words_typed

BRIEFLY = 0.3  # seconds for another writer: somebody already waits for bad news


class NotFound(Exception):
    """It does not exist, or the actor may not know that it does."""


class NotAllowed(Exception):
    """The actor may see this but may not do that to it."""


class RuleBroken(Exception):
    """The community's rules forbid this. The message is written for the member.

    `field` names the field of the form it is about, where there is one.
    """

    def __init__(self, sentence: str, *, field: str | None = None) -> None:
        super().__init__(sentence)
        self.field = field


class TooMany(RuleBroken):
    """Too much in too short a time. It says when to come back."""

    def __init__(self, sentence: str, *, wait: timedelta) -> None:
        super().__init__(sentence)
        self.wait = wait


def init_app(app: Flask) -> None:
    app.register_error_handler(NotFound, _not_found)
    app.register_error_handler(NotAllowed, _not_allowed)
    app.register_error_handler(RuleBroken, _rule_broken)
    app.register_error_handler(TooMany, _too_many)
    app.register_error_handler(HTTPException, _refused)
    app.register_error_handler(404, _not_there)
    app.register_error_handler(403, _not_allowed)
    app.register_error_handler(413, _too_large)
    app.register_error_handler(500, _broken)
    for error in (OperationalError, PoolTimeout):
        app.register_error_handler(error, _unavailable)


def _not_found(_error: Exception) -> ResponseReturnValue:
    """Show the same page for what is absent and what is shut; ask a guest to sign in first."""
    if is_guest_on_a_public_page():
        return ask_to_sign_in()
    return _not_there(_error)


def _not_there(_error: Exception) -> ResponseReturnValue:
    return render_template("errors/not_found.html", kept=words_typed()), 404


def _not_allowed(_error: Exception) -> ResponseReturnValue:
    return render_template("errors/not_allowed.html", kept=words_typed()), 403


def _rule_broken(error: Exception) -> ResponseReturnValue:
    return _explained("errors/rule_broken.html", error), 422


def _too_many(error: TooMany) -> ResponseReturnValue:
    wait = {"Retry-After": str(round(error.wait.total_seconds()))}
    return _explained("errors/too_many.html", error), 429, wait


def _too_large(_error: Exception) -> ResponseReturnValue:
    return render_template("errors/too_large.html"), 413


def _refused(error: HTTPException) -> ResponseReturnValue:
    """Put our own page around what the server refuses (a wrong method, a broken request)."""
    if error.code is None or error.response is not None:
        return error
    explanation = gettext("The browser asked for something we don't understand.")
    page = render_template("errors/bad_request.html", explanation=explanation, kept=words_typed())
    allowed = [(name, value) for name, value in error.get_headers() if name == "Allow"]
    return page, error.code, allowed


def _broken(error: Exception) -> ResponseReturnValue:
    cause = getattr(error, "original_exception", None)
    kept_at = None if isinstance(cause, SQLAlchemyError) else _keep_draft()
    return render_template("errors/broken.html", kept=words_typed(), kept_at=kept_at), 500


def _unavailable(error: DBAPIError) -> ResponseReturnValue:
    current_app.logger.error("the database did not answer: %s", type(error).__name__)
    page = render_template("errors/unavailable.html", kept=words_typed())
    return page, 503, {"Retry-After": "5"}


def _keep_draft() -> str | None:
    """Keep the form that was sent as a draft and return when, where that still works."""
    try:
        return keep_what_was_sent(patience=BRIEFLY)
    except Exception as error:  # noqa: BLE001 - whatever breaks now too: the words are shown
        current_app.logger.error("a draft could not be kept: %s", type(error).__name__)
        return None


def _explained(template: str, error: Exception, **more: Any) -> str:
    return render_template(template, explanation=str(error), kept=words_typed(), **more)
