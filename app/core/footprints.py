"""The two things looking may write: a reading position, and a session's last activity.

They are written after the answer, each in a short unit of its own, and dropped
when somebody else is writing: nobody waits for them.
"""

from collections.abc import Callable
from functools import partial

from flask import Flask, Response, g, request
from sqlalchemy.exc import OperationalError

from app.core.database import writing

BARELY = 0.05  # seconds


def leave_footprint(write: Callable[[], None]) -> None:
    """Have `write` run after the answer, unless the browser is only fetching ahead."""
    if "prefetch" not in request.headers.get("Sec-Purpose", ""):
        g.setdefault("footprints", []).append(write)


def init_app(app: Flask) -> None:
    @app.after_request
    def write_after_the_answer(answer: Response) -> Response:
        for write in g.pop("footprints", ()):
            answer.call_on_close(partial(_write_unless_busy, app, write))
        return answer


def _write_unless_busy(app: Flask, write: Callable[[], None]) -> None:
    with app.app_context():
        try:
            with writing(patience=BARELY):
                write()
        except OperationalError:
            app.logger.debug("a footprint was dropped: the database was busy")
