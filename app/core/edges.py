"""What may be an address here at all: everything else is simply not there."""

from flask import Flask, abort, request
from werkzeug.routing import BaseConverter

LARGEST_ID = 2**63 - 1  # what a 64-bit column holds


class IdConverter(BaseConverter):
    """An id as we write it: ASCII digits, no sign, no leading zero, within 64 bits."""

    regex = r"[1-9][0-9]{0,18}"

    def to_python(self, value: str) -> int:
        number = int(value)
        if number > LARGEST_ID:
            abort(404)
        return number


class SlugConverter(BaseConverter):
    """A short name in an address: lower-case ASCII words joined by hyphens."""

    regex = r"[a-z0-9]+(?:-[a-z0-9]+)*"


def init_app(app: Flask) -> None:
    app.url_map.converters |= {"id": IdConverter, "slug": SlugConverter}
    app.before_request(_refuse_unsayable)


def _refuse_unsayable() -> None:
    """Refuse a NUL in an address before it can reach a database that chokes on it."""
    if "\x00" in request.path or any("\x00" in value for value in request.args.values()):
        abort(404)
