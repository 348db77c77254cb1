"""Who is trusted with what: giving roles, taking them back, and what stands in the log."""

from urllib.parse import urlencode

import pytest

from app.accounts.models import Grant, Member
from app.core.database import writing
from app.core.errors import NotAllowed, RuleBroken
from app.desk import actions
from app.extensions import db
from app.moderation.models import LogRow
from app.notifications.models import Event
from app.permissions import Role, Standing
from tests.concurrent.at_once import all_at_once
from tests.factories import actor_of, make_group, make_member
from tests.pages_of import forms_of, hidden_inputs

NOT_ORGANISERS = ["newcomer", "member", "insider", "facilitator", "curator", "moderator"]


def grant(who, role, group_id=None, *, by):
    with writing():
        actions.grant_role(db.session.get_one(Member, who.id), role, group_id, actor=by)


def take_back(who, role, group_id=None, *, by):
    with writing():
        actions.take_back_role(db.session.get_one(Member, who.id), role, group_id, actor=by)


def roles_of(who):
    own = db.select(Grant.role, Grant.group_id).where(Grant.member_id == who.id)
    return sorted(tuple(row) for row in db.session.execute(own))


def logged():
    rows = db.session.scalars(db.select(LogRow).order_by(LogRow.number))
    return [(row.actor_id, row.verb, row.member_id, row.before, row.after) for row in rows]


@pytest.fixture
def organiser(cast, sign_in):
    return sign_in(cast["organiser"])


def give(client, **words):
    hidden = hidden_inputs(client.get("/desk/roles"), "/desk/roles/grant")
    return client.post("/desk/roles/grant", data=hidden | words)


def end(client, **role):
    page = client.get(f"/desk/roles/take-back?{urlencode(role)}")
    return client.post("/desk/roles/take-back", data=forms_of(page)[-1]["fields"])


def test_an_organiser_trusts_a_member_with_a_role(cast):
    grant(cast["member"], Role.CURATOR, by=cast["organiser"])
    assert Role.CURATOR in actor_of(cast["member"].id).roles
    (row,) = db.session.scalars(db.select(Grant).where(Grant.member_id == cast["member"].id))
    assert row.given_by_id == cast["organiser"].id
    assert logged() == [(cast["organiser"].id, "grant", cast["member"].id, "", "curator")]


def test_a_role_in_a_group_is_logged_with_the_number_of_the_group(cast, group):
    group_id = group.id
    grant(cast["member"], Role.FACILITATOR, group_id, by=cast["organiser"])
    assert actor_of(cast["member"].id).facilitated_group_ids == {group_id}
    take_back(cast["member"], Role.FACILITATOR, group_id, by=cast["organiser"])
    code = f"facilitator:{group_id}"
    assert [row[-2:] for row in logged()] == [("", code), (code, "")]


def test_giving_a_role_twice_is_giving_it_once(cast):
    for _ in range(2):
        grant(cast["member"], Role.MODERATOR, by=cast["organiser"])
    assert roles_of(cast["member"]) == [("moderator", None)]
    assert len(logged()) == 1
    assert list(db.session.scalars(db.select(Event.verb))) == ["role:grant"]


def test_taking_a_role_back_twice_is_taking_it_back_once(cast):
    for _ in range(2):
        take_back(cast["moderator"], Role.MODERATOR, by=cast["organiser"])
    assert roles_of(cast["moderator"]) == []
    assert logged() == [(cast["organiser"].id, "take_back", cast["moderator"].id, "moderator", "")]


@pytest.mark.parametrize("who", NOT_ORGANISERS)
def test_nobody_but_an_organiser_changes_roles(cast, who):
    with pytest.raises(NotAllowed):
        grant(cast["member"], Role.WELCOMER, by=cast[who])
    with pytest.raises(NotAllowed):
        take_back(cast["curator"], Role.CURATOR, by=cast[who])
    assert roles_of(cast["curator"]) == [("curator", None)]
    assert logged() == []


def test_a_suspended_organiser_changes_no_roles(cast):
    suspended = make_member("other", Role.ORGANISER, standing=Standing.SUSPENDED)
    with pytest.raises(NotAllowed):
        grant(cast["member"], Role.WELCOMER, by=suspended)


def test_nobody_gives_a_role_to_themself(cast):
    with pytest.raises(RuleBroken, match="Nobody gives a role to themself"):
        grant(cast["organiser"], Role.MODERATOR, by=cast["organiser"])
    assert roles_of(cast["organiser"]) == [("organiser", None)]


@pytest.mark.parametrize("role", [Role.PARTICIPANT, Role.FACILITATOR])
def test_a_role_of_groups_needs_its_group(cast, role):
    with pytest.raises(RuleBroken, match="Choose the group") as refused:
        grant(cast["member"], role, by=cast["organiser"])
    assert refused.value.field == "group"


@pytest.mark.parametrize("role", [Role.WELCOMER, Role.CURATOR, Role.MODERATOR, Role.ORGANISER])
def test_a_role_of_the_whole_community_is_in_no_group(cast, group, role):
    with pytest.raises(RuleBroken, match="Choose no group") as refused:
        grant(cast["member"], role, group.id, by=cast["organiser"])
    assert refused.value.field == "group"


def test_the_last_organiser_cannot_leave_the_place_to_nobody(cast):
    with pytest.raises(RuleBroken, match="Somebody has to answer for this place"):
        take_back(cast["organiser"], Role.ORGANISER, by=cast["organiser"])
    assert roles_of(cast["organiser"]) == [("organiser", None)]


@pytest.mark.parametrize(
    "details", [{"standing": Standing.SUSPENDED}, {"is_confirmed": False}], ids=str
)
def test_who_could_not_act_is_no_other_organiser(cast, details):
    make_member("second", Role.ORGANISER, **details)
    with pytest.raises(RuleBroken, match="Somebody has to answer"):
        take_back(cast["organiser"], Role.ORGANISER, by=cast["organiser"])


def test_an_organiser_hands_over_to_a_successor(cast):
    grant(cast["member"], Role.ORGANISER, by=cast["organiser"])
    take_back(cast["organiser"], Role.ORGANISER, by=cast["organiser"])
    assert actor_of(cast["member"].id).is_organiser
    assert not actor_of(cast["organiser"].id).is_organiser


@pytest.mark.concurrent
def test_of_two_organisers_who_end_each_other_one_stays(committing_app):
    first, second = (make_member(name, Role.ORGANISER) for name in ("first", "second"))
    done = all_at_once(
        committing_app,
        lambda: take_back(second, Role.ORGANISER, by=first),
        lambda: take_back(first, Role.ORGANISER, by=second),
    )
    assert sorted(type(each).__name__ for each in done) == ["NoneType", "RuleBroken"]
    assert len(roles_of(first) + roles_of(second)) == 1


@pytest.mark.concurrent
def test_a_role_given_by_two_at_once_is_given_once(committing_app):
    first, second = (make_member(name, Role.ORGANISER) for name in ("first", "second"))
    member, group_id = make_member("member"), make_group().id
    done = all_at_once(
        committing_app,
        lambda: grant(member, Role.PARTICIPANT, group_id, by=first),
        lambda: grant(member, Role.PARTICIPANT, group_id, by=second),
    )
    assert done == [None, None]
    assert len(roles_of(member)) == 1
    assert len(logged()) == 1


def test_the_page_tells_who_holds_what(cast, group, organiser):
    name = group.name
    page = organiser.get("/desk/roles").text
    for told in ("facilitator", "curator", "moderator", "organiser", name):
        assert told in page
    assert ">insider<" not in page


def test_looking_somebody_up(cast, group, organiser):
    name = group.name
    page = organiser.get("/desk/roles?name=Insider").text
    assert "What insider is trusted with" in page and name in page
    assert 'value="Insider"' in page
    nobody = organiser.get("/desk/roles?name=nobody-here").text
    assert "Nobody here has this name." in nobody
    assert "member is a member and holds no role." in organiser.get("/desk/roles?name=member").text


def test_an_organiser_gives_a_role_on_the_page(cast, organiser):
    answer = give(organiser, name=" Member", role="moderator", group="")
    assert (answer.status_code, answer.location) == (303, "/desk/roles?name=member")
    assert "What member is trusted with" in organiser.get(answer.location).text
    assert roles_of(cast["member"]) == [("moderator", None)]


@pytest.mark.parametrize(
    ("changed", "field", "sentence"),
    [
        ({"name": ""}, "name", "Write whom you mean."),
        ({"name": "nobody-here"}, "name", "Nobody here has this name."),
        ({"role": ""}, "role", "Choose a role."),
        ({"role": "king"}, "role", "Choose a role."),
        ({"role": "facilitator"}, "group", "Choose the group they do this in."),
        ({"group": "7777777"}, "group", ""),
    ],
)
def test_what_cannot_be_given_is_said_beside_the_field(cast, organiser, changed, field, sentence):
    asked = {"name": "member", "role": "curator", "group": ""} | changed
    answer = give(organiser, **asked)
    assert answer.status_code == 422
    assert f'id="{field}-error"' in answer.text
    assert sentence in answer.text
    assert f'value="{asked["name"]}"' in answer.text
    assert logged() == []


def test_giving_a_role_to_oneself_is_refused_on_top(cast, organiser):
    answer = give(organiser, name="organiser", role="moderator", group="")
    assert answer.status_code == 422
    assert "Nobody gives a role to themself." in answer.text


def test_an_organiser_takes_a_role_back_on_the_page(cast, organiser):
    role = {"name": "curator", "role": "curator"}
    page = organiser.get("/desk/roles")
    assert f"/desk/roles/take-back?{urlencode(role)}".replace("&", "&amp;") in page.text
    answer = end(organiser, **role)
    assert (answer.status_code, answer.location) == (303, "/desk/roles?name=curator")
    assert roles_of(cast["curator"]) == []


def test_a_role_in_a_group_is_taken_back_there_only(cast, group, organiser):
    group_id, other = group.id, make_group("tuesday", "Tuesday").id
    grant(cast["insider"], Role.PARTICIPANT, other, by=cast["organiser"])
    end(organiser, name="insider", role="participant", group=group_id)
    assert roles_of(cast["insider"]) == [("participant", other)]


def test_who_gives_up_being_an_organiser_is_led_out_of_the_room(cast, organiser):
    make_member("second", Role.ORGANISER)
    assert end(organiser, name="organiser", role="organiser").location == "/"
    assert organiser.get("/desk/roles").status_code == 403


def test_the_last_organiser_is_told_why_they_stay(cast, organiser):
    answer = end(organiser, name="organiser", role="organiser")
    assert answer.status_code == 422
    assert "Make another organiser first." in answer.text


@pytest.mark.parametrize(
    "role",
    [
        {"name": "member", "role": "curator"}, {"name": "nobody-here", "role": "curator"},
        {"name": "curator", "role": "king"}, {"name": "curator", "role": "curator", "group": "1"},
        {"name": "insider", "role": "participant"}, {},
    ],
    ids=str,
)  # fmt: skip
def test_a_role_that_is_not_held_is_not_there_to_take_back(cast, organiser, role):
    assert organiser.get(f"/desk/roles/take-back?{urlencode(role)}").status_code == 404


@pytest.mark.parametrize("who", ["facilitator", "curator", "moderator"])
def test_other_staff_see_no_roles_and_change_none(cast, sign_in, who):
    client = sign_in(cast[who])
    role = {"name": "curator", "role": "curator", "group": "", "form_key": "a"}
    assert client.get("/desk/roles").status_code == 403
    assert client.get(f"/desk/roles/take-back?{urlencode(role)}").status_code == 403
    for path in ("/desk/roles/grant", "/desk/roles/take-back"):
        assert client.post(path, data=role).status_code == 403
        assert client.post(path, data=role | {"form_key": ""}).status_code == 403
    assert logged() == []
