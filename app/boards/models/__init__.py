"""Sections, boards, voices, threads, posts, and what members keep to themselves about them."""

from app.boards.models.places import Audience, Board, Policy, Section
from app.boards.models.reading import (
    BoardMute,
    Follow,
    FreshStart,
    Level,
    MemberMute,
    ReadingPosition,
    Save,
    Support,
    SupportKind,
)
from app.boards.models.talk import Post, Seen, Thread, Voice, Wish

__all__ = [
    "Audience",
    "Board",
    "BoardMute",
    "Follow",
    "FreshStart",
    "Level",
    "MemberMute",
    "Policy",
    "Post",
    "ReadingPosition",
    "Save",
    "Section",
    "Seen",
    "Support",
    "SupportKind",
    "Thread",
    "Voice",
    "Wish",
]  # fmt: skip
