"""What members are told, how they want to hear of it, and what is due."""

from app.notifications.queries.due import (
    due_to,
    find_mailing_of,
    may_still_go,
    members_due,
    told_in,
    worth_telling,
)
from app.notifications.queries.lists import (
    NotificationList,
    NotificationRow,
    Place,
    count_new,
    notifications_of,
)
from app.notifications.queries.reach import glances_at
from app.notifications.queries.telling import (
    next_concerned,
    next_event_to_tell,
    still_to_read,
    take_event,
)
from app.notifications.queries.times import end_of_quiet, local_day, next_due, next_summary
from app.notifications.queries.ways_out import read_way_out, way_out
from app.notifications.queries.wishes import Reader, Wishes, readers, wishes_of
from app.notifications.queries.words import CHANNELS, WORDS, told_words

__all__ = [
    "CHANNELS", "WORDS", "NotificationList", "NotificationRow", "Place", "Reader", "Wishes",
    "count_new", "due_to", "end_of_quiet", "find_mailing_of", "glances_at", "local_day",
    "may_still_go", "members_due", "next_concerned", "next_due", "next_event_to_tell",
    "next_summary", "notifications_of", "read_way_out", "readers", "still_to_read", "take_event",
    "told_in", "told_words", "way_out", "wishes_of", "worth_telling",
]  # fmt: skip
