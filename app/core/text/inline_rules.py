"""What our Markdown finds in a line beyond CommonMark: members' names and bare addresses.

The signature of a rule, and what `silent` means, are markdown-it's.
"""

import re

from markdown_it.rules_inline import StateInline

from app.core.text.links import LONGEST_ADDRESS

# Where anything but words may begin. The parser's own list has twice as many signs, so that
# rows of - = # are tried against every rule, sign by sign.
_SIGN = re.compile(r"[\n\\`*_\[\]~!<&@:]")
_FURTHER = {
    "~": re.compile("~"),
    "!": re.compile(r"\["),
    "<": re.compile(r"[^\s<>]"),
    "&": re.compile(r"[#a-z]", re.IGNORECASE),
    "@": re.compile(r"\w"),
    ":": re.compile(r"\S"),
}
_RUN = re.compile(r"\*+|_+|~+")
# What a sign costs, measured: most are tried against few rules. A run costs one for each mark.
_STEPS = {"@": 0.3, "]": 0.3, "\\": 0.3, "&": 0.4, "<": 0.5, "\n": 0.5, ":": 2}

_NAME = re.compile(r"@[\w.-]{2,23}[^\W_]")  # 3 to 24 of letters, digits, . _ -

_SCHEME = re.compile(r"(?<![^\W_])(?:https?|mailto)\Z", re.IGNORECASE)
_LONGEST_SCHEME = len("mailto")
_NEVER_IN_AN_ADDRESS = r"\s<>\"\\“”„«»、。，；：！？（）「」【】"
_ADDRESS = re.compile(rf"\w+:[^{_NEVER_IN_AN_ADDRESS}]{{1,{LONGEST_ADDRESS}}}")
_SHAPE = re.compile(
    r"https?://[\w.-]+(?::\d+)?(?:[/?#].*)?|mailto:[^@]+@[\w.-]+(?:\?.*)?",
    re.IGNORECASE | re.DOTALL,
)

# At the end of an address these belong to the sentence around it.
_SIGNS = frozenset("?!.,:;*_~'`‘’‹›…")
_BRACKETS = {")": "(", "]": "["}


def words(state: StateInline, silent: bool) -> bool:
    """Take all words up to the next sign that may mean something."""
    end = _next_sign(state)
    if end == state.pos:
        return False
    if not silent:
        state.pending += state.src[state.pos : end]
    state.pos = end
    return True


def count_sign(state: StateInline, silent: bool) -> bool:
    """Count the sign the words stopped at."""
    run = _RUN.match(state.src, state.pos, state.posMax)
    steps = run.end() - state.pos if run else _STEPS.get(state.src[state.pos], 1)
    state.env["effort"].spend(steps)
    return False


def mention(state: StateInline, silent: bool) -> bool:
    """Keep the marks in a member's name from being read as emphasis: @_anna_"""
    name = _NAME.match(state.src, state.pos, state.posMax)
    if name is None or (state.pos and state.src[state.pos - 1].isalnum()):
        return False
    if not silent:
        state.pending += name[0]
    state.pos = name.end()
    return True


def bare_address(state: StateInline, silent: bool) -> bool:
    """Make a link of an address typed with its http://, https:// or mailto:.

    Where it ends is decided much as in the extended autolinks of GitHub Flavored Markdown.
    """
    if silent or state.linkLevel or state.src[state.pos] != ":":
        return False
    address = _address_around(state)
    href = state.md.normalizeLink(address) if address else ""
    if not state.md.validateLink(href):
        return False
    scheme = address.partition(":")[0]
    state.pending = state.pending.removesuffix(scheme)
    state.push("link_open", "a", 1).attrs = {"href": href}
    state.push("text", "", 0).content = address
    state.push("link_close", "a", -1)
    state.pos += len(address) - len(scheme)
    return True


def _next_sign(state: StateInline) -> int:
    for sign in _SIGN.finditer(state.src, state.pos, state.posMax):
        further = _FURTHER.get(sign[0])
        if further is None or further.match(state.src, sign.end()):
            return sign.start()
    return state.posMax


def _address_around(state: StateInline) -> str:
    """Return the address whose first colon is here, or ""."""
    colon = state.pos
    scheme = _SCHEME.search(state.src[max(0, colon - _LONGEST_SCHEME - 1) : colon])
    if scheme is None or not state.pending.endswith(scheme[0]):
        return ""
    typed = _ADDRESS.match(state.src, colon - len(scheme[0]), state.posMax)
    if typed is None or len(typed[0]) > LONGEST_ADDRESS:
        return ""
    address = _without_signs_of_the_sentence(typed[0])
    return address if _SHAPE.fullmatch(address) else ""


def _without_signs_of_the_sentence(address: str) -> str:
    """Cut off full stops, quotation marks, and brackets that were opened before the address."""
    spare = {close: address.count(close) - address.count(opening)
             for close, opening in _BRACKETS.items()}  # fmt: skip
    end = len(address)
    while end and (address[end - 1] in _SIGNS or spare.get(address[end - 1], 0) > 0):
        end -= 1
        if address[end] in spare:
            spare[address[end]] -= 1
    return address[:end]
