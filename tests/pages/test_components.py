"""What the components promise to whoever fills in a form or reads a list."""

from datetime import UTC, datetime

import pytest
from flask import render_template_string
from werkzeug.datastructures import MultiDict

from app.core.pagination import Pages
from app.pages.forms import SampleForm

FORM = '{% from "components/form.html" import button, choices, field, hidden, refusals %}'


@pytest.fixture
def show(app):
    def _show(source, **given):
        with app.test_request_context():
            return " ".join(render_template_string(source, **given).split())

    return _show


@pytest.fixture
def form(app):
    with app.test_request_context():
        yield SampleForm()


@pytest.fixture
def refused(app):
    with app.test_request_context():
        sent = SampleForm(MultiDict({"body": "x" * 201, "wish": "advice"}))
        sent.validate()
        yield sent


def test_a_field_never_cuts_what_is_pasted_into_it(show, form):
    shown = show(FORM + "{{ field(form.body) }}{{ field(form.title) }}", form=form)
    assert "maxlength" not in shown
    assert '<character-count limit="200"' in shown


def test_only_what_may_be_left_out_is_marked(show, form):
    assert "(optional)" in show(FORM + "{{ field(form.place) }}", form=form)
    assert "(optional)" not in show(FORM + "{{ field(form.title) }}", form=form)


def test_a_field_that_was_refused_says_so_to_eyes_and_to_ears(show, refused):
    shown = show(FORM + '{{ field(refused.title, hint="A few words") }}', refused=refused)
    assert 'aria-describedby="title-hint title-error"' in shown
    assert 'aria-invalid="true"' in shown
    assert "Give it a title." in shown


def test_the_words_of_a_refused_form_are_still_in_it(show, refused):
    shown = show(FORM + "{{ field(refused.body) }}{{ choices(refused.wish) }}", refused=refused)
    assert "x" * 201 in shown
    assert 'value="advice" checked' in shown


def test_the_summary_counts_what_is_to_fix_and_leads_to_each_place(show, refused):
    shown = show(FORM + "{{ refusals(refused) }}", refused=refused)
    assert "4 things to fix. Your words are safe." in shown
    assert 'href="#title"' in shown
    assert 'href="#agree"' in shown


def test_the_summary_of_a_broken_rule_stands_without_a_field(show, form):
    form.form_errors.append("This thread is resting.")
    shown = show(FORM + "{{ refusals(form) }}", form=form)
    assert "One thing to fix. Your words are safe." in shown
    assert "<li>This thread is resting.</li>" in shown


def test_a_form_with_nothing_to_fix_has_no_summary(show, form):
    assert show(FORM + "{{ refusals(form) }}", form=form) == ""


def test_what_members_typed_is_shown_as_words(show):
    source = '{% from "components/kept_words.html" import kept_words %}{{ kept_words(kept) }}'
    shown = show(source, kept=[("Body", "</textarea><b>bold</b>")])
    assert "&lt;/textarea&gt;&lt;b&gt;bold" in shown


@pytest.mark.parametrize(
    ("state", "said"),
    [
        ("is_withdrawn", "Withdrawn by its author."),
        ("is_hidden", "A moderator has put this out of sight."),
        ("is_held", "A person will read this first."),
    ],
)
def test_a_post_says_why_it_cannot_be_read_as_usual(show, state, said):
    source = """{% from "components/post.html" import post %}
      {% call(slot) post(row, "/posts/7") %}{{ "Words" if slot == "body" }}{% endcall %}"""
    row = {"number": None, "shown_name": "anna.b", "written_at": datetime(2026, 3, 1, tzinfo=UTC)}
    assert said in show(source, row=row | {state: True})
    assert said not in show(source, row=row)


def test_a_pager_shows_where_one_is_and_nothing_when_there_is_one_page(show):
    source = """{% from "components/pager.html" import pager %}
      {% call(n) pager(pages) %}/threads/7?page={{ n }}{% endcall %}"""
    shown = show(source, pages=Pages(5, length=180, size=20))
    assert 'href="/threads/7?page=5" aria-current="page"' in shown
    assert 'rel="next" href="/threads/7?page=6"' in shown
    assert show(source, pages=Pages(1, length=20, size=20)) == ""


def test_a_time_says_its_day_so_that_no_two_countries_read_it_differently(show):
    source = '{% from "components/date_time.html" import date_time %}{{ date_time(when) }}'
    shown = show(source, when=datetime(2026, 4, 3, 3, 12, tzinfo=UTC))
    assert ">3 Apr 2026, 03:12</time>" in shown
