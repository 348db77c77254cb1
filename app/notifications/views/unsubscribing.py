"""Putting an end to letters from a link in one of them, without signing in."""

from flask import render_template
from flask.typing import ResponseReturnValue as Answer

from app.core.database import writing
from app.core.errors import NotFound
from app.core.privacy import sessionless
from app.notifications import actions, queries
from app.notifications.views.blueprint import notifications

# The token is somebody's: neither a cache nor a search engine may keep the page.
PRIVATE = {"Cache-Control": "no-store", "X-Robots-Tag": "noindex"}


@notifications.get("/unsubscribe/<token>")
@sessionless
def unsubscribe(token: str) -> Answer:
    """Show one button: mail programs look at links by themselves, and must not press it."""
    if queries.read_way_out(token) is None:
        raise NotFound
    return render_template("notifications/unsubscribe.html"), 200, PRIVATE


@notifications.post("/unsubscribe/<token>")
@sessionless
def end_mail(token: str) -> Answer:
    """End it, for a person or their mail program (RFC 8058): no session, no token of a form.

    The answer is no redirect: section 3.1 forbids it, since mail programs do not follow them.
    """
    with writing():
        actions.unsubscribe(token)
    return render_template("notifications/end_mail.html"), 200, PRIVATE
