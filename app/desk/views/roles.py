"""Organisers see who was trusted with what, and change it."""

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue as Answer
from flask_babel import gettext

from app.accounts.models import Member
from app.accounts.queries import get_member_by_name
from app.core.actor import current_actor
from app.core.database import writing
from app.core.errors import NotFound, RuleBroken
from app.desk import actions, queries
from app.desk.forms import ROLES, NameForm, RoleForm, TakeBackForm
from app.desk.views.blueprint import desk
from app.permissions import Role


@desk.get("/roles")
def list_roles() -> Answer:
    return _list_of_roles(_role_form(name=request.args.get("name", "")))


@desk.post("/roles/grant")
def grant_role() -> Answer:
    actor = current_actor()
    form = _role_form()

    if form.validate_on_submit():
        with form.keeping_words(), writing():
            member = _member_called(form.name.data or "")
            actions.grant_role(member, Role(form.role.data), form.group_id, actor=actor)
            return redirect(url_for(".list_roles", name=member.name), 303)

    return form.answer(_list_of_roles(form))


@desk.route("/roles/take-back", methods=["GET", "POST"])
def take_back_role() -> Answer:
    actor = current_actor()
    form = TakeBackForm(data=request.args.to_dict())
    name, role, group_id = form.name.data or "", form.chosen_role, form.group_id

    if form.validate_on_submit():
        with form.keeping_words(), writing():
            member = get_member_by_name(name, for_update=True)
            actions.take_back_role(member, role, group_id, actor=actor)
            back = "/" if member.id == actor.id else url_for(".list_roles", name=member.name)
            return redirect(back, 303)

    held = queries.get_role(name, role, group_id, actor=actor)
    page = render_template("desk/take_back_role.html", form=form, held=held, roles=ROLES)
    return form.answer(page)


def _role_form(**shown: str) -> RoleForm:
    form = RoleForm(data=shown)
    form.offer(queries.groups())
    return form


def _member_called(name: str) -> Member:
    try:
        return get_member_by_name(name, for_update=True)
    except NotFound:
        raise RuleBroken(gettext("Nobody here has this name."), field="name") from None


def _list_of_roles(form: RoleForm) -> str:
    actor, name = current_actor(), form.name.data or ""
    return render_template(
        "desk/list_roles.html",
        form=form,
        search=NameForm(data={"name": name}),
        found=queries.find_holder(name, actor=actor),
        staff=queries.roles_of_staff(actor=actor),
        roles=ROLES,
    )
