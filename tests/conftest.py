"""The app over a database of its own for each worker, and the people most tests are about."""

import fcntl
import os
import shutil
import socket
from contextlib import contextmanager
from contextvars import Context
from functools import partial

import flask_migrate
import pytest
from flask import has_app_context
from flask.testing import FlaskClient
from hypothesis import settings
from sqlalchemy import Engine, create_engine, event, make_url, text

from app import create_app
from app.accounts.actions import start_session
from app.core import chain, keys
from app.core.database import WRITES, writing
from app.extensions import Base, db
from app.permissions import Role, Standing
from config import under_test
from tests import invariants
from tests.factories import make_group, make_member

settings.register_profile("ours", deadline=None, database=None, print_blob=True)
settings.load_profile("ours")

TEMPLATE = "handrail_template"


LOOPBACK = {"127.0.0.1", "::1", "localhost"}


def pytest_collection_modifyitems(config, items):
    """On PostgreSQL leave out what asks no database: on SQLite it has just been asked."""
    if os.environ.get("TEST_DATABASE_URL"):
        asks = {item: "database" in item.fixturenames or _starts_programs(item) for item in items}
        config.hook.pytest_deselected(items=[item for item in items if not asks[item]])
        items[:] = [item for item in items if asks[item]]


def _starts_programs(item):
    """Say whether a test starts programs of its own over the database it was given."""
    return bool({"drill", "concurrent"} & set(item.path.parts))


@pytest.fixture(autouse=True, scope="session")
def socket_guard():
    """Fail whatever opens a connection off this machine."""
    connect = socket.socket.connect

    def connect_nearby(self, address):
        if self.family != socket.AF_UNIX and address[0] not in LOOPBACK:
            raise AssertionError(f"a connection was opened to {address[0]}")
        return connect(self, address)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", connect_nearby)
        yield


class FreshClient(FlaskClient):
    """Ask from outside the test's app context, and read each answer to its end.

    Flask-Login remembers the actor in g: under the context a test keeps open, the
    second person to ask would be taken for the first.
    """

    def open(self, *args, **kwargs):
        if has_app_context():
            db.session.rollback()
        ask = partial(super().open, *args, **kwargs | {"buffered": True})
        answer = Context().run(ask)
        assert invariants.broken_by(answer) == []
        return answer


@pytest.fixture(scope="session")
def worker():
    return os.environ.get("PYTEST_XDIST_WORKER", "main")


@pytest.fixture(scope="session")
def var(tmp_path_factory):
    folder = tmp_path_factory.mktemp("var")
    keys.make_missing_keys(folder / "keys")
    return folder


@pytest.fixture(scope="session")
def database(tmp_path_factory, worker, var):
    """The address of this worker's database, copied from one template that migrations built."""
    server = os.environ.get("TEST_DATABASE_URL")
    shared = tmp_path_factory.getbasetemp()
    shared = shared.parent if worker != "main" else shared
    template = shared / "template.db"
    with _alone(shared / "template.lock"):
        if not (shared / "template.done").exists():
            _build_template(server, template, var)
            (shared / "template.done").touch()
        return _copy_template(server, template, var / "test.db", worker)


@pytest.fixture(scope="session")
def built_app(database, var):
    app = create_app(under_test(database, var))
    app.test_client_class = FreshClient
    with app.app_context():
        event.listen(db.engine, "connect", _turn_round_what_has_no_order)
        yield app
        db.session.remove()
        db.engine.dispose()


def _turn_round_what_has_no_order(connection, _record):
    """Give rows back to front where no order was asked for, as PostgreSQL sometimes does."""
    if not os.environ.get("TEST_DATABASE_URL"):
        connection.execute("PRAGMA reverse_unordered_selects = ON")


@pytest.fixture
def app(built_app):
    """The app inside a transaction that is undone after the test."""
    with undone_afterwards(built_app):
        yield built_app


@contextmanager
def undone_afterwards(built_app):
    """Open a transaction that no unit of writing can commit, and undo it at the end."""
    with built_app.app_context(), db.engine.connect().execution_options(**WRITES) as connection:
        engine, db.engines[None] = db.engine, connection
        db.session.session_factory.configure(join_transaction_mode="create_savepoint")
        undone = connection.begin()
        try:
            yield
        finally:
            db.session.remove()
            undone.rollback()
            db.engines[None] = engine


@pytest.fixture
def committing_app(built_app):
    """The app with real commits, for tests marked concurrent. Empties the database after."""
    with built_app.app_context():
        yield built_app
        db.session.remove()
        with db.engine.connect().execution_options(**WRITES) as connection, connection.begin():
            empty_everything(connection)


def empty_everything(connection):
    """Take every row away but for what the migrations put there."""
    from_migrations = {"log_head"}
    connection.execute(text("UPDATE voices SET thread_id = NULL"))
    for table in reversed(Base.metadata.sorted_tables):
        if table.name not in from_migrations:
            connection.execute(table.delete())
    connection.execute(Base.metadata.tables["log_head"].update().values(count=0, seal=chain.FIRST))


@pytest.fixture
def group(app):
    return make_group()


@pytest.fixture
def cast(group):
    """The people most tests are about, as actors. Each is named for the part they play."""
    return make_cast(group)


def make_cast(group):
    return {
        "unconfirmed": make_member("unconfirmed", is_confirmed=False, is_welcomed=False),
        "newcomer": make_member("newcomer", is_welcomed=False),
        "member": make_member("member"),
        "insider": make_member("insider", Role.PARTICIPANT, group=group),
        "facilitator": make_member("facilitator", Role.FACILITATOR, group=group),
        "curator": make_member("curator", Role.CURATOR),
        "moderator": make_member("moderator", Role.MODERATOR),
        "organiser": make_member("organiser", Role.ORGANISER),
        "suspended": make_member("suspended", standing=Standing.SUSPENDED),
    }


@pytest.fixture
def sign_in(app):
    """Return a browser in which an actor signed in. Nobody: a guest's."""

    def _sign_in(actor=None):
        client = app.test_client()
        if actor is not None and actor.id:
            with writing():
                secret = start_session(actor.id)
            client.set_cookie(app.config["SIGN_IN_COOKIE"], secret)
        return client

    return _sign_in


@pytest.fixture
def statements():
    """Every SELECT the database is asked while the test runs."""
    asked = []

    def note(_connection, _cursor, statement, *_rest):
        if statement.startswith("SELECT"):
            asked.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    yield asked
    event.remove(Engine, "before_cursor_execute", note)


@contextmanager
def _alone(path):
    """Hold a lock that one worker of the run holds at a time."""
    with path.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _build_template(server, path, var):
    address = f"sqlite:///{path}"
    if server:
        with _admin(server) as connection:
            connection.execute(text(f"DROP DATABASE IF EXISTS {TEMPLATE} WITH (FORCE)"))
            connection.execute(text(f"CREATE DATABASE {TEMPLATE}"))
        address = _named(server, TEMPLATE)
    app = create_app(under_test(address, var))
    with app.app_context():
        flask_migrate.upgrade()
        db.session.remove()
        if not server:
            with db.engine.connect() as connection:
                connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        db.engine.dispose()


def _copy_template(server, template, path, worker):
    if not server:
        shutil.copyfile(template, path)
        return f"sqlite:///{path}"
    name = f"handrail_{worker}"
    with _admin(server) as connection:
        connection.execute(text(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)"))
        connection.execute(text(f"CREATE DATABASE {name} TEMPLATE {TEMPLATE}"))
    return _named(server, name)


@contextmanager
def _admin(server):
    engine = create_engine(server, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        yield connection
    engine.dispose()


def _named(server, name):
    return make_url(server).set(database=name).render_as_string(hide_password=False)
