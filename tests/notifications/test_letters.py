"""Letters: when they come, what stands in them, and that they may still go in the last moment."""

import re
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.policy import default
from zoneinfo import ZoneInfo

import pytest

from app.accounts.models import Grant, Member
from app.boards.actions import mark_read
from app.boards.models import Thread
from app.care.actions import set_content_notes
from app.care.models import ContentNote
from app.core import checks, clock
from app.core.checks import Check
from app.core.database import writing
from app.extensions import db
from app.notifications import tasks
from app.outbox import tasks as outbox
from app.outbox.models import Letter
from app.outbox.queries import newest_waiting
from app.permissions import Standing
from tests.boards.doing import let_through, reply, withdraw
from tests.factories import make_board, make_member, make_post, make_thread
from tests.notifications.doing import (
    follow,
    hide,
    later,
    notifications,
    support,
    tell_and_write,
    wish,
)
from tests.outbox.mail_server import mail_server

NOON = datetime(2026, 6, 3, 12, 0, tzinfo=UTC)  # a Wednesday


@pytest.fixture(autouse=True)
def noon():
    with clock.at(NOON):
        yield


@pytest.fixture
def server(app, monkeypatch):
    with mail_server() as running:
        monkeypatch.setitem(app.config, "SMTP_URL", running.address)
        yield running


def letters():
    return [(letter.to, letter.subject) for letter in reversed(newest_waiting(99))]


def newest():
    return newest_waiting(1)[0]


def sent(server):
    outbox.send_due()
    return [message_from_bytes(each.encode("ascii"), policy=default) for each in server.letters]


def test_by_mail_at_once(anna, ben, thread):
    wish(anna, reply="at_once")
    post = reply(ben, thread)
    assert tell_and_write() == 1
    assert letters() == [("anna.b@example.org", "A note for you")]
    assert f"http://localhost/posts/{post.id}\n" in newest().text
    assert tell_and_write() == 0


def test_here_only_is_here_only(anna, ben, thread):
    wish(anna, reply="app")
    reply(ben, thread)
    assert tell_and_write() == 0
    with later(days=8):
        assert tell_and_write() == 0


def test_decisions_come_at_once_by_themselves(cast, anna, thread):
    hide(thread, by=cast["moderator"])
    assert tell_and_write() == 1
    assert "A moderator decided about something you wrote:" in newest().text
    assert "http://localhost/notifications\n" in newest().text


def test_a_reply_is_in_the_summary_of_the_next_morning(anna, ben, thread):
    reply(ben, thread)
    assert tell_and_write() == 0
    with clock.at(NOON + timedelta(hours=19, minutes=59)):
        assert tell_and_write() == 0
    with clock.at(NOON + timedelta(hours=20)):
        assert tell_and_write() == 1
        assert letters() == [("anna.b@example.org", "Your daily summary")]


def test_a_weekly_summary_comes_on_sunday(anna, ben, thread):
    wish(anna, reply="weekly")
    reply(ben, thread)
    tasks.tell()
    with clock.at(datetime(2026, 6, 7, 7, 59, tzinfo=UTC)):
        assert tell_and_write() == 0
    with clock.at(datetime(2026, 6, 7, 8, 0, tzinfo=UTC)):
        assert tell_and_write() == 1
        assert letters() == [("anna.b@example.org", "Your weekly summary")]


@pytest.mark.parametrize("zone", ["Europe/Berlin", "America/New_York"])
@pytest.mark.parametrize("begin", [(2026, 3, 6), (2026, 3, 27), (2026, 10, 23), (2026, 10, 30)])
def test_over_a_change_of_clocks_there_is_one_summary_a_day(anna, ben, thread, zone, begin):
    """The worker looks each hour for five days; somebody replies every three."""
    with writing():
        db.session.execute(db.update(Member).filter_by(id=anna.id).values(zone=zone))
    start, written = datetime(*begin, tzinfo=UTC), []
    for hour in range(5 * 24):
        with clock.at(start + timedelta(hours=hour)):
            if hour % 3 == 0:
                reply(ben, thread)
            written += [clock.now()] * tell_and_write()
    days = [moment.astimezone(ZoneInfo(zone)) for moment in written]
    assert {moment.hour for moment in days} == {8}
    assert len({moment.date() for moment in days}) == len(days) == 5
    told = [row for row in notifications() if row.mailing_id is None]
    assert all(row.at >= written[-1] for row in told)


def test_moving_to_another_zone_brings_no_second_summary_of_a_day(anna, ben, thread):
    reply(ben, thread)
    tasks.tell()
    with clock.at(NOON + timedelta(hours=20)):
        assert tell_and_write() == 1
        with writing():
            new_york = {"zone": "America/New_York"}
            db.session.execute(db.update(Member).filter_by(id=anna.id).values(new_york))
        reply(ben, thread)
        tasks.tell()
    with clock.at(NOON + timedelta(hours=25)):  # eight in the morning of that day, again
        assert tasks.deliver() == 0
    with clock.at(NOON + timedelta(hours=49)):
        assert tasks.deliver() == 1


def test_a_worker_that_was_away_writes_one_summary_of_all(anna, ben, thread):
    reply(ben, thread)
    tasks.tell()
    with later(days=1):
        reply(ben, thread)
        tasks.tell()
    with later(days=5):
        assert tell_and_write() == 1


def test_answers_come_first_and_each_thread_once(anna, ben, cast, thread):
    wish(anna, reply="daily", support="daily", decision="daily")
    post = make_post(thread, anna)
    hide(make_post(thread, anna), by=cast["moderator"])
    support(ben, post)
    first, _second = reply(ben, thread), reply(ben, thread)
    tasks.tell()
    with later(days=1):
        assert tasks.deliver() == 1
    text = newest().text
    assert text.index("something new in a thread") < text.index("is with you")
    assert text.index("is with you") < text.index("A moderator decided")
    assert text.count("/posts/") == 3
    assert f"/posts/{first.id}\n" in text


def test_a_long_summary_ends_with_where_the_rest_stands(anna, ben, board):
    for number in range(12):
        thread = make_thread(ben, board=board, title=f"Night {number}")
        follow(anna, thread)
        reply(ben, thread)
    tasks.tell()
    with later(days=1):
        assert tasks.deliver() == 1
    assert newest().text.count("/posts/") == 10
    assert "And more, which stands here:\nhttp://localhost/notifications\n" in newest().text


@pytest.mark.parametrize("note", [ContentNote.SUICIDAL_THOUGHTS, ContentNote.SELF_HARM])
@pytest.mark.parametrize("on", ["thread", "post"])
def test_a_thread_of_somebody_in_need_is_in_no_summary(anna, ben, thread, note, on):
    post = reply(ben, thread)
    with writing():
        subject_id = thread.subject_id if on == "thread" else post.subject_id
        set_content_notes(subject_id, [note])
    tasks.tell()
    with later(days=1):
        assert tasks.deliver() == 0
    assert [row.due_at for row in notifications()] == [None]


def test_in_quiet_hours_nothing_comes_until_they_end(anna, ben, thread):
    wish(anna, reply="at_once", quiet=(11, 14))
    reply(ben, thread)
    assert tell_and_write() == 0
    with clock.at(NOON + timedelta(minutes=119)):
        assert tell_and_write() == 0
    with clock.at(NOON + timedelta(hours=2)):
        assert tell_and_write() == 1


def test_quiet_for_a_while_holds_for_summaries_too(anna, ben, thread):
    wish(anna, snoozed_until=NOON + timedelta(days=3))
    reply(ben, thread)
    tasks.tell()
    with clock.at(NOON + timedelta(days=2)):
        assert tasks.deliver() == 0
    with clock.at(NOON + timedelta(days=3)):
        assert tasks.deliver() == 1


def test_of_what_was_read_here_meanwhile_no_letter_comes(anna, ben, thread):
    reply(ben, thread)
    tasks.tell()
    with writing():
        mark_read(thread.id, 2, actor=anna)
    with later(days=1):
        assert tasks.deliver() == 0


def test_a_change_of_mind_holds_for_what_has_not_been_written_yet(anna, ben, thread):
    reply(ben, thread)
    tasks.tell()
    wish(anna, reply="weekly")
    with later(days=1):
        assert tasks.deliver() == 0
    with later(days=4):
        assert tasks.deliver() == 1
        assert newest().subject == "Your weekly summary"


def test_letters_show_no_words_unless_their_reader_chose_so(anna, ben, thread):
    wish(anna, reply="at_once")
    reply(ben, thread)
    assert tell_and_write() == 1
    assert "First night home" not in newest().text
    assert "ben.river" not in newest().text
    wish(anna, reply="at_once", shows_words=True)
    reply(ben, thread)
    assert tell_and_write() == 1
    assert "ben.river replied: “First night home”\n" in newest().text
    assert newest().subject == "A note for you"


def test_a_folded_thread_shows_no_words_in_any_letter(anna, ben, thread):
    wish(anna, reply="at_once", shows_words=True)
    with writing():
        set_content_notes(thread.subject_id, [ContentNote.ABUSE])
    reply(ben, thread)
    assert tell_and_write() == 1
    assert "First night home" not in newest().text
    assert "ben.river" not in newest().text


# In the last moment before a letter goes.


@pytest.fixture
def waiting(anna, ben, thread):
    """A letter to anna about a reply of ben's, written and not sent."""
    wish(anna, reply="at_once")
    post = reply(ben, thread)
    assert tell_and_write() == 1
    return post


def test_it_goes_if_nothing_has_changed(waiting, server):
    assert len(sent(server)) == 1


def test_a_letter_has_its_way_out_and_says_so_to_mail_programs(waiting, server):
    (message,) = sent(server)
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    end = re.fullmatch(r"<(http://localhost/unsubscribe/[\w.=-]+)>", message["List-Unsubscribe"])[1]
    raw = server.letters[0]
    assert f"List-Unsubscribe: <{end}>\r\n" in raw  # in one piece
    assert end in message.get_body(("plain",)).get_content()
    page = message.get_body(("html",)).get_content()
    assert f'<a href="{end}">' in page
    assert "src=" not in page
    assert message["To"] == "anna.b@example.org"
    assert message["Cc"] is message["Bcc"] is None


def withdrawn(anna, ben, thread, post):
    withdraw(ben, post)


def hidden(anna, ben, thread, post):
    with writing():
        db.session.execute(db.update(Thread).filter_by(id=thread.id).values(state="hidden"))


def suspended(anna, ben, thread, post):
    _change(anna, standing=Standing.SUSPENDED)


def unwanted(anna, ben, thread, post):
    wish(anna, reply="app")


def wanted_later(anna, ben, thread, post):
    wish(anna, reply="daily")


def snoozed(anna, ben, thread, post):
    wish(anna, reply="at_once", snoozed_until=NOON + timedelta(days=1))


def read(anna, ben, thread, post):
    with writing():
        mark_read(thread.id, 2, actor=anna)


def _change(member, **values):
    with writing():
        db.session.execute(db.update(Member).filter_by(id=member.id).values(values))


@pytest.mark.parametrize(
    "change", [withdrawn, hidden, suspended, unwanted, wanted_later, snoozed, read]
)
def test_it_does_not_go_if_something_changed(anna, ben, thread, waiting, server, change):
    change(anna, ben, thread, waiting)
    assert sent(server) == []
    (letter,) = db.session.scalars(db.select(Letter)).all()
    assert (letter.sealed_to, letter.sealed_text, letter.sealed_way_out) == (None, None, None)
    assert letter.fault == "TakenBack"
    assert tasks.deliver() == 0


def test_what_was_only_put_off_comes_later(anna, ben, thread, waiting, server):
    snoozed(anna, ben, thread, waiting)
    assert sent(server) == []
    tasks.deliver()
    with later(days=1):
        assert tasks.deliver() == 1
        assert len(sent(server)) == 1


def test_who_left_a_group_is_sent_nothing_of_it(cast, group, server):
    wish(cast["insider"], reply="at_once")
    thread = make_thread(cast["insider"], board=make_board("private", group=group))
    follow(cast["insider"], thread)
    reply(cast["facilitator"], thread)
    assert tell_and_write() == 1
    with writing():
        db.session.execute(db.delete(Grant).filter_by(member_id=cast["insider"].id))
    assert sent(server) == []


def test_what_may_still_be_told_is_told_without_the_rest(anna, ben, board, thread, server):
    other = make_thread(ben, board=board, title="Waking at four")
    follow(anna, other)
    gone, stays = reply(ben, thread), reply(ben, other)
    tasks.tell()
    with later(days=1):
        assert tasks.deliver() == 1
        withdraw(ben, gone)
        assert sent(server) == []
        assert tasks.deliver() == 1
        (message,) = sent(server)
    text = message.get_body(("plain",)).get_content()
    assert f"/posts/{stays.id}" in text
    assert f"/posts/{gone.id}" not in text


def test_a_suspended_member_is_still_told_what_was_decided(cast, anna, thread, server):
    hide(thread, by=cast["moderator"])
    _change(anna, standing=Standing.SUSPENDED)
    assert tell_and_write() == 1
    assert len(sent(server)) == 1


def test_an_address_nobody_confirmed_is_written_to_by_nobody(cast, anna, thread):
    hide(thread, by=cast["moderator"])
    _change(anna, confirmed_at=None)
    assert tell_and_write() == 0


def test_a_letter_whose_check_nobody_knows_does_not_go(app, waiting, server, monkeypatch):
    monkeypatch.setitem(app.extensions, "checks", {})
    assert sent(server) == []


def test_two_checks_of_one_name_are_a_mistake(app):
    with pytest.raises(ValueError, match="two checks"):
        checks.join(app, [Check("notifications", bool, print)])


# Whoever looks over a shoulder, or into the list of letters, learns nothing.

CANARIES = ("canary", "ben.river", "anna", "secret-board", "Moonlight")


@pytest.mark.parametrize("channel", ["at_once", "daily", "weekly"])
@pytest.mark.parametrize("shows_words", [False, True])
def test_no_letter_tells_anything_where_others_may_see_it(cast, server, channel, shows_words):
    """Every kind there is: no header, and not how the letter begins. Words: only if chosen."""
    anna, ben = make_member("anna.b"), make_member("ben.river")
    abouts = ("mention", "quote", "reply", "support", "shown", "decision")
    wish(anna, shows_words=shows_words, **dict.fromkeys(abouts, channel))
    board = make_board("secret-board", name="secret-board")
    slow = make_board("slow", name="secret-board", policy="everyone_waits")
    thread = make_thread(anna, board=board, title="Moonlight canary", body="canary words")
    follow(anna, thread)
    post = make_post(thread, anna, body="canary mine")
    reply(ben, thread, "canary reply")
    reply(ben, thread, "canary @anna.b")
    reply(ben, thread, "canary quote", replying_to=post.id)
    support(ben, post)
    hide(make_post(thread, anna, body="canary hidden"), by=cast["moderator"])
    let_through(cast["moderator"], reply(anna, make_thread(ben, board=slow, title="Moonlight")))
    assert {row.about for row in told_about()} == set(abouts)
    with later(days=7):
        assert tasks.deliver() == (6 if channel == "at_once" else 1)
        found = sent(server)
    for message in found:
        headers = "".join(f"{name}: {value}\n" for name, value in message.items() if name != "To")
        body = message.get_body(("plain",)).get_content()
        first = body[:150]  # more than a mailbox shows beside the subject
        assert message["From"] == "no-reply@localhost"
        for canary in CANARIES:
            assert canary not in headers
            assert canary not in first
            if not shows_words:
                assert canary not in body
                assert canary not in message.get_body(("html",)).get_content()
        assert "canary words" not in body
        assert "canary reply" not in body
        assert "secret-board" not in body


def told_about():
    tasks.tell()
    return notifications()


def test_the_commands_say_what_they_did(app, anna, ben, thread):
    wish(anna, reply="at_once")
    reply(ben, thread)
    run = app.test_cli_runner()
    assert run.invoke(args=["notifications", "tell"]).output == "Told of 1 events.\n"
    assert run.invoke(args=["notifications", "deliver"]).output == "Wrote 1 letters.\n"


def test_one_member_who_cannot_be_written_to_keeps_no_other_waiting(anna, ben, thread):
    carl = make_member("carl.d")
    for each in (anna, carl):
        wish(each, reply="at_once")
        follow(each, thread)
    _change(anna, email_sealed="1:broken")
    reply(ben, thread)
    assert tell_and_write() == 1
    assert letters() == [("carl.d@example.org", "A note for you")]
