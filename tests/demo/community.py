"""The demo community under test: load it, and tell all there is in it."""

import re

from sqlalchemy import func

from app.accounts.actions import start_session
from app.accounts.models import Member
from app.accounts.queries import get_actor
from app.boards.models import Board, Post, Section, Thread, Voice
from app.core.database import writing
from app.extensions import db
from app.groups.models import Group
from app.moderation.models import Subject, Version
from app.moderation.queries import newest_log_lines
from app.tags.actions import load_tags

PASSWORD = "correct horse battery"

AMOUNT = re.compile(r"\d\s?(mg|mcg|µg|ug|ml|milligram|microgram)\b", re.IGNORECASE)

# What people do on the public board is talk about anything but this.
HEALTH = re.compile(
    r"anxi|panic|depress|therap|doctor|medic|treatment|symptom|clinic|diagnos|exposure|CBT|sleep",
    re.IGNORECASE,
)


def demo(app, *options, password=PASSWORD):
    """Run `flask demo` in a prepared place where this is the demo people's password."""
    with writing():
        load_tags()
    before = app.config["DEMO_PASSWORD"]
    app.config["DEMO_PASSWORD"] = password
    try:
        return app.test_cli_runner().invoke(args=["demo", *options])
    finally:
        app.config["DEMO_PASSWORD"] = before


def browser_of(app, name):
    """Return a browser in which one of them signed in."""
    client = app.test_client()
    with writing():
        secret = start_session(actor(name).id)
    client.set_cookie(app.config["SIGN_IN_COOKIE"], secret)
    return client


def actor(name):
    return get_actor(db.session.scalars(db.select(Member.id).where(Member.name == name)).one())


def rows(model):
    return db.session.scalars(db.select(model).order_by(model.id)).all()


def counts():
    return {
        model.__tablename__: db.session.scalar(db.select(func.count()).select_from(model))
        for model in (Member, Group, Section, Board, Voice, Thread, Post, Subject, Version)
    }


def said_in(board):
    words = db.select(Post.html).join(Thread, Thread.id == Post.thread_id).join(Board)
    titles = db.select(Thread.title).join(Board)
    return [
        *db.session.scalars(words.where(Board.slug == board)),
        *db.session.scalars(titles.where(Board.slug == board)),
    ]


def everything():
    """Return all there is to read and how it hangs together, with times as distances."""
    since = db.session.scalars(db.select(func.min(Member.joined_at))).one()

    def ago(moment):
        return moment and moment - since

    threads, posts = rows(Thread), rows(Post)
    return (
        [(m.name, m.standing, ago(m.joined_at), ago(m.welcomed_at)) for m in rows(Member)],
        [(b.slug, b.name, b.purpose, b.guide_html, b.policy, b.audience) for b in rows(Board)],
        [(t.board.slug, t.title, t.state, t.last_number, ago(t.last_post_at)) for t in threads],
        [
            (
                p.thread.title,
                p.number,
                p.voice.shown_name,
                p.html,
                p.version,
                p.state,
                ago(p.written_at),
                ago(p.edited_at),
                ago(p.withdrawn_at),
            )
            for p in posts
        ],
        [(line.actor_name, line.verb, line.member_name) for line in newest_log_lines()],
    )
