"""What has had its time is forgotten."""

from sqlalchemy import delete

from app.accounts.limits import ATTEMPTS_KEPT, SENT_FORMS_KEPT, SESSION_KEPT
from app.accounts.models import Attempt, Session, Token
from app.accounts.queries import was_over
from app.core import clock, drafts, kept_words
from app.core.sent_forms import SentForm
from app.extensions import db


def tidy() -> None:
    """Forget old attempts, links, forms, kept words, drafts, and sessions that ended long ago."""
    now = clock.now()
    kept_words.forget_old()
    drafts.forget_old()
    db.session.execute(delete(Session).where(was_over(now - SESSION_KEPT)))
    db.session.execute(delete(Attempt).where(Attempt.at < now - ATTEMPTS_KEPT))
    db.session.execute(delete(Token).where(Token.ends_at < now))
    db.session.execute(delete(SentForm).where(SentForm.sent_at < now - SENT_FORMS_KEPT))
