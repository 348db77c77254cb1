"""The desk on the web, one file a noun. Each hangs its pages on the blueprint."""

from app.desk.views import boards, help_lines, home, letters, log, roles
from app.desk.views.blueprint import desk

__all__ = ["boards", "desk", "help_lines", "home", "letters", "log", "roles"]
