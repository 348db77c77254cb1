"""Rendered text where there is no site around it: mail, feeds, snippets, exports."""

import re
from html.parser import HTMLParser
from urllib.parse import unquote

from markupsafe import Markup, escape

from app.core.text import links

_BLOCKS = frozenset({"p", "h3", "h4", "pre", "hr", "blockquote", "details", "summary"})
_LISTS = frozenset({"ul", "ol"})
_SPACES = re.compile(r"[ \t\n]+")
# Where one line of words ends and another begins, though nothing stands between the tags.
_LINE_ENDS = re.compile(r"<(?:br|hr|/p|/h[34]|/pre|/li|/blockquote|/summary|[uo]l|blockquote)>")


def plain(html: str, *, own_address: str | None = None) -> str:
    """Return rendered text as plain text that reads well: "a link (https://its.address)"."""
    reader = _Reader(links.own_address() if own_address is None else own_address)
    reader.feed(html)
    reader.close()
    return "".join(reader.written)


def shown_words(html: str) -> str:
    """Return the words of rendered text on one line, as somebody selects them on the page."""
    words: str = Markup(_LINE_ENDS.sub(r"\g<0> ", str(html))).striptags()  # noqa: S704 - never shown
    return " ".join(words.split())


def with_whole_addresses(html: Markup, *, own_address: str | None = None) -> Markup:
    """Return rendered text whose links within the site work outside it."""
    site = links.own_address() if own_address is None else own_address
    whole = f'<a href="{escape(site)}/'
    return Markup(str(html).replace('<a href="/', whole))  # noqa: S704 - still what render() made


class _Reader(HTMLParser):
    """Write down what it reads. It is given only what came through both fences."""

    def __init__(self, own_address: str) -> None:
        super().__init__(convert_charrefs=True)
        self.own_address = own_address
        self.written: list[str] = []
        self.margins: list[list[str]] = []  # of quotes and items: [on the next line, on others]
        self.margins_between = 0  # how many of them all lines since the last words share
        self.numbers: list[int] = []  # of lists: the next item's, below 0 for bullets
        self.lines_owed = 0
        self.owes_space = False
        self.is_verbatim = False
        self.link, self.link_begins, self.note_said = "", 0, ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _BLOCKS:
            self._owe(2)
        if tag in _LISTS:
            self._owe(1 if self.numbers else 2)
            self.numbers.append(1 if tag == "ol" else -1)
        start = getattr(self, f"start_{tag}", None)
        if start:
            start(dict(attrs))

    def handle_endtag(self, tag: str) -> None:
        end = getattr(self, f"end_{tag}", None)
        if end:
            end()
        if tag in _LISTS:
            self.numbers.pop()
        if tag in _BLOCKS or (tag in _LISTS and not self.numbers):
            self._owe(2)

    def handle_data(self, data: str) -> None:
        # The address stands there already; its host would only say it twice.
        data, self.note_said = data.removeprefix(self.note_said), ""
        for number, line in enumerate(data.removesuffix("\n").split("\n")):
            if not self.is_verbatim:
                self._say(_SPACES.sub(" ", data))
                break
            self.lines_owed += bool(number)
            self._write(line)

    def start_br(self, _attrs: dict[str, str | None]) -> None:
        self.lines_owed += 1

    def start_hr(self, _attrs: dict[str, str | None]) -> None:
        self._write("---")
        self._owe(2)

    def start_blockquote(self, _attrs: dict[str, str | None]) -> None:
        self.margins.append(["> ", "> "])

    def end_blockquote(self) -> None:
        self._leave_margin()

    def start_li(self, _attrs: dict[str, str | None]) -> None:
        self._owe(1)
        number = self.numbers[-1] if self.numbers else -1
        marker = f"{number}. " if number > 0 else "- "
        if number > 0:
            self.numbers[-1] += 1
        self.margins.append([marker, " " * len(marker)])

    def end_li(self) -> None:
        self._leave_margin()

    def start_pre(self, _attrs: dict[str, str | None]) -> None:
        self.is_verbatim = True

    def end_pre(self) -> None:
        self.is_verbatim = False

    def start_del(self, _attrs: dict[str, str | None]) -> None:
        self._say("~~")  # words someone took back must not read as if they stood by them

    def end_del(self) -> None:
        self._say("~~")

    def start_a(self, attrs: dict[str, str | None]) -> None:
        self.link, self.link_begins = attrs.get("href") or "", len(self.written)

    def end_a(self) -> None:
        words = "".join(self.written[self.link_begins :]).strip()
        leads_to = links.destination(self.link)
        address = self._address()
        if leads_to and address and words not in {address, unquote(address)}:
            self._write(f" ({address})")
            self.note_said = f" ({leads_to.shown})"

    def _address(self) -> str:
        """Return the link's address as one would type it; "" for a place on the same page."""
        if self.link.startswith("/"):
            return self.own_address + self.link
        if self.link.startswith("mailto:"):
            return self.link.removeprefix("mailto:").partition("?")[0]
        return "" if self.link.startswith(("#", "?")) else self.link

    def _leave_margin(self) -> None:
        self.margins.pop()
        self.margins_between = min(self.margins_between, len(self.margins))

    def _owe(self, lines: int) -> None:
        self.lines_owed = max(self.lines_owed, lines)

    def _say(self, words: str) -> None:
        """Write words of running text, with one space where there were any."""
        self.owes_space |= words.startswith(" ")
        said = words.strip(" ")
        if said:
            is_new_line = self.lines_owed or not self.written
            self._write(f" {said}" if self.owes_space and not is_new_line else said)
            self.owes_space = False
        self.owes_space |= words.endswith(" ")

    def _write(self, words: str) -> None:
        if not words:
            return
        if self.lines_owed or not self.written:
            shared = "".join(rest for _, rest in self.margins[: self.margins_between])
            blank_lines = f"\n{shared.rstrip()}" * (self.lines_owed - 1)
            self.written.append(f"{blank_lines}\n" if self.written else "")
            self.written.extend(first for first, _ in self.margins)
            self.margins = [[rest, rest] for _, rest in self.margins]
            self.lines_owed = 0
        self.margins_between = len(self.margins)
        self.written.append(words)
