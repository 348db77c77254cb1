"""Judge every page, as everybody: python -m tests.looks.audit [--quick] [--roles a,b].

axe-core in a light and a dark room and with high contrast, as wide as a small phone, a tablet
and a desk; nothing may stick out of the page; html-validate reads every page's source.
"""

import argparse
import json
import os
import re
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path
from urllib.parse import urlsplit

from tests.guards.crawl import links_of
from tests.looks.people import chromium, cookies_of
from tests.looks.place import demo_place

# Whoever sees most of a page comes first: looked at once, it is looked at as theirs.
ROLES = (
    "member", "moderator", "organiser", None, "facilitator", "curator", "newcomer", "insider",
    "unconfirmed", "suspended",
)  # fmt: skip
ROOMS = (
    {"color_scheme": "light", "contrast": "no-preference"},
    {"color_scheme": "dark", "contrast": "no-preference"},
    {"color_scheme": "light", "contrast": "more"},
)
WIDTHS = (320, 768, 1280)
MOST_PAGES = 1500  # asked for one role; more would be a circle

# What the standard says, and nothing about taste.
RULES = {
    "extends": ["html-validate:standard", "html-validate:a11y"],
    "rules": {
        "no-inline-style": "error",
        "no-dup-id": "error",
        "heading-level": "error",
        "unique-landmark": "error",
        # A button of a form of its own says so by being in it (HTML, 4.10.6: submit by default).
        "no-implicit-button-type": "off",
        "long-title": "off",  # a thread is named by its author
        "no-redundant-role": "error",
    },
}


def main(arguments):
    asked = _asked(arguments)
    named = asked.roles.split(",") if asked.roles else ROLES
    roles = [None if role == "visitor" else role for role in named]
    found, looked_at, seen = Counter(), 0, set()
    with (
        tempfile.TemporaryDirectory() as sources, demo_place() as address, chromium() as browser,
    ):  # fmt: skip
        for role in roles:
            auditor = Auditor(browser, address, role)
            for kind, path in sorted(auditor.pages().items()):
                if asked.quick and kind in seen:
                    continue
                seen.add(kind)
                found.update(auditor.judge(kind, path, Path(sources)))
                looked_at += 1
            auditor.close()
            print(f"{role or 'visitor'}: done, {looked_at} pages so far", flush=True)
        found.update(_read_sources(Path(sources)))
    for problem, times in sorted(found.items()):
        print(f"{times:4} × {problem}")
    print(f"{looked_at} pages, {looked_at * len(ROOMS) * len(WIDTHS)} looks, {len(found)} problems")
    return 1 if found else 0


class Auditor:
    """One person walking through all that they can reach."""

    def __init__(self, browser, address, role):
        self.role = role or "visitor"
        self.address = address
        self.context = browser.new_context(base_url=address)
        self.context.add_cookies(cookies_of(browser, address, role))
        self.axe = Path(os.environ["HANDRAIL_AXE"]).read_text()

    def pages(self):
        """Return {kind of page: one address of it}, found by following links."""
        kinds, seen, waiting = {}, set(), ["/", "/help-now", "/boards", "/nowhere", "/patterns"]
        while waiting and len(seen) < MOST_PAGES:
            path = waiting.pop()
            kind = kind_of(path)
            if path in seen or kind in kinds:
                continue
            seen.add(path)
            answer = self.context.request.get(path)
            landed = urlsplit(answer.url)
            if "text/html" not in answer.headers.get("content-type", ""):
                continue
            if answer.url.startswith(self.address):
                kinds[kind] = path
                kinds.setdefault(kind_of(landed.path), path)
                waiting += links_of(answer.text()) - seen
        return kinds

    def judge(self, kind, path, sources):
        """Yield what is wrong with a page, each time it is."""
        page = self.context.new_page()
        said = []
        page.on("pageerror", lambda error: said.append(f"script: {error}"))
        page.on("console", lambda each: said.append(each.text) if _is_wrong(each) else None)
        source = page.goto(path).text()
        (sources / f"{self.role}{re.sub(r'[^a-z0-9]+', '-', kind)}.html").write_text(source)
        page.evaluate(self.axe)
        for room in ROOMS:
            # Still: a colour on its way from one room to the other is no colour of ours.
            page.emulate_media(reduced_motion="reduce", **room)
            for width in WIDTHS:
                page.set_viewport_size({"width": width, "height": 800})
                yield from self._judge_as_it_stands(page, kind, width)
        yield from (f"{kind} ({self.role}): {words}" for words in said)
        page.close()

    def _judge_as_it_stands(self, page, kind, width):
        found = page.evaluate("axe.run({resultTypes: ['violations']})")["violations"]
        for rule in found:
            yield f"{kind} ({self.role}): {rule['id']}: {rule['nodes'][0]['html'][:120]}"
        if page.evaluate("document.scrollingElement.scrollWidth > innerWidth"):
            yield f"{kind} ({self.role}): something sticks out at {width} px"

    def close(self):
        self.context.close()


def kind_of(path):
    """Return what kind of page an address leads to: its numbers and names left out."""
    parts = urlsplit(path)
    kind = re.sub(r"/\d+(-[^/]*)?", "/N", parts.path)
    kind = re.sub(r"^/(boards|tags)/(?!waiting)[^/]+", r"/\1/X", kind)
    kind = re.sub(r"^/(confirm|reset|unsubscribe)/[^/]+", r"/\1/X", kind)
    asked = sorted({re.sub(r"=\d.*", "=N", each) for each in parts.query.split("&") if each})
    asked = [each for each in asked if not each.startswith(("next=", "country="))]
    return kind + ("?" + "&".join(asked) if asked else "")


def _read_sources(folder):
    """Yield what html-validate says of the pages, by the page it says it of."""
    rules = folder / "rules.json"
    rules.write_text(json.dumps({"root": True, **RULES}))
    read = subprocess.run(
        ["node", os.environ["HANDRAIL_HTML_VALIDATE"], "--config", rules, "--formatter", "json",
         *sorted(folder.glob("*.html"))],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    if not read.stdout:
        yield f"html-validate did not read the pages: {read.stderr[:300]}"
    for page in json.loads(read.stdout or "[]"):
        for message in page["messages"]:
            name = Path(page["filePath"]).stem
            yield f"{name}: {message['ruleId']}: {message['message']} ({message['selector']})"


def _is_wrong(said):
    refused = "the server responded with a status of 4"  # absent and refused pages are pages too
    return said.type in {"error", "warning"} and refused not in said.text


def _asked(arguments):
    parser = argparse.ArgumentParser(prog="python3 dev.py audit", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="each kind of page once")
    parser.add_argument("--roles", default="", help="visitor, member, moderator, …")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
