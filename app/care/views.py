"""Help, and the way out, on the web. Neither asks who somebody is, nor needs the database."""

from functools import partial
from html import escape
from urllib.parse import urlsplit

from flask import (
    Blueprint,
    Flask,
    abort,
    current_app,
    make_response,
    redirect,
    request,
    url_for,
)
from flask.typing import ResponseReturnValue as Answer
from sqlalchemy.exc import SQLAlchemyError
from werkzeug import Response

from app.accounts.actions import end_session
from app.care import tasks
from app.care.limits import COPY_KEPT, LEAVING_WAITS
from app.care.queries import folds_at_first, note_explanations, note_words
from app.core.database import PATIENCE, writing
from app.core.drafts_sent import keep_what_was_sent
from app.core.privacy import public, sessionless

care = Blueprint("care", __name__)
care.record_once(lambda state: tasks.begin(state.app))
care.add_app_template_global(tasks.countries_at_hand)
care.add_app_template_global(note_words)
care.add_app_template_global(note_explanations)
care.add_app_template_global(folds_at_first)

# What no longer belongs on this computer (W3C, Clear Site Data).
EVERYTHING = '"cache", "cookies", "storage"'

OWN_DOING = {"same-origin", "none"}  # values of Sec-Fetch-Site (W3C, Fetch Metadata)


@care.get("/help-now")
@sessionless
def help_now() -> Answer:
    try:
        page = tasks.show_page(tasks.latest(), request.args.get("country", ""))
    except Exception:  # whatever broke: somebody needs these numbers now
        current_app.logger.exception("Get help now broke; the copy was shown")
        page = tasks.kept_page() or tasks.bare_page()
    answer = make_response(page)
    answer.cache_control.public = True
    answer.cache_control.max_age = round(COPY_KEPT.total_seconds())
    answer.add_etag()
    return answer.make_conditional(request)


@care.post("/leave")
@public
def leave() -> Answer:
    """Sign this browser out and lead it away. No token: an old page must still let people go."""
    if not _is_own_doing():
        abort(403)
    answer = redirect(url_for(".left"), 303)
    secret = request.cookies.get(current_app.config["SIGN_IN_COOKIE"])
    if secret:
        _keep_draft()
        _sign_out(secret, answer)
    for name in ("SIGN_IN_COOKIE", "SESSION_COOKIE_NAME"):
        _take_cookie(current_app.config[name], answer)
    answer.headers["Cache-Control"] = "no-store"
    return answer


@care.get("/left")
@sessionless
def left() -> Answer:
    """Show nothing, empty what the browser keeps of us, and go on to somewhere harmless."""
    elsewhere = current_app.config["LEAVE_URL"]
    answer = make_response(
        f'<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        f"<title>{escape(urlsplit(elsewhere).netloc)}</title></head><body></body></html>\n"
    )
    answer.headers["Cache-Control"] = "no-store"
    answer.headers["Refresh"] = f"0; url={elsewhere}"
    if _is_own_doing():  # a picture on somebody's page must not sign our members out
        answer.headers["Clear-Site-Data"] = EVERYTHING
    return answer


def _keep_draft() -> None:
    """Keep what came along from a form, before the session ends. It holds up nobody's leaving."""
    try:
        keep_what_was_sent(patience=LEAVING_WAITS)
    except Exception as error:  # noqa: BLE001 - whatever broke, somebody wants to leave
        current_app.logger.warning("a draft was not kept on leaving: %s", type(error).__name__)


def _sign_out(secret: str, answer: Response) -> None:
    """End the session now, or, where the database is busy or gone, once they have left."""
    try:
        _end(secret, patience=LEAVING_WAITS)
    except SQLAlchemyError:
        app = current_app._get_current_object()  # type: ignore[attr-defined]
        answer.call_on_close(partial(_end_later, app, secret))


def _end_later(app: Flask, secret: str) -> None:
    with app.app_context():
        try:
            _end(secret, patience=PATIENCE)
        except SQLAlchemyError:
            app.logger.warning("a session outlived its leaving: the database did not answer")


def _end(secret: str, *, patience: float) -> None:
    with writing(patience=patience):
        end_session(secret)


def _take_cookie(name: str, answer: Response) -> None:
    is_secure = current_app.config["SESSION_COOKIE_SECURE"]
    answer.delete_cookie(name, secure=is_secure, httponly=True, samesite="Lax")


def _is_own_doing() -> bool:
    """Say whether the request came from our own page, or from nobody else's that we know of."""
    told = request.headers.get("Sec-Fetch-Site")
    if told:
        return told in OWN_DOING
    origin = request.headers.get("Origin")
    return origin is None or origin.partition("://")[2] == request.host
