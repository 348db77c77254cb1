"""The first page of the desk: what the actor may do here."""

from flask import render_template
from flask.typing import ResponseReturnValue as Answer

from app.desk.views.blueprint import desk


@desk.get("")
def show_desk() -> Answer:
    return render_template("desk/show_desk.html")
