"""E-mail addresses: which are one, which are two, and which are none."""

import pytest

from app.core.keys import Unsealable
from app.core.mail_addresses import open_address, read_address
from tests.accounts.conftest import JOINING, letters, send
from tests.corpora.reading import rows

HOSTILE = {row["id"]: (str(row["payload"]), str(row["must"])) for row in rows("emails_hostile")}

# What is no address for us, whatever the standards say.
REFUSED = [key for key, (_typed, must) in HOSTILE.items() if must.startswith("reject")]
ACCEPTED = sorted(HOSTILE.keys() - {*REFUSED, "mail-kelvin-sign", "mail-nul-list-param"})


@pytest.mark.parametrize("which", [*REFUSED, "mail-kelvin-sign", "mail-nul-list-param"])
def test_what_is_no_address(browser, which):
    typed, _must = HOSTILE[which]
    assert read_address(typed) is None
    answer = send(browser, "/join", JOINING | {"email": typed})
    assert answer.status_code == 422
    assert letters() == []


@pytest.mark.parametrize("which", ACCEPTED)
def test_what_is_one(browser, which):
    typed, _must = HOSTILE[which]
    assert send(browser, "/join", JOINING | {"email": typed}).status_code == 303
    assert [letter.to for letter in letters()] == [read_address(typed).written]


@pytest.mark.parametrize(
    ("one", "other"),
    [("Mike@Example.org", "mike@example.org"), ("a@\u00f1.example", "a@xn--ida.example"),
     (" a@b.org ", "a@b.org"), ("O'Brien@b.org", "o'brien@b.org")],
)  # fmt: skip
def test_two_ways_to_write_one(app, one, other):
    assert read_address(one).key == read_address(other).key


@pytest.mark.parametrize(
    ("one", "other"),
    [("m\u0131ke@example.org", "mike@example.org"), ("a+x@b.org", "a@b.org"),
     ("strasse@b.org", "stra\u00dfe@b.org"), ("a.b@c.org", "ab@c.org"),
     ("a@attacker-example.org", "a@example.org"), ("a@evil.example.org", "a@example.org")],
)  # fmt: skip
def test_two_that_are_two(app, one, other):
    assert read_address(one).key != read_address(other).key


def test_the_domain_is_kept_as_mail_servers_know_it(app):
    assert read_address("a@\u00f1.example").written == "a@xn--ida.example"


def test_a_sealed_address_opens_for_its_own_row_only(app):
    address = read_address("river@example.org")
    assert open_address(address.seal(), address.key) == address
    with pytest.raises(Unsealable):
        open_address(address.seal(), read_address("lamp@example.org").key)
