"""What must be true of every answer, whoever asks and whatever for."""

import re

from app.core import headers

MEMBERS_AREA = re.compile(r"^/(desk|settings|members|reports|decisions|toolkit)\b")
COOKIES = {"handrail", "handrail-form"}
TRACES = (b"Traceback (most recent call last)", b"sqlalchemy.", b"werkzeug.exceptions")


def broken_by(answer):
    """Return what is wrong with an answer; an empty list when nothing is."""
    return [
        *_headers(answer), *_keeping(answer), *_cookies(answer), *_content(answer),
    ]  # fmt: skip


def _headers(answer):
    for name, value in headers.ALWAYS.items():
        if answer.headers.get(name) != value:
            yield f"{name} is {answer.headers.get(name)!r}"
    if answer.location and re.match(r"[a-z]+:|//", answer.location):
        yield f"it leads elsewhere: {answer.location}"


def _keeping(answer):
    """What looked at a session, or refused, is kept by no cache."""
    kept = answer.headers.get("Cache-Control", "")
    varies = "Cookie" in answer.headers.get("Vary", "")
    if (varies or "Set-Cookie" in answer.headers) and "no-store" not in kept:
        yield f"it may be kept by caches: {kept!r}"
    if MEMBERS_AREA.match(answer.request.path) and "noindex" not in str(answer.headers):
        yield "it may be indexed"
    if answer.status_code >= 400 and "no-store" not in kept and not _is_for_everybody(answer):
        yield f"a refusal may be kept: {kept!r}"


def _is_for_everybody(answer):
    return "public" in answer.headers.get("Cache-Control", "")


def _cookies(answer):
    for cookie in answer.headers.getlist("Set-Cookie"):
        name = cookie.partition("=")[0]
        attributes = {part.strip().lower() for part in cookie.split(";")[1:]}
        if name.removeprefix("__Host-") not in COOKIES:
            yield f"an unknown cookie: {name}"
        if not {"httponly", "samesite=lax", "path=/"} <= attributes:
            yield f"the cookie {name} has only {sorted(attributes)}"
        if name.startswith("__Host-") and "secure" not in attributes:
            yield f"the cookie {name} is not secure"


def _content(answer):
    if answer.data and answer.mimetype.startswith("text/") and "charset" not in str(answer.headers):
        yield "its charset is not said"
    yield from (f"it shows {trace!r}" for trace in TRACES if trace in answer.data)
