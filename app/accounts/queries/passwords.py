"""Which passwords are good enough. Slow, up to 50 ms: never asked inside writing()."""

from collections.abc import Iterable

from flask_babel import gettext

from app.accounts.limits import PASSWORD_LONGEST, PASSWORD_SHORTEST
from app.core.passwords import composed
from app.core.strength import weakness


def refusal_of_password(password: str, about: Iterable[str]) -> str | None:
    """Return why nobody of whom this is known should have this password, or None."""
    return refusal_of_length(password) or weakness(composed(password), about)


def refusal_of_length(password: str) -> str | None:
    """Return why a password is too short or too long to be looked at, or None."""
    length = len(composed(password))
    if length < PASSWORD_SHORTEST:
        sentence = gettext("At least %(num)d characters.", num=PASSWORD_SHORTEST)
        return f"{sentence} {gettext('Four words do well.')}"
    if length > PASSWORD_LONGEST:
        return str(gettext("At most %(num)d characters.", num=PASSWORD_LONGEST))
    return None
