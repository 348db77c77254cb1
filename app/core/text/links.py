"""Where a link leads: which addresses become links, and what the reader is told about them."""

import re
import unicodedata
from dataclasses import dataclass

from flask import current_app, has_app_context
from flask_babel import gettext

LONGEST_ADDRESS = 2_000  # characters; mail programs and older browsers break longer ones

# Browsers drop some of these before they read an address and take "\" for "/" (WHATWG URL), so
# an address with one of them may lead elsewhere than it seems. User names before the host
# ("https://nhs.uk@evil.example") are no part of _WEB for the same reason.
_TREACHEROUS = re.compile(r"[\x00-\x20\x7f\\]")
_WEB = re.compile(r"(https?)://([a-z0-9][a-z0-9_.-]*)(:\d{1,5})?(?=[/?#]|\Z)", re.IGNORECASE)
_MAIL = re.compile(
    r"mailto:([a-z0-9.!#$%&'*+/=^_`{|}~-]+@([a-z0-9][a-z0-9.-]*))(?=\?|\Z)", re.IGNORECASE
)
_DROPPED_BY_BROWSERS = re.compile(r"\A[\x00-\x20]+|[\t\n\r]")
_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):", re.IGNORECASE)
_ON_THIS_SITE = re.compile(r"[#?]|/(?!/)")

# What needs no encoding; "[" and "]" belong to the address of a machine without a name.
_PLAIN = re.compile(r"(?:[a-z0-9._~:/?#@!$&'()*+,;=-]|%[0-9a-f]{2})*", re.IGNORECASE)

_USUAL_PORTS = frozenset({("http", ":80"), ("https", ":443")})
_SCHEME_TYPED = re.compile(r"[a-z][a-z0-9+.-]*:/*")
_AROUND_MAIL = re.compile(r"[\s<>()\[\],;:\"]+")
_MAYBE_HOST = re.compile(r"[\w.-]+")


@dataclass(frozen=True, slots=True)
class Destination:
    """Where an address leads: `shown` is what a reader is told, both are "" on this site."""

    host: str
    shown: str


@dataclass(frozen=True, slots=True)
class Note:
    """What is said after a link. It warns when the link's own words name another place."""

    words: str
    warns: bool


HERE = Destination("", "")


def own_address() -> str:
    """Return the address of this site, without a slash at its end; "" where none is set."""
    return str(current_app.config.get("PUBLIC_URL") or "").rstrip("/") if has_app_context() else ""


def host_of(address: str) -> str:
    """Return the host of a whole address as destination() gives it, or ""."""
    found = destination(address)
    return found.host if found else ""


def scheme_of(address: str) -> str:
    """Return the scheme a browser would find (WHATWG URL), in small letters; "" for none."""
    scheme = _SCHEME.match(_DROPPED_BY_BROWSERS.sub("", address))
    return scheme[1].lower() if scheme else ""


def is_plain(address: str) -> bool:
    """Say whether an address can stand in a page as it is."""
    return _PLAIN.fullmatch(address) is not None


def destination(href: str, own_host: str = "") -> Destination | None:
    """Say where an address leads. None: it is not one that members may link to."""
    if len(href) > LONGEST_ADDRESS or _TREACHEROUS.search(href):
        return None
    if _ON_THIS_SITE.match(href):
        return HERE
    if web := _WEB.match(href):
        scheme, host, port = web[1].lower(), web[2].lower(), web[3] or ""
        place = host + ("" if (scheme, port) in _USUAL_PORTS else port)
        return HERE if place == own_host else Destination(place, place)
    if mail := _MAIL.match(href):
        return Destination(mail[2].lower(), mail[1])
    return None


def note(href: str, words: str, own_host: str = "") -> Note | None:
    """Return what to say after a link whose own words are these. None: they say it all."""
    leads_to = destination(href, own_host)
    if leads_to is None:
        return None
    folded = _folded(words)
    places = _places_named(folded)
    hosts = {_in_letters_of_names(place) for place in places if _looks_like_a_host(place)}
    if hosts - {_bare(leads_to.host or own_host)}:
        return Note(_goes_to(leads_to.shown or own_host), warns=True)
    if leads_to == HERE or _is_named(leads_to, folded, places):
        return None
    return Note(f"({leads_to.shown})", warns=False)


def _goes_to(place: str) -> str:
    return f"({gettext('goes to %(place)s', place=place or gettext('a page here'))})"


def _is_named(leads_to: Destination, folded: str, places: set[str]) -> bool:
    """Say whether the words show it, letter by letter: other scripts have look-alikes."""
    if leads_to.shown != leads_to.host:
        return leads_to.shown.lower() in _AROUND_MAIL.split(folded)
    port = leads_to.host.partition(":")[2]
    return _bare(leads_to.host) in places and port in folded


def _places_named(folded: str) -> set[str]:
    """Return whatever stands where an address has its host, and before it."""
    authorities = (_SCHEME_TYPED.sub("", word, 1) for word in folded.split())
    authorities = (re.split(r"[/?#\\]", authority, maxsplit=1)[0] for authority in authorities)
    return {_bare(run) for authority in authorities for run in _MAYBE_HOST.findall(authority)}


def _folded(words: str) -> str:
    """Return the words as an eye takes them: no unseen marks, wide letters like narrow ones."""
    seen = "".join(c for c in words if unicodedata.category(c) != "Cf")
    return unicodedata.normalize("NFKC", seen).replace("\u3002", ".").lower()


def _bare(host: str) -> str:
    """Return the host without its port and www."""
    return host.partition(":")[0].strip(".-").removeprefix("www.")


def _in_letters_of_names(host: str) -> str:
    """Return the host as the name system writes it (RFC 3492)."""
    labels = host.split(".")
    return ".".join(
        label if label.isascii() else f"xn--{label.encode('punycode').decode()}" for label in labels
    )


def _looks_like_a_host(place: str) -> bool:
    *names, last = place.split(".")
    if not names or not all(names):
        return False
    is_ending = len(last) > 1 and (last.isalpha() or last.startswith("xn--"))
    return is_ending or (last.isdigit() and len(names) == 3)
