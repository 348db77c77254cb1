"""A reader always knows where a link leads."""

import pytest
from flask import Flask
from flask_babel import Babel

from app.core import text
from app.core.text import links
from tests.core.text import oracle
from tests.corpora import reading

SITE = "https://handrail.example"


def html(typed, site=SITE):
    rendered = str(text.render(typed, own_address=site).html).replace(f' rel="{oracle.REL}"', "")
    return rendered.removeprefix("<p>").removesuffix("</p>")


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("[x](https://nhs.uk/a)", '<a href="https://nhs.uk/a">x</a> (nhs.uk)'),
        ("[x](https://nhs.uk:8443/)", '<a href="https://nhs.uk:8443/">x</a> (nhs.uk:8443)'),
        ("[x](https://NHS.uk:443/)", '<a href="https://NHS.uk:443/">x</a> (nhs.uk)'),
        ("[nhs.uk](https://nhs.uk/a)", '<a href="https://nhs.uk/a">nhs.uk</a>'),
        ("[nhs.uk](https://www.nhs.uk/a)", '<a href="https://www.nhs.uk/a">nhs.uk</a>'),
        ("https://nhs.uk/a_b_c", '<a href="https://nhs.uk/a_b_c">https://nhs.uk/a_b_c</a>'),
        ("https://a.b:81/evil.com", '<a href="https://a.b:81/evil.com">https://a.b:81/evil.com</a>'),
        ("<https://nhs.uk>", '<a href="https://nhs.uk">https://nhs.uk</a>'),
        ("[](https://nhs.uk)", '<a href="https://nhs.uk">https://nhs.uk</a>'),
        ("[me](mailto:a@b.org)", '<a href="mailto:a@b.org">me</a> (a@b.org)'),
        ("mailto:a@b.org", '<a href="mailto:a@b.org">mailto:a@b.org</a>'),
        ("<a@b.org>", '<a href="mailto:a@b.org">a@b.org</a>'),
        ("[x](/boards/1)", '<a href="/boards/1">x</a>'),
        ("[x](#p3)", '<a href="#p3">x</a>'),
        (f"[x]({SITE}/a)", f'<a href="{SITE}/a">x</a>'),
        (f"[x]({SITE}.evil.com/a)",
         f'<a href="{SITE}.evil.com/a">x</a> (handrail.example.evil.com)'),
    ],
)  # fmt: skip
def test_a_link_elsewhere_shows_its_host(typed, shown):
    assert html(typed) == shown


@pytest.mark.parametrize(
    ("words", "address", "told"),
    [
        ("nhs.uk", "https://evil.com", "evil.com"),
        ("https://nhs.uk/help", "https://evil.com/nhs.uk", "evil.com"),
        ("see www.nhs.uk now", "https://evil.com", "evil.com"),
        ("NHS.UK", "https://evil.com", "evil.com"),
        ("nhs.uk", "https://nhs.uk.evil.com", "nhs.uk.evil.com"),
        ("nhs．uk", "https://evil.com", "evil.com"),
        ("nhs。uk", "https://evil.com", "evil.com"),
        ("nh\u200ds.uk", "https://evil.com", "evil.com"),
        ("**nhs**.uk", "https://evil.com", "evil.com"),
        ("nhs.uk@evil.com", "https://evil.com", "evil.com"),
        ("`nhs.uk`", "https://evil.com", "evil.com"),
        ("192.168.1.1", "https://evil.com", "evil.com"),
        ("пример.рф", "https://evil.com", "evil.com"),
        ("nhs.uk", "https://nһs.uk", "xn--ns-4wc.uk"),  # the h is Cyrillic
        ("nһs.uk", "https://nhs.uk", "nhs.uk"),
        ("help@nhs.uk", "mailto:help@evil.com", "help@evil.com"),
        ("nhs.uk", "/boards/1", "handrail.example"),
        ("<https://nhs.uk>", "https://evil.com", "evil.com"),
    ],
)
def test_words_that_look_like_another_host_are_marked(words, address, told):
    assert html(f"[{words}]({address})").endswith(f" <strong>(goes to {told})</strong>")


def test_letters_that_only_look_alike_show_where_they_lead():
    assert html("https://nһs.uk").endswith("</a> (xn--ns-4wc.uk)")
    assert html("https://bücher.example/ü").endswith(">https://bücher.example/ü</a> "
                                                     "(xn--bcher-kva.example)")  # fmt: skip


@pytest.mark.parametrize(
    "words", ["v1.2 of it", "e.g. this", "a.b", "10:30", "so...well", ".,:/?#"]
)
def test_ordinary_words_are_not_taken_for_a_host(words):
    assert html(f"[{words}](https://nhs.uk)").endswith("</a> (nhs.uk)")


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)", "JaVaScRiPt:1", "data:text/html,x", "vbscript:x", "file:///etc",
        "//evil.com", "/\\evil.com/..", "\\\\evil.com", "https:evil.com", "https:/evil.com",
        "http:", "https://nhs.uk@evil.com", "https://a:b@evil.com", "https://",
        "https://[::1]/", "foo", "",
        "www.nhs.uk", "tel:112", "sms:1", "ftp://a.b", "feed:a.b", "blob:x",
        "view-source:x", "intent://x", "mailto:", "mailto:a", "mailto:a@b@c", "x:y",
        "https://nhs%2euk", "https://nhs.uk:x", "https://a.b/" + "x" * 2_000,
    ],
)  # fmt: skip
def test_other_addresses_make_no_link(address):
    assert links.destination(address) is None or "\\" not in address
    shown = html(f"[x]({address})")
    assert 'href="' not in shown or shown == '<a href="/%5Cevil.com/..">x</a>'


@pytest.mark.parametrize("address", ["java\tscript:1", "\x01javascript:1", "https://a.b\\c", "/ x"])
def test_addresses_that_browsers_read_differently_make_no_link(address):
    assert links.destination(address) is None


@pytest.mark.parametrize(
    ("typed", "linked", "after"),
    [
        ("(https://a.example/b_(c))", "https://a.example/b_(c)", ")"),
        ("https://a.example.", "https://a.example", "."),
        ("**https://a.example**", "https://a.example", "</strong>"),
        ('"https://a.example", he said', "https://a.example", '", he said'),
        ("„https://a.example“", "https://a.example", "“"),
        ("https://a.example/x?y=1&copy=2#z!", "https://a.example/x?y=1&amp;copy=2#z", "!"),
        ("HTTPS://a.example/", "HTTPS://a.example/", ""),
        ("https://a.example<b>", "https://a.example", "&lt;b&gt;"),
        ("https://a.example、次", "https://a.example", "、次"),
    ],
)
def test_a_bare_address_ends_where_a_reader_would_end_it(typed, linked, after):
    assert f'<a href="{linked}">{linked}</a>{after}' in html(typed)


@pytest.mark.parametrize(
    "typed",
    ["example.org", "www.example.org", "a@b.org", "xhttps://a.example", "https://", "http:// a.b",
     "`https://a.example`", "https://a.b@evil.com", "https\\://a.example"],
)  # fmt: skip
def test_what_is_no_whole_address_is_words(typed):
    assert "<a " not in html(typed)


def test_a_link_within_a_link_is_its_words():
    assert html("[a <https://b.example> c](/d)").startswith(
        '<a href="/d">a https://b.example c</a>'
    )


def test_this_site_is_known_by_its_public_url():
    app = Flask(__name__)
    Babel(app)
    app.config["PUBLIC_URL"] = SITE
    with app.app_context():
        assert "(" not in text.render(f"[x]({SITE}/a)").html
        assert "(nhs.uk)" in text.render("[x](https://nhs.uk)").html
    assert "(handrail.example)" in text.render(f"[x]({SITE}/a)").html


def test_what_would_lead_elsewhere_from_this_site_is_told():
    if "open_redirect" in reading.FILES:
        for address in reading.payloads("open_redirect"):
            leads_to = links.destination(address, "handrail.example")
            if leads_to == links.HERE:
                assert not address.startswith(("//", "/\\")), address
                assert oracle.scheme(address) == "", address
