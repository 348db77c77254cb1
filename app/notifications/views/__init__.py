"""Notifications on the web. Each file hangs its pages on the blueprint."""

from app.notifications.views import lists, settings, unsubscribing
from app.notifications.views.blueprint import notifications

__all__ = ["lists", "notifications", "settings", "unsubscribing"]
