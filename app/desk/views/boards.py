"""Organisers arrange sections and boards."""

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue as Answer

from app.boards import actions
from app.boards.actions import BoardPlan
from app.boards.models import Audience, Policy
from app.core import text
from app.core.actor import current_actor
from app.core.database import writing
from app.core.forms import Form, once
from app.desk import queries
from app.desk.forms import AUDIENCES, POLICIES, BoardForm, SectionForm
from app.desk.views.blueprint import desk
from app.permissions import Actor, Permission, require


@desk.get("/boards")
def list_boards() -> Answer:
    sections = queries.arranged_sections(actor=current_actor())
    return render_template(
        "desk/list_boards.html", sections=sections, policies=POLICIES, audiences=AUDIENCES
    )


@desk.route("/sections/new", methods=["GET", "POST"])
def open_section() -> Answer:
    actor = current_actor()
    form = SectionForm()

    if form.validate_on_submit():
        with form.keeping_words(), writing():
            return redirect(once(form, actor.id, lambda: _section_opened(form, actor)), 303)

    require(actor, Permission.BOARD_ARRANGE)
    return form.answer(render_template("desk/open_section.html", form=form))


@desk.route("/sections/<id:section_id>/edit", methods=["GET", "POST"])
def arrange_section(section_id: int) -> Answer:
    actor = current_actor()
    form = SectionForm()

    if form.validate_on_submit():
        with form.keeping_words(), writing():
            section = queries.get_section(section_id, actor=actor, for_update=True)
            name, position = str(form.name.data), form.position.data or 0
            actions.arrange_section(section, name, position, actor=actor)
            return redirect(url_for(".list_boards"), 303)

    section = queries.get_section(section_id, actor=actor)
    form.show(section)
    return form.answer(render_template("desk/arrange_section.html", section=section, form=form))


@desk.route("/boards/new", methods=["GET", "POST"])
def open_board() -> Answer:
    actor = current_actor()
    form = BoardForm()
    form.offer(queries.sections(), queries.groups())

    if form.validate_on_submit():
        with form.keeping_words():
            plan = _plan(form)
            with writing():
                return redirect(once(form, actor.id, lambda: _board_opened(plan, actor)), 303)

    require(actor, Permission.BOARD_ARRANGE)
    return form.answer(render_template("desk/open_board.html", form=form))


@desk.route("/boards/<slug:slug>/edit", methods=["GET", "POST"])
def arrange_board(slug: str) -> Answer:
    actor = current_actor()
    form = BoardForm()
    form.offer(queries.sections(), queries.groups())

    if form.validate_on_submit():
        with form.keeping_words():
            plan = _plan(form)
            with writing():
                return redirect(once(form, actor.id, lambda: _arranged(slug, plan, actor)), 303)

    board = queries.get_board(slug, actor=actor)
    form.show(board)
    return form.answer(render_template("desk/arrange_board.html", board=board, form=form))


@desk.route("/boards/<slug:slug>/close", methods=["GET", "POST"])
def close_board(slug: str) -> Answer:
    actor = current_actor()
    form = Form()

    if form.validate_on_submit():
        with writing():
            board = queries.get_board(slug, actor=actor, for_update=True)
            actions.close_board(board, actor=actor)
            return redirect(url_for(".list_boards"), 303)

    board = queries.get_board(slug, actor=actor)
    return form.answer(render_template("desk/close_board.html", board=board, form=form))


@desk.route("/boards/<slug:slug>/reopen", methods=["GET", "POST"])
def reopen_board(slug: str) -> Answer:
    actor = current_actor()
    form = Form()

    if form.validate_on_submit():
        with writing():
            board = queries.get_board(slug, actor=actor, for_update=True)
            actions.reopen_board(board, actor=actor)
            return redirect(url_for(".list_boards"), 303)

    board = queries.get_board(slug, actor=actor)
    return form.answer(render_template("desk/reopen_board.html", board=board, form=form))


def _section_opened(form: SectionForm, actor: Actor) -> str:
    actions.open_section(str(form.name.data), form.position.data or 0, actor=actor)
    return url_for(".list_boards")


def _board_opened(plan: BoardPlan, actor: Actor) -> str:
    actions.open_board(plan, actor=actor)
    return url_for(".list_boards")


def _arranged(slug: str, plan: BoardPlan, actor: Actor) -> str:
    board = queries.get_board(slug, actor=actor, for_update=True)
    actions.arrange_board(board, plan, actor=actor)
    return url_for(".list_boards")


def _plan(form: BoardForm) -> BoardPlan:
    return BoardPlan(
        section_id=int(form.section.data),
        slug=form.address,
        name=form.name.data or "",
        purpose=form.purpose.data or "",
        guide=text.render(form.guide.data or ""),
        policy=Policy(form.policy.data),
        audience=Audience(form.audience.data),
        group_id=form.group_id,
        position=form.position.data or 0,
        has_no_health_talk=form.no_health_talk.data,
        allows_mentions=form.allows_mentions.data,
        allows_support=form.allows_support.data,
    )
