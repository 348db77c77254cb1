"""What is written of members, by rule and without pages."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from app.accounts import actions, limits, queries
from app.accounts.models import Attempt, Grant, Member, Session, Token, TokenPurpose
from app.accounts.queries import Knock
from app.core.clock import now
from app.core.database import writing
from app.core.errors import NotFound
from app.core.forms import SentForm
from app.core.mail_addresses import read_address
from app.extensions import db
from app.permissions import Rank, Role
from tests.accounts.conftest import make_person
from tests.factories import make_group

DAY = 60 * 60 * 24


def count(model):
    found = db.session.scalar(select(func.count()).select_from(model))
    db.session.rollback()
    return found


def test_a_role_is_given_once_and_taken_away_once(app, river):
    with writing():
        assert actions.add_grant(river, Role.MODERATOR, given_by_id=river)
        assert not actions.add_grant(river, Role.MODERATOR)
    assert queries.get_actor(river).roles == {Role.MODERATOR}
    assert queries.get_actor(river).rank == Rank.MODERATOR
    with writing():
        assert actions.remove_grant(river, Role.MODERATOR)
        assert not actions.remove_grant(river, Role.MODERATOR)
    assert queries.get_actor(river).roles == frozenset()


def test_a_role_in_one_group_is_none_in_another(app, river):
    one, other = make_group("one", "One"), make_group("other", "Other")
    with writing():
        actions.add_grant(river, Role.FACILITATOR, one.id)
        actions.add_grant(river, Role.FACILITATOR, one.id)
        assert not actions.remove_grant(river, Role.FACILITATOR, other.id)
    assert queries.get_actor(river).facilitated_group_ids == {one.id}
    assert count(Grant) == 1


@pytest.mark.parametrize(("role", "in_group"), [(Role.MODERATOR, True), (Role.FACILITATOR, False)])
def test_a_role_is_held_where_it_is_meant_to_be(app, river, role, in_group):
    group_id = make_group().id if in_group else None
    with pytest.raises(ValueError, match="is held"), writing():
        actions.add_grant(river, role, group_id)


def test_a_member_is_found_by_what_their_name_looks_like(app, river):
    assert queries.get_member_by_name("Quiet.R1ver").id == river
    with pytest.raises(NotFound):
        queries.get_member_by_name("old.lamp")
    with pytest.raises(NotFound):
        queries.get_member(river + 1)
    with pytest.raises(NotFound):
        queries.get_actor(river + 1)


@pytest.mark.parametrize(
    ("name", "email"),
    [("quiet.river", "lamp@example.org"), ("old.lamp", "RIVER@example.org"),
     ("QUIET.river", "x@y.org")],
)  # fmt: skip
def test_nobody_is_made_twice(app, river, name, email):
    with writing():
        new = actions.NewMember(name, read_address(email), "$argon2id$")
        assert actions.add_member(new) is None
    assert count(Member) == 1


def test_organisers_are_counted(app, river):
    assert queries.count_organisers() == 0
    with writing():
        actions.add_grant(river, Role.ORGANISER)
    assert queries.count_organisers() == 1


def test_links_of_one_purpose_can_be_let_die_alone(app, river):
    with writing():
        confirm = actions.make_token(river, TokenPurpose.CONFIRM)
        reset = actions.make_token(river, TokenPurpose.RESET)
        actions.kill_tokens(river, TokenPurpose.CONFIRM)
    assert queries.find_owner(confirm, TokenPurpose.CONFIRM) is None
    assert queries.find_owner(reset, TokenPurpose.RESET).id == river
    with writing():
        actions.kill_tokens(river)
    assert queries.find_owner(reset, TokenPurpose.RESET) is None


def test_what_has_had_its_time_is_forgotten_and_nothing_else(app, river, later):
    def leave_traces():
        with writing():
            actions.note_knocks([Knock(limits.JOIN, ("somewhere",))])
            actions.make_token(river, TokenPurpose.RESET)
            actions.start_session(river, is_shared=True)
            db.session.add(SentForm(sender_id=0, key=str(now()), address="/", sent_at=now()))

    leave_traces()
    later(7 * DAY + 60 * 60 * 2)
    leave_traces()
    assert app.test_cli_runner().invoke(args=["accounts", "tidy"]).output == "Tidied.\n"
    assert {model: count(model) for model in (Attempt, Token, Session, SentForm)} == {
        Attempt: 1, Token: 1, Session: 1, SentForm: 1
    }  # fmt: skip


def test_a_session_that_still_lives_is_not_tidied_away(app, river, later):
    with writing():
        secret = actions.start_session(river)
    later(timedelta(days=13).total_seconds())
    with writing():
        actions.tidy()
    assert queries.find_signed_in(secret).actor.id == river


SETUP = ["setup", "--name", "anna.b", "--email", "anna@example.org"]
STRONG = {"HANDRAIL_SETUP_PASSWORD": "seven slow herons at dusk"}


def set_up(app, args=(), env=STRONG):
    return app.test_cli_runner().invoke(args=[*SETUP, *args], env=env)


def test_the_first_organiser_is_set_up_and_can_come_in(app):
    answer = set_up(app)
    assert answer.exit_code == 0, answer.output
    assert "looks after this place now" in answer.output
    assert "herons" not in answer.output
    actor = queries.get_actor(queries.get_member_by_name("anna.b").id)
    assert actor.roles == {Role.ORGANISER, Role.MODERATOR}
    assert actor.is_admitted


def test_a_second_first_organiser_there_is_not(app):
    set_up(app)
    answer = set_up(app, ["--name", "old.lamp", "--email", "lamp@example.org"])
    assert answer.exit_code == 1
    assert "has an organiser" in answer.output
    assert count(Member) == 1


def test_the_first_organiser_may_be_called_organiser(app):
    assert set_up(app, ["--name", "organiser"]).exit_code == 0


@pytest.mark.parametrize(
    ("args", "env"),
    [(["--name", "a b"], STRONG), (["--name", "..."], STRONG), (["--email", "nowhere"], STRONG),
     ([], {"HANDRAIL_SETUP_PASSWORD": "password1234"}), ([], {"HANDRAIL_SETUP_PASSWORD": "short"}),
     ([], {"HANDRAIL_SETUP_PASSWORD": "anna.b-anna.b-anna"})],
)  # fmt: skip
def test_what_is_weak_or_wrong_sets_nobody_up(app, args, env):
    answer = set_up(app, args, env)
    assert answer.exit_code == 1
    assert "Traceback" not in answer.output
    assert count(Member) == 0


def test_a_name_that_is_taken_sets_nobody_up(app):
    make_person("anna.b", "lamp@example.org")
    assert set_up(app).exit_code == 1
    assert count(Grant) == 0
