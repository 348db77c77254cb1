"""What a browser would make of HTML: an oracle that shares nothing with the code it judges."""

import re
from functools import cache

import html5lib

HTML = "http://www.w3.org/1999/xhtml"
TAGS = set(
    "p br strong em del blockquote ul ol li code pre a h3 h4 hr details summary".split()  # noqa: SIM905
)
REL = "nofollow ugc noopener noreferrer"
SCHEMES = {"http", "https", "mailto"}


@cache
def faults(html: str) -> tuple[str, ...]:
    """Return every node, attribute and address that may not be there."""
    walker = html5lib.getTreeWalker("etree")
    return tuple(fault for token in walker(_parsed(html)) for fault in _faults_of(token))


@cache
def tree(html: str, *, with_addresses: bool = True) -> list[tuple]:
    """Return HTML as a parser sees it, to compare two texts by what they mean."""
    nodes: list[tuple] = []
    for token in html5lib.getTreeWalker("etree")(_parsed(html)):
        if token["type"] in {"Characters", "SpaceCharacters"}:
            if nodes and nodes[-1][0] == "words":
                nodes[-1] = ("words", nodes[-1][1] + token["data"])
            else:
                nodes.append(("words", token["data"]))
        else:
            attributes = {
                name: value
                for (_, name), value in (token.get("data") or {}).items()
                if with_addresses or name != "href"
            }
            nodes.append((token["type"], token.get("name"), sorted(attributes.items())))
    return nodes


def scheme(address: str) -> str:
    """Return the scheme that the URL parser of the WHATWG finds; "" when it is relative."""
    trimmed = address.strip("".join(map(chr, range(0x21))))
    joined = trimmed.translate({ord(c): None for c in "\t\n\r"})
    found = re.match(r"([A-Za-z][A-Za-z0-9+\-.]*):", joined)
    return found[1].lower() if found else ""


def _parsed(html: str):
    return html5lib.parseFragment(html, treebuilder="etree")


def _faults_of(token):
    if token["type"] in {"Comment", "Doctype"}:
        yield token["type"]
    if token["type"] not in {"StartTag", "EmptyTag"}:
        return
    if token["name"] not in TAGS or token["namespace"] != HTML:
        yield f"<{token['name']}>"
    for (_, name), value in token["data"].items():
        if token["name"] != "a" or name not in {"href", "rel"}:
            yield f"{token['name']}.{name}"
        elif name == "href" and scheme(value) not in SCHEMES | {""}:
            yield f"href={value!r}"
    if token["name"] == "a" and token["data"].get((None, "rel")) != REL:
        yield "a link without rel"
