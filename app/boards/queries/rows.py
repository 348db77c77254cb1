"""A page of a thread and its posts, as one actor sees them."""

from dataclasses import dataclass, field
from datetime import datetime

from markupsafe import Markup

from app.boards.limits import OLD_AFTER, POSTS_A_PAGE
from app.boards.models import Level, SupportKind, Wish
from app.care.models import ContentNote
from app.core import clock
from app.core.pagination import Pages
from app.moderation.models import State
from app.tags.queries import TagRow


@dataclass(frozen=True, slots=True)
class Quote:
    """What a post answers. Its words are empty when they are out of sight, or changed since."""

    post_id: int
    number: int
    shown_name: str
    words: str
    is_withdrawn: bool
    is_hidden: bool
    notes: tuple[ContentNote, ...]


@dataclass(frozen=True, slots=True)
class PostRow:
    """A post as one actor sees it. Words out of sight were never fetched."""

    id: int
    number: int | None
    shown_name: str
    html: Markup
    version: int
    author_id: int | None  # None behind an alias, but for its own member
    state: State
    is_withdrawn: bool
    written_at: datetime
    edited_at: datetime | None
    opens_thread: bool
    tells_outcome: bool
    with_you: int
    thank_you: int
    notes: tuple[ContentNote, ...]
    quote: Quote | None
    given: tuple[SupportKind, ...]  # the support the actor gave it
    is_saved: bool
    is_muted: bool  # the actor does not want to hear from its author
    is_new: bool
    group_id: int | None

    @property
    def is_held(self) -> bool:
        return self.state == State.HELD and not self.is_withdrawn

    @property
    def is_hidden(self) -> bool:
        return self.state == State.HIDDEN

    @property
    def is_in_sight(self) -> bool:
        return self.state == State.VISIBLE and not self.is_withdrawn


@dataclass(frozen=True, slots=True)
class ThreadPage:
    """A page of a thread."""

    id: int
    subject_id: int
    title: str
    shown_name: str
    author_id: int | None  # as of a post
    group_id: int | None
    is_public: bool
    is_locked: bool
    is_archived: bool
    is_pinned: bool
    is_in_sight: bool
    is_held: bool
    wish: Wish
    started_at: datetime
    last_post_at: datetime
    last_number: int
    last_read: int
    level: Level | None  # how closely the actor watches it
    may_be_asked_at: datetime | None
    board_slug: str
    board_name: str
    board_is_closed: bool
    allows_support: bool
    notes: tuple[ContentNote, ...]
    tags: tuple[TagRow, ...] = field(default=())
    posts: tuple[PostRow, ...] = field(default=())
    pages: Pages = field(default=Pages(1, 0, POSTS_A_PAGE))

    @property
    def is_resting(self) -> bool:
        return self.is_locked or self.is_archived or self.board_is_closed

    @property
    def is_old(self) -> bool:
        return clock.now() - self.last_post_at > OLD_AFTER

    @property
    def is_to_be_asked(self) -> bool:
        """Say whether its author may be asked now how it turned out."""
        is_time = self.may_be_asked_at is not None and self.may_be_asked_at <= clock.now()
        return is_time and self.is_in_sight and not self.is_resting and bool(self.title)

    @property
    def unread(self) -> int:
        return self.last_number - self.last_read

    @property
    def first_unread(self) -> int | None:
        """The number of the first post that is new, if one is."""
        return self.last_read + 1 if self.unread else None
