"""Join the sheets and the modules, and put a fingerprint into their URL for a year's keeping.

The fingerprint sits in the path, not in a query string: relative imports between
modules then carry it along by themselves. Joining is all there is: no build step, no tool.
"""

import base64
import gzip
import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from flask import Flask, Response, abort, current_app, request

from app.core.privacy import sessionless

STATIC = Path(__file__).parents[2] / "static"

A_YEAR = "public, max-age=31536000, immutable"

IMPORT = re.compile(r'^import "\./([\w-]+\.js)";?\n', re.MULTILINE)

# Only layers.css must come first; it fixes the order of the rest, wherever they stand.
FIRST_SHEET = "css/layers.css"
FIRST_MODULE = "main.js"


@dataclass(frozen=True, slots=True)
class Joined:
    """One file made of many, with the digest that browsers check it by (SRI, W3C)."""

    content: bytes
    packed: bytes
    media_type: str
    url: str

    @property
    def integrity(self) -> str:
        digest = hashlib.sha384(self.content).digest()
        return f"sha384-{base64.b64encode(digest).decode()}"


def versioned_url_path() -> str:
    digest = hashlib.sha256()
    for path in sorted(STATIC.rglob("*")):
        if path.is_file():
            digest.update(path.relative_to(STATIC).as_posix().encode())
            digest.update(path.read_bytes())
    return f"/static/{digest.hexdigest()[:12]}"


def init_app(app: Flask) -> None:
    root = app.static_url_path
    joined = {
        "site.css": _joined(_sheets(), "text/css", f"{root}/site.css"),
        "site.js": _joined(_modules(), "text/javascript", f"{root}/site.js"),
    }
    app.extensions["joined_files"] = joined
    for name in joined:
        app.add_url_rule(f"{root}/{name}", f"joined_{name.replace('.', '_')}", _show_joined)
    app.jinja_env.globals["site_css"] = lambda: joined["site.css"]
    app.jinja_env.globals["site_js"] = lambda: joined["site.js"]


@sessionless
def _show_joined() -> Response:
    file: Joined | None = current_app.extensions["joined_files"].get(request.path.split("/")[-1])
    if file is None:
        abort(404)
    packs = "gzip" in request.headers.get("Accept-Encoding", "")
    answer = Response(file.packed if packs else file.content, mimetype=file.media_type)
    answer.headers["Cache-Control"] = A_YEAR
    answer.headers["Vary"] = "Accept-Encoding"
    if packs:
        answer.headers["Content-Encoding"] = "gzip"
    return answer


def _joined(parts: Iterable[str], media_type: str, url: str) -> Joined:
    content = "\n".join(parts).encode()
    return Joined(content, gzip.compress(content, mtime=0), media_type, url)


def _sheets() -> list[str]:
    names = sorted(path.relative_to(STATIC).as_posix() for path in STATIC.glob("css/**/*.css"))
    names.sort(key=lambda name: name != FIRST_SHEET)
    return [(STATIC / name).read_text() for name in names]


def _modules() -> list[str]:
    """Return main.js with each module it imports in place of the import, each once."""
    main = STATIC / "js" / FIRST_MODULE
    if not main.exists():
        return []
    names = IMPORT.findall(main.read_text())
    bodies = [(STATIC / "js" / name).read_text() for name in names]
    return [f"{{\n{body}}}" for body in [*bodies, IMPORT.sub("", main.read_text())] if body.strip()]
