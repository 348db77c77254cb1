"""Home and the pages that explain the place."""

from datetime import UTC, datetime

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue as Answer

from app.boards import queries
from app.core.actor import current_actor
from app.core.forms import Form
from app.core.pagination import Pages
from app.core.privacy import public
from app.pages.forms import SampleForm

pages = Blueprint("pages", __name__)

A_NIGHT = datetime(2026, 3, 1, 3, 12, tzinfo=UTC)


@pages.get("/")
@public
def home() -> Answer:
    return today() if current_actor().is_authenticated else render_template("pages/home.html")


def today() -> str:
    actor = current_actor()
    return render_template(
        "pages/today.html",
        followed=queries.followed_with_news(actor),
        waiting=queries.threads_to_nudge(actor),
        asked=queries.threads_to_ask(actor),
        form=Form(formdata=None),
    )


@pages.get("/guidelines")
@public
def guidelines() -> Answer:
    return render_template("pages/guidelines.html")


@pages.get("/privacy")
@public
def privacy() -> Answer:
    return render_template("pages/privacy.html")


@pages.get("/about")
@public
def about() -> Answer:
    return render_template("pages/about.html")


@pages.get("/patterns")
@public
def patterns() -> Answer:
    refused, old = SampleForm(prefix="refused-"), SampleForm(prefix="old-")
    refused.validate()
    old.has_grown_old = True
    return render_template(
        "pages/patterns.html",
        form=SampleForm(),
        refused=refused,
        old=old,
        when=A_NIGHT,
        first=Pages(1, length=2, size=1),
        middle=Pages(5, length=9, size=1),
    )
