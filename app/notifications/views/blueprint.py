"""What all pages about notifications share, and what the menu of every page says of them."""

from flask import Blueprint
from flask_babel import gettext, ngettext

from app.core.actor import current_actor
from app.notifications.limits import COUNTED
from app.notifications.queries import count_new, told_words

notifications = Blueprint("notifications", __name__)
notifications.add_app_template_global(told_words)


@notifications.app_template_global()
def new_notifications() -> str:
    """Return the quiet word beside somebody's name, for who wants to be told how many."""
    actor = current_actor()
    if not (actor.is_admitted and actor.sees_counts):
        return ""
    count = count_new(actor)
    if count >= COUNTED:
        return str(gettext("more than %(most)d new", most=COUNTED - 1))
    return str(ngettext("%(num)d new", "%(num)d new", count)) if count else ""
