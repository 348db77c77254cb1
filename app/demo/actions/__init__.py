"""Let the demo community have happened, and make it larger."""

from app.demo.actions.bulk_reading import log_decisions, write_reading
from app.demo.actions.bulk_talk import write_talks
from app.demo.actions.community import change_password, load
from app.demo.actions.crowd import crowd, give_voices, let_in
from app.demo.actions.planning import Scene, Talk, talks

__all__ = [
    "Scene", "Talk", "change_password", "crowd", "give_voices", "let_in", "load",
    "log_decisions", "talks", "write_reading", "write_talks",
]  # fmt: skip
