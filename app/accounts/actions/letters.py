"""What we write to members about their way in. No names: a name may look like an address.

Links are whole addresses of the place as it was set up, never as a request claims it is.
"""

from flask_babel import gettext

from app.core.mail_addresses import MailAddress
from app.core.site import whole_address
from app.outbox.actions import send_later
from app.outbox.models import Subject


def write_please_confirm(to: MailAddress, secret: str) -> None:
    """Ask whoever reads the mail to confirm that the address is theirs."""
    _write(
        to,
        Subject.CONFIRM,
        gettext("Please confirm this address. The link shows a page with one button:"),
        whole_address(f"/confirm/{secret}"),
        gettext("It works for three days. If it wasn’t you who asked, leave this letter be."),
    )


def write_already_here(to: MailAddress) -> None:
    """Tell the owner of an address that somebody tried to join with it."""
    _write(
        to,
        Subject.NOTE,
        gettext(
            "Someone, perhaps you, tried to join with this address. You already have a place here: "
            "sign in, or choose a new password."
        ),
        whole_address("/sign-in"),
        whole_address("/reset"),
        gettext("If it wasn’t you, nothing has changed and there is nothing to do."),
    )


def write_reset(to: MailAddress, secret: str) -> None:
    """Send the link with which a new password is chosen."""
    _write(
        to,
        Subject.NOTE,
        gettext("Here you can choose a new password. The link works for an hour, and once:"),
        whole_address(f"/reset/{secret}"),
        gettext("If it wasn’t you who asked, leave this letter be. Your password stays as it is."),
    )


def write_password_changed(to: MailAddress) -> None:
    """Tell a member that their password was changed, in case it was not by them."""
    _write(
        to,
        Subject.NOTE,
        gettext(
            "Your password was changed just now, and every browser was signed out. If that was "
            "you, all is well. If not, choose a new one here at once:"
        ),
        whole_address("/reset"),
    )


def _write(to: MailAddress, subject: Subject, *paragraphs: str) -> None:
    send_later(to.written, subject, "\n\n".join(paragraphs) + "\n")
