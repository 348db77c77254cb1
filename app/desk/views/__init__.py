"""The desk on the web, one file a noun. Each hangs its pages on the blueprint."""

from app.desk.views import boards, home, log
from app.desk.views.blueprint import desk

__all__ = ["boards", "desk", "home", "log"]
