"""What stands in a letter: links, and no word of anybody's unless its reader chose so."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from flask_babel import force_locale, gettext

from app.accounts.models import Member
from app.accounts.queries import address_of
from app.core.kinds import Glance
from app.core.site import whole_address
from app.notifications.limits import LINES_A_LETTER
from app.notifications.models import DIGESTS, About, Channel, Mailing, Notification
from app.notifications.queries import WORDS, told_words, way_out
from app.outbox.actions import Terms, send_later
from app.outbox.models import Subject

CHECK = "notifications"

SUBJECTS = {Channel.DAILY: Subject.DAILY, Channel.WEEKLY: Subject.WEEKLY}


@dataclass(frozen=True, slots=True)
class Told:
    """A notification that is to stand in a letter, with what may be seen of its subject."""

    row: Notification
    glance: Glance | None

    @property
    def path(self) -> str:
        return self.glance.path if self.glance else "/notifications"

    @property
    def place(self) -> str:
        return self.glance.place if self.glance else ""

    @property
    def words(self) -> str:
        """Say who and in which thread, but never of one that is folded behind its notes."""
        if self.glance is None or not self.glance.title:
            return ""
        told = told_words(About(self.row.about), self.glance.by or gettext("Somebody"))
        return f"{told}: “{self.glance.title}”"

    def fits(self, channel: Channel) -> bool:
        return channel not in DIGESTS or self.glance is None or self.glance.is_for_digests


def letter_about(
    mailing: Mailing, told: Sequence[Told], member: Member, *, shows_words: bool
) -> None:
    """Put the letter of a mailing in the outbox."""
    channel = Channel(mailing.channel)
    scope = channel.value if channel in DIGESTS else told[0].row.about
    end = whole_address(f"/unsubscribe/{way_out(member.id, scope)}")
    with force_locale(member.language):
        paragraphs = [_beginning(), *_paragraphs(told, shows_words), *_ending(channel, end)]
        send_later(
            address_of(member).written,
            SUBJECTS.get(channel, Subject.NOTE),
            "\n\n".join(paragraphs) + "\n",
            Terms(CHECK, mailing.id, end),
        )


def _beginning() -> str:
    """As long as what mailboxes and locked screens show of a letter: that much names nobody."""
    return str(
        gettext(
            "Something happened here that has to do with you, and you chose to be told by mail. "
            "None of it is urgent: it waits until you want to look. This is where it stands."
        )
    )


def _paragraphs(told: Sequence[Told], shows_words: bool) -> Iterable[str]:
    """One paragraph a kind, answers first (models.About), with a link for each thread."""
    left = LINES_A_LETTER
    for about in About:
        lines = list(_first_of_each_place(each for each in told if each.row.about == about))
        shown, left = lines[: max(left, 0)], left - len(lines)
        if shown:
            links = [_line(each, shows_words) for each in shown]
            yield "\n".join([str(WORDS[about].written), *links])
    if left < 0:
        yield gettext("And more, which stands here:") + "\n" + whole_address("/notifications")


def _first_of_each_place(told: Iterable[Told]) -> Iterable[Told]:
    seen: dict[str, Told] = {}
    for each in told:
        seen.setdefault(each.place, each)
    return seen.values()


def _line(told: Told, shows_words: bool) -> str:
    words = told.words if shows_words else ""
    return f"{words}\n{whole_address(told.path)}" if words else whole_address(told.path)


def _ending(channel: Channel, end: str) -> Iterable[str]:
    settings = whole_address("/settings/notifications")
    yield gettext("What you are told, and how, is yours to choose:") + "\n" + settings
    if channel in DIGESTS:
        yield gettext("To end these summaries, without signing in:") + "\n" + end
    else:
        yield gettext("To end letters of this kind, without signing in:") + "\n" + end
