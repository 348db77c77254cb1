"""How gunicorn serves the community on a desk: one process, its own preparation, a calm screen."""

import gc
import os
import sys
from typing import Any

import click
from flask.cli import ScriptInfo

from config import ConfigError, from_environment

gc.disable()  # nothing of the app is rubbish while it loads: a fifth of a start saved

try:
    from_environment(os.environ)
except ConfigError as error:
    sys.exit(f"\n{error}")  # the sentence alone: gunicorn would show its whole way here

HOST, PORT = os.environ["HOST"], os.environ["PORT"]
ADDRESS = f"[{HOST}]:{PORT}" if ":" in HOST else f"{HOST}:{PORT}"
SHOWN_AS = {"0.0.0.0": f"127.0.0.1:{PORT}", "::": f"[::1]:{PORT}"}  # noqa: S104
FIRST_PAGE = 1.0  # seconds in which nothing else is done: somebody opens it at once
DO_NOT_TRY_AGAIN = 3  # gunicorn starts a process again unless it ends with this

bind = ADDRESS
worker_class = "gthread"
workers = 1
threads = 16
graceful_timeout = 5  # nobody here waits for a long answer
timeout = 300  # the first start fills the database before the first beat
control_socket_disable = True
loglevel = "warning"


def post_worker_init(worker: Any) -> None:
    """Prepare in the process that serves, so the app is imported only once."""
    if os.environ["HANDRAIL_ENV"] == "development":
        _prepare(worker.wsgi)
    gc.freeze()
    gc.enable()
    print(f"\nHandrail is at http://{SHOWN_AS.get(HOST, ADDRESS)}", flush=True)
    print("Stop it with Ctrl-C.", flush=True)
    if worker.wsgi.config["HAS_WORKER"]:
        worker.wsgi.extensions["jobs"].work_beside(after=FIRST_PAGE)


def worker_exit(_server: Any, worker: Any) -> None:
    """Let a letter that is under way arrive before the process ends."""
    app = getattr(worker, "wsgi", None)  # there is none when it never came so far
    if app is not None:
        app.extensions["jobs"].stop()


def _prepare(app: Any) -> None:
    command = ["prepare", "--demo"]
    the_app = ScriptInfo(create_app=lambda: app)
    try:
        app.cli.main(command, obj=the_app, prog_name="flask", standalone_mode=False)
    except click.ClickException as error:
        error.show()
        sys.exit(DO_NOT_TRY_AGAIN)
    except SystemExit as end:
        if isinstance(end.code, str):
            print(f"\n{end.code}", file=sys.stderr, flush=True)
        sys.exit(DO_NOT_TRY_AGAIN if end.code else 0)
