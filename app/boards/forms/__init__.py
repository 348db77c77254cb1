"""The shape of what members write on boards."""

from app.boards.forms.posts import EditForm, ReplyForm
from app.boards.forms.threads import PreviewForm, ThreadForm

__all__ = ["EditForm", "PreviewForm", "ReplyForm", "ThreadForm"]
