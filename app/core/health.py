"""Two questions of machines: is the process alive, and can it serve?"""

from flask import Blueprint, jsonify
from flask.typing import ResponseReturnValue
from sqlalchemy.exc import SQLAlchemyError

from app.core import jobs, schema
from app.core.privacy import sessionless

core = Blueprint("core", __name__)


@core.get("/healthz")
@sessionless
def show_health() -> ResponseReturnValue:
    return jsonify(status="alive"), 200, {"Cache-Control": "no-store"}


@core.get("/readyz")
@sessionless
def show_readiness() -> ResponseReturnValue:
    """Answer 200 when the database answers and stands at the newest migration, else 503.

    Whether a worker is alive is told beside it: without one letters wait, but every page can
    be served, and a proxy that asks here must not send everybody away.
    """
    checks = {"database": False, "migrations": False, "worker": False}
    try:
        checks |= {"database": True, "migrations": schema.is_newest()}
        checks["worker"] = checks["migrations"] and jobs.is_worker_alive()
    except SQLAlchemyError:
        checks["database"] = False
    status = 200 if checks["database"] and checks["migrations"] else 503
    return jsonify(checks), status, {"Cache-Control": "no-store"}
