"""Rendered text reads well in a letter too."""

import pytest
from flask import Flask
from markupsafe import Markup

from app.core import text

SITE = "https://handrail.example"


def plain(typed):
    return text.plain(text.render(typed, own_address=SITE).html, own_address=SITE)


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("Hello\nyou & <b>", "Hello\nyou & <b>"),
        ("one\n\ntwo", "one\n\ntwo"),
        ("*a* **b** `c` ~~d~~", "a b c ~~d~~"),
        ("# Nights\nare long", "Nights\n\nare long"),
        ("- a\n- b *c*\n  - d", "- a\n- b c\n  - d"),
        ("1. a\n2. b", "1. a\n2. b"),
        ("before\n\n- a\n\nafter", "before\n\n- a\n\nafter"),
        ("> one\n> two\n\nthree", "> one\n> two\n\nthree"),
        ("> > deep\n\nout", "> > deep\n\nout"),
        ("> a\n>\n> b", "> a\n>\n> b"),
        ("hi\n\n> - a\n> - b", "hi\n\n> - a\n> - b"),
        ("```\n  a\n\nb\n```\nc", "  a\n\nb\n\nc"),
        ("a\n\n***\n\nb", "a\n\n---\n\nb"),
        ("[the page](https://nhs.uk/a)", "the page (https://nhs.uk/a)"),
        ("[the page](https://nhs.uk/a), I think", "the page (https://nhs.uk/a), I think"),
        ("https://nhs.uk/a", "https://nhs.uk/a"),
        ("[a thread](/threads/3)", f"a thread ({SITE}/threads/3)"),
        ("[up](#top)", "up"),
        ("[me](mailto:a@b.org?subject=x)", "me (a@b.org)"),
        ("[nhs.uk](https://evil.com)", "nhs.uk (https://evil.com) (goes to evil.com)"),
        ("", ""),
    ],
)
def test_plain_text_reads_so(typed, read):
    assert plain(typed) == read


def test_links_within_the_site_work_in_a_letter():
    rendered = text.render('[a](/threads/3) [b](https://nhs.uk) <a href="/', own_address=SITE)
    sent = text.with_whole_addresses(rendered.html, own_address=SITE)
    assert isinstance(sent, Markup)
    assert f'<a href="{SITE}/threads/3"' in sent
    assert '<a href="https://nhs.uk"' in sent
    assert '&lt;a href="/' in sent


def test_the_site_is_known_by_its_public_url():
    app = Flask(__name__)
    app.config["PUBLIC_URL"] = SITE
    rendered = text.render("[a](/x)").html
    with app.app_context():
        assert text.plain(rendered) == f"a ({SITE}/x)"
        assert f"{SITE}/x" in text.with_whole_addresses(rendered)
