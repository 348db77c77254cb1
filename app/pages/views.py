from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue as Answer

from app.core.actor import current_actor
from app.core.privacy import public

pages = Blueprint("pages", __name__)


@pages.get("/")
@public
def home() -> Answer:
    return today() if current_actor().is_authenticated else render_template("pages/home.html")


def today() -> str:
    return render_template("pages/today.html")


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
