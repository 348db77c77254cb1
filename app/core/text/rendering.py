"""Render what a member typed: once, when it is written."""

import logging
import re
from dataclasses import dataclass

from markupsafe import Markup, escape

from app.core.text import fences, links, markdown, refused
from app.core.text.allowed import RULES_VERSION
from app.core.text.effort import Effort, TooMuchWork
from app.core.text.normalise import (
    LONGEST_TEXT,
    has_something_to_see,
    normalise,
    without_unseen,
)

LONGEST_TITLE = 120  # characters: two lines on a phone

# What a text may cost. While it is laid out, each sign that may mean something is a step; for
# the fences each tag and each escaped sign is one, or several where they are slow. All of them
# take as long as forty plain texts of 10,000 characters. Prose of that length needs a hundred,
# a list of five hundred short lines nearly all.
_STEPS = 1_500
_STEPS_A_CHARACTER = 0.15  # where a longer text is allowed
_SLOW_TAGS = {"<a ": 3, "<em>": 3, "<strong>": 3, "<del>": 3, "<code>": 2, "<br>": 0.5}
_SECONDS = 2.0
_GROWTH = 10_000  # characters
_GROWTH_A_CHARACTER = 20

_TAG = re.compile(r"<[^>]*>")

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class RenderedText:
    """A text as it is kept, as it is shown, and by which version of the rules."""

    source: str
    html: Markup
    version: int = RULES_VERSION


def render(
    typed: str, *, longest: int = LONGEST_TEXT, own_address: str | None = None
) -> RenderedText:
    """Render Markdown as safe HTML. Costs milliseconds: call it before writing().

    The preview is this function too. `own_address` is the address of this site, PUBLIC_URL by
    default; links within the site are not remarked on. Raises TextRefused when the text is
    longer than `longest` characters or cannot be laid out. Rendering a source again gives the
    same source, so a change of the rules is a new render() of what is stored.
    """
    source = normalise(typed, longest)
    site = links.own_address() if own_address is None else own_address
    try:
        html = fences.clean(_laid_out(source, links.host_of(site)))
    except TooMuchWork as too_much:
        raise refused.cannot_be_laid_out() from too_much
    except Exception as broken:
        # Never the text itself: logs are read by people it was not written for.
        logger.error("a text could not be laid out: %s", type(broken).__name__)
        raise refused.cannot_be_laid_out() from broken
    return RenderedText(source, Markup(html))  # noqa: S704 - it came through both fences


def render_title(typed: str, *, longest: int = LONGEST_TITLE) -> RenderedText:
    """Render one line: escaped, no Markdown. Raises TextRefused when it is too long."""
    line = plain_line(typed, longest=longest)
    return RenderedText(line, escape(line))


def plain_line(typed: str, *, longest: int = LONGEST_TITLE) -> str:
    """Return one line of text, spaces joined. Raises TextRefused when it is too long."""
    return " ".join(normalise(typed, longest).split())


def _laid_out(source: str, own_host: str) -> str:
    """Return HTML that no fence has looked at. Raises TooMuchWork for what would take long."""
    steps = max(_STEPS, _STEPS_A_CHARACTER * len(source))
    html = markdown.to_html(source, own_host=own_host, effort=Effort(steps, _SECONDS))
    if not has_something_to_see(_TAG.sub("", html)) and "<hr>" not in html:
        html = _as_typed(source)
    if len(html) > _GROWTH + _GROWTH_A_CHARACTER * len(source):
        raise TooMuchWork
    Effort(steps, _SECONDS).spend(_steps_of_the_fences(html))
    return without_unseen(html)  # again: "&#x202e;" has become a character by now


def _steps_of_the_fences(html: str) -> float:
    slower = sum(extra * html.count(tag) for tag, extra in _SLOW_TAGS.items())
    return html.count("<") + html.count("&") + slower


def _as_typed(source: str) -> str:
    """Show signs that mark nothing up, such as a lone ">", as the words they were meant to be."""
    lines = [str(escape(line)) for line in source.splitlines()]
    return f"<p>{'<br>'.join(lines)}</p>" if lines else ""
