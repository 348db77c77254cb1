"""A unique string in every private column and every kind of private words; every role reads
every page, by every link; no string is where it does not belong."""

import pytest
from markupsafe import escape
from sqlalchemy import String, update

from app.accounts.actions import start_session
from app.accounts.models import Attempt, Consent, HeldName, Token, TokenPurpose
from app.boards.models import Board, Post, Voice
from app.core import drafts, kept_words
from app.core.database import writing
from app.core.job_runs import JobRun
from app.core.keys import SeenKey
from app.core.sent_forms import SentForm
from app.core.text import SafeHtml
from app.extensions import Base, db
from app.moderation import actions as moderation
from app.moderation.models import State
from app.notifications.actions import note
from app.notifications.models import About, Channel, Event, Notification
from app.outbox.actions import send_later
from app.outbox.models import Subject
from app.permissions import Role
from tests.factories import A_MONDAY, make_member, make_post, make_thread
from tests.guards.community import ROLES, address_of, furnish
from tests.guards.crawl import crawl

# Text columns that hold codes, not words: a canary in them would only break the page.
CODES = {
    "attempts.door", "channel_choices.about", "channel_choices.channel", "consents.about",
    "events.verb", "follows.level", "job_runs.name", "letters.check_name", "log_rows.after",
    "log_rows.before", "log_rows.verb", "mailings.channel", "members.country",
    "members.language", "members.look", "members.standing", "members.zone",
    "notifications.about", "notifications.channel", "seen_keys.purpose", "supports.kind",
    "tokens.purpose",
}  # fmt: skip

# Files that are the same for everybody, and the outbox that no production has.
NOT_WALKED = ("static", "joined_", "outbox.")

CLASSES = {"mine", "staff", "secret"}

STAFF = {"facilitator", "curator", "moderator", "organiser"}
MEMBERS = STAFF | {"newcomer", "member", "insider", "owner"}
IN_GROUP = {"insider", "owner", "facilitator", "moderator"}

# Who may come across what: by the class of a column, or the kind of a text.
READERS = {
    "mine": {"owner"}, "staff": STAFF, "secret": set(), "open": MEMBERS, "group": IN_GROUP,
    "held": {"owner", "moderator"}, "hidden": {"moderator"}, "withdrawn": {"moderator"},
}  # fmt: skip


@pytest.fixture
def owner(cast, group):
    return make_member("quiet.owner", Role.PARTICIPANT, group=group)


@pytest.fixture
def pages_of(app, cast, group, owner, sign_in):
    """Return a function: all pages a role can reach, after every canary was planted."""
    places = furnish(cast, group)
    browsers = {who: sign_in({"owner": owner, **cast}.get(who)) for who in (*ROLES, "owner")}
    starts = {
        address_of(rule, ids)
        for rule in app.url_map.iter_rules()
        if "GET" in rule.methods and not rule.endpoint.startswith(NOT_WALKED)
        for ids in places.values()
    }
    write_words(owner, places)
    furnish_tables(owner)
    tell_everybody(cast.values(), owner)
    planted = plant_columns()
    return planted, lambda who: crawl(browsers[who], {"/", *starts})


@pytest.mark.parametrize("who", [*ROLES, "owner"])
def test_no_canary_is_where_it_does_not_belong(pages_of, who):
    planted, pages = pages_of
    for address, page in pages(who).items():
        strays = {
            what for what, canary in planted.items()
            if canary in page and who not in READERS[what.partition(":")[0]]
        }  # fmt: skip
        assert not strays, f"{who} finds {strays} at {address}"


def test_every_text_is_found_by_those_it_is_for(pages_of):
    """The crawl would be worth nothing if it reached nothing."""
    planted, pages = pages_of
    found = "".join(pages("moderator").values())
    assert all(planted[f"{what}:words"] in found for what in ("open", "group", "held", "hidden"))


def test_a_leak_is_noticed(cast, pages_of):
    """Planted: a board whose purpose tells somebody's sealed address."""
    planted, pages = pages_of
    leak = planted["mine:members.email_sealed"]
    with writing():
        db.session.execute(update(Base.metadata.tables["boards"]).values(purpose=leak))
    with pytest.raises(AssertionError, match=r"members\.email_sealed"):
        test_no_canary_is_where_it_does_not_belong((planted, pages), "member")


def write_words(owner, places):
    """Have the owner say something of every kind, with its canary in it."""
    for what in ("open", "group"):
        board = db.session.scalars(db.select(Board).filter_by(slug=places[what]["slug"])).one()
        make_thread(owner, board=board, title=f"canary-{what}-title", body=f"canary-{what}-words")
    thread = make_thread(owner, body="Hello.")
    make_post(thread, owner, body="canary-held-words", state=State.HELD)
    make_post(thread, owner, body="canary-hidden-words", state=State.HIDDEN)
    make_post(thread, owner, body="canary-withdrawn-words", withdrawn_at=A_MONDAY)


def tell_everybody(people, owner):
    """Tell everybody of all the owner wrote: what they may not see must not show this way."""
    own = db.select(Voice.id).filter_by(member_id=owner.id)
    written = list(db.session.scalars(db.select(Post.subject_id).where(Post.voice_id.in_(own))))
    with writing():
        for subject_id in written:
            event = Event(at=A_MONDAY, verb="post:reply", told_at=A_MONDAY)
            db.session.add(event)
            db.session.flush()
            db.session.add_all(
                Notification(
                    event_id=event.id, member_id=each.id, about=About.REPLY, at=A_MONDAY,
                    subject_id=subject_id, channel=Channel.APP,
                )
                for each in people
            )  # fmt: skip


def furnish_tables(owner):
    """Put a row of the owner's at the end of every table that has words in it."""
    with writing():
        start_session(owner.id, device="a phone")
        kept_words.keep(owner.id, "/boards/open/new", [("body", "kept")])
        drafts.keep(owner.id, "/boards/open/new", [("body", "begun")])
        note("thread:start", actor=owner)
        moderation.log(moderation.Change("grant"), actor=owner, member_id=owner.id, words="Why")
        send_later("quiet.owner@example.org", Subject.NOTE, "A letter.")
        db.session.add_all([
            Consent(member_id=owner.id, about="health", version=1, given_at=A_MONDAY),
            Token(
                secret_hash="zzz", member_id=owner.id, purpose=TokenPurpose.RESET,
                made_at=A_MONDAY, ends_at=A_MONDAY,
            ),
            Attempt(door="sign_in", key="k", at=A_MONDAY),
            HeldName(name_key="zzz", held_at=A_MONDAY),
            JobRun(name="zzz", slot=A_MONDAY, held_until=A_MONDAY),
            SeenKey(purpose="zzz", key_id=1, fingerprint="f"),
            SentForm(sender_id=owner.id, key="zzz", address="/", sent_at=A_MONDAY),
        ])  # fmt: skip


def plant_columns():
    """Write a canary into every private text column, in the table's last row; return them all."""
    planted = {f"{what}:words": f"canary-{what}-words" for what in READERS if what not in CLASSES}
    planted |= {f"{what}:title": f"canary-{what}-title" for what in ("open", "group")}
    with writing():
        for column in private_columns():
            canary = f"canary-{column}".replace(".", "-").replace("_", "-")
            planted[f"{column.info['class']}:{column}"] = canary
            done = db.session.execute(_fill(column, canary))
            assert done.rowcount == 1, f"furnish_tables() leaves {column.table} empty"
    return planted


def private_columns():
    return [
        column
        for table in Base.metadata.sorted_tables
        for column in table.columns
        if column.info["class"] in CLASSES and str(column) not in CODES and _is_text(column)
    ]


def _is_text(column):
    return isinstance(column.type, String | SafeHtml)


def _fill(column, canary):
    """Return the statement that writes a canary into the last row of a column's table."""
    table = column.table
    last = db.session.execute(
        db.select(*table.primary_key).order_by(*(key.desc() for key in table.primary_key)).limit(1)
    ).first()
    own = [key == value for key, value in zip(table.primary_key, last or (), strict=bool(last))]
    value = escape(canary) if isinstance(column.type, SafeHtml) else canary
    return update(table).where(*own).values({column: value})
