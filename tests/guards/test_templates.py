"""Templates sit where their view says, speak through gettext, and carry nothing inline."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
TEMPLATES = ROOT / "templates"
FOUND = sorted(TEMPLATES.rglob("*.html"))
SHARED = {"layouts", "components"}
PAGES = [p for p in FOUND if p.parent.name not in SHARED and not p.name.startswith("_")]
LONGEST = 80

RENDERED = re.compile(r'render_template\(\s*"([^"]+)"')
NAMED = re.compile(r'"([\w/]+\.html)"')
MENTIONED = re.compile(r'{%-?\s*(?:extends|include|from|import)\s+"([^"]+)"')
ASKS = re.compile(r"\b(current_user|request|session|g|can|actor)\b[.(]")
INLINE = re.compile(
    r"\|\s*safe\b|\son\w+\s*=|\sstyle\s*=|javascript:|<style|<script(?![^>]*\ssrc=)"
)

REMARK = re.compile(r"{#.*?#}", re.DOTALL)
KIND_OF_PAGE = re.compile(r"{% block page_kind %}[\w-]*{% endblock %}")  # a class, not a word
TRANSLATED = re.compile(r"{%-?\s*trans\b.*?{%-?\s*endtrans\s*-?%}", re.DOTALL)
CODE = re.compile(r"{{.*?}}|{%.*?%}", re.DOTALL)
TAG = re.compile(r"<[^>]*>")
SPOKEN = re.compile(r'\s(?:title|aria-label|alt|placeholder|label)="([^"]*)"')
BARE_WORD = re.compile(r"[^\W\d_]{2,}")
POSTED = re.compile(r'<form\b[^>]*method="post".*?</form>', re.DOTALL)


def each(paths):
    return pytest.mark.parametrize("path", paths, ids=lambda p: str(p.relative_to(TEMPLATES)))


def views():
    return [*ROOT.glob("app/*/views.py"), *ROOT.glob("app/*/views/*.py")]


def source(path):
    return REMARK.sub("", path.read_text())


def test_views_render_from_their_own_folder():
    for path in views():
        feature = path.relative_to(ROOT / "app").parts[0]
        for name in RENDERED.findall(path.read_text()):
            assert name.startswith(f"{feature}/"), f"{path} renders {name}"
            assert (TEMPLATES / name).exists(), f"{path} renders {name}"
            assert re.search(rf"def _?{Path(name).stem}\(", path.read_text()), f"{name} has no view"


def test_no_template_is_orphaned():
    used = {name for p in ROOT.glob("app/**/*.py") for name in NAMED.findall(p.read_text())}
    used |= {name for p in FOUND for name in MENTIONED.findall(source(p))}
    assert {p.relative_to(TEMPLATES).as_posix() for p in FOUND} == used


@each(FOUND)
def test_a_template_can_be_read_in_one_go(path):
    assert len(path.read_text().splitlines()) <= LONGEST


@each([p for p in FOUND if p.parent.name == "components"])
def test_components_ask_nothing_of_the_page(path):
    assert not ASKS.search(source(path))


@each(FOUND)
def test_no_template_escapes_escaping_or_carries_inline_script_or_style(path):
    assert not INLINE.search(source(path))


@each(PAGES)
def test_a_page_has_one_heading_of_its_own_and_stands_in_a_layout(path):
    assert len(re.findall(r"<h1\b", source(path))) == 1
    assert re.search(r'{% extends "layouts/(base|plain)\.html" %}', source(path))


@each([*TEMPLATES.glob("errors/*.html"), TEMPLATES / "layouts/plain.html"])
def test_a_page_for_bad_moments_asks_nothing_of_session_or_database(path):
    assert not ASKS.search(source(path))
    assert '"layouts/base.html"' not in source(path)


@each(FOUND)
def test_what_people_read_goes_through_gettext(path):
    text = CODE.sub("", TRANSLATED.sub("", KIND_OF_PAGE.sub("", source(path))))
    shown = [TAG.sub("", text), *SPOKEN.findall(text)]
    assert not BARE_WORD.findall(" ".join(shown))


@each(FOUND)
def test_every_form_that_posts_carries_its_hidden_inputs(path):
    for form in POSTED.findall(source(path)):
        # Leaving needs no token: a page so old that its token died must still let people go.
        assert "hidden" in form or 'action="/leave"' in form
