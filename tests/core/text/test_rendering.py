"""What members type, and what they see."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from app.core import text
from app.core.errors import RuleBroken
from app.core.text import markdown, rendering
from tests.core.text import oracle
from tests.corpora import reading


def html(typed):
    """Return what is shown, without the rel that every link has."""
    rendered = text.render(typed, own_address="https://handrail.example")
    return str(rendered.html).replace(f' rel="{oracle.REL}"', "")


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("Hello\nyou & I", "<p>Hello<br>you &amp; I</p>"),
        ("one\n\ntwo", "<p>one</p><p>two</p>"),
        ("I <3 you, 2 > 1", "<p>I &lt;3 you, 2 &gt; 1</p>"),
        ("<b>not bold</b>", "<p>&lt;b&gt;not bold&lt;/b&gt;</p>"),
        ("*a* **b** ~~c~~ `d`",
         "<p><em>a</em> <strong>b</strong> <del>c</del> <code>d</code></p>"),
        ("# a\n## b\n###### c", "<h3>a</h3><h4>b</h4><h4>c</h4>"),
        ("- a\n- b", "<ul><li>a</li><li>b</li></ul>"),
        ("1. a\n2. b\n3. c", "<ol><li>a</li><li>b</li><li>c</li></ol>"),
        ("```js\na  <b>\n```", "<pre><code>a  &lt;b&gt;\n</code></pre>"),
        ("a\n\n***\n\nb", "<p>a</p><hr><p>b</p>"),
        ("| a |\n|---|\n| b |", "<p>| a |<br>|---|<br>| b |</p>"),
        ("", ""),
    ],
)  # fmt: skip
def test_what_is_typed_is_shown_so(typed, shown):
    assert html(typed) == shown


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("I am tired\n--\nAnna", "<p>I am tired<br>--<br>Anna</p>"),
        ("I am tired\n===", "<p>I am tired<br>===</p>"),
        ("    an indented line", "<p>an indented line</p>"),
        ("1986. What a year", "<p>1986. What a year</p>"),
        ("3. third\n4. fourth", "<p>3. third<br>4. fourth</p>"),
        ("[Update]: better", "<p>[Update]: better</p>"),
        ("[1]: https://nhs.uk", '<p>[1]: <a href="https://nhs.uk">https://nhs.uk</a></p>'),
        (">", "<p>&gt;</p>"),
        ("#", "<p>#</p>"),
        ("-\n+", "<p>-<br>+</p>"),
        ("a *lonely star", "<p>a *lonely star</p>"),
        ("C:\\path #tag 5*3*2=30", "<p>C:\\path #tag 5<em>3</em>2=30</p>"),
        ("snake_case_words", "<p>snake_case_words</p>"),
        ("&amp; &copy; &nope;", "<p>&amp; © &amp;nope;</p>"),
    ],
)
def test_people_who_never_heard_of_markdown_are_not_surprised(typed, shown):
    assert html(typed) == shown


def test_words_right_under_a_quote_are_the_writers_own():
    assert html("> Anna: I sleep badly\nSo do I.") == (
        "<blockquote><p>Anna: I sleep badly</p></blockquote><p>So do I.</p>"
    )
    assert html("> > Bo\n> Anna\nI") == (
        "<blockquote><blockquote><p>Bo</p></blockquote><p>Anna</p></blockquote><p>I</p>"
    )
    assert html("- > Anna\n  I") == "<ul><li><blockquote><p>Anna</p></blockquote>I</li></ul>"


@pytest.mark.parametrize("sign", ["> ", "- ", "1. ", "> - ", "[", "*", "> 1. - "])
def test_nothing_is_lost_however_deep_it_lies(sign):
    assert "the words" in html(sign * 60 + "the words")


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("@_anna_ and @_bo_", "<p>@_anna_ and @_bo_</p>"),
        ("@a.b-c_d *hi*", "<p>@a.b-c_d <em>hi</em></p>"),
        ("**@anna**", "<p><strong>@anna</strong></p>"),
        ("me@example.org", "<p>me@example.org</p>"),
        ("@@@ @", "<p>@@@ @</p>"),
    ],
)
def test_a_members_name_stays_as_typed(typed, shown):
    assert html(typed) == shown


def test_a_picture_is_a_link():
    assert html("![my cat](https://example.org/c.png)") == (
        '<p><a href="https://example.org/c.png">my cat</a> (example.org)</p>'
    )
    assert html("![](/c.png)") == '<p><a href="/c.png">/c.png</a></p>'
    assert html("[![cat](https://a.example/c.png)](/boards/cats)") == (
        '<p><a href="/boards/cats">cat</a></p>'
    )


def test_what_cannot_be_seen_does_not_come_back_as_an_entity():
    rendered = text.render("a&#x202e;b&#8238;c&#x2066;d&#xfeff;e&#0;f&rlm;g")
    assert rendered.html == "<p>abcde\ufffdf\u200fg</p>"


def test_the_source_is_kept_as_typed_and_the_rules_are_noted():
    rendered = text.render("Hello *you*\r\n<b>")
    assert rendered.source == "Hello *you*\n<b>"
    assert rendered.version == text.RULES_VERSION


def test_a_title_is_one_line_without_markdown():
    title = text.render_title(" *Nights*\n\t<b> & \u202edays ")
    assert title.source == "*Nights* <b> & days"
    assert title.html == "*Nights* &lt;b&gt; &amp; days"
    assert text.render_title("\u200d\u3164").source == ""
    assert text.plain_line("a\u2028b\u00a0c") == "a b c"
    assert text.plain_line("x" * 120) == "x" * 120
    with pytest.raises(text.TextRefused, match="1 character too long"):
        text.render_title("x" * 121)


def test_no_example_of_commonmark_fails():
    if "commonmark_spec_examples" in reading.FILES:
        for typed in reading.payloads("commonmark_spec_examples"):
            text.render(typed)


class TestWhatCannotBeLaidOut:
    def test_it_is_refused_in_kind_words(self):
        with pytest.raises(text.TextRefused, match="Your words are safe"):
            text.render("*_" * 5_000)

    def test_a_refusal_is_a_broken_rule_and_a_wrong_value(self):
        # So it is shown beside a form, by a form's field, or as a page of its own.
        with pytest.raises(RuleBroken):
            text.render("x" * 10_001)
        assert issubclass(text.TextRefused, ValueError)

    def test_a_fault_of_ours_is_refused_too_and_the_log_does_not_tell_the_words(
        self, monkeypatch, caplog
    ):
        def broken(*_, **__):
            raise IndexError("a secret")

        monkeypatch.setattr(markdown, "to_html", broken)
        with pytest.raises(text.TextRefused, match="Your words are safe"):
            text.render("a secret")
        assert "IndexError" in caplog.text
        assert "a secret" not in caplog.text

    def test_what_would_grow_beyond_measure_is_refused(self, monkeypatch):
        monkeypatch.setattr(markdown, "to_html", lambda source, **_: "<p>" + "x" * 10_200)
        with pytest.raises(text.TextRefused):
            text.render("tiny")

    def test_what_takes_too_long_is_refused(self, monkeypatch):
        monkeypatch.setattr(rendering, "_SECONDS", -1)
        with pytest.raises(text.TextRefused):
            text.render("any *words*")


@pytest.mark.parametrize(
    "typed",
    [
        "\n".join(f"{n}. what I am glad of" for n in range(1, 420)),  # a list as long as a year
        "\n".join(f"- slept {n:03} minutes" for n in range(480)),
        "two or three words\n" * 520,  # a long poem
        "One paragraph.\n\n" * 360,
        "see https://example.org/some/page/of/the/site and go\n" * 180,
        '```\n{"mood": 3, "slept": [1, 2], "note": "<none>"}\n' * 1 + '{"mood": 3},\n' * 700,
        "=" * 80 + "\n" + "-" * 60 + "\n" + "!!!" * 1_000 + ":-) ;-) :'( <3 " * 200,
        "*a* **b** " * 100,
        "Ａ😀é" * 3_000,
    ],
)
def test_whatever_a_person_would_write_is_laid_out(typed):
    assert text.render(typed).html


def test_texts_rendered_at_the_same_moment_do_not_mix():
    texts = [f"**{n}** https://{n}.example [x](https://y{n}.example)\n" * 9 for n in range(15)]
    alone = [text.render(typed) for typed in texts]
    start = threading.Barrier(4)

    def render_all(_):
        start.wait()
        return [text.render(typed) for typed in texts]

    with ThreadPoolExecutor(4) as pool:
        assert all(together == alone for together in pool.map(render_all, range(4)))
