"""What this place is called, and where it is reached from outside."""

import re
from urllib.parse import urlsplit

from flask import current_app


def community_name() -> str:
    name: str = current_app.config["COMMUNITY_NAME"]
    return name


def host() -> str:
    """Return the host members reach us by, as it was set: never the one a request claims."""
    return urlsplit(current_app.config["PUBLIC_URL"]).hostname or "localhost"


def whole_address(path: str) -> str:
    """Return the address of one of our pages for a letter."""
    return f"{current_app.config['PUBLIC_URL']}{path}"


def own_words() -> set[str]:
    """Return the words that name this place: somebody guessing tries them first."""
    words = re.split(r"[\W_]+", f"{community_name()} {host()}".casefold())
    return {"handrail", community_name().casefold(), *(word for word in words if len(word) > 2)}
