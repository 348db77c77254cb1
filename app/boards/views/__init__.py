"""Boards on the web. Each file hangs its pages on the blueprint."""

from app.boards.views import places, posts, reading, threads
from app.boards.views.blueprint import boards

__all__ = ["boards", "places", "posts", "reading", "threads"]
