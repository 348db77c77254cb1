"""The form every form is made from: a token against forgery, a key against sending twice."""

import hashlib
import json
import re
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from flask import request
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from flask_login import current_user
from flask_wtf import FlaskForm
from sqlalchemy import select, update
from werkzeug.datastructures import MultiDict
from wtforms import HiddenField, PasswordField, StringField, ValidationError

from app.core import clock, drafts, kept_words, text
from app.core.database import insert_or_ignore
from app.core.drafts import OpenDraft
from app.core.errors import RuleBroken, TooMany
from app.core.sent_forms import SentForm, be_done_with
from app.core.text import TextRefused
from app.extensions import db

KEY = re.compile(r"[A-Za-z0-9_-]{1,64}")


# What WTForms says when a value cannot be read at all, in words of our own.
UNREADABLE = {
    "Not a valid choice.": _l("Choose one of these."),
    "Invalid Choice: could not coerce.": _l("Choose one of these."),
    "Not a valid integer value.": _l("Write a whole number, such as 3."),
}


class OurWords:
    """Speak for WTForms: kindly, and in the reader's language."""

    def gettext(self, sentence: str) -> str:
        return str(UNREADABLE.get(sentence) or gettext(sentence))

    def ngettext(self, one: str, many: str, count: int) -> str:
        """WTForms fills in the sentence itself, and says by other names what to count."""
        return self.gettext(one if count == 1 else many)


class Form(FlaskForm):
    """A form with its token and key. Strings arrive in NFC and without control characters."""

    form_key = HiddenField(default=lambda: secrets.token_urlsafe(16))

    keeps_drafts = False  # a form for words says True: opened again, it is as it was left
    draft: OpenDraft | None = None  # what it was filled in with

    def __init__(self, *args: Any, draft_path: str | None = None, **more: Any) -> None:
        """Make the form. Where it stands on another page than its own, `draft_path` is its own."""
        self.draft_path = draft_path or request.path
        super().__init__(*args, **more)

    class Meta(FlaskForm.Meta):
        def wrap_formdata(self, form: Any, formdata: Any) -> Any:
            """Fill the form with what was sent, or with the words kept for this page, or its draft.

            A form made with formdata=None stays empty: what was sent was meant for another.
            """
            if formdata is None:
                return None
            if not form.is_submitted():
                kept = kept_words.fields_kept_here() or form._left_here()
                return MultiDict(kept) if kept else None
            return request.form

        def get_translations(self, form: Any) -> OurWords:
            return OurWords()

        def bind_field(self, form: Any, unbound_field: Any, options: dict[str, Any]) -> Any:
            kind = unbound_field.field_class
            if issubclass(kind, StringField) and not issubclass(kind, PasswordField):
                filters = unbound_field.kwargs.get("filters", ())
                unbound_field = type(unbound_field)(
                    kind, *unbound_field.args, name=unbound_field.name,
                    **unbound_field.kwargs | {"filters": (_tidy, *filters)},
                )  # fmt: skip
            return super().bind_field(form, unbound_field, options)

    too_many: TooMany | None = None  # what keeping_words() caught, if it was that

    def answer(self, page: str) -> ResponseReturnValue:
        """Return the page with this form: as it is, or with the status of why it came back.

        400 for a missing or stale token, 429 for too much at once, 422 for everything else.
        """
        if not self.is_submitted():
            return page
        if self.too_many:
            return page, 429, {"Retry-After": str(round(self.too_many.wait.total_seconds()))}
        return page, 400 if self.has_grown_old else 422

    @property
    def has_grown_old(self) -> bool:
        return bool({"csrf_token", "form_key"} & set(self.errors))

    @contextmanager
    def keeping_words(self) -> Iterator[None]:
        """Show a broken rule beside the form, with what the member wrote still in it."""
        try:
            yield
        except (RuleBroken, TextRefused) as broken:
            self.too_many = broken if isinstance(broken, TooMany) else None
            field = self._fields.get(getattr(broken, "field", None) or "")
            problems = self.form_errors if field is None else _list_of_errors(field)
            problems.append(str(broken))

    def _left_here(self) -> list[tuple[str, str]] | None:
        """Return what the member was writing in this form when they left it."""
        if self.keeps_drafts and current_user.is_authenticated:
            self.draft = drafts.find(current_user.id, self.draft_path)
        return self.draft.fields if self.draft else None

    def validate_form_key(self, field: HiddenField) -> None:
        if not KEY.fullmatch(field.data or ""):
            field.data = secrets.token_urlsafe(16)
            raise ValidationError(gettext("This page had grown old."))


def once(form: Form, sender_id: int, act: Callable[[], str]) -> str:
    """Return the address `act` leads to, acting only the first time this form is sent.

    Other words under the same key are another sending: someone went back and wrote anew.
    The draft of this form is put away with it: either both happen or neither.
    """
    own = {"sender_id": sender_id, "key": _digest(form)}
    if insert_or_ignore(SentForm, **own, address="", sent_at=clock.now()):
        if form.keeps_drafts:
            be_done_with(sender_id, form.form_key.data or "")
            drafts.forget(sender_id, request.path)
        address = act()
        db.session.execute(update(SentForm).filter_by(**own).values(address=address))
        return address
    return db.session.scalars(select(SentForm.address).filter_by(**own)).one()


def _digest(form: Form) -> str:
    fields = {name: field.data for name, field in form._fields.items() if name != "csrf_token"}
    sent = json.dumps([request.path, fields], sort_keys=True, default=str)
    return hashlib.sha256(sent.encode()).hexdigest()


def _list_of_errors(field: Any) -> list[str]:
    field.errors = list(field.errors)
    errors: list[str] = field.errors
    return errors


def _tidy(typed: str | None) -> str | None:
    """Compose and tidy what was typed; a lone surrogate is no character and goes."""
    return None if typed is None else text.tidy(typed.encode(errors="ignore").decode())
