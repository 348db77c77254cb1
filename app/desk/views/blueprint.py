"""What all pages of the desk share: they open to staff alone."""

from flask import Blueprint

from app.core.actor import current_actor
from app.permissions import Permission, require

desk = Blueprint("desk", __name__, url_prefix="/desk")


@desk.before_request
def staff_only() -> None:
    require(current_actor(), Permission.DESK_OPEN)
