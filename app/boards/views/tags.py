"""Finding threads by what they are about."""

from itertools import groupby

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue as Answer

from app.boards import queries
from app.boards.views.blueprint import boards
from app.core import pagination, text
from app.core.actor import current_actor
from app.tags.queries import find_tag, tags_offered


@boards.get("/tags")
def list_tags() -> Answer:
    """Show every tag; asked for one by whatever people call it, lead there."""
    asked = text.tidy(request.args.get("q", ""))
    found = find_tag(asked) if asked else None
    if found:
        return redirect(url_for(".show_tag", tag=found))
    axes = [(axis, list(tags)) for axis, tags in groupby(tags_offered(), lambda tag: tag.axis)]
    return render_template("boards/list_tags.html", axes=axes, asked=asked)


@boards.get("/tags/<slug:tag>")
def show_tag(tag: str) -> Answer:
    after = pagination.key_asked()
    page = queries.tag_page(tag, actor=current_actor(), after=after)
    return render_template("boards/show_tag.html", tag=page, is_first=after is None)
