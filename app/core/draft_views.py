"""Keeping what is being written, and putting it away."""

from flask import Blueprint, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app.core import drafts
from app.core.actor import current_actor
from app.core.database import writing
from app.core.drafts_sent import is_too_long, keep_unless_done_with, path_sent
from app.core.errors import NotFound, RuleBroken
from app.core.forms import Form
from app.core.sent_forms import be_done_with
from app.core.words_typed import fields_typed, words_typed

draft_pages = Blueprint("drafts", __name__)

MY_WORDS = "/my/words"  # where all of one's drafts are; written out, since it stands far above


@draft_pages.post("/drafts")
def keep_draft() -> ResponseReturnValue:
    """Keep a form as it stands. A script is told when; a person is led back to the form."""
    form, path, fields = Form(), path_sent(), fields_typed()
    is_script = request.headers.get("X-Requested-With") == "fetch"
    keep = keep_unless_done_with if is_script else drafts.keep
    if form.validate_on_submit():
        with form.keeping_words():
            page = _require_fitting(path, fields)
            with writing(patience=drafts.SAVING_WAITS):
                at = keep(current_actor().id, page, fields)
            told = {"Kept-At": drafts.time_of(at)} if at else {}
            return ("", 204, told) if is_script else redirect(page, 303)
    shown = {"path": path or "", "fields": fields, "kept": words_typed()}
    return form.answer(render_template("drafts/keep_draft.html", form=form, **shown))


@draft_pages.post("/drafts/discard")
@draft_pages.post("/drafts/<id:draft_id>/discard")
def discard_draft(draft_id: int = 0) -> ResponseReturnValue:
    """Put away a draft: by its number, or as the one of the form that was sent.

    A script may still bring what stood in that form: then it comes too late.
    """
    form, path = Form(), path_sent()
    if form.validate_on_submit():
        with writing():
            if draft_id:
                drafts.forget_number(current_actor().id, draft_id)
            elif path:
                be_done_with(current_actor().id, form.form_key.data or "")
                drafts.forget(current_actor().id, path)
        return redirect(path or MY_WORDS, 303)
    return form.answer(render_template("drafts/discard_draft.html", form=form, path=path))


def _require_fitting(path: str | None, fields: drafts.Fields) -> str:
    """Return the page that words of this length may be kept for."""
    if path is None:
        raise NotFound
    if is_too_long(fields):
        raise RuleBroken(
            gettext("This is too long to keep as a draft. Copy it somewhere safe, then cut it.")
        )
    return path
