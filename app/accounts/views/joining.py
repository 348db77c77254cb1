"""Joining, and confirming the address one joined with."""

from functools import partial

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue as Answer

from app.accounts import actions, limits, queries
from app.accounts.forms import JoinForm
from app.accounts.models import TokenPurpose
from app.accounts.queries import Knock
from app.accounts.views.blueprint import accounts, knock, knock_forgiven_if_refused
from app.accounts.views.cookies import (
    hand_over,
    joined_with,
    remember_joining,
    remember_under_18,
    said_under_18,
    secret_shown,
)
from app.accounts.views.sessions import not_admitted
from app.core.actor import current_actor
from app.core.database import writing
from app.core.forms import Form, once
from app.core.networks import network_asking
from app.core.passwords import hash_password
from app.core.privacy import any_standing, public
from app.permissions import GUEST, Rank


@accounts.route("/join", methods=["GET", "POST"])
@public
def join() -> Answer:
    if current_actor().is_authenticated:
        return redirect("/", 303)
    form = JoinForm()
    is_whole = form.validate_on_submit()

    if form.says_under_18 or said_under_18():
        remember_under_18()
        return redirect(url_for(".show_youth_lines"), 303)
    if is_whole:
        with form.keeping_words():
            return _join(form)

    return form.answer(render_template("accounts/join.html", form=form))


@accounts.get("/join/under-18")
@public
def show_youth_lines() -> Answer:
    return render_template("accounts/show_youth_lines.html")


@accounts.get("/join/check-mail")
@public
def check_mail() -> Answer:
    return render_template("accounts/check_mail.html")


@accounts.route("/confirm/<token>", methods=["GET", "POST"])
@public
def confirm(token: str) -> Answer:
    form = Form()

    if form.validate_on_submit():
        started: list[str] = []
        with writing():
            address = once(form, GUEST.id, partial(_confirm, token, started))
        answer = redirect(address, 303)
        return hand_over(answer, started[0]) if started else answer

    queries.require_working(token, TokenPurpose.CONFIRM)
    return form.answer(render_template("accounts/confirm.html", form=form))


@accounts.route("/confirm/again", methods=["GET", "POST"])
@any_standing
def confirm_again() -> Answer:
    actor = current_actor()
    if actor.rank != Rank.UNCONFIRMED:
        return redirect("/", 303)
    form = Form()

    if form.validate_on_submit():
        with form.keeping_words():
            knock(Knock(limits.CONFIRM_AGAIN, (str(actor.id),)))
            with writing():
                actions.ask_again_to_confirm(actor.id)
            return redirect(url_for(".check_mail"), 303)

    return form.answer(not_admitted(form))


@accounts.get("/welcome")
def welcome() -> Answer:
    return render_template("accounts/welcome.html")


def _join(form: JoinForm) -> Answer:
    """Answer alike whether the address is known or not: so it is hashed before it is looked up."""
    assert form.address is not None  # noqa: S101 - the form was found in order
    knock(Knock(limits.JOIN, (network_asking(),)))
    password_hash = hash_password(form.password.data or "")
    asked = actions.NewMember(form.username.data or "", form.address, password_hash)
    with knock_forgiven_if_refused(Knock(limits.JOIN_LETTERS, (form.address.key,))), writing():
        address = once(form, GUEST.id, partial(_joined, asked))
    remember_joining(form.address)
    return redirect(address, 303)


def _joined(asked: actions.NewMember) -> str:
    actions.join(asked)
    return url_for(".check_mail")


def _confirm(token: str, started: list[str]) -> str:
    """Confirm, and sign in the browser that joined: elsewhere somebody else may have asked."""
    member = actions.confirm(token)
    if current_actor().id == member.id:
        return url_for(".welcome")
    if not joined_with(queries.address_of(member)):
        return url_for(".sign_in", done="confirmed", next=url_for(".welcome"))
    actions.end_session(secret_shown())
    started.append(actions.start_session(member.id))
    return url_for(".welcome")
