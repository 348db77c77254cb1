"""How much a newcomer may point elsewhere and call by name, until somebody has met them."""

from flask_babel import gettext

from app.boards.limits import LINKS_OF_A_NEWCOMER, MENTIONS_OF_A_NEWCOMER
from app.boards.queries.mentions import MENTION
from app.core.errors import RuleBroken
from app.core.text import RenderedText
from app.permissions import Actor, Rank


def require_measure(body: RenderedText, actor: Actor) -> None:
    """Refuse a newcomer's post with more links or names in it than help anybody."""
    if actor.rank > Rank.NEWCOMER:
        return
    if body.html.count("<a ") > LINKS_OF_A_NEWCOMER:
        raise RuleBroken(
            gettext(
                "At the beginning a post can hold %(most)s links. "
                "Could you choose the ones that matter most? Your words are safe.",
                most=LINKS_OF_A_NEWCOMER,
            ),
            field="body",
        )
    if len(set(MENTION.findall(body.source.casefold()))) > MENTIONS_OF_A_NEWCOMER:
        raise RuleBroken(
            gettext(
                "At the beginning a post can call %(most)s people by name. "
                "Everybody who reads here will see it. Your words are safe.",
                most=MENTIONS_OF_A_NEWCOMER,
            ),
            field="body",
        )
