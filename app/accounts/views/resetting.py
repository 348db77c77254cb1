"""A new password for whoever lost theirs."""

from functools import partial

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue as Answer

from app.accounts import actions, limits, queries
from app.accounts.forms import AddressForm, PasswordForm
from app.accounts.models import TokenPurpose
from app.accounts.queries import Knock
from app.accounts.views.blueprint import accounts, knock
from app.accounts.views.cookies import take_back
from app.core.database import writing
from app.core.errors import RuleBroken
from app.core.forms import once
from app.core.mail_addresses import MailAddress
from app.core.networks import network_asking
from app.core.pace import takes_at_least
from app.core.passwords import hash_password
from app.core.privacy import public
from app.permissions import GUEST


@accounts.route("/reset", methods=["GET", "POST"])
@public
def reset() -> Answer:
    form = AddressForm()

    if form.validate_on_submit() and form.address:
        street, asked = network_asking(), form.address
        with form.keeping_words(), takes_at_least(limits.RESET_TAKES):
            knock(Knock(limits.RESET, (street,)), Knock(limits.RESET_LETTERS, (asked.key,)))
            with writing():
                return redirect(once(form, GUEST.id, partial(_offer, asked)), 303)

    return form.answer(render_template("accounts/reset.html", form=form))


@accounts.get("/reset/check-mail")
@public
def check_mail_for_reset() -> Answer:
    return render_template("accounts/check_mail_for_reset.html")


@accounts.route("/reset/<token>", methods=["GET", "POST"])
@public
def set_password(token: str) -> Answer:
    form = PasswordForm()

    if form.validate_on_submit():
        with form.keeping_words():
            password_hash = _hash_of_strong(form.password.data or "", token)
            with writing():
                address = once(form, GUEST.id, partial(_set, token, password_hash))
            return take_back(redirect(address, 303))

    queries.require_working(token, TokenPurpose.RESET)
    return form.answer(render_template("accounts/set_password.html", form=form))


def _offer(asked: MailAddress) -> str:
    actions.offer_reset(asked)
    return url_for(".check_mail_for_reset")


def _hash_of_strong(password: str, token: str) -> str:
    """Judge the password by whose it would be. Whether the link works is asked later, once."""
    owner = queries.find_owner(token, TokenPurpose.RESET)
    refusal = queries.refusal_of_password(password, queries.words_about(owner) if owner else ())
    if refusal:
        raise RuleBroken(refusal, field="password")
    return hash_password(password)


def _set(token: str, password_hash: str) -> str:
    """Set it, and let its owner in at once, however often they tried the old one before."""
    member = actions.reset_password(token, password_hash)
    street = network_asking()
    tried = [Knock(limits.SIGN_IN, (street, mark)) for mark in queries.account_marks(member)]
    actions.forgive([], *tried)
    return url_for(".sign_in", done="reset")
