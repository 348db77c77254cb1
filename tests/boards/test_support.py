"""Being with somebody, thanking them, keeping a post, and not hearing from somebody."""

import pytest
from flask import render_template_string

from app.accounts.models import Member
from app.boards import actions, queries
from app.boards.models import (
    Board,
    BoardMute,
    MemberMute,
    Post,
    Save,
    Support,
    SupportKind,
    Thread,
    Voice,
)
from app.core.database import writing
from app.core.errors import NotAllowed, NotFound, RuleBroken
from app.extensions import db
from app.moderation.models import State
from app.notifications.models import Event
from tests.factories import A_MONDAY, actor_of, make_board, make_member, make_post, make_thread
from tests.pages_of import hidden_inputs

WITH_YOU, THANK_YOU = SupportKind.WITH_YOU, SupportKind.THANK_YOU
ADDRESS = "/threads/%s-first-night-home"


@pytest.fixture
def thread(cast):
    return make_thread(cast["insider"], board=make_board())


@pytest.fixture
def post(cast, thread):
    return make_post(thread, cast["member"])


def give(actor, post, kind=WITH_YOU):
    with writing():
        post = queries.get_post(post.id, actor=actor, for_update=True)
        actions.give_support(post, kind, actor=actor)


def take_back(actor, post, kind=WITH_YOU):
    with writing():
        post = queries.get_post(post.id, actor=actor, for_update=True)
        actions.take_back_support(post, kind, actor=actor)


def save(actor, post):
    with writing():
        actions.save_post(queries.get_post(post.id, actor=actor), actor=actor)


def mute(actor, post):
    with writing():
        actions.mute_author(queries.get_post(post.id, actor=actor), actor=actor)


def press(client, thread, path, **words):
    """Press a button below a post of a thread."""
    sent = hidden_inputs(client.get(ADDRESS % thread.id), path)
    return client.post(path, data=sent | words)


def counted(post):
    db.session.expire_all()
    post = db.session.get_one(Post, post.id)
    return post.with_you, post.thank_you


def change(model, row_id, **values):
    with writing():
        for name, value in values.items():
            setattr(db.session.get_one(model, row_id), name, value)


def test_support_is_counted_once_a_member_and_kind(cast, post):
    for who in ("insider", "curator", "curator", "newcomer"):
        give(cast[who], post)
    give(cast["curator"], post, THANK_YOU)
    assert counted(post) == (3, 1)
    events = db.session.scalars(db.select(Event.verb).filter_by(subject_id=post.subject_id)).all()
    assert events == ["post:support"] * 4


def test_support_can_be_taken_back_once(cast, post):
    give(cast["insider"], post)
    give(cast["curator"], post)
    for _ in range(2):
        take_back(cast["curator"], post)
    take_back(cast["newcomer"], post)
    assert counted(post) == (1, 0)


def test_counters_equal_a_recount_over_many_changes_of_mind(cast, thread):
    posts = [make_post(thread, cast["member"]) for _ in range(3)]
    for number in range(60):
        who = ("insider", "curator", "newcomer", "moderator")[number * 7 % 4]
        turn = take_back if number * 5 % 3 == 0 else give
        turn(cast[who], posts[number * 11 % 3], (WITH_YOU, THANK_YOU)[number % 2])
    for post in posts:
        rows = db.session.scalars(db.select(Support.kind).filter_by(post_id=post.id)).all()
        assert counted(post) == (rows.count("with_you"), rows.count("thank_you"))


def test_nobody_supports_themself(cast, post):
    with pytest.raises(NotAllowed):
        give(cast["member"], post)


def test_who_may_not_write_gives_no_support(cast, post):
    change(Member, cast["insider"].id, standing="read_only")
    with pytest.raises(NotAllowed):
        give(actor_of(cast["insider"].id), post)
    for who in ("unconfirmed", "suspended"):
        with pytest.raises(NotFound):
            give(cast[who], post)


@pytest.mark.parametrize(
    "details", [{"state": State.HIDDEN}, {"withdrawn_at": A_MONDAY}, {"state": State.HELD}]
)
def test_what_is_out_of_sight_takes_no_support(cast, thread, details):
    post = make_post(thread, cast["member"], **details)
    with pytest.raises(RuleBroken, match="out of sight"):
        give(cast["moderator"], post)


@pytest.mark.parametrize("closed", ["locked_at", "archived_at"])
def test_a_thread_that_rests_takes_no_support_and_gives_none_back(cast, thread, post, closed):
    give(cast["curator"], post)
    change(Thread, thread.id, **{closed: A_MONDAY})
    with pytest.raises(RuleBroken, match="resting"):
        give(cast["insider"], post)
    with pytest.raises(RuleBroken, match="resting"):
        take_back(cast["curator"], post)
    assert counted(post) == (1, 0)


def test_a_board_can_do_without_support(cast, thread, post, sign_in):
    give(cast["curator"], post)
    change(Board, thread.board_id, allows_support=False)
    with pytest.raises(RuleBroken, match="with words"):
        give(cast["insider"], post)
    page = sign_in(cast["insider"]).get(ADDRESS % thread.id).text
    assert f"/posts/{post.id}/support" not in page
    assert "One person is with" not in page


def test_pressing_again_takes_it_back(cast, thread, post, sign_in):
    client = sign_in(cast["insider"])
    path = f"/posts/{post.id}/support"
    answer = press(client, thread, path, kind="with_you")
    assert (answer.status_code, answer.location) == (303, ADDRESS % thread.id + "#post-2")
    page = client.get(answer.location).text
    assert "You are with member." in page
    assert 'value="with_you" aria-pressed="true"' in page
    press(client, thread, path, kind="with_you")
    assert counted(post) == (0, 0)


def test_pressing_twice_at_once_is_pressing_once(cast, thread, post, sign_in):
    client = sign_in(cast["insider"])
    path = f"/posts/{post.id}/support"
    sent = hidden_inputs(client.get(ADDRESS % thread.id), path) | {"kind": "with_you"}
    for _ in range(2):
        client.post(path, data=sent)
    assert counted(post) == (1, 0)


def test_a_kind_nobody_knows_is_refused_kindly(cast, thread, post, sign_in):
    client = sign_in(cast["insider"])
    path = f"/posts/{post.id}/support"
    for words in ({"kind": "laugh"}, {}):
        answer = press(client, thread, path, **words)
        assert answer.status_code == 422
        assert "Choose one of these." in answer.text


def test_the_author_sees_who_and_others_a_sentence(cast, thread, post, sign_in):
    give(cast["insider"], post)
    give(cast["curator"], post)
    give(cast["curator"], post, THANK_YOU)
    author = sign_in(cast["member"])
    page = author.get(ADDRESS % thread.id).text
    assert "Two people are with you." in page
    assert "One person thanks you." in page
    path = f"/posts/{post.id}/support"
    assert f'href="{path}"' in page
    assert "insider" in author.get(path).text
    for who in ("newcomer", "moderator", "organiser"):
        client = sign_in(cast[who])
        page = client.get(ADDRESS % thread.id).text
        assert "Two people are with member." in page
        assert "One person thanks member." in page
        assert "curator" not in page
        assert client.get(path).status_code == 404


def test_a_post_nobody_supported_says_so_to_its_author_kindly(cast, post, sign_in):
    page = sign_in(cast["member"]).get(f"/posts/{post.id}/support")
    assert "Nobody has pressed anything here yet." in page.text


def test_who_wants_no_counts_sees_none(cast, thread, post, sign_in):
    change(Member, cast["newcomer"].id, sees_counts=False)
    change(Member, cast["member"].id, sees_counts=False)
    for who in ("insider", "curator"):
        give(cast[who], post)
    page = sign_in(cast["newcomer"]).get(ADDRESS % thread.id).text
    assert "People are with member." in page
    assert "Two people" not in page
    assert "People are with you." in sign_in(cast["member"]).get(ADDRESS % thread.id).text


SENTENCES = [
    (0, [], {}, ""),
    (1, [], {}, "One person is with anna.b."),
    (12, [], {}, "Twelve people are with anna.b."),
    (13, [], {}, "13 people are with anna.b."),
    (1, ["with_you"], {}, "You are with anna.b."),
    (2, ["with_you"], {}, "You and one other person are with anna.b."),
    (5, ["with_you"], {}, "You and four others are with anna.b."),
    (5, ["with_you"], {"counts": False}, "You are with anna.b."),
    (5, [], {"is_own": True}, "Five people are with you."),
    (1, [], {"is_own": True}, "One person is with you."),
]


@pytest.mark.parametrize(("count", "given", "how", "sentence"), SENTENCES)
def test_support_is_said_in_a_sentence(app, count, given, how, sentence):
    source = """{% from "components/support_row.html" import support_row %}
      {{ support_row(post, "/posts/7/support", **how) }}"""
    post = {"shown_name": "anna.b", "with_you": count, "thank_you": 0, "given": given}
    with app.test_request_context():
        shown = " ".join(render_template_string(source, post=post, how=how).split())
    said = f'<p class="support-row__sentences">{sentence}</p>'
    assert (said in shown) if sentence else shown == ""


def test_a_saved_post_is_kept_and_let_go(cast, thread, post, sign_in):
    client = sign_in(cast["insider"])
    path = f"/posts/{post.id}/save"
    assert press(client, thread, path).status_code == 303
    assert db.session.scalar(db.select(Save.post_id)) == post.id
    assert "Let go of it" in client.get(ADDRESS % thread.id).text
    press(client, thread, path)
    assert db.session.scalar(db.select(Save.post_id)) is None


def test_words_out_of_sight_are_not_saved_but_can_be_let_go(cast, thread, post):
    save(cast["insider"], post)
    save(cast["insider"], post)
    change(Post, post.id, withdrawn_at=A_MONDAY)
    with pytest.raises(RuleBroken, match="out of sight"):
        save(cast["curator"], post)
    with writing():
        post = queries.get_post(post.id, actor=cast["insider"])
        actions.let_go(post, actor=cast["insider"])
    assert db.session.scalar(db.select(Save.post_id)) is None


def test_a_post_in_a_resting_thread_can_be_saved(cast, thread, post):
    change(Thread, thread.id, locked_at=A_MONDAY)
    save(cast["insider"], post)


def test_whom_one_muted_is_folded_for_oneself_only(cast, thread, post, sign_in):
    client = sign_in(cast["insider"])
    press(client, thread, f"/posts/{post.id}/mute-author")
    page = client.get(ADDRESS % thread.id).text
    fold = page.index("Somebody you muted wrote here.")
    assert page.rindex("<details", 0, fold) < page.index("You are not alone.")
    assert "Somebody you muted" not in sign_in(cast["curator"]).get(ADDRESS % thread.id).text
    press(client, thread, f"/posts/{post.id}/mute-author")
    assert "Somebody you muted" not in client.get(ADDRESS % thread.id).text


def test_nobody_mutes_themself(cast, thread, post, sign_in):
    with pytest.raises(NotAllowed):
        mute(cast["member"], post)
    assert f"/posts/{post.id}/mute-author" not in sign_in(cast["member"]).get(
        ADDRESS % thread.id
    ).text  # fmt: skip


def test_an_alias_is_not_muted_nor_offered_to_be(cast, thread, post, sign_in):
    with writing():
        alias = Voice(member_id=cast["member"].id, thread_id=thread.id, shown_name="Quiet Heron")
        db.session.add(alias)
        db.session.flush()
        db.session.get_one(Post, post.id).voice_id = alias.id
    with pytest.raises(RuleBroken, match="alias"):
        mute(cast["insider"], post)
    page = sign_in(cast["insider"]).get(ADDRESS % thread.id).text
    assert f"/posts/{post.id}/mute-author" not in page


def test_muting_somebody_never_folds_their_alias(cast, thread, post, sign_in):
    mute(cast["insider"], post)
    with writing():
        alias = Voice(member_id=cast["member"].id, thread_id=thread.id, shown_name="Quiet Heron")
        db.session.add(alias)
        db.session.flush()
        db.session.get_one(Post, post.id).voice_id = alias.id
    assert "Somebody you muted" not in sign_in(cast["insider"]).get(ADDRESS % thread.id).text


def test_who_and_what_is_muted_is_listed_and_can_be_heard_again(cast, post, thread, sign_in):
    client = sign_in(cast["insider"])
    assert "You hear from everybody and everything." in client.get("/settings/mutes").text
    mute(cast["insider"], post)
    mute(cast["insider"], make_post(thread, make_member("zebra")))
    with writing():
        db.session.add(BoardMute(member_id=cast["insider"].id, board_id=thread.board_id))
    page = client.get("/settings/mutes")
    assert page.text.index("member</span>") < page.text.index("zebra</span>")
    assert "/boards/talk/mute" in page.text
    path = f"/settings/mutes/{cast['member'].id}/unmute"
    for _ in range(2):
        assert client.post(path, data=hidden_inputs(page, path)).status_code == 303
    muted = db.session.scalars(db.select(MemberMute.muted_id)).all()
    assert cast["member"].id not in muted
    assert len(muted) == 1


def test_a_stale_button_asks_to_be_pressed_once_more(cast, post, sign_in):
    client = sign_in(cast["insider"])
    for what in ("support", "save", "mute-author"):
        answer = client.post(f"/posts/{post.id}/{what}", data={"kind": "with_you"})
        assert answer.status_code == 400
        assert "Please send this once more" in answer.text
