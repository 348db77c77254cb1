"""The log of what was decided, for those who decide and those who answer for it."""

from flask import render_template
from flask.typing import ResponseReturnValue as Answer

from app.core.actor import current_actor
from app.core.errors import NotFound
from app.core.pagination import Pages, page_asked
from app.desk.views.blueprint import desk
from app.moderation import queries
from app.moderation.limits import LOG_LINES_A_PAGE
from app.permissions import Permission, require


@desk.get("/log")
def show_log() -> Answer:
    require(current_actor(), Permission.LOG_READ)
    pages = Pages(page_asked(), length=queries.log_length(), size=LOG_LINES_A_PAGE)
    if pages.number > pages.last:
        raise NotFound
    lines = queries.newest_log_lines(page=pages.number)
    return render_template("desk/show_log.html", lines=lines, pages=pages)
