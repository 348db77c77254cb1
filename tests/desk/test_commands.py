"""Rendering anew what older rules rendered."""

import pytest
from markupsafe import Markup
from sqlalchemy import update

from app.boards import actions
from app.boards.models import Board, Post
from app.core import text
from app.core.database import writing
from app.extensions import db
from app.moderation import limits, queries
from app.moderation.actions import rerender_version
from app.moderation.models import Version
from tests.factories import make_board, make_post, make_thread

OLD = Markup("<p>as older rules had it</p>")


@pytest.fixture
def post(cast):
    return make_post(make_thread(cast["member"]), cast["member"], body="Be *kind*.")


def make_old():
    """Let everything look as if older rules had rendered it."""
    with writing():
        db.session.execute(update(Version).values(html=OLD, html_rules=text.RULES_VERSION - 1))
        db.session.execute(update(Post).values(html=OLD))
        db.session.execute(update(Board).values(guide_html=OLD))


def rerender(app):
    return app.test_cli_runner().invoke(args=["text", "rerender"])


def edit(post, actor, words):
    with writing():
        post = db.session.get_one(Post, post.id)
        actions.edit_post(post, actor=actor, body=text.render(words), version=post.version)


def versions_of(post):
    db.session.expire_all()
    own = db.select(Version).where(Version.subject_id == post.subject_id)
    return db.session.scalars(own.order_by(Version.number)).all()


def test_everything_older_rules_rendered_is_rendered_anew(app, cast, post):
    make_old()
    done = rerender(app)
    assert (done.exit_code, done.output) == (
        0, "versions rendered anew: 3; guides: 0\n",
    )  # fmt: skip
    assert db.session.get_one(Post, post.id).html == text.render("Be *kind*.").html
    assert {row.html_rules for row in db.session.scalars(db.select(Version))} == {
        text.RULES_VERSION
    }
    assert rerender(app).output.startswith("versions rendered anew: 0")


def test_earlier_versions_are_rendered_too_but_only_the_newest_shows(app, cast, post):
    edit(post, cast["member"], "Be *gentle*.")
    make_old()
    rerender(app)
    first, second = versions_of(post)
    assert "<em>kind</em>" in first.html and "<em>gentle</em>" in second.html
    assert db.session.get_one(Post, post.id).html == second.html


def test_many_are_taken_in_batches(app, cast, post, monkeypatch):
    monkeypatch.setattr(queries, "VERSIONS_A_BATCH", 2)
    for words in ("One", "Two", "Three"):
        edit(post, cast["member"], words)
    make_old()
    assert rerender(app).output.startswith("versions rendered anew: 6")
    assert limits.VERSIONS_A_BATCH == 200


def test_words_edited_meanwhile_are_not_overwritten(app, cast, post):
    make_old()
    old = queries.versions_to_rerender(after=None)
    edit(post, cast["member"], "Be *gentle*.")
    with writing():
        for version in old:
            rerender_version(version, text.render(version.source))
    assert "<em>gentle</em>" in db.session.get_one(Post, post.id).html
    assert [version.html_rules for version in versions_of(post)] == [text.RULES_VERSION] * 2


def test_words_emptied_meanwhile_stay_empty(app, cast, post):
    make_old()
    old = queries.versions_to_rerender(after=None)
    with writing():
        db.session.execute(update(Version).values(source=None, html=None))
    with writing():
        for version in old:
            rerender_version(version, text.render(version.source))
    assert [version.html for version in versions_of(post)] == [None]
    assert db.session.get_one(Post, post.id).html == OLD
    assert rerender(app).output.startswith("versions rendered anew: 0")


def test_what_no_longer_renders_stays_as_it_shows(app, cast, post, monkeypatch):
    make_old()
    with writing():
        own = Version.subject_id == post.subject_id
        db.session.execute(update(Version).where(own).values(source="long " * 3_000))
    done = rerender(app)
    assert f"left as it is: post {post.subject_id}, version 1" in done.output
    assert done.output.endswith("versions rendered anew: 2; guides: 0\n")
    assert db.session.get_one(Post, post.id).html == OLD


def test_guides_are_rendered_anew(app, cast):
    board = make_board(guide_source="Be *kind*.")
    make_old()
    assert rerender(app).output == "versions rendered anew: 0; guides: 1\n"
    db.session.expire_all()
    assert "<em>kind</em>" in db.session.get_one(Board, board.id).guide_html
