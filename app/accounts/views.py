"""Joining, confirming, signing in and out, and a new password."""

from functools import partial

from flask import Blueprint, Request, current_app, g

from app.accounts import actions, queries
from app.accounts.limits import ACTIVITY_STEP
from app.core import clock
from app.core.footprints import leave_footprint
from app.extensions import login_manager
from app.permissions import GUEST, Actor

accounts = Blueprint("accounts", __name__)

login_manager.anonymous_user = lambda: GUEST


@login_manager.request_loader
def load_actor(asked: Request) -> Actor | None:
    """Return who sent the request, or None for a guest."""
    secret = asked.cookies.get(current_app.config["SIGN_IN_COOKIE"])
    signed_in = queries.find_signed_in(secret) if secret else None
    if signed_in is None:
        return None
    if signed_in.last_active_at < clock.now() - ACTIVITY_STEP:
        leave_footprint(partial(actions.note_activity, signed_in.secret_hash))
    g.language = signed_in.actor.language
    return signed_in.actor
