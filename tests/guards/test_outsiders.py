"""What is private leaves no trace on the pages of those it is not for."""

import re

import pytest

from app.moderation.models import State
from tests.factories import make_board, make_post, make_thread
from tests.guards.community import address_of, furnish
from tests.guards.crawl import crawl

# What differs from one answer to the next by itself: tokens of forms, and cookies.
BY_CHANCE = re.compile(
    r'name="(csrf_token|form_key)"[^>]*value="[^"]*"|'
    r"(Set-Cookie|Date|Last-Modified|ETag|Expires): [^\n]*\n"
)


def pages_of(client):
    return {path: BY_CHANCE.sub("", page) for path, page in crawl(client, {"/", "/boards"}).items()}


@pytest.mark.parametrize("who", ["visitor", "newcomer", "member", "curator", "organiser"])
def test_private_rows_change_nothing_for_an_outsider(cast, group, sign_in, who):
    board = make_board("open")
    private = make_board("private", group=group)
    thread = make_thread(cast["insider"], board=board)
    client = sign_in(cast.get(who))
    pages_of(client)  # once read, nothing is new to them any more
    before = pages_of(client)

    make_post(make_thread(cast["insider"], board=private), cast["facilitator"])
    make_thread(cast["newcomer"], board=board, state=State.HELD) if who != "newcomer" else None
    make_thread(cast["insider"], board=board, state=State.HIDDEN)
    make_thread(cast["insider"], board=board, withdrawn_at=thread.started_at)
    make_post(thread, cast["insider"], state=State.HELD)

    assert pages_of(client) == before


def test_a_trace_is_noticed(cast, sign_in):
    """Planted: one more thread that a member may read."""
    board = make_board("open")
    client = sign_in(cast["member"])
    before = pages_of(client)
    make_thread(cast["insider"], board=board)
    assert pages_of(client) != before


@pytest.mark.parametrize("who", ["visitor", "member", "suspended"])
def test_what_is_shut_and_what_is_absent_are_answered_alike(app, cast, group, sign_in, who):
    shut = furnish(cast, group)["group"]
    client = sign_in(cast.get(who))
    rules = [r for r in app.url_map.iter_rules() if r.arguments & {"slug", "thread_id", "post_id"}]
    compared = 0
    for rule in rules:
        if "GET" not in rule.methods or rule.endpoint.startswith(("static", "desk.")):
            continue
        told = [_told(client, address_of(rule, ids)) for ids in (shut, {})]
        assert told[0] == told[1], rule
        compared += 1
    assert compared >= 7


def _told(client, address):
    """Return all that an answer tells, but for the address itself, which the asker knows."""
    answer = client.get(address)
    return answer.status_code, f"{answer.location}\n{answer.text}".replace(address, "")
