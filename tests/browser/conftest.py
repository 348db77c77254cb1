"""A real server over a database of its own, and a real Chromium to walk through its pages."""

import os
import shutil
from pathlib import Path
from threading import Thread

import pytest
from playwright.sync_api import sync_playwright
from werkzeug.serving import make_server

from app import create_app
from app.extensions import db
from config import under_test
from tests.conftest import empty_everything

PHONE = {"width": 390, "height": 844}

# Debian's Chromium as root, without the many connections it opens for its own sake.
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip


@pytest.fixture(scope="session")
def live_app(database, var, tmp_path_factory):
    """The app over a copy of this worker's database that really commits."""
    if not database.startswith("sqlite"):
        pytest.fail("browser tests run on SQLite; dev.py leaves them out on PostgreSQL")
    path = tmp_path_factory.mktemp("live") / "live.db"
    shutil.copyfile(database.removeprefix("sqlite:///"), path)
    app = create_app(under_test(f"sqlite:///{path}", var))
    yield app
    with app.app_context():
        db.session.remove()
        db.engine.dispose()


@pytest.fixture(scope="session")
def server(live_app):
    server = make_server("127.0.0.1", 0, live_app, threaded=True)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def live_server(server, live_app):
    """The address of the server; its database is empty again after the test."""
    yield f"http://127.0.0.1:{server.port}"
    with live_app.app_context():
        with db.engine.connect().execution_options(writes=True) as connection, connection.begin():
            empty_everything(connection)
        db.session.remove()


@pytest.fixture(scope="session")
def browser():
    chromium = os.environ.get("HANDRAIL_CHROMIUM") or shutil.which("chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def new_page(browser, live_server):
    """Return a fresh browser's page. What goes wrong in any of them fails the test."""
    wrong, contexts = [], []

    def _new_page(*, js=True, **options):
        context = browser.new_context(
            base_url=live_server, java_script_enabled=js, viewport=PHONE, **options
        )
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: wrong.append(f"script: {error}"))
        page.on("console", lambda said: wrong.append(said.text) if _is_wrong(said) else None)
        page.on("request", lambda asked: _note_elsewhere(asked.url, live_server, wrong))
        return page

    yield _new_page
    for context in contexts:
        context.close()
    assert wrong == []


@pytest.fixture(scope="session")
def axe():
    """Return a function that lists what axe-core finds wrong with a page (or nothing)."""
    script = Path(os.environ["HANDRAIL_AXE"]).read_text()

    def _axe(page):
        page.evaluate(script)
        found = page.evaluate("axe.run({resultTypes: ['violations']})")["violations"]
        return [(rule["id"], [node["html"][:120] for node in rule["nodes"]]) for rule in found]

    return _axe


def _is_wrong(said):
    refused = "the server responded with a status of 4"  # a refusal we asked for
    return said.type in {"error", "warning"} and refused not in said.text


def _note_elsewhere(url, live_server, wrong):
    if not url.startswith((live_server, "data:", "about:")):
        wrong.append(f"asked for {url}")
