"""A fresh place for a drill: its folder and database, its members, its threads."""

import os
import secrets
import socket
from contextlib import contextmanager
from contextvars import Context
from pathlib import Path

from sqlalchemy import create_engine, make_url, text

from app import create_app
from app.accounts.actions import start_session
from app.boards.models import Policy
from app.core.database import writing
from app.extensions import db
from config import from_environment
from tests.drill.asking import HOST, Browser
from tests.factories import make_board, make_member, make_thread

ROOT = Path(__file__).parents[2]
PUBLIC_HOST = "drill.example"
DATABASE = "handrail_drill"
OPEN_THREADS = 4


class Place:
    """Everything a drill needs to know about where it happens."""

    def __init__(self, folder, database):
        self.folder = folder
        self.log = folder / "server.log"
        self.port = _free_port()
        self.environment = _environment(folder, self.port, database)
        self.app = None
        self.open_thread_ids = []
        self.waiting_thread_id = 0

    def prepare(self):
        """Make the keys and the tables with the command an organiser uses, then the threads."""
        (self.folder / "var").mkdir()
        self.app = create_app(from_environment(self.environment))
        # In a context of its own: under a test's, the command would prepare the test's app.
        prepared = Context().run(self.app.test_cli_runner().invoke, args=["prepare"])
        if prepared.exit_code:
            raise RuntimeError(prepared.output) from prepared.exception
        with self.app.app_context():
            host = make_member("host")
            board = make_board("open")
            waiting = make_board("waiting", policy=Policy.EVERYONE_WAITS)
            self.open_thread_ids = [make_thread(host, board=board).id for _ in range(OPEN_THREADS)]
            self.waiting_thread_id = make_thread(host, board=waiting).id

    def browsers(self, name, count, role=None):
        """Return the browsers of so many new members, each of them signed in."""
        with self.app.app_context():
            ids = [make_member(f"{name}-{number}", role).id for number in range(count)]
            with writing():
                signed_in = [(each, start_session(each)) for each in ids]
        cookie = self.app.config["SIGN_IN_COOKIE"]
        return [
            Browser(self.port, PUBLIC_HOST, each, {cookie: secret}) for each, secret in signed_in
        ]

    def close(self):
        if self.app:
            with self.app.app_context():
                db.session.remove()
                db.engine.dispose()


@contextmanager
def fresh_place(folder, server=None):
    """Open a place over SQLite, or in a database of its own on a PostgreSQL server."""
    with _fresh_database(server) as database:
        place = Place(Path(folder), database)
        try:
            place.prepare()
            yield place
        finally:
            place.close()


@contextmanager
def _fresh_database(server):
    if server is None:
        yield None
        return
    engine = create_engine(server, isolation_level="AUTOCOMMIT")
    drop = text(f"DROP DATABASE IF EXISTS {DATABASE} WITH (FORCE)")
    try:
        with engine.connect() as connection:
            connection.execute(drop)
            connection.execute(text(f"CREATE DATABASE {DATABASE}"))
        yield make_url(server).set(database=DATABASE).render_as_string(hide_password=False)
    finally:
        with engine.connect() as connection:
            connection.execute(drop)
        engine.dispose()


def _environment(folder, port, database):
    """Return the settings of a production place, and nothing of the person's who drills."""
    ours = {"DATABASE_URL", "HOST", "PORT", "PROXY_COUNT", "REDIS_URL", "SMTP_URL"}
    kept = {
        name: value for name, value in os.environ.items()
        if name not in ours and not name.startswith("HANDRAIL_")
    }  # fmt: skip
    return kept | {
        "HANDRAIL_ENV": "production",
        "HANDRAIL_VAR": str(folder / "var"),
        "HANDRAIL_KEYS": str(folder / "keys"),
        "SECRET_KEY": secrets.token_hex(32),
        "PUBLIC_URL": f"https://{PUBLIC_HOST}",
        "HOST": HOST,
        "PORT": str(port),
        **({"DATABASE_URL": database} if database else {}),
    }


def _free_port():
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return probe.getsockname()[1]
