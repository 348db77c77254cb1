"""How gunicorn serves the community on a desk: one process, its own preparation, a calm screen."""

import os
from typing import Any

from flask.cli import ScriptInfo

HOST, PORT = os.environ["HOST"], os.environ["PORT"]
ADDRESS = f"[{HOST}]:{PORT}" if ":" in HOST else f"{HOST}:{PORT}"
EVERYWHERE = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}  # noqa: S104 - shown, not listened on

bind = ADDRESS
worker_class = "gthread"
workers = 1
threads = 16
graceful_timeout = 2  # nobody here waits for a long answer
timeout = 300  # the first start fills the database before the first beat
control_socket_disable = True
loglevel = "warning"


def post_worker_init(worker: Any) -> None:
    """Prepare in the process that serves, so the app is imported only once."""
    app = worker.wsgi
    if os.environ["HANDRAIL_ENV"] == "development":
        app.cli.main(["prepare", "--demo"], obj=ScriptInfo(create_app=lambda: app),
                     prog_name="flask", standalone_mode=False)  # fmt: skip
    shown = EVERYWHERE.get(HOST)
    print(f"\nHandrail is at http://{f'{shown}:{PORT}' if shown else ADDRESS}", flush=True)
    print("Stop it with Ctrl-C.", flush=True)
