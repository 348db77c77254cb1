"""The demo community, served as on a desk, from a folder of its own that is thrown away after."""

import os
import secrets
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).parents[2]
COMMAND = [sys.executable, "-m", "gunicorn", "--config", "python:devtools.serving", "wsgi:app"]
SECONDS_TO_START = 120  # the first start fills the place
PASSWORD = secrets.token_urlsafe(12)


class DidNotServe(Exception):
    """The server did not come up. The message is the end of what it said."""


@contextmanager
def demo_place():
    """Yield the address of a fresh demo community."""
    with tempfile.TemporaryDirectory(prefix="handrail-looks-") as folder:
        port = _free_port()
        log = Path(folder, "server.log")
        around = os.environ | {
            "HANDRAIL_ENV": "development", "HANDRAIL_VAR": f"{folder}/var", "HOST": "127.0.0.1",
            "PORT": str(port), "HANDRAIL_DEMO_PASSWORD": PASSWORD, "PUBLIC_URL": "",
        }  # fmt: skip
        around.pop("DATABASE_URL", None)
        with log.open("wb") as said:
            server = subprocess.Popen(
                COMMAND, cwd=ROOT, env=around, stdin=subprocess.DEVNULL, stdout=said, stderr=said,
                start_new_session=True,
            )  # fmt: skip
        try:
            _wait_until_ready(server, port, log)
            yield f"http://127.0.0.1:{port}"
        finally:
            if server.poll() is None:
                os.killpg(server.pid, signal.SIGKILL)
            server.wait()


def _free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _wait_until_ready(server, port, log):
    deadline = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < deadline and server.poll() is None:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz", timeout=2):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
    raise DidNotServe(log.read_text()[-3000:])
