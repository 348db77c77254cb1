"""The migrations, run from nothing, must build the database that the models describe."""

import re
from pathlib import Path

import flask_migrate
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Column, Integer

from app import create_app
from app.extensions import Base, db, is_told_by_models
from config import under_test

VERSIONS = Path(__file__).parents[2] / "migrations" / "versions"


def differences():
    with db.engine.connect() as connection:
        opts = {"compare_type": True, "include_object": is_told_by_models}
        context = MigrationContext.configure(connection, opts=opts)
        return compare_metadata(context, Base.metadata)


def test_migrations_build_what_the_models_describe(built_app):
    assert differences() == []


def test_a_column_without_its_migration_is_noticed(built_app):
    table = Base.metadata.tables["groups"]
    table.append_column(Column("planted", Integer))
    try:
        assert [change[0] for change in differences()] == ["add_column"]
    finally:
        table._columns.remove(table.c.planted)


def test_migrations_are_named_for_when_and_what():
    for path in VERSIONS.glob("*.py"):
        assert re.fullmatch(r"\d{12}_[a-z]+(_[a-z0-9]+)+", path.stem)
        assert f'revision = "{path.stem[:12]}"' in path.read_text().replace("'", '"')


def test_migrations_go_up_down_and_up_again(tmp_path):
    app = create_app(under_test(f"sqlite:///{tmp_path}/round.db", tmp_path))
    with app.app_context():
        flask_migrate.upgrade()
        flask_migrate.downgrade(revision="base")
        flask_migrate.upgrade()
        assert differences() == []
        db.session.remove()
        db.engine.dispose()
