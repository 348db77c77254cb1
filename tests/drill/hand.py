"""A worker like any other, but that what a dead one held is free after seconds, not minutes."""

import os
from datetime import timedelta

from app.outbox import actions
from wsgi import app

actions.LEASE = timedelta(seconds=float(os.environ["DRILL_LEASE"]))

if __name__ == "__main__":
    app.cli.main(["worker"], prog_name="flask")
