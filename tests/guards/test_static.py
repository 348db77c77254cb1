"""Sheets state their layer and keep to the tokens; modules stay small; nothing comes from afar."""

import base64
import gzip
import hashlib
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
STATIC = ROOT / "static"
SHEETS = sorted(STATIC.glob("css/**/*.css"))
MODULES = sorted(STATIC.glob("js/*.js"))
COMPONENTS = sorted(STATIC.glob("css/components/*.css"))
LONGEST_SHEET = 120
LONGEST_MODULE = 80
HEAVIEST_PAGE = 30_000  # bytes on the wire, all together: a first page on a slow line

REMARK = re.compile(r"/\*.*?\*/", re.DOTALL)
COLOUR = re.compile(r"#[0-9a-f]{3,8}\b|\b(?:rgb|hsl|oklch)a?\(")
PHYSICAL = re.compile(
    r"^\s*(?:(?:margin|padding|border|inset)-(?:left|right|top|bottom)"
    r"|(?:min-|max-)?(?:width|height)|left|right|top|bottom)\b[\w-]*:",
    re.MULTILINE,
)
AFAR = re.compile(r"https?://(?!www\.w3\.org/(?:1999|2000)/)|@import|url\(")
DEFINED = re.compile(r'customElements\.define\("([\w-]+)"')
USED = re.compile(r"<([a-z]+-[a-z-]+)\b")
TOKEN = re.compile(r"--([\w-]+): light-dark\((#\w+), (#\w+)\);")

PAPERS = ["paper", "paper-soft", "paper-field", "paper-held", "paper-problem", "paper-good"]
ENOUGH = {  # WCAG 2.2: 4.5 for text (1.4.3), 3 for edges and focus (1.4.11); 7 where one reads long
    "ink": 7, "ink-soft": 4.5, "accent": 4.5, "clay": 4.5, "red": 4.5, "amber": 3, "edge": 3,
    "focus": 3,
}  # fmt: skip
PAIRS = [(ink, paper, least) for ink, least in ENOUGH.items() for paper in PAPERS]
PAIRS += [("on-accent", "accent", 4.5), ("on-clay", "clay", 4.5), ("on-red", "red", 4.5)]


def each(paths):
    return pytest.mark.parametrize("path", paths, ids=lambda p: p.relative_to(STATIC).as_posix())


def templates():
    return "".join(path.read_text() for path in (ROOT / "templates").rglob("*.html"))


@each(SHEETS)
def test_a_sheet_states_its_layer_and_can_be_read_in_one_go(path):
    rules = REMARK.sub("", path.read_text()).strip()
    layer = path.stem if path.parent.name == "css" else path.parent.name
    assert rules.startswith(f"@layer {layer} {{" if layer != "layers" else "@layer reset, tokens,")
    assert len(path.read_text().splitlines()) <= LONGEST_SHEET


@each([p for p in SHEETS if p.stem != "tokens"])
def test_a_sheet_keeps_to_the_tokens_and_to_logical_sides(path):
    rules = REMARK.sub("", path.read_text())
    assert not COLOUR.findall(rules)
    assert not PHYSICAL.findall(rules)


@each(SHEETS)
def test_nothing_moves_for_people_who_asked_for_stillness(path):
    rules = path.read_text()
    if re.search(r"\b(transition|animation)[\w-]*:", rules):
        assert "prefers-reduced-motion: no-preference" in rules


@each([*SHEETS, *MODULES, *STATIC.glob("*.svg")])
def test_nothing_comes_from_afar(path):
    assert not AFAR.search(path.read_text())


def test_no_template_loads_anything_from_afar():
    assert not re.search(r'(?:src|href|action)="(?:https?:)?//', templates())


@each(MODULES)
def test_a_module_stays_small_and_is_joined_once(path):
    assert len(path.read_text().splitlines()) <= LONGEST_MODULE
    main = (STATIC / "js/main.js").read_text()
    assert path.stem == "main" or main.count(f'import "./{path.name}"') == 1


def test_custom_elements_are_defined_and_used():
    defined = {name for path in MODULES for name in DEFINED.findall(path.read_text())}
    assert defined == set(USED.findall(templates()))


@each(COMPONENTS)
def test_every_component_is_on_the_patterns_page(path, patterns):
    name = re.escape(path.stem)
    assert re.search(rf'<{name}\b|class="(?:[^"]* )?{name}(?:__[\w-]+|--[\w-]+)?[ "]', patterns)


def test_every_component_has_a_macro_and_every_macro_is_on_the_patterns_page():
    shown = "".join(p.read_text() for p in ROOT.glob("templates/pages/*patterns*.html"))
    shown += "".join(p.read_text() for p in ROOT.glob("templates/components/*.html"))
    for path in ROOT.glob("templates/components/*.html"):
        assert "{% macro " in path.read_text(), path
        assert f'"components/{path.name}"' in shown, path


def tokens_of(theme=""):
    """Return {name: (light, dark)} of the colours, as a theme leaves them."""
    plain, _, contrast = (STATIC / "css/tokens.css").read_text().partition('"contrast"')
    found = TOKEN.findall(plain) + (TOKEN.findall(contrast) if theme == "contrast" else [])
    return {name: pair for name, *pair in found}


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize(("theme", "times"), [("", 1), ("contrast", 1.5)])
def test_every_ink_can_be_read_on_every_paper(theme, times, scheme):
    """With high contrast 7:1 for all text and 4.5:1 for edges (WCAG 2.2, 1.4.6)."""
    colour = {name: pair[scheme] for name, pair in tokens_of(theme).items()}
    contrasts = {(i, p, least): _contrast(colour[i], colour[p]) for i, p, least in PAIRS}
    assert not {pair: found for pair, found in contrasts.items() if found < pair[2] * times}


def test_the_browser_s_own_bar_has_the_colour_of_ours():
    layout = (ROOT / "templates/layouts/plain.html").read_text()
    assert re.findall(r'name="theme-color" content="(#\w+)"', layout) == tokens_of()["paper-soft"]


def test_a_first_page_is_light_and_what_it_loads_is_what_it_names(app):
    client = app.test_client()
    page = client.get("/").text
    weight = len(gzip.compress(page.encode()))
    loaded = re.findall(r'(?:href|src)="([^"]+)" integrity="([^"]+)"', page)
    assert [address.rsplit("/")[-1] for address, _integrity in loaded] == ["site.css", "site.js"]
    for address, integrity in loaded:
        content = client.get(address).data
        digest = base64.b64encode(hashlib.sha384(content).digest()).decode()
        assert integrity == f"sha384-{digest}"
        weight += len(gzip.compress(content))
    assert weight <= HEAVIEST_PAGE


@pytest.fixture
def patterns(app):
    return app.test_client().get("/patterns").text


def _contrast(one, other):
    """Return the contrast ratio of two colours (WCAG 2.2, relative luminance)."""
    dark, light = sorted(_luminance(colour) for colour in (one, other))
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour):
    shares = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [s / 12.92 if s <= 0.04045 else ((s + 0.055) / 1.055) ** 2.4 for s in shares]
    return sum(share * part for share, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))
