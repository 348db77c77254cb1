"""Two tabs keep drafts at the same moment, or one keeps what the other sends."""

from functools import partial

import pytest

from app.boards.models import Post
from app.core import drafts
from app.core.database import writing
from app.core.drafts import Draft
from app.extensions import db
from tests.concurrent.at_once import all_at_once, browsers_of, share_form_cookie
from tests.factories import make_member, make_thread
from tests.pages_of import hidden_inputs

TIMES = 50

SCRIPT = {"X-Requested-With": "fetch"}

pytestmark = pytest.mark.concurrent


def keep(member_id, path, words):
    with writing():
        drafts.keep(member_id, path, [("body", words)])


def test_two_drafts_of_one_form_at_once_are_one(committing_app):
    member = make_member()
    for number in range(TIMES):
        path = f"/threads/{1 + number // 2}/reply"
        tabs = [partial(keep, member.id, path, words) for words in ("here", "there")]
        assert all_at_once(committing_app, *tabs) == [None, None]
        assert drafts.find(member.id, path).first_words in {"here", "there"}
    assert db.session.scalar(db.select(db.func.count()).select_from(Draft)) == TIMES // 2


def test_many_forms_kept_at_once_give_way_without_waiting_for_each_other(
    committing_app, monkeypatch
):
    monkeypatch.setattr(drafts, "MOST_KEPT", 3)
    member = make_member()
    for number in range(TIMES):
        paths = [f"/threads/{1 + (number + each) % 6}/reply" for each in range(4)]
        tabs = [partial(keep, member.id, path, "words") for path in paths]
        assert all_at_once(committing_app, *tabs) == [None] * 4
    keep(member.id, "/threads/1/reply", "the last")
    assert len(drafts.drafts_of(member.id)) == 3


def test_what_is_sent_and_kept_at_once_is_sent_and_no_draft(committing_app):
    people = [make_member(f"member{number}") for number in range(TIMES // 10)]
    thread_id = make_thread(people[0]).id
    path = f"/threads/{thread_id}/reply"
    for number in range(TIMES):
        tabs = browsers_of(committing_app, people[number % len(people)], 2)
        form = hidden_inputs(tabs[0].get(path), path) | {"body": "Me too."}
        share_form_cookie(committing_app, *tabs)
        keep = partial(tabs[1].post, "/drafts", data=form | {"body": "Me"}, headers=SCRIPT)
        acts = partial(tabs[0].post, path, data=form), keep
        assert [each.status_code for each in all_at_once(committing_app, *acts)] == [303, 204]
    assert db.session.scalar(db.select(db.func.count()).select_from(Draft)) == 0
    assert db.session.scalar(db.select(db.func.count()).select_from(Post)) == 1 + TIMES
