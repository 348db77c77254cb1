"""Short readable names for addresses."""

import re
import unicodedata

SLUG_LONGEST = 60  # readable in an address bar on a phone held sideways


def slug_of(words: str) -> str:
    """Return the words in lower-case ASCII, hyphens between; empty when nothing is left."""
    plain = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode().lower()
    slug = "-".join(re.findall(r"[a-z0-9]+", plain))
    return slug[:SLUG_LONGEST].rstrip("-")
