"""Organisers keep the help lines right. After each change every copy of them is made anew."""

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue as Answer

from app.care import actions, queries, tasks
from app.care.forms import KINDS, EmergencyForm, HelpLineForm
from app.care.models import HelpLine
from app.core.actor import current_actor
from app.core.database import writing
from app.core.forms import Form, once
from app.desk.views.blueprint import desk


@desk.get("/help-lines")
def list_help_lines() -> Answer:
    lines = queries.every_line(actor=current_actor())
    return render_template(
        "desk/list_help_lines.html",
        lines=lines,
        due=[line for line in lines if line.is_due],
        kinds=KINDS,
        country_name=queries.country_name,
    )


@desk.route("/help-lines/new", methods=["GET", "POST"])
def add_help_line() -> Answer:
    form = _line_form()

    if form.validate_on_submit():
        with form.keeping_words():
            with writing():
                once(form, current_actor().id, lambda: _add(form))
            return _led_back()

    return form.answer(render_template("desk/add_help_line.html", form=form))


@desk.route("/help-lines/<id:line_id>/edit", methods=["GET", "POST"])
def edit_help_line(line_id: int) -> Answer:
    actor = current_actor()
    form = _line_form()

    if form.validate_on_submit():
        with form.keeping_words():
            with writing():
                line = queries.get_line(line_id, actor=actor, for_update=True)
                actions.edit_line(line, form.details, actor=actor)
            return _led_back()

    line = queries.get_line(line_id, actor=actor)
    form.show(line)
    return form.answer(render_template("desk/edit_help_line.html", line=line, form=form))


@desk.route("/help-lines/<id:line_id>/check", methods=["GET", "POST"])
def check_help_line(line_id: int) -> Answer:
    actor = current_actor()
    form = Form()

    if form.validate_on_submit():
        with writing():
            line = queries.get_line(line_id, actor=actor, for_update=True)
            actions.check_line(line, actor=actor)
        return _led_back()

    line = queries.get_line(line_id, actor=actor)
    return form.answer(_page_of("desk/check_help_line.html", line, form))


@desk.route("/help-lines/<id:line_id>/retire", methods=["GET", "POST"])
def retire_help_line(line_id: int) -> Answer:
    actor = current_actor()
    form = Form()

    if form.validate_on_submit():
        with writing():
            line = queries.get_line(line_id, actor=actor, for_update=True)
            actions.retire_line(line, actor=actor)
        return _led_back()

    line = queries.get_line(line_id, actor=actor)
    return form.answer(_page_of("desk/retire_help_line.html", line, form))


@desk.route("/help-lines/<id:line_id>/bring-back", methods=["GET", "POST"])
def bring_back_help_line(line_id: int) -> Answer:
    actor = current_actor()
    form = Form()

    if form.validate_on_submit():
        with writing():
            line = queries.get_line(line_id, actor=actor, for_update=True)
            actions.bring_back_line(line, actor=actor)
        return _led_back()

    line = queries.get_line(line_id, actor=actor)
    return form.answer(_page_of("desk/bring_back_help_line.html", line, form))


@desk.route("/help-lines/emergency", methods=["GET", "POST"])
def set_emergency_number() -> Answer:
    actor = current_actor()
    countries = queries.every_country(actor=actor)
    form = EmergencyForm()
    form.offer(queries.every_country_name())

    if form.validate_on_submit():
        with writing():
            iso, number = form.country.data, form.number.data or ""
            actions.set_emergency_number(iso, number, actor=actor)
        return _led_back()

    page = render_template("desk/set_emergency_number.html", form=form, countries=countries)
    return form.answer(page)


def _page_of(template: str, line: HelpLine, form: Form) -> str:
    return render_template(template, line=line, shown=queries.as_shown(line), form=form)


def _line_form() -> HelpLineForm:
    form = HelpLineForm()
    form.offer(country[:2] for country in queries.every_country(actor=current_actor()))
    return form


def _add(form: HelpLineForm) -> str:
    actions.add_line(form.details, actor=current_actor())
    return url_for(".list_help_lines")


def _led_back() -> Answer:
    """Show the change here at once; other processes see it within half a minute."""
    tasks.renew()
    return redirect(url_for(".list_help_lines"), 303)
