"""What the Markdown parser found, turned into what we show."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from app.core.text import links
from app.core.text.normalise import has_something_to_see

_HEADINGS = {"h1": "h3", "h2": "h4", "h3": "h4", "h4": "h4", "h5": "h4", "h6": "h4"}


def as_shown(state: StateCore) -> None:
    """Fit headings below the page's own, make links of pictures, say where links lead."""
    for token in state.tokens:
        token.tag = _HEADINGS.get(token.tag, token.tag)
        token.block = False  # no line ends between blocks: each costs the first fence a step
        if token.children:
            found = _pictures_as_links(token.children)
            token.children = list(_links_told(found, state.env))


def _written_text(_renderer: Any, tokens: Sequence[Token], at: int, *_: Any) -> str:
    return _escaped(tokens[at].content)


def _code(_renderer: Any, tokens: Sequence[Token], at: int, *_: Any) -> str:
    return f"<code>{_escaped(tokens[at].content)}</code>"


def _block_of_code(_renderer: Any, tokens: Sequence[Token], at: int, *_: Any) -> str:
    return f"<pre><code>{_escaped(tokens[at].content)}</code></pre>"


def _line_break(*_: Any) -> str:
    return "<br>"


def _escaped(words: str) -> str:
    """Escape what could begin a tag or a character's name; each costs the fences a step."""
    return words.replace("&", "&amp;").replace("<", "&lt;")


def _pictures_as_links(tokens: Iterable[Token]) -> Iterator[Token]:
    for token in tokens:
        if token.type == "image":
            yield Token("link_open", "a", 1, attrs={"href": token.attrs["src"]})
            yield _text(_words(token.children or []))
            yield Token("link_close", "a", -1)
        else:
            token.tag = "del" if token.tag == "s" else token.tag
            yield token


def _links_told(tokens: Iterable[Token], env: Any) -> Iterator[Token]:
    """Say after each link where it leads. Of a link within a link only the words are left."""
    outer, inside, depth = Token("", "", 0), list[Token](), 0
    for token in tokens:
        if token.type == "link_open":
            depth += 1
            outer, inside = (token, []) if depth == 1 else (outer, inside)
        elif token.type == "link_close":
            depth -= 1
            if depth == 0:
                yield from _link_told(outer, inside, env)
        elif depth:
            inside.append(token)
        else:
            yield token


def _link_told(link: Token, inside: list[Token], env: Any) -> Iterator[Token]:
    env["effort"].spend(2)
    address = str(link.attrs["href"])
    if not has_something_to_see(_words(inside)):
        inside = [_text(address)]
    if links.destination(address) is None:
        yield from inside
        return
    yield from (link, *inside, Token("link_close", "a", -1))
    note = links.note(address, _words(inside), env["own_host"])
    if note:
        yield _text(" ")
        yield from _strong(note.words) if note.warns else [_text(note.words)]


def _strong(words: str) -> Iterator[Token]:
    yield Token("strong_open", "strong", 1)
    yield _text(words)
    yield Token("strong_close", "strong", -1)


def _text(words: str) -> Token:
    return Token("text", "", 0, content=words)


def _words(tokens: Iterable[Token]) -> str:
    return "".join(
        " " if token.type in {"softbreak", "hardbreak"}
        else token.content or _words(token.children or [])
        for token in tokens
    )  # fmt: skip


# How each kind of token is written, where that is not the library's way.
WRITTEN = {
    "text": _written_text,
    "code_inline": _code,
    "fence": _block_of_code,
    "softbreak": _line_break,
    "hardbreak": _line_break,
}
