"""Whether the database stands where the code expects it, and how it gets there."""

from pathlib import Path

import flask_migrate
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from app.extensions import db

MIGRATIONS = Path(__file__).parents[2] / "migrations"


def is_newest() -> bool:
    """Say whether the newest migration has run. Raises SQLAlchemyError without a database."""
    found = MigrationContext.configure(db.session.connection()).get_current_revision()
    return found == ScriptDirectory(str(MIGRATIONS)).get_current_head()


def bring_up_to_date() -> bool:
    """Run the migrations that are missing; say whether there were any."""
    if is_newest():
        return False
    db.session.remove()  # what it read would keep the migrations waiting
    flask_migrate.upgrade(directory=str(MIGRATIONS))
    return True
