"""A member who lost their password chooses a new one."""

from app.accounts.actions.letters import write_password_changed, write_reset
from app.accounts.actions.sessions import end_all_sessions
from app.accounts.actions.tokens import kill_tokens, make_token, use_token
from app.accounts.models import Member, TokenPurpose
from app.accounts.queries import address_of, find_member_at
from app.core import clock
from app.core.mail_addresses import MailAddress


def offer_reset(asked: MailAddress) -> None:
    """Write to whoever joined with this address, as they gave it then; otherwise to nobody."""
    member = find_member_at(asked)
    if member is not None:
        write_reset(address_of(member), make_token(member.id, TokenPurpose.RESET))


def reset_password(secret: str, password_hash: str) -> Member:
    """Give a member a new password by the link they were sent. Raises LinkOver.

    It came to their address, so the address is confirmed too: somebody else may have joined
    with it, and is out now.
    """
    member = use_token(secret, TokenPurpose.RESET)
    member.password_hash = password_hash
    member.confirmed_at = member.confirmed_at or clock.now()
    kill_tokens(member.id)
    end_all_sessions(member.id)
    write_password_changed(address_of(member))
    return member
