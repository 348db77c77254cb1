"""Signing in and out, and what a form meets that comes without a session."""

import re
from urllib.parse import parse_qs, urlsplit

from flask import current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue as Answer
from flask_babel import gettext

from app.accounts import actions, limits, queries
from app.accounts.forms import SignInForm
from app.accounts.views.blueprint import accounts, knock
from app.accounts.views.cookies import hand_over, secret_shown, take_back
from app.core import kept_words
from app.core.actor import current_actor
from app.core.addresses import own_path
from app.core.browsers import browser_named
from app.core.database import writing
from app.core.errors import RuleBroken
from app.core.forms import Form
from app.core.networks import network_asking
from app.core.passwords import hash_password, is_hashed_otherwise, is_password
from app.core.privacy import NotAdmitted, NotSignedIn, public
from app.core.words_typed import fields_typed, words_typed
from app.permissions import Rank

CODE = re.compile(r"[a-z0-9_]*")  # what buttons send is no loss; the page has them again


@accounts.route("/sign-in", methods=["GET", "POST"])
@public
def sign_in() -> Answer:
    form = SignInForm()
    wanted = own_path(form.next.data or request.args.get("next")) or "/"
    if request.method == "GET" and current_actor().is_authenticated:
        return redirect(wanted)

    if form.validate_on_submit():
        with form.keeping_words():
            return _come_in(form, wanted)

    return form.answer(_sign_in_page(form, wanted))


@accounts.route("/sign-out", methods=["GET", "POST"])
@public
def sign_out() -> Answer:
    form = Form()

    if form.validate_on_submit():
        with writing():
            actions.end_session(secret_shown())
        return take_back(redirect("/", 303))

    if not current_actor().is_authenticated:
        return redirect("/", 303)
    return form.answer(render_template("accounts/sign_out.html", form=form))


@accounts.app_errorhandler(NotSignedIn)
def keep_words_and_ask(_error: Exception) -> Answer:
    """Ask the sender of a form to sign in; what they wrote is kept, or shown where it can't be."""
    if request.headers.get("X-Requested-With") == "fetch":
        return "", 401  # a script asked on the way: the words are on its page, still to be sent
    page = _page_of_form()
    wanted = page or _page_before()
    typed = [(label, words) for label, words in words_typed() if page or not CODE.fullmatch(words)]
    if typed:
        number = _keep_for_owner(page) if page else None
        if number is None:
            return _sign_in_page(SignInForm(formdata=None), wanted, kept=typed), 400
        wanted = f"{wanted}?kept={number}"
    return redirect(url_for("accounts.sign_in", next=wanted), 303)


@accounts.app_errorhandler(NotAdmitted)
def show_not_admitted(_error: Exception) -> Answer:
    return not_admitted(Form(formdata=None)), 403


def not_admitted(form: Form) -> str:
    """Return the page that says why somebody who signed in can't come in, and what they can do."""
    actor = current_actor()
    return render_template(
        "accounts/not_admitted.html",
        form=form,
        kept=words_typed(),
        is_unconfirmed=actor.rank == Rank.UNCONFIRMED,
        until=queries.standing_until(actor.id),
    )


def _come_in(form: SignInForm, wanted: str) -> Answer:
    name, password, is_shared = form.name.data or "", form.password.data or "", form.is_shared.data
    street = network_asking()
    account = queries.Knock(limits.SIGN_IN, (street, queries.account_mark(name)))
    noted = knock(account, queries.Knock(limits.SIGN_IN_ANYWHERE, (street,)))
    credentials = _require_password(name, password)

    is_old = is_hashed_otherwise(credentials.password_hash)
    new_hash = hash_password(password) if is_old else ""
    device = browser_named(request.user_agent.string)
    with writing():
        secret = actions.sign_in(credentials, device=device, is_shared=is_shared, new_hash=new_hash)
        actions.end_session(secret_shown())
        actions.forgive(noted, account)
    return hand_over(redirect(wanted, 303), secret, is_shared=is_shared)


def _require_password(name: str, password: str) -> queries.Credentials:
    """Return whose name and password these are. It takes as long where there is nobody."""
    credentials = queries.find_credentials(name)
    is_right = is_password(password, credentials.password_hash if credentials else None)
    if credentials is None or not is_right:
        raise RuleBroken(gettext("That name and that password don’t belong together."))
    return credentials


def _sign_in_page(form: SignInForm, wanted: str, kept: list[tuple[str, str]] | None = None) -> str:
    form.next.data = wanted
    return render_template(
        "accounts/sign_in.html",
        form=form,
        kept=kept,
        are_words_kept="kept" in parse_qs(urlsplit(wanted).query),
        done=request.args.get("done"),
    )


def _page_of_form() -> str | None:
    """Return the page on which what was sent can be written again, if there is one."""
    adapter = current_app.create_url_adapter(request)
    if adapter is not None and adapter.test(request.path, "GET"):
        return request.path
    return own_path(request.form.get("back_to"))


def _page_before() -> str:
    """Return the page of ours that the form was on, as the browser tells."""
    parts = urlsplit(request.referrer or "")
    ours = parts.netloc == request.host
    path = f"{parts.path}?{parts.query}" if parts.query else parts.path
    return (own_path(path) if ours else None) or "/"


def _keep_for_owner(page: str) -> int | None:
    """Keep the words for whoever was signed in in this browser lately."""
    owner_id = queries.find_ended(secret_shown())
    if owner_id is None or len(page) > kept_words.LONGEST_PATH:
        return None
    fields = fields_typed()
    with writing():
        return kept_words.keep(owner_id, page, fields)
