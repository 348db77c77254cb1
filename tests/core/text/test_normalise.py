"""Every text is kept in one form, and never cut."""

import unicodedata
from time import thread_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.core import text
from app.core.text.normalise import has_something_to_see, normalise


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("e\u0301", "é"),
        ("a\r\nb\rc\u2028d\x85e", "a\nb\nc\nd\ne"),
        ("a\x00b\x07c\x1bd\x7fe\x9bf", "abcdef"),
        ("a\tb", "a\tb"),
        ("safe\u202egpj.exe\u202c \u2066x\u2069", "safegpj.exe x"),
        ("\ufeffhello\u206a", "hello"),
        ("👨‍👩‍👧 می‌خواهم ទឹក\u200bក្រឡុក", "👨‍👩‍👧 می‌خواهم ទឹក\u200bក្រឡុក"),
        ("שלום\u200f!", "שלום\u200f!"),
        ("\n \n  - a\n  - b\n\n ", "  - a\n  - b"),
        (" \u200b\u200d\u3164\u2800\n", ""),
        ("\U0010fffd", "\U0010fffd"),
    ],
)
def test_a_text_is_kept_so(typed, kept):
    assert normalise(typed) == kept


@settings(max_examples=200, deadline=None, database=None, derandomize=True)
@given(
    st.text(st.characters(exclude_categories=["Cs"]) | st.sampled_from("\r\n\u0301\u0323 \u202e"))
)
def test_what_is_kept_is_kept_the_same_the_next_time(typed):
    kept = normalise(typed)
    assert normalise(kept) == kept
    assert unicodedata.is_normalized("NFC", kept)


def test_a_text_that_is_too_long_is_refused_and_says_by_how_much():
    assert normalise("x" * 10_000) == "x" * 10_000
    with pytest.raises(
        text.TextRefused, match=r"23 characters too long.*room for 10000"
    ) as refusal:
        normalise("x" * 10_023)
    assert "Your words are safe" in str(refusal.value)


def test_length_is_counted_as_a_browser_counts_it():
    assert normalise("a\r\n" * 5 + "b", longest=11)
    assert normalise("e\u0301" * 10, longest=10) == "é" * 10
    assert normalise("😀" * 10, longest=10)


def test_a_text_that_is_far_too_long_is_refused_at_once():
    for typed in ("x" * 1_600_000, "e\u0301\u0323" * 500_000, "a\r\n" * 500_000):
        begun = thread_time()
        with pytest.raises(text.TextRefused):
            normalise(typed)
        assert thread_time() - begun < 0.05  # it takes 1 ms; a busy machine is slower


def test_half_an_emoji_is_refused():
    with pytest.raises(text.TextRefused, match="arrived broken"):
        normalise("a\ud83d")


def test_endless_marks_on_one_letter_cost_no_time():
    marks = "e" + "\u0301\u0323" * 15_000
    begun = thread_time()
    tidied = text.tidy(marks)
    assert thread_time() - begun < 0.5  # without the parting it takes seconds
    assert tidied.replace("\u034f", "").count("\u0323") + tidied.count("\u1eb9") >= 14_999


@pytest.mark.parametrize("seen", ["a", "😀", "\u0301", "\U0001fae9", "。", "한"])
def test_what_can_be_seen_is_no_empty_text(seen):
    assert has_something_to_see(f"\u200b {seen}")


@pytest.mark.parametrize(
    "blank", ["", " ", "\u00a0\u2003\u3000", "\u200b\u200d\ufe0f", "\u3164\u115f"]
)
def test_what_cannot_be_seen_is_an_empty_text(blank):
    assert not has_something_to_see(blank)
