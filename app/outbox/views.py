"""The outbox as a page, for development alone: what would have been sent, and to whom."""

from flask import Blueprint, jsonify, render_template
from flask.typing import ResponseReturnValue as Answer

from app.core.privacy import public
from app.outbox import queries

outbox = Blueprint("outbox", __name__, url_prefix="/dev")

MOST_SHOWN = 100  # letters; it is for looking at what was just done


@outbox.get("/outbox")
@public
def show_outbox() -> Answer:
    return render_template("outbox/show_outbox.html", letters=queries.newest_waiting(MOST_SHOWN))


@outbox.get("/outbox.json")
@public
def show_outbox_json() -> Answer:
    return jsonify(
        [
            {
                "to": letter.to,
                "subject": letter.subject,
                "text": letter.text,
                "links": letter.links,
                "written_at": letter.written_at.isoformat(),
            }
            for letter in queries.newest_waiting(MOST_SHOWN)
        ]
    )
