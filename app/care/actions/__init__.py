"""What organisers do to help lines, and how texts get their content notes."""

from app.care.actions.content_notes import set_content_notes
from app.care.actions.help_lines import (
    add_line,
    bring_back_line,
    check_line,
    edit_line,
    load_lines,
    retire_line,
    set_emergency_number,
)

__all__ = [
    "add_line", "bring_back_line", "check_line", "edit_line", "load_lines", "retire_line",
    "set_content_notes", "set_emergency_number",
]  # fmt: skip
