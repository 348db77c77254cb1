"""The draft that comes with a form: whose page it belongs to, and keeping it."""

from datetime import datetime

from flask import current_app, request
from flask_login import current_user
from flask_wtf.csrf import validate_csrf

from app.core import drafts
from app.core.addresses import own_path
from app.core.database import writing
from app.core.drafts import Fields
from app.core.kept_words import LONGEST_PATH
from app.core.sent_forms import is_done_with
from app.core.words_typed import fields_typed


def path_sent() -> str | None:
    """Return the page that the form sent belongs to, if it is one of ours that takes forms."""
    path = (own_path(request.form.get("draft_path")) or "").partition("?")[0]
    adapter = current_app.create_url_adapter(request)
    if not path or len(path) > LONGEST_PATH or adapter is None:
        return None
    return path if adapter.test(path, "GET") and adapter.test(path, "POST") else None


def is_too_long(fields: Fields) -> bool:
    return sum(len(name) + len(words) for name, words in fields) > drafts.LONGEST


def keep_unless_done_with(member_id: int, path: str, fields: Fields) -> datetime | None:
    """Keep what a script brings, unless its form was sent or put away on the way; return when."""
    if is_done_with(member_id, request.form.get("form_key", "")):
        return None
    return drafts.keep(member_id, path, fields)


def keep_what_was_sent(*, patience: float) -> str | None:
    """Keep the form that was sent as a draft where that can be done; return its time, if it was.

    For moments in which something else is the matter. The token of the form is asked for:
    raises ValidationError without it.
    """
    path = path_sent()
    if path is None or not (current_user.is_authenticated and current_user.is_admitted):
        return None
    validate_csrf(request.form.get("csrf_token"))
    fields = fields_typed()
    if is_too_long(fields):
        return None
    with writing(patience=patience):
        at = keep_unless_done_with(current_user.id, path, fields)
    return drafts.time_of(at) if at else None
