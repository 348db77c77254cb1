"""What is known while the demo community comes to be."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from app.accounts.queries import get_actor
from app.boards.models import Post, Thread
from app.demo.queries.community import Community, Conversation, Saying
from app.permissions import Actor

Act = tuple[datetime, Callable[[], None]]


@dataclass(slots=True)
class Loading:
    """What was made, by its name. Rows are held on to: nobody else is writing."""

    community: Community
    now: datetime
    password_hash: str
    members: dict[str, int] = field(default_factory=dict)
    groups: dict[str, int] = field(default_factory=dict)
    threads: dict[Conversation, Thread] = field(default_factory=dict)
    posts: dict[Saying, Post] = field(default_factory=dict)
    actors: dict[str, Actor] = field(default_factory=dict)

    def actor(self, name: str) -> Actor:
        """Return somebody as they are now. Who is trusted with more is forgotten before."""
        if name not in self.actors:
            self.actors[name] = get_actor(self.members[name])
        return self.actors[name]

    def forget(self, name: str) -> None:
        """Let an actor be looked up again: what they may do has changed."""
        self.actors.pop(name, None)
