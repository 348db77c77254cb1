"""What organisers do to sections and boards, and what follows for what was said there."""

from dataclasses import replace

import pytest

from app.boards import actions, queries
from app.boards.models import Audience, Board, Policy, Post, Section, Thread
from app.core import text
from app.core.database import writing
from app.core.errors import NotAllowed, NotFound, RuleBroken
from app.extensions import db
from app.moderation.models import Subject
from app.notifications.models import Event
from tests.concurrent.at_once import all_at_once
from tests.factories import make_board, make_group, make_member, make_post, make_thread

NIGHTS = actions.BoardPlan(
    section_id=1,
    slug="nights",
    name="Nights",
    purpose="For when sleep does not come.",
    guide=text.RenderedText("", text.render("").html),
    policy=Policy.OPEN,
    audience=Audience.MEMBERS,
    group_id=None,
    position=3,
)


@pytest.fixture
def section(app):
    with writing():
        section = Section(name="Talking", position=1)
        db.session.add(section)
    return section


@pytest.fixture
def nights(section):
    return replace(NIGHTS, section_id=section.id, guide=text.render("Be *kind*."))


def open_board(plan, actor):
    with writing():
        return actions.open_board(plan, actor=actor)


def arrange(board, plan, actor):
    with writing():
        board = db.session.get_one(Board, board.id, with_for_update=True)
        actions.arrange_board(board, plan, actor=actor)


def plan_of(board, **changed):
    now = {name: getattr(board, name) for name in NIGHTS.__slots__ if hasattr(board, name)}
    return replace(NIGHTS, **now | changed)


def rows(model):
    db.session.expire_all()
    return db.session.scalars(db.select(model).order_by(model.id)).all()


def verbs():
    return list(db.session.scalars(db.select(Event.verb).order_by(Event.id)))


def test_an_organiser_opens_a_board(cast, nights):
    open_board(nights, cast["organiser"])

    (board,) = rows(Board)
    assert (board.slug, board.name, board.position) == ("nights", "Nights", 3)
    assert (board.guide_source, board.guide_html) == ("Be *kind*.", nights.guide.html)
    assert queries.get_board("nights", actor=cast["member"]).policy == Policy.OPEN
    assert verbs() == ["board:open"]


@pytest.mark.parametrize(
    "who", ["newcomer", "member", "insider", "facilitator", "curator", "moderator", "suspended"]
)
def test_nobody_but_an_organiser_arranges_boards(cast, section, nights, who):
    board, actor = make_board(), cast[who]
    for attempt in (
        lambda: actions.open_section("Nights", 1, actor=actor),
        lambda: actions.arrange_section(section, "Nights", 1, actor=actor),
        lambda: actions.open_board(nights, actor=actor),
        lambda: actions.arrange_board(board, nights, actor=actor),
        lambda: actions.close_board(board, actor=actor),
        lambda: actions.reopen_board(board, actor=actor),
    ):
        with pytest.raises(NotAllowed), writing():
            attempt()
    assert [board.slug for board in rows(Board)] == ["talk"]
    assert verbs() == []


def test_a_board_for_a_group_needs_the_group(cast, nights):
    with pytest.raises(RuleBroken) as refused:
        open_board(replace(nights, audience=Audience.GROUP), cast["organiser"])
    assert refused.value.field == "group"
    assert rows(Board) == []


def test_a_board_for_all_members_forgets_a_group_that_was_chosen(cast, group, nights):
    board = open_board(replace(nights, group_id=group.id), cast["organiser"])
    assert board.group_id is None


def test_a_board_is_public_only_where_nobody_talks_about_health(cast, nights):
    public = replace(nights, audience=Audience.PUBLIC)
    with pytest.raises(RuleBroken) as refused:
        open_board(public, cast["organiser"])
    assert refused.value.field == "no_health_talk"

    open_board(replace(public, has_no_health_talk=True), cast["organiser"])
    assert rows(Board)[0].is_public


def test_two_boards_have_two_addresses(cast, nights):
    open_board(nights, cast["organiser"])
    with pytest.raises(RuleBroken, match="Another board has this address") as refused:
        open_board(replace(nights, name="Other nights"), cast["organiser"])
    assert refused.value.field == "slug"
    assert [board.name for board in rows(Board)] == ["Nights"]


def test_a_board_cannot_move_to_the_address_of_another(cast, nights):
    open_board(nights, cast["organiser"])
    other = open_board(replace(nights, slug="days"), cast["organiser"])
    with pytest.raises(RuleBroken):
        arrange(other, nights, cast["organiser"])
    assert [board.slug for board in rows(Board)] == ["nights", "days"]


def test_two_sections_have_two_names(cast, section):
    with writing():
        actions.open_section("Nights", 2, actor=cast["organiser"])
    for attempt in (
        lambda: actions.open_section("Talking", 2, actor=cast["organiser"]),
        lambda: actions.arrange_section(rows(Section)[1], "Talking", 2, actor=cast["organiser"]),
    ):
        with pytest.raises(RuleBroken, match="Another section") as refused, writing():
            attempt()
        assert refused.value.field == "name"
    assert [section.name for section in rows(Section)] == ["Talking", "Nights"]


def test_a_section_gets_another_name_and_place(cast, section):
    with writing():
        actions.arrange_section(
            db.session.get_one(Section, section.id), "Listening", 7, actor=cast["organiser"]
        )
    assert [(section.name, section.position) for section in rows(Section)] == [("Listening", 7)]


def test_what_was_said_goes_along_when_a_board_becomes_a_groups(cast, group):
    board, other = make_board(), make_board("other")
    thread, elsewhere = (make_thread(cast["insider"], board=each) for each in (board, other))
    make_post(thread, cast["insider"])

    arrange(board, plan_of(board, audience=Audience.GROUP, group_id=group.id), cast["organiser"])

    assert {(row.id, row.group_id) for row in rows(Thread)} == {
        (thread.id, group.id), (elsewhere.id, None),
    }  # fmt: skip
    subjects = {row.id: row.group_id for row in rows(Subject)}
    said = [post.subject_id for post in rows(Post) if post.thread_id == thread.id]
    assert {subjects[each] for each in [*said, thread.subject_id]} == {group.id}
    assert subjects[elsewhere.subject_id] is None
    with pytest.raises(NotFound):
        queries.get_thread(thread.id, actor=cast["member"])
    assert queries.get_thread(thread.id, actor=cast["insider"])


def test_what_was_said_goes_along_when_a_groups_board_opens_to_all(cast, group):
    board = make_board(group=group)
    thread = make_thread(cast["insider"], board=board)

    arrange(board, plan_of(board, audience=Audience.MEMBERS), cast["organiser"])

    assert {row.group_id for row in (*rows(Board), *rows(Thread), *rows(Subject))} == {None}
    assert queries.get_thread(thread.id, actor=cast["member"])


def test_what_was_said_can_be_read_by_anybody_while_its_board_is_public(cast):
    board = make_board()
    make_thread(cast["member"], board=board)
    public = plan_of(board, audience=Audience.PUBLIC, has_no_health_talk=True)
    arrange(board, public, cast["organiser"])
    assert [thread.is_public for thread in rows(Thread)] == [True]

    arrange(board, plan_of(board, audience=Audience.MEMBERS), cast["organiser"])
    assert [thread.is_public for thread in rows(Thread)] == [False]


def test_closing_twice_is_closing_once(cast):
    make_board()
    for _ in range(2):
        with writing():
            actions.close_board(rows(Board)[0], actor=cast["organiser"])
    assert rows(Board)[0].is_closed
    assert verbs() == ["board:close"]

    for _ in range(2):
        with writing():
            actions.reopen_board(rows(Board)[0], actor=cast["organiser"])
    assert not rows(Board)[0].is_closed
    assert verbs() == ["board:close", "board:reopen"]


@pytest.mark.concurrent
def test_of_two_organisers_who_want_one_address_the_second_is_told(committing_app):
    organisers = [make_member(f"organiser{n}", "organiser") for n in (1, 2)]
    section_id = make_board("talk").section_id
    plan = replace(NIGHTS, section_id=section_id)

    done = all_at_once(
        committing_app, *(lambda actor=each: open_board(plan, actor) for each in organisers)
    )
    assert sorted(type(each).__name__ for each in done) == ["Board", "RuleBroken"]
    assert [board.slug for board in rows(Board)] == ["talk", "nights"]


@pytest.mark.concurrent
def test_nothing_slips_out_while_a_board_becomes_a_groups(committing_app):
    """Threads started and answered at that moment belong to the group afterwards."""
    organiser, group = make_member("organiser", "organiser"), make_group()
    insider = make_member("insider", "participant", group=group)
    board = make_board()
    thread_id = make_thread(insider, board=board).id
    words = text.render("Hello.")

    def start():
        with writing():
            board = queries.get_board("talk", actor=insider, held_still=True)
            title = text.render_title("Hello")
            actions.start_thread(board, actions.Opening(title, words), actor=insider)

    def reply():
        with writing():
            held = queries.get_thread(thread_id, actor=insider, for_update=True)
            actions.reply(held, actor=insider, body=words)

    shut_plan = plan_of(board, audience=Audience.GROUP, group_id=group.id)

    def shut():
        arrange(board, shut_plan, organiser)

    done = all_at_once(committing_app, start, reply, shut, start, reply)
    assert done == [None] * 5
    assert len(rows(Thread)) == 3
    reached = {row.group_id for row in (*rows(Thread), *rows(Subject))}
    assert reached == {shut_plan.group_id}
