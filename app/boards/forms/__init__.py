"""The shape of what members write on boards."""

from app.boards.forms.posts import EditForm, ExpungeForm, ReplyForm, SupportForm
from app.boards.forms.reading import FollowForm
from app.boards.forms.threads import (
    WISHES,
    OutcomeForm,
    PreviewForm,
    TendForm,
    ThreadForm,
    TitleForm,
)

__all__ = [
    "WISHES", "EditForm", "ExpungeForm", "FollowForm", "OutcomeForm", "PreviewForm", "ReplyForm",
    "SupportForm", "TendForm", "ThreadForm", "TitleForm",
]  # fmt: skip
