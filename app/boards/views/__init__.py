"""Boards on the web. Each file hangs its pages on the blueprint."""

from app.boards.views import (
    finding,
    history,
    places,
    posts,
    reading,
    support,
    tags,
    tending,
    threads,
    words,
)
from app.boards.views.blueprint import boards

__all__ = [
    "boards", "finding", "history", "places", "posts", "reading", "support", "tags", "tending",
    "threads", "words",
]  # fmt: skip
