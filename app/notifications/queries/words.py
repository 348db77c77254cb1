"""What it is called that members are told about: on pages, in settings, and in letters."""

from dataclasses import dataclass
from typing import Any

from flask_babel import lazy_gettext as _l

from app.notifications.models import About, Channel


@dataclass(frozen=True, slots=True)
class Words:
    label: Any  # in the settings
    hint: Any
    told: Any  # on the page; %(name)s is as whom somebody is heard
    # In a letter: it names nobody and nothing, since others may look over a shoulder.
    written: Any


WORDS = {
    About.MENTION: Words(
        _l("Somebody calls me by name"),
        _l("They wrote @ and your name in a post."),
        _l("%(name)s called you by name"),
        _l("Somebody called you by name:"),
    ),
    About.QUOTE: Words(
        _l("Somebody quotes me"),
        _l("They answered with a passage of yours."),
        _l("%(name)s quoted you"),
        _l("Somebody answered to words of yours:"),
    ),
    About.REPLY: Words(
        _l("Somebody replies in a thread I follow"),
        _l("You follow the threads you write in, unless you say otherwise there."),
        _l("%(name)s replied"),
        _l("There is something new in a thread you follow:"),
    ),
    About.SUPPORT: Words(
        _l("Somebody is with me, or thanks me"),
        _l("Once a post, until you have looked."),
        _l("Somebody is with you, or thanks you"),
        _l("Somebody is with you, or thanks you:"),
    ),
    About.SHOWN: Words(
        _l("Something I wrote is shown after a look"),
        _l("Where words wait for a person to read them first."),
        _l("What you wrote is shown now"),
        _l("What you wrote is shown now:"),
    ),
    About.DECISION: Words(
        _l("A moderator decides about my words"),
        _l("So that you can answer it."),
        _l("A moderator decided about something you wrote"),
        _l("A moderator decided about something you wrote:"),
    ),
}

CHANNELS = {
    Channel.APP: _l("Here only"),
    Channel.AT_ONCE: _l("Here, and by mail at once"),
    Channel.DAILY: _l("Here, and in a daily summary by mail"),
    Channel.WEEKLY: _l("Here, and in a weekly summary by mail"),
    Channel.NEVER: _l("Not at all"),
}


def told_words(about: About, name: str) -> str:
    """Return what a notification says on the page."""
    return str(WORDS[about].told) % {"name": name}
