"""Where our quotes and lists differ from CommonMark's, so that no words are lost or misread.

The signature of a rule, and what `silent` means, are markdown-it's.
"""

import re

from markdown_it.rules_block import StateBlock, blockquote, list_block

_NUMBER = re.compile(r"(\d{1,9})[.)]")


def count_line(state: StateBlock, line: int, end: int, silent: bool) -> bool:
    """Count a new block, or (silent) one more line of it."""
    state.env["effort"].spend(0.5 if silent else 1.5)
    return False


def quote(state: StateBlock, line: int, end: int, silent: bool) -> bool:
    """Start a quote where there is room for one."""
    return _has_room(state) and blockquote(state, line, end, silent)


def own_words(state: StateBlock, line: int, end: int, silent: bool) -> bool:
    """End a quote at the first line without its mark: those words are the writer's own."""
    return silent


def numbered_as_typed(state: StateBlock, line: int, end: int, silent: bool) -> bool:
    """Start a list at 1 only. Others would be numbered anew, so they stay as typed."""
    number = _NUMBER.match(state.src, state.bMarks[line] + state.tShift[line])
    starts_here = state.sCount[line] >= state.blkIndent  # else it goes on with a list around it
    if starts_here and number and int(number[1]) != 1:
        return False
    return _has_room(state) and list_block(state, line, end, silent)


def _has_room(state: StateBlock) -> bool:
    """Say whether a list fits in here. What is nested deeper, the parser drops without a word."""
    return state.level + 2 < int(state.md.options["maxNesting"])
