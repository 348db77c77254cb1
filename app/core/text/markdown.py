"""Markdown as members use it: CommonMark with links, strikethrough and line breaks as typed.

Plain text simply works, so what surprises people who never heard of Markdown is left out:

- a line under a paragraph makes no heading, and an indent no block of code
- "1986. What a year" stays as typed: lists begin at 1, or their number would change
- "[Update]: better" stays in sight: nothing is defined out of sight
- words right under a quote are the writer's own; CommonMark would hand them to whoever is quoted
- whatever is nested too deep is shown as typed; the parser would leave it out

HTML is text. Pictures become links. `#` and `##` become h3 and h4, below the page's own headings.
"""

import threading
from typing import cast

from markdown_it import MarkdownIt

from app.core.text import block_rules, inline_rules, links, shown
from app.core.text.effort import Effort

_DEEPEST = 20  # quotes and lists in each other, and marks within a line

_of_this_thread = threading.local()


def to_html(source: str, *, own_host: str, effort: Effort) -> str:
    """Return the HTML of a Markdown text. Raises TooMuchWork when the effort is spent."""
    html: str = _parser().render(source, {"own_host": own_host, "effort": effort})
    return html


class _Parser(MarkdownIt):
    """The library's parser, with our rules about addresses. The names of methods are its own."""

    def validateLink(self, url: str) -> bool:  # noqa: N802
        return links.destination(url) is not None

    def normalizeLink(self, url: str) -> str:  # noqa: N802
        """Encode what an address cannot hold. Most need nothing, and finding that out is slow."""
        return url if links.is_plain(url) else super().normalizeLink(url)

    def normalizeLinkText(self, link: str) -> str:  # noqa: N802
        """Show an address as it was typed: decoded, it could turn the text around."""
        return link


def _parser() -> MarkdownIt:
    """Return this thread's parser, so that no two texts ever meet in one."""
    if not hasattr(_of_this_thread, "parser"):
        _of_this_thread.parser = _new_parser()
    return cast(MarkdownIt, _of_this_thread.parser)


def _new_parser() -> MarkdownIt:
    options = {"html": False, "breaks": True, "xhtmlOut": False, "maxNesting": _DEEPEST}
    parser = _Parser("commonmark", options)
    parser.enable("strikethrough")
    parser.disable(["code", "html_block", "html_inline", "lheading", "reference"])

    block = parser.block.ruler
    block.at("blockquote", block_rules.quote, {"alt": ["paragraph", "blockquote", "list"]})
    block.at("list", block_rules.numbered_as_typed, {"alt": ["paragraph", "blockquote"]})
    block.after("blockquote", "own_words", block_rules.own_words, {"alt": ["blockquote"]})
    block.before("fence", "count_line", block_rules.count_line, {"alt": ["paragraph", "list"]})

    inline = parser.inline.ruler
    inline.at("text", inline_rules.words)
    inline.after("text", "count_sign", inline_rules.count_sign)
    inline.after("count_sign", "mention", inline_rules.mention)
    inline.after("mention", "bare_address", inline_rules.bare_address)

    parser.core.ruler.push("as_shown", shown.as_shown)
    for kind, write in shown.WRITTEN.items():
        parser.add_render_rule(kind, write)
    return parser
