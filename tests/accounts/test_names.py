"""Names: what can be had, what looks like another, what is kept for the place."""

import pytest

from app.accounts.queries import is_reserved, refusal_of_name, tidy_name
from app.core.lookalikes import look_of
from tests.accounts.conftest import JOINING, letters, make_person, send
from tests.corpora.reading import rows

SPOOFING = {row["id"]: row for row in rows("usernames_spoofing")}


def refusal(typed):
    return refusal_of_name(tidy_name(typed))


@pytest.mark.parametrize(
    "name",
    ["quiet.river", "Anna", "lamp_7", "night-owl", "Amélie", "Ñandú", "Łukasz", "Ольга", "Δήμητρα",
     "नमस्ते", "สวัสดี", "山田太郎", "さくら花", "김민수", "badminton", "modern.times", "a1b", "x" * 24,
     "evil.example", "supporter", "teamaker", "rootless"],
)  # fmt: skip
def test_a_name_that_can_be_had(name):
    assert refusal(name) is None


@pytest.mark.parametrize(
    "name",
    ["", "ab", "x" * 25, "...", "._-", ".anna", "anna.", "-anna", "anna_", "anna b", "anna!", "a@b",
     "ａｎｎａ", "𝓪𝓷𝓷𝓪", "аnna", "annα", "ᅟᅟᅟ", "ﾡﾡﾡ", "a\u0338nna", "😀😀😀", "①②③", "²²²",
     "ª\u200dnna"],
)  # fmt: skip
def test_a_name_that_nobody_can_have(name):
    assert refusal(name)


@pytest.mark.parametrize(
    "name",
    ["admin", "Admin", "adm1n", "ADMİN", "admin2", "2admin", "the.admin", "mod_anna", "moderator7",
     "TheModerator", "rnoderator", "m0derator", "m-o-d-e-r-a-t-o-r", "organiser", "organizer-1",
     "facilitators", "handrail", "Handrail.help", "staff", "api", "deleted", "anonymous", "here",
     "all", "former-member", "support", "HELP", "sysadmin"],
)  # fmt: skip
def test_a_name_kept_for_the_place(name):
    assert is_reserved(name)
    assert refusal(name)
    assert refusal_of_name(name, may_be_reserved=True) is None


def test_the_name_of_the_place_is_kept_for_it(app, monkeypatch):
    monkeypatch.setitem(app.config, "COMMUNITY_NAME", "The Quiet Room")
    assert is_reserved("the.quiet.room")
    assert is_reserved("TheQuietRoom-team")
    assert not is_reserved("quiet.river")


@pytest.mark.parametrize("row", SPOOFING.values(), ids=SPOOFING)
def test_a_hostile_name_meets_what_it_must(app, browser, row):
    """Named `collide:x`: it looks like x. Named otherwise: nobody has it, and nothing breaks."""
    typed, (must, _, other) = str(row["payload"]), str(row["must"]).partition(":")
    if must in {"collide", "same-as"}:
        assert look_of(tidy_name(typed)) == look_of(other)
    if must == "same-as":
        assert tidy_name(typed) == other
    answer = send(browser, "/join", JOINING | {"username": typed})
    is_had = must in {"same-as", "no-autolink-in-mail"} or typed in {"straße", "Al\u0131ce"}
    assert answer.status_code == (303 if is_had else 422)
    assert all(typed not in letter.text for letter in letters())


@pytest.mark.parametrize("typed", ["Al\u0131ce", "AIice", "A1ice", "alice", "ALICE"])
def test_a_name_that_reads_like_one_that_is_taken(app, browser, typed):
    make_person("Alice", "alice@example.org")
    assert send(browser, "/join", JOINING | {"username": typed}).status_code == 422


@pytest.mark.parametrize(
    ("one", "other"),
    [("anna", "аnnа"), ("ТОМ", "TOM"), ("Том", "ТОМ"), ("wave", "vvave"), ("José", "jose"),
     ("strasse", "straße"), ("modern", "rnodern"), ("o0o", "0o0")],
)  # fmt: skip
def test_names_of_one_look(one, other):
    assert look_of(one) == look_of(other)


@pytest.mark.parametrize(("one", "other"), [("anna", "hanna"), ("नि", "न"), ("v", "n"), ("5", "s")])
def test_names_of_two_looks(one, other):
    assert look_of(one) != look_of(other)


def test_a_look_is_the_look_of_itself_and_knows_no_capitals():
    letters = [c for c in map(chr, range(0x3000)) if c.isalpha() and c != "\u037a"]
    for letter in letters:
        look = look_of(letter)
        assert look_of(look) == look
        assert look_of(letter.upper()) == look_of(letter.lower()) == look
