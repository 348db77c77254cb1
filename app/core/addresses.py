"""Addresses that came from outside and may lead nowhere but to our own pages."""

from urllib.parse import urlsplit


def own_path(asked: str | None) -> str | None:
    """Return the path (with its query) if a browser would stay on this site with it, else None.

    Browsers read a backslash as a slash and drop tabs and line ends (WHATWG URL, 4.4), so
    both are refused, as is everything not plain ASCII.
    """
    if not asked or not asked.startswith("/") or asked.startswith("//"):
        return None
    if not asked.isascii() or not asked.isprintable() or "\\" in asked or " " in asked:
        return None
    parts = urlsplit(asked)
    return None if parts.scheme or parts.netloc else asked
