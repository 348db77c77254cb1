"""Every page needs a signed-in member unless its view says otherwise."""

from collections.abc import Callable
from typing import Any, TypeVar

from flask import Flask, current_app, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

View = TypeVar("View", bound=Callable[..., Any])

SIGN_IN = "accounts.sign_in"


class NotSignedIn(Exception):
    """A form arrived without a session: whoever knows the members sees that no word is lost."""


class NotAdmitted(Exception):
    """The member signed in, but may not come in just now (unconfirmed, suspended)."""


def public(view: View) -> View:
    """Open a view to people who are not signed in."""
    view.is_public = True  # type: ignore[attr-defined]
    return view


def sessionless(view: View) -> View:
    """Open a view to everybody, and promise it looks at no cookie: it may be kept by caches."""
    view.is_sessionless = True  # type: ignore[attr-defined]
    return public(view)


def any_standing(view: View) -> View:
    """Open a view to every signed-in member, also unconfirmed or suspended."""
    view.is_for_any_standing = True  # type: ignore[attr-defined]
    return view


def ask_to_sign_in() -> ResponseReturnValue:
    """Lead to the sign-in page and, after it, back to the page that was asked for."""
    return redirect(url_for(SIGN_IN, next=request.full_path.rstrip("?")))


def is_guest_on_a_public_page() -> bool:
    """Say whether signing in might show what this page does not show to a guest."""
    return (
        request.method == "GET"
        and _asks("is_public")
        and not _asks("is_sessionless")
        and not current_user.is_authenticated
    )


def is_sessionless_page() -> bool:
    return _asks("is_sessionless")


def is_public_page() -> bool:
    return _asks("is_public")


def init_app(app: Flask) -> None:
    app.view_functions["static"] = sessionless(app.view_functions["static"])
    app.before_request(_require_sign_in)


def _require_sign_in() -> ResponseReturnValue | None:
    if request.endpoint is None or _asks("is_public"):
        return None
    if not current_user.is_authenticated:
        if request.method in {"GET", "HEAD"}:
            return ask_to_sign_in()
        raise NotSignedIn
    if not (current_user.is_admitted or _asks("is_for_any_standing")):
        raise NotAdmitted
    return None


def _asks(mark: str) -> bool:
    view = current_app.view_functions.get(request.endpoint or "")
    return bool(getattr(view, mark, False))
