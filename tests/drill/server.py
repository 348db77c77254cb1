"""The real server, as dev.py starts it, and a hand that kills all of it at once."""

import os
import signal
import subprocess
import sys
import time

from tests.drill.asking import NoAnswer
from tests.drill.place import ROOT

COMMAND = [sys.executable, "-m", "gunicorn", "--config", "python:devtools.serving", "wsgi:app"]
SECONDS_TO_START = 60
SECONDS_TO_STOP = 20
PAUSE = 0.01


class DidNotServe(Exception):
    """The server did not come up. The message is the end of what it said."""


class Server:
    """One server over a place. It may be killed and started as often as one likes."""

    def __init__(self, place, guest):
        self.place = place
        self.guest = guest  # the browser that asks whether members are served again
        self.process = None

    def start(self):
        with self.place.log.open("ab") as log:
            self.process = subprocess.Popen(
                COMMAND, cwd=ROOT, env=self.place.environment, stdin=subprocess.DEVNULL,
                stdout=log, stderr=log, start_new_session=True,
            )  # fmt: skip

    def wait_until_it_serves(self):
        """Return once a member gets a page that the database has filled."""
        deadline = time.monotonic() + SECONDS_TO_START
        while time.monotonic() < deadline and self.process.poll() is None:
            try:
                if self.guest.get("/boards").status == 200:
                    return
            except NoAnswer:
                time.sleep(PAUSE)
        raise DidNotServe(self.place.log.read_text()[-3000:])

    def kill(self):
        """End every process of it with SIGKILL: nothing is tidied, nothing is said."""
        if self.process and self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()

    def stop(self):
        """Ask it to stop, as an organiser would; return its exit code."""
        self.process.terminate()
        try:
            return self.process.wait(SECONDS_TO_STOP)
        except subprocess.TimeoutExpired:
            self.kill()
            return None
