"""Two questions of machines: is the process alive, and can it serve?"""

from flask import Blueprint, jsonify
from flask.typing import ResponseReturnValue
from sqlalchemy.exc import SQLAlchemyError

from app.core import schema
from app.core.privacy import sessionless

core = Blueprint("core", __name__)


@core.get("/healthz")
@sessionless
def show_health() -> ResponseReturnValue:
    return jsonify(status="alive"), 200, {"Cache-Control": "no-store"}


@core.get("/readyz")
@sessionless
def show_readiness() -> ResponseReturnValue:
    """Answer 200 when the database answers and stands at the newest migration, else 503."""
    try:
        checks = {"database": True, "migrations": schema.is_newest()}
    except SQLAlchemyError:
        checks = {"database": False, "migrations": False}
    status = 200 if all(checks.values()) else 503
    return jsonify(checks), status, {"Cache-Control": "no-store"}
