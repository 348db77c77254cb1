"""Every sentence goes through gettext: in a pseudo-language, no page has bare words left."""

import gettext
import re
from html.parser import HTMLParser

import pytest
from flask_babel import Domain

from app.care.queries import packaged
from tests.guards.community import address_of, furnish
from tests.guards.crawl import crawl

# What stands on pages and is nobody's sentence: dates, names, and words that members wrote.
NOT_OURS = re.compile(
    r"^[\W\d_]*$|^([A-Z][a-z]+ )?\d{1,2} [A-Z][a-z]+ \d{4}\b|^(· )?("
    r"Handrail|member|insider|moderator|organiser|facilitator|curator|newcomer|anna\.b"
    r"|open|public|private|For talking\.|Slow breathing"
    r"|First night home|You are not alone\.|Hello\.|Talking|Sleepless parents"
    r"|[\w ,.'+-]+ \((Africa|America|Asia|Atlantic|Australia|Europe|Indian|Pacific)\)|UTC"
    r"|Samaritans 116 123|findahelpline\.com|www\.wikipedia\.org)( · Handrail)?$"
)

# Help lines are called what they call themselves; the rest is as somebody wrote it down.
OF_LINES = {
    words
    for country in packaged().countries
    for line in country.lines
    for words in (line.name, line.site, f"{line.languages}.", line.remark)
}
SPOKEN = {"alt", "aria-label", "placeholder", "title", "left", "over"}
UNSPOKEN = {"script", "style"}


class Pseudo(gettext.NullTranslations):
    """A language in which every sentence is marked, so that what is not marked shows."""

    def gettext(self, message):
        return f"⟦{message}⟧"

    def ngettext(self, one, many, count):
        return f"⟦{one if count == 1 else many}⟧"

    ugettext, ungettext = gettext, ngettext


class _Words(HTMLParser):
    """Collects what stands outside the marks, which may reach over tags."""

    def __init__(self):
        super().__init__()
        self.found, self.within, self.depth = [], "", 0

    def handle_starttag(self, tag, attrs):
        self.within = tag
        self.found += [
            value for name, value in attrs if name in SPOKEN and value and "⟦" not in value
        ]

    def handle_data(self, data):
        bare = ""
        for character in data:
            self.depth += (character == "⟦") - (character == "⟧")
            bare += character if not self.depth and character not in "⟦⟧" else " "
        self.found += [bare.strip()] if bare.strip() and self.within not in UNSPOKEN else []


def bare_words(page):
    """Return the pieces of a page that no translation was asked for."""
    reader = _Words()
    reader.feed(page)
    return [words for words in reader.found if not (NOT_OURS.match(words) or words in OF_LINES)]


@pytest.fixture
def pseudo(app, monkeypatch):
    monkeypatch.setattr(Domain, "get_translations", lambda _domain: Pseudo())


@pytest.mark.parametrize("who", ["visitor", "member", "moderator", "organiser"])
def test_no_page_has_bare_words(app, cast, group, sign_in, pseudo, who):
    places = furnish(cast, group)
    starts = {
        address_of(rule, ids)
        for rule in app.url_map.iter_rules()
        if "GET" in rule.methods and not rule.endpoint.startswith(("static", "joined_", "core"))
        for ids in places.values()
    }
    for address, page in crawl(sign_in(cast.get(who)), {"/", *starts}).items():
        html = page.partition('<!doctype html>\n<html lang="en">')[2]
        assert bare_words(html) == [], address


def test_bare_words_are_noticed():
    """Planted: a sentence that forgot to be translated."""
    assert bare_words("<p>⟦Hello⟧</p><p>Write soon</p>") == ["Write soon"]
