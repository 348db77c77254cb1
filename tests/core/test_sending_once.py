"""A form that is sent twice is sent once; other words are another sending."""

import pytest

from app.boards.models import Post, Thread
from app.core import clock
from app.core.database import writing
from app.core.sent_forms import SentForm
from app.extensions import db
from tests.factories import make_thread
from tests.pages_of import hidden_inputs


@pytest.fixture
def thread_id(cast):
    return make_thread(cast["insider"]).id


@pytest.fixture
def path(thread_id):
    return f"/threads/{thread_id}/reply"


def filled(client, path, words="I slept."):
    return hidden_inputs(client.get(path), path) | {"body": words}


def replies():
    return db.session.scalar(db.select(db.func.count()).where(Post.opens_thread.is_(False)))


def test_the_same_form_leads_to_the_same_place(cast, sign_in, path):
    client = sign_in(cast["member"])
    form = filled(client, path)
    first, second = client.post(path, data=form), client.post(path, data=form)
    assert (first.status_code, second.status_code) == (303, 303)
    assert first.location == second.location
    assert replies() == 1


def test_other_words_under_the_same_key_are_another_sending(cast, sign_in, path):
    client = sign_in(cast["member"])
    form = filled(client, path)
    first = client.post(path, data=form)
    second = client.post(path, data=form | {"body": "I went back and wrote anew."})
    assert second.status_code == 303
    assert second.location != first.location
    assert replies() == 2


def test_a_key_is_its_senders_own(cast, sign_in, path):
    for who in ("member", "newcomer"):
        client = sign_in(cast[who])
        form = filled(client, path) | {"form_key": "of-somebody-else"}
        assert client.post(path, data=form).status_code == 303
    assert replies() == 2


def test_a_form_that_was_refused_may_be_sent_again(cast, sign_in, path, thread_id):
    client = sign_in(cast["member"])
    form = filled(client, path)
    for locked_at, status in ((clock.now(), 422), (None, 303)):
        with writing():
            db.session.get_one(Thread, thread_id).locked_at = locked_at
        assert client.post(path, data=form).status_code == status
    assert replies() == 1
    assert db.session.scalars(db.select(SentForm.address)).all() != [""]
