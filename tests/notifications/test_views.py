"""What members are told here: by thread, quietly, and nothing of what they may not see."""

from datetime import UTC, datetime, timedelta

import pytest

from app.accounts.models import Grant, Member
from app.boards.actions import mark_read
from app.boards.models import MemberMute
from app.care.actions import set_content_notes
from app.care.models import ContentNote
from app.core import clock
from app.core.database import writing
from app.extensions import db
from app.notifications import limits
from app.notifications.queries import lists, wishes_of
from app.notifications.views import blueprint
from tests.boards.doing import reply, withdraw
from tests.factories import make_board, make_member, make_thread
from tests.notifications.doing import follow, hide, later, notifications, wish
from tests.pages_of import forms_of, hidden_inputs

PAGE, SETTINGS = "/notifications", "/settings/notifications"


@pytest.fixture
def client(anna, sign_in):
    return sign_in(anna)


def menu_of(client):
    return client.get("/guidelines").text.partition("account__name")[2].partition("</summary>")[0]


def test_nothing_yet_is_said_kindly(client):
    assert "Nothing new, and nothing to catch up with." in client.get(PAGE).text
    assert "Nothing yet." in client.get(f"{PAGE}?show=all").text
    assert "new" not in menu_of(client)


def test_replies_of_one_thread_stand_together(ben, thread, told, client):
    other = make_thread(ben, title="Waking at four")
    follow_anna(client, other)
    for each in (thread, other, thread):
        reply(ben, each)
    told()
    page = client.get(PAGE).text
    assert page.count("First night home") == page.count("Waking at four") == 1
    assert page.count("ben.river replied") == 3
    assert page.index("First night home") < page.index("Waking at four")


def follow_anna(_client, thread):
    anna = db.session.scalars(db.select(Member).filter_by(name="anna.b")).one()
    follow(anna, thread)


def test_it_leads_to_the_post(ben, thread, told, client):
    post = reply(ben, thread)
    told()
    assert f'href="/posts/{post.id}"' in client.get(PAGE).text
    assert client.get(f"/posts/{post.id}").status_code == 302


def test_the_menu_says_quietly_how_much_is_new(ben, thread, told, client):
    reply(ben, thread)
    reply(ben, thread)
    told()
    assert "2 new" in menu_of(client)


def test_the_menu_does_not_count_on_and_on(ben, thread, told, client, monkeypatch):
    monkeypatch.setattr(blueprint, "COUNTED", 2)
    for _ in range(3):
        reply(ben, thread)
    told()
    assert "more than 1 new" in menu_of(client)


@pytest.mark.parametrize("what", [{"sees_counts": False}, {"look": "low-stimulus"}])
def test_who_wants_no_counts_sees_none(anna, ben, thread, told, client, what):
    with writing():
        db.session.execute(db.update(Member).filter_by(id=anna.id).values(what))
    reply(ben, thread)
    told()
    assert "new" not in menu_of(client)
    assert "ben.river replied" in client.get(PAGE).text


def test_who_wants_quiet_for_a_while_finds_it_later(anna, ben, thread, told, client):
    wish(anna, snoozed_until=clock.now() + timedelta(days=1))
    reply(ben, thread)
    told()
    assert "new" not in menu_of(client)
    assert "ben.river replied" in client.get(PAGE).text


def test_reading_the_thread_is_enough(anna, ben, thread, told, client):
    reply(ben, thread)
    told()
    with writing():
        mark_read(thread.id, 2, actor=anna)
    assert "new" not in menu_of(client)
    assert "ben.river replied" not in client.get(PAGE).text
    assert "ben.river replied" in client.get(f"{PAGE}?show=all").text


def test_looking_at_the_page_marks_nothing(ben, thread, told, client):
    reply(ben, thread)
    told()
    client.get(PAGE)
    assert [row.read_at for row in notifications()] == [None]


def test_all_is_put_behind_oneself_up_to_what_was_seen(ben, thread, told, client):
    reply(ben, thread)
    told()
    seen = forms_of(client.get(PAGE))
    all_of_it = next(form["fields"] for form in seen if "until" in form["fields"])
    reply(ben, thread)
    told()
    assert client.post(f"{PAGE}/read", data=all_of_it).status_code == 303
    assert [row.read_at is None for row in notifications()] == [False, True]


def test_one_thread_is_put_behind_oneself(ben, thread, told, client):
    other = make_thread(ben, title="Waking at four")
    follow_anna(client, other)
    reply(ben, thread)
    reply(ben, other)
    told()
    own = next(form["fields"] for form in forms_of(client.get(PAGE)) if "ids" in form["fields"])
    assert client.post(f"{PAGE}/read", data=own).status_code == 303
    assert [row.read_at is None for row in notifications()] == [True, False]


def test_nobody_marks_what_is_told_to_others(cast, ben, thread, told, sign_in):
    reply(ben, thread)
    told()
    (row,) = notifications()
    other = sign_in(cast["member"])
    own = hidden_inputs(other.get(SETTINGS), None) | {"ids": str(row.id)}
    assert other.post(f"{PAGE}/read", data=own).status_code == 303
    assert notifications()[0].read_at is None


@pytest.mark.parametrize("ids", ["x", "1,,2", "-1", "1" * 30, "0"])
def test_a_form_nobody_wrote_changes_nothing(client, ids):
    own = hidden_inputs(client.get(SETTINGS), None) | {"ids": ids}
    assert client.post(f"{PAGE}/read", data=own).status_code == 422


@pytest.mark.parametrize("address", [f"{PAGE}/read", SETTINGS])
@pytest.mark.parametrize("body", [b"\xff\xfe", b"ids=%ff%00", b"&&&===", b"\x00" * 100])
def test_what_is_no_form_is_answered_kindly(client, address, body):
    for kind in ("application/x-www-form-urlencoded", "multipart/form-data", "application/json"):
        assert client.post(address, data=body, content_type=kind).status_code in {400, 422}


@pytest.mark.parametrize("page", ["0", "x", "1-0", "%00", "9" * 40])
def test_a_page_that_is_none_is_not_there(client, page):
    assert client.get(f"{PAGE}?page={page}").status_code == 404


def test_a_thread_folded_behind_its_notes_shows_them_and_no_title(ben, thread, told, client):
    with writing():
        set_content_notes(thread.subject_id, [ContentNote.SELF_HARM])
    reply(ben, thread)
    told()
    page = client.get(PAGE).text
    assert "First night home" not in page
    assert "A thread (self-harm)" in page


def test_who_leaves_a_group_is_shown_nothing_of_it_any_more(cast, group, told, sign_in):
    thread = make_thread(cast["insider"], board=make_board("private", group=group))
    follow(cast["insider"], thread)
    reply(cast["facilitator"], thread)
    told()
    client = sign_in(cast["insider"])
    assert "facilitator replied" in client.get(PAGE).text
    with writing():
        db.session.execute(db.delete(Grant).filter_by(member_id=cast["insider"].id))
    for page in (PAGE, f"{PAGE}?show=all"):
        assert "facilitator replied" not in client.get(page).text
    assert "new" not in menu_of(client)


def test_what_was_taken_back_is_no_news(ben, thread, told, client):
    post = reply(ben, thread)
    told()
    withdraw(ben, post)
    assert "new" not in menu_of(client)
    assert "ben.river" not in client.get(PAGE).text


def test_whom_one_muted_is_not_named(anna, ben, thread, told, client):
    reply(ben, thread)
    told()
    with writing():
        db.session.add(MemberMute(member_id=anna.id, muted_id=ben.id))
    assert "new" not in menu_of(client)
    page = client.get(f"{PAGE}?show=all").text
    assert "Somebody replied" in page
    assert "ben.river" not in page


def test_a_decision_stands_there_when_the_thread_is_out_of_sight(cast, ben, told, sign_in):
    thread = make_thread(ben)
    hide(thread, by=cast["moderator"])
    told()
    page = sign_in(ben).get(PAGE).text
    assert "A moderator decided about something you wrote" in page
    assert "Your own words" in page


def test_a_long_list_goes_on_by_its_key(ben, thread, told, client, monkeypatch, statements):
    monkeypatch.setattr(lists, "NOTIFICATIONS_A_PAGE", 2)
    posts = [reply(ben, thread) for _ in range(5)]
    told()
    address, seen = PAGE, []
    for _ in range(3):
        statements.clear()
        page = client.get(address).text
        assert len(statements) <= 6, statements
        seen += [post.id for post in posts if f'href="/posts/{post.id}"' in page]
        address = page.split('rel="next" href="')[-1].split('"')[0].replace("&amp;", "&")
    assert sorted(seen) == [post.id for post in posts]
    assert len(set(seen)) == 5


def test_settings_show_what_holds_and_keep_what_is_chosen(anna, client):
    page = client.get(SETTINGS)
    assert '<option selected value="daily">' in page.text
    chosen = {
        "mention": "app", "quote": "never", "reply": "at_once", "support": "weekly",
        "shown": "daily", "decision": "app", "zone": "Europe/Berlin",
        "quiet_from": "22", "quiet_until": "7", "snooze": "3", "shows_words": "y",
    }  # fmt: skip
    answer = client.post(SETTINGS, data=hidden_inputs(page, None) | chosen)
    assert answer.status_code == 303
    kept = wishes_of(anna.id)
    assert {about.value: channel.value for about, channel in kept.channels.items()} == {
        name: chosen[name] for name in ("mention", "quote", "reply", "support", "shown", "decision")
    }
    assert (kept.quiet_from, kept.quiet_until, kept.shows_words) == (22, 7, True)
    assert kept.zone == "Europe/Berlin"
    assert timedelta(days=2) < kept.snoozed_until - clock.now() <= timedelta(days=3)
    again = client.get(answer.location).text
    assert "Saved." in again
    assert "It is quiet until:" in again


def test_a_snooze_goes_on_when_other_things_are_saved(anna, client):
    until = clock.now() + timedelta(days=2)
    wish(anna, snoozed_until=until)
    page = client.get(SETTINGS)
    chosen = dict.fromkeys(("mention", "quote", "reply", "support", "shown", "decision"), "app")
    chosen |= {"zone": "UTC", "quiet_from": "0", "quiet_until": "0", "snooze": "keep"}
    assert client.post(SETTINGS, data=hidden_inputs(page, None) | chosen).status_code == 303
    assert wishes_of(anna.id).snoozed_until == until


@pytest.mark.parametrize(("name", "value"), [("reply", "shout"), ("quiet_from", "24"),
                                             ("snooze", "400"), ("snooze", "keep"),
                                             ("zone", "Mars/Olympus")])  # fmt: skip
def test_what_cannot_be_chosen_is_refused_and_the_rest_kept(client, name, value):
    page = client.get(SETTINGS)
    chosen = dict.fromkeys(("mention", "quote", "reply", "support", "shown", "decision"), "app")
    chosen |= {"zone": "UTC", "quiet_from": "3", "quiet_until": "4", "snooze": "0", name: value}
    answer = client.post(SETTINGS, data=hidden_inputs(page, None) | chosen)
    assert answer.status_code == 422
    assert "Choose one of these." in answer.text
    assert '<option selected value="app">' in answer.text


def test_times_are_shown_by_the_clock_somebody_lives_by(anna, ben, thread, told, client):
    with writing():
        zone = {"zone": "Asia/Kathmandu"}
        db.session.execute(db.update(Member).filter_by(id=anna.id).values(zone))
    with clock.at(datetime(2026, 6, 3, 12, 0, tzinfo=UTC)):
        reply(ben, thread)
        told()
        assert "3 Jun 2026, 17:45" in client.get(PAGE).text


def test_gentle_defaults(anna):
    at_first = {
        about.value: channel.value for about, channel in wishes_of(anna.id).channels.items()
    }
    assert at_first == {
        "mention": "daily", "quote": "daily", "reply": "daily", "support": "never",
        "shown": "at_once", "decision": "at_once",
    }  # fmt: skip
    assert not wishes_of(anna.id).shows_words
    assert (limits.QUIET_FROM, limits.QUIET_UNTIL) == (21, 8)


def test_what_nobody_looked_at_for_long_is_news_no_more(ben, thread, told, app, client):
    reply(ben, thread)
    told()
    with later(days=31):
        app.test_cli_runner().invoke(args=["notifications", "tidy"])
    assert "new" not in menu_of(client)
    assert len(notifications()) == 1


def test_the_menu_asks_little_of_the_database(ben, thread, told, client, statements):
    """Of who is told nothing, one question; of who is told much, one more."""
    client.get("/guidelines")
    asked = []
    for _ in range(2):
        statements.clear()
        client.get("/guidelines")
        asked.append(len(statements))
        for _ in range(5):
            reply(ben, thread)
        told()
    assert asked == [2, 3]


def test_old_notifications_are_forgotten(ben, thread, told, app):
    reply(ben, thread)
    told()
    with later(days=179):
        assert app.test_cli_runner().invoke(args=["notifications", "tidy"]).exit_code == 0
        assert len(notifications()) == 1
    with later(days=181):
        app.test_cli_runner().invoke(args=["notifications", "tidy"])
        assert notifications() == []


def test_somebody_else_never_sees_mine(ben, thread, told, sign_in):
    reply(ben, thread)
    told()
    page = sign_in(make_member("carl.d")).get(f"{PAGE}?show=all").text
    assert "ben.river" not in page
