"""The door on the web, one file a way in. Each hangs its pages on the blueprint."""

from app.accounts.views import joining, resetting, sessions, settings
from app.accounts.views.blueprint import accounts

__all__ = ["accounts", "joining", "resetting", "sessions", "settings"]
