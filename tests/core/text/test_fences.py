"""Whatever is typed, what a browser gets is on the list; and each fence would do alone."""

from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.core import text
from app.core.text import allowed, fences, markdown, rendering
from tests.core.text import oracle
from tests.corpora import reading

LONGEST = 10_000
FENCES = {"first": fences.sanitize, "second": fences.sanitize_again}

# Never read as one text each: single characters, and names that need a tag around them.
BY_THE_HUNDRED = {"unicode_confusables_to_ascii"}
HANDLERS = [
    "<a href='/' {0}='alert(1)'>x</a>", "<a href=x\t{0}\n=alert(1)>", '[x](/ "y" {0}=alert(1))',
    "<x {0}=alert(1) autofocus tabindex=1>",
]  # fmt: skip
AROUND = (
    "> - {0}\n\n[{0}](https://example.org/)\n\n[x]({0})\n\n![{0}]({0})\n\n"
    '[x](/ "{0}")\n\n`{0}`\n\n# {0}\n\n<{0}>\n\nhttps://example.org/{0}\n\n'
    "```{0}\n{0}\n```\n"
)
HOSTILE = (
    "<script>alert(1)</script><img src=x onerror=alert(1)><p onclick=x title=y lang=z>p</p>"
    "<a href='javascript:alert(1)'>a</a><!-- c --><svg><style><b title='</style><img src=x>'></svg>"
)


@cache
def everything_typed(name):
    if name in BY_THE_HUNDRED:
        characters = "".join(reading.payloads(name))
        return [characters[i : i + 100] for i in range(0, len(characters), 100)]
    if name == "event_handlers":
        return [shape.format(row["name"]) for row in reading.rows(name) for shape in HANDLERS]
    return [payload[:LONGEST] for payload in reading.payloads(name)]


@cache
def shown(typed):
    """Return what a page would show: a refusal shows the words in a form, escaped."""
    try:
        return text.render(typed, longest=40_000, own_address="https://handrail.example").html
    except text.TextRefused:
        return ""


def hypothesis_settings(count):
    return settings(max_examples=count, deadline=None, database=None, derandomize=True)


@pytest.mark.parametrize("name", reading.FILES)
def test_nothing_typed_puts_anything_on_a_page_that_is_not_allowed(name):
    for typed in everything_typed(name):
        assert not oracle.faults(shown(typed)), typed


@pytest.mark.parametrize("fence", FENCES)
@pytest.mark.parametrize("name", reading.FILES)
def test_each_fence_holds_alone_whatever_html_comes(name, fence):
    for typed in everything_typed(name):
        assert not oracle.faults(FENCES[fence](typed)), typed


@pytest.mark.parametrize("name", reading.FILES)
def test_the_second_fence_changes_nothing_that_the_first_let_through(name):
    for typed in everything_typed(name):
        once = fences.sanitize(typed)
        twice = fences.sanitize_again(once)
        if oracle.tree(once) != oracle.tree(twice):
            kept = oracle.tree(twice, with_addresses=False)
            assert oracle.tree(once, with_addresses=False) == kept, typed
            assert once.count("href=") > twice.count("href="), typed
        assert fences.clean(twice) == twice, typed


@pytest.mark.parametrize("name", [n for n in reading.FILES if "xss" in n or "event" in n])
def test_no_place_within_a_text_lets_anything_through(name):
    typed_here = everything_typed(name)[:: len(HANDLERS) if "event" in name else 1]
    for typed in typed_here:
        if name == "xss_markdown" or oracle.faults(typed):  # the rest are harmless tags
            assert not oracle.faults(shown(AROUND.replace("{0}", typed))), typed


@pytest.mark.parametrize("name", reading.FILES)
def test_cleaning_what_is_rendered_changes_nothing(name):
    for typed in everything_typed(name):
        html = shown(typed)
        assert fences.clean(html) == html, typed


@pytest.mark.parametrize(
    "html",
    [
        "<script>1</script>", "<img src=x>", "<p title=x>", "<a href=/>x</a>", "<!-- x -->",
        f"<a rel='{oracle.REL}' href='java\nscript:1'>", f"<p rel='{oracle.REL}'>", "<svg><p>",
        f"<a rel='{oracle.REL}' href='\x01 jAvascript&#58;1'>", "<math>", "<p style=x>",
        f"<a rel='{oracle.REL}' href='tel:112'>", "<p onclick=x>", "<h1>x</h1>", "<p lang=en>",
    ],
)  # fmt: skip
def test_the_oracle_catches_what_is_planted(html):
    assert oracle.faults(html)


def test_the_list_is_the_one_the_oracle_knows():
    assert oracle.TAGS == allowed.TAGS
    assert oracle.SCHEMES == allowed.PROTOCOLS
    assert oracle.REL == allowed.REL


class TestBothFencesStandInTheWay:
    """The markdown step is made to say hostile HTML, as after a hole in it; then fences fall."""

    @pytest.fixture(autouse=True)
    def _a_hole_in_the_markdown(self, monkeypatch):
        monkeypatch.setattr(markdown, "to_html", lambda source, **_: source)

    def rendered(self):
        return oracle.faults(text.render(HOSTILE).html)

    def test_together_they_hold(self):
        assert not self.rendered()

    def test_the_second_holds_when_the_first_has_fallen(self, monkeypatch):
        monkeypatch.setattr(fences, "sanitize", lambda html: html)
        assert not self.rendered()

    def test_the_first_holds_when_the_second_has_fallen(self, monkeypatch):
        monkeypatch.setattr(fences, "sanitize_again", lambda html: html)
        assert not self.rendered()

    def test_without_both_it_is_seen(self, monkeypatch):
        monkeypatch.setattr(fences, "sanitize", lambda html: html)
        monkeypatch.setattr(fences, "sanitize_again", lambda html: html)
        assert {"<script>", "<img>", "p.onclick", "Comment"} <= set(self.rendered())

    def test_a_text_goes_through_the_first_and_then_the_second(self, monkeypatch):
        passed = []

        def note(name, fence):
            return lambda html: passed.append(name) or fence(html)

        for name in ("sanitize", "sanitize_again"):
            monkeypatch.setattr(fences, name, note(name, getattr(fences, name)))
        text.render("Hello")
        assert passed == ["sanitize", "sanitize_again"]

    def test_each_is_a_fence_of_its_own(self, monkeypatch):
        monkeypatch.setattr(fences.nh3, "clean", lambda html, **_: html)
        assert not oracle.faults(fences.sanitize(HOSTILE))
        monkeypatch.undo()
        monkeypatch.setattr(fences.bleach.Cleaner, "clean", lambda _self, html: html)
        assert not oracle.faults(fences.sanitize_again(HOSTILE))


FRAGMENTS = st.sampled_from(
    [
        *(f"<{tag}>" for tag in sorted(oracle.TAGS)), *(f"</{tag}>" for tag in sorted(oracle.TAGS)),
        "<table>", "<td>", "</table>", "<svg>", "</svg>", "<math>", "<mtext>", "<style>",
        "</style>", "<script>", "</script>", "<select>", "<option>", "<template>", "<noscript>",
        "<textarea>",
        "</textarea>", "<title>", "</title>", "<xmp>", "<form>", "</form>", "<nobr>", "<font>",
        "<img src=x onerror=alert(1)>", "<a href='", "' onclick=x>", "<a href=javascript:1>",
        "<a href='java&Tab;script:1'>", "<a href='?a&copy=1&amp;lt;'>",
        "<p title=\"", "\">", "<!--",
        "-->", "<![CDATA[", "]]>", "<?", "&lt;", "&amp;lt;", "&#x202e;", "&#0;", "&nbsp;", "&", "<",
        "\n", "\n\n", " ", "\t", "\r", "\x00", "a", "é", "`", "```\n", "> ", "- ", "1. ", "# ", "*",
        "**", "_", "~~", "[", "](", ")", "![", "](javascript:1)", "](https://a.example/)", "\\",
        "https://b.example/x", "mailto:c@d.example", "@name", "<https://e.example>", "---\n",
    ]
)  # fmt: skip
ANYTHING = st.lists(FRAGMENTS | st.text(max_size=3), max_size=14).map("".join)


@hypothesis_settings(200)
@given(ANYTHING)
def test_any_html_is_clean_after_each_fence_and_settled_after_both(html):
    once = fences.sanitize(html)
    both = fences.sanitize_again(once)
    assert not oracle.faults(once)
    assert not oracle.faults(fences.sanitize_again(html))
    assert not oracle.faults(both)
    assert fences.clean(both) == both
    assert oracle.tree(once, with_addresses=False) == oracle.tree(both, with_addresses=False)
    text.plain(both)


@hypothesis_settings(150)
@given(ANYTHING)
def test_any_text_renders_to_what_is_allowed_and_again_to_the_same(typed):
    try:
        rendered = text.render(typed)
    except text.TextRefused:
        return
    assert not oracle.faults(rendered.html)
    assert fences.clean(rendered.html) == rendered.html
    assert text.render(rendered.source) == rendered
    text.plain(rendered.html)


def test_the_preview_is_what_is_saved():
    typed = "Hello *you*\n> said [this](https://example.org)"
    assert text.render(typed) == text.render(typed) == rendering.render(typed)
