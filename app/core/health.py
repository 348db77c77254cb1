"""Two questions of machines: is the process alive, and can it serve?"""

from alembic.config import Config as AlembicConfig
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import Blueprint, current_app, jsonify
from flask.typing import ResponseReturnValue
from sqlalchemy.exc import SQLAlchemyError

from app.core.privacy import sessionless
from app.extensions import db

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
        found = MigrationContext.configure(db.session.connection()).get_current_revision()
        checks = {"database": True, "migrations": found == _newest_migration()}
    except SQLAlchemyError:
        checks = {"database": False, "migrations": False}
    status = 200 if all(checks.values()) else 503
    return jsonify(checks), status, {"Cache-Control": "no-store"}


def _newest_migration() -> str | None:
    config = AlembicConfig()
    config.set_main_option("script_location", f"{current_app.root_path}/../migrations")
    return ScriptDirectory.from_config(config).get_current_head()
