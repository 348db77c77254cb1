"""The demo community as it is written down, and what a place holds of it."""

from app.demo.queries.community import (
    Community,
    community,
    has_members,
    password_hash_of_demo_people,
    people,
    span,
)

__all__ = [
    "Community", "community", "has_members", "password_hash_of_demo_people", "people", "span",
]  # fmt: skip
