"""What all pages at the door share: who is asking, and what to say when a link is over."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial

from flask import Blueprint, Request, current_app, g, render_template
from flask.typing import ResponseReturnValue as Answer

from app.accounts import actions, queries
from app.accounts.limits import ACTIVITY_STEP
from app.core import clock
from app.core.database import writing
from app.core.errors import RuleBroken
from app.core.footprints import leave_footprint
from app.extensions import login_manager
from app.permissions import GUEST, Actor

accounts = Blueprint("accounts", __name__)

login_manager.anonymous_user = lambda: GUEST


def load_actor(asked: Request) -> Actor | None:
    """Return who sent the request, or None for a guest."""
    secret = asked.cookies.get(current_app.config["SIGN_IN_COOKIE"])
    signed_in = queries.find_signed_in(secret) if secret else None
    if signed_in is None:
        return None
    if signed_in.last_active_at < clock.now() - ACTIVITY_STEP:
        leave_footprint(partial(actions.note_activity, signed_in.secret_hash))
        g.cookie_to_renew = None if signed_in.is_on_shared_computer else secret
    g.language, g.zone = signed_in.actor.language, signed_in.actor.zone
    return signed_in.actor


login_manager.request_loader(load_actor)


@accounts.app_errorhandler(queries.LinkOver)
def link_over(_error: Exception) -> Answer:
    return render_template("accounts/link_over.html"), 404


def knock(*knocks: queries.Knock) -> list[int]:
    """Write down that somebody knocks, before anything is looked at; return the rows' numbers.

    Raises TooMany. Counted again once it is written: of many at the same moment, no more
    get in than one after the other.
    """
    queries.require_room(knocks, with_this=False)
    with writing():
        noted = actions.note_knocks(knocks)
    queries.require_room(knocks, with_this=True)
    return noted


@contextmanager
def knock_forgiven_if_refused(*knocks: queries.Knock) -> Iterator[None]:
    """Knock, and have it not count when the place itself says no to what was asked."""
    noted = knock(*knocks)
    try:
        yield
    except RuleBroken:
        with writing():
            actions.forgive(noted)
        raise
