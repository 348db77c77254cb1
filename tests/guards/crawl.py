"""Walk through every page a role can reach, by links, as a browser would."""

from html.parser import HTMLParser
from urllib.parse import urlsplit

MOST_PAGES = 400  # far more than a small community has; a circle would show here


class _Links(HTMLParser):
    def __init__(self):
        super().__init__()
        self.found = set()

    def handle_starttag(self, tag, attrs):
        if tag == "a":
            self.found.add(dict(attrs).get("href") or "")


def links_of(page):
    reader = _Links()
    reader.feed(page)
    parts = (urlsplit(link) for link in reader.found)
    return {
        part.path + (f"?{part.query}" if part.query else "")
        for part in parts
        if not part.scheme and not part.netloc and part.path.startswith("/")
    }


def crawl(client, starts):
    """Return {address: whole answer as text} of all that can be reached by reading."""
    seen, waiting = {}, sorted(starts)
    while waiting:
        address = waiting.pop()
        if address in seen or address.startswith("/static/"):
            continue
        answer = client.get(address)
        seen[address] = f"{answer.status_code}\n{answer.headers}\n{answer.text}"
        assert len(seen) < MOST_PAGES, "the pages never end"
        found = links_of(answer.text)
        if answer.location:
            found.add(answer.location.partition("#")[0])
        waiting += found - seen.keys()
    return seen
