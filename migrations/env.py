"""Run the migrations on the app's own database. Started by `flask db …`."""

from alembic import context
from flask import current_app

from app.core.database import WRITES

migrate = current_app.extensions["migrate"]

with migrate.db.engine.connect().execution_options(**WRITES) as connection:
    context.configure(
        connection=connection, target_metadata=migrate.db.metadata, **migrate.configure_args
    )
    with context.begin_transaction():
        context.run_migrations()
