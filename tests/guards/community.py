"""A small community in which every address of the app leads somewhere, for the guards."""

import hashlib

from itsdangerous import URLSafeTimedSerializer

from app.boards.models import Audience
from app.core.database import writing
from app.extensions import Base, db
from app.tags.actions import tag_subject
from tests.factories import (
    make_board,
    make_help_line,
    make_post,
    make_section,
    make_tag,
    make_thread,
)

ROLES = (
    "visitor", "unconfirmed", "newcomer", "member", "insider", "facilitator", "curator",
    "moderator", "organiser", "suspended",
)  # fmt: skip

# The two things looking may write (decisions 2), and what only machines count.
FOOTPRINTS = {"sessions.last_active_at", "reading_positions"}

RAW_TOKEN = "t" * 40


def furnish(cast, group):
    """Make a thread and a post of the member's on an open board, and the same in a group."""
    section = make_section()
    places = {
        "open": make_board("open"),
        "group": make_board("private", group=group),
        "public": make_board("public", audience=Audience.PUBLIC),
    }
    line = make_help_line()
    tag = make_tag()
    ids = {}
    for place, board in places.items():
        author = cast["insider" if place == "group" else "member"]
        thread = make_thread(author, board=board)
        post = make_post(thread, author)
        ids[place] = {"slug": board.slug, "thread_id": thread.id, "post_id": post.id}
        ids[place] |= {"line_id": line.id, "tag": tag.slug, "number": 1}
        with writing():
            tag_subject(thread.subject_id, [tag.slug])
        ids[place] |= {"subject_id": post.subject_id, "section_id": section.id}
    return ids


def address_of(rule, ids):
    """Return the address of a rule, its holes filled; what is not in `ids` is absent."""
    fill = {name: ids.get(name, "absent" if name in {"slug", "token", "name"} else 999_999)
            for name in rule.arguments}  # fmt: skip
    return rule.build(fill)[1]


def with_token(app, client):
    """Give a browser the cookie of a form, and return the token that goes with it."""
    with client.session_transaction() as session:
        session["csrf_token"] = RAW_TOKEN
    return URLSafeTimedSerializer(app.secret_key, salt="wtf-csrf-token").dumps(RAW_TOKEN)


def digest(without=FOOTPRINTS):
    """Return a fingerprint of every row of every table, but for the columns left out."""
    total = hashlib.sha256()
    for table in Base.metadata.sorted_tables:
        kept = [c for c in table.columns if {str(c), table.name}.isdisjoint(without)]
        if kept:
            rows = db.session.execute(db.select(*kept).order_by(*table.primary_key))
            total.update(repr([table.name, *rows]).encode())
    db.session.remove()
    return total.hexdigest()
