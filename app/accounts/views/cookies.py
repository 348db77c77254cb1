"""The cookie that signs a browser in, and the one that only carries the token of forms."""

from datetime import timedelta

from flask import Response, current_app, g, request, session
from werkzeug.wrappers import Response as Redirection

from app.accounts.limits import SESSION_IDLES, UNDER_18_STAYS
from app.accounts.queries import mark_of_joining
from app.accounts.views.blueprint import accounts
from app.core import clock
from app.core.mail_addresses import MailAddress

# What the form's cookie remembers. Its owner can read it, and so can whoever sits down next.
AGAIN_AT, JOINED_WITH = "again_at", "joined_with"


def secret_shown() -> str:
    """Return what this browser shows to be let in, or nothing."""
    return request.cookies.get(_name(), "")


def hand_over(answer: Redirection, secret: str, *, is_shared: bool = False) -> Redirection:
    """Sign a browser in, with a form cookie that nobody has seen before."""
    _start_form_cookie_anew()
    _set(answer, secret, lasts=None if is_shared else SESSION_IDLES)
    return answer


def take_back(answer: Redirection) -> Redirection:
    """Sign a browser out."""
    _start_form_cookie_anew()
    secure = current_app.config["SESSION_COOKIE_SECURE"]
    answer.delete_cookie(_name(), secure=secure, httponly=True, samesite="Lax")
    return answer


@accounts.after_app_request
def renew(answer: Response) -> Response:
    """Let the cookie last from the latest visit on, as the session does."""
    secret = g.pop("cookie_to_renew", None)
    is_set = any(c.startswith(f"{_name()}=") for c in answer.headers.getlist("Set-Cookie"))
    if secret and not is_set:
        _set(answer, secret, lasts=SESSION_IDLES)
    return answer


def remember_under_18() -> None:
    """Have this browser meet the same page for a day, whatever it answers next."""
    session[AGAIN_AT] = (clock.now() + UNDER_18_STAYS).timestamp()


def said_under_18() -> bool:
    return float(session.get(AGAIN_AT, 0)) > clock.now().timestamp()


def remember_joining(address: MailAddress) -> None:
    """Know this browser again when the letter is opened in it; the same for every address."""
    session[JOINED_WITH] = mark_of_joining(address)


def joined_with(address: MailAddress) -> bool:
    return bool(session.get(JOINED_WITH) == mark_of_joining(address))


def _start_form_cookie_anew() -> None:
    kept = session.get(AGAIN_AT)
    session.clear()
    if kept:
        session[AGAIN_AT] = kept


def _set(answer: Redirection, secret: str, *, lasts: timedelta | None) -> None:
    secure = current_app.config["SESSION_COOKIE_SECURE"]
    answer.set_cookie(_name(), secret, max_age=lasts, secure=secure, httponly=True, samesite="Lax")


def _name() -> str:
    name: str = current_app.config["SIGN_IN_COOKIE"]
    return name
