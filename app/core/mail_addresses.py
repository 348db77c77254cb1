"""E-mail addresses: what counts as one, and when two are the same. Kept sealed, found by a hash."""

import unicodedata
from dataclasses import dataclass

from email_validator import EmailNotValidError, validate_email

from app.core.keys import key_ring

LOCAL_PART_LONGEST = 64  # bytes (RFC 5321, 4.5.3.1.1)
LONGEST = 254  # characters (RFC 5321, 4.5.3.1.3, less the angle brackets)

# RFC 5322 allows more. What is left out routes, lists or encodes, and no person's address has it.
MARKS = frozenset("._+-'&~")


@dataclass(frozen=True, slots=True)
class MailAddress:
    """An address as it goes on an envelope: its domain in ASCII (IDNA 2008)."""

    written: str

    @property
    def key(self) -> str:
        """The keyed hash it is found by. Capitals make no other address, on any real server.

        lower() and not casefold(), which would make one of two mailboxes (ß, ss).
        """
        return key_ring("lookup").keyed_hash("email", self.written.lower())

    @property
    def local_part(self) -> str:
        return self.written.rpartition("@")[0]

    def seal(self) -> str:
        """Return the address, sealed for the row that is found by its key."""
        return key_ring("mail").seal(self.written, about=_about(self.key))


def read_address(typed: str) -> MailAddress | None:
    """Return the address if it is one person's, on a server that others can reach."""
    typed = typed.strip(" \t")
    if len(typed) > LONGEST or _turns_into_ascii(typed):
        return None
    try:
        found = validate_email(typed, check_deliverability=False, allow_quoted_local=False)
    except EmailNotValidError:
        return None
    if not all(each in MARKS or each.isalnum() for each in found.local_part):
        return None
    if len(found.local_part.encode()) > LOCAL_PART_LONGEST:
        return None
    return MailAddress(f"{found.local_part}@{found.ascii_domain.lower()}")


def open_address(sealed: str, key: str) -> MailAddress:
    """Return the address of the row that has this key. Raises Unsealable."""
    return MailAddress(key_ring("mail").open(sealed, about=_about(key)))


def _turns_into_ascii(typed: str) -> bool:
    """Say whether composing makes plain letters of others, as of the Kelvin sign."""
    return not typed.isascii() and unicodedata.normalize("NFC", typed).isascii()


def _about(key: str) -> str:
    return f"members.email:{key}"
