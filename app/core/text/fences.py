"""Two sanitizers by different makers, in a row, with one list of what is allowed.

bleach is the client's choice and has had no maintainer since June 2026; nh3 is maintained and
has the last word. Each must hold alone: the other may have a hole tomorrow.
"""

import threading
from collections.abc import Iterable, Iterator
from html import unescape
from typing import Any, cast

import bleach
import nh3

from app.core.text.allowed import LINK_ATTRIBUTES, PROTOCOLS, REL, TAGS
from app.core.text.links import scheme_of

_BYTE_ORDER_MARK = "\ufeff"

_of_this_thread = threading.local()


def clean(html: str) -> str:
    """Return the HTML as two sanitizers leave it. Cleaning it twice changes nothing."""
    return sanitize_again(sanitize(html))


def sanitize(html: str) -> str:
    """Drop every tag, attribute and address that is not on the list: the first fence."""
    return _cleaner().clean(html).lstrip(_BYTE_ORDER_MARK)  # parsers drop it, one at a time


def sanitize_again(html: str) -> str:
    """Do the same with an unrelated sanitizer: the second fence, and the last word."""
    return nh3.clean(
        html,
        tags=TAGS,
        # Without "*" nh3 keeps lang and title on every tag.
        attributes={"a": LINK_ATTRIBUTES, "*": frozenset()},
        url_schemes=PROTOCOLS,
        link_rel=REL,
    )


def _cleaner() -> bleach.Cleaner:
    """Return this thread's cleaner: its parser keeps state, so two threads cannot share one."""
    if not hasattr(_of_this_thread, "cleaner"):
        _of_this_thread.cleaner = bleach.Cleaner(
            tags=TAGS,
            attributes=_may_stay,
            protocols=PROTOCOLS,
            strip=True,
            filters=[cast(Any, _settled)],
        )
    return cast(bleach.Cleaner, _of_this_thread.cleaner)


def _may_stay(tag: str, name: str, value: str) -> bool:
    """Judge an address as browsers read it: bleach takes "javascript:1" for a host and a port."""
    schemes = {scheme_of(value), scheme_of(unescape(value))}
    return tag == "a" and name in LINK_ATTRIBUTES and schemes <= PROTOCOLS | {""}


def _settled(source: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Write everything as nh3 does, so that it has nothing left to change in what is clean.

    Links get their rel and entities become characters. Line ends that open a pre go: a browser
    drops the first, so each cleaning would drop one more.
    """
    opens_pre = False
    for token in map(_with_characters, source):
        if opens_pre and token["type"] in {"Characters", "SpaceCharacters"}:
            token["data"] = token["data"].lstrip("\n")
            if not token["data"]:
                continue
        opens_pre = token["type"] == "StartTag" and token["name"] == "pre"
        if token["type"] == "StartTag" and token["name"] == "a":
            token["data"][None, "rel"] = REL
        yield token


def _with_characters(token: dict[str, Any]) -> dict[str, Any]:
    if token["type"] != "Entity":
        return token
    return {"type": "Characters", "data": unescape(f"&{token['name']};")}
