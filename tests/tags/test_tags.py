"""The shared words: what there is, what else it is called, and what carries it."""

import json

import pytest

from app.boards.limits import THREADS_A_PAGE
from app.boards.models import Audience
from app.boards.queries import tag_page
from app.core.database import writing
from app.core.errors import NotFound, RuleBroken
from app.core.slugs import slug_of
from app.extensions import db
from app.moderation.models import State
from app.permissions import GUEST
from app.tags import queries
from app.tags.actions import PACKAGED, load_tags, tag_subject
from app.tags.limits import MOST_TAGS, NAME_LONGEST, SLUG_LONGEST
from app.tags.models import Axis, SubjectTag, Tag, TagSynonym
from tests.boards.doing import tags_on
from tests.factories import A_MONDAY, make_board, make_thread

SITUATIONS = (
    "panic-surge", "night", "work", "social-situations", "travel", "health-fears", "appointment",
    "after-a-setback", "waiting-for-treatment", "side-effects", "family",
)  # fmt: skip
TREATMENTS = ("tms", "ect", "ketamine", "medication", "talking-therapy", "day-clinic", "trial")


@pytest.fixture
def tags(app):
    with writing():
        load_tags()


def put(thread, *slugs):
    with writing():
        tag_subject(thread.subject_id, slugs)


def titles(page):
    return [thread.title for thread in page.threads]


# What there is


def test_the_three_lists_come_with_the_software(tags):
    lists = {axis: [t.slug for t in queries.tags_offered() if t.axis == axis] for axis in Axis}
    assert len(lists[Axis.APPROACH]) == 30
    assert tuple(lists[Axis.SITUATION]) == SITUATIONS
    assert tuple(lists[Axis.TREATMENT]) == TREATMENTS


def test_what_comes_with_the_software_fits_its_columns(app):
    rows = [row for rows in json.loads(PACKAGED.read_text()).values() for row in rows]
    words = [word for row in rows for word in row["words"]]
    assert len(words) == len(set(words))
    assert max(len(word) for word in words) <= NAME_LONGEST
    for row in rows:
        assert slug_of(row["slug"]) == row["slug"]
        assert len(row["slug"]) <= SLUG_LONGEST and len(row["name"]) <= NAME_LONGEST
    assert {row["slug"] for row in rows}.isdisjoint(words)


def test_loading_twice_is_loading_once(tags):
    with writing():
        assert load_tags() == 0


def test_loading_leaves_alone_what_somebody_changed(tags):
    with writing():
        night = db.session.scalars(db.select(Tag).filter_by(slug="night")).one()
        night.name, night.position, night.retired_at = "At night", 99, A_MONDAY
        db.session.execute(db.delete(TagSynonym).filter_by(word="deep breathing"))
    with writing():
        assert load_tags() == 1
    db.session.expire_all()
    night = queries.get_tag("night")
    assert (night.name, night.position, night.retired_at) == ("At night", 99, A_MONDAY)


@pytest.mark.parametrize(
    ("word", "slug"),
    [
        ("Deep  Breathing", "breathing"), ("breathing", "breathing"),
        ("Slow breathing", "breathing"),
        ("rTMS", "tms"), ("panic attack", "panic-surge"), ("astrology", None), ("", None),
    ],
)  # fmt: skip
def test_a_tag_is_found_by_what_people_call_it(tags, word, slug):
    assert queries.find_tag(word) == slug


def test_a_retired_tag_is_offered_no_more_and_still_leads_to_what_carries_it(cast, tags):
    thread = make_thread(cast["member"])
    put(thread, "night")
    with writing():
        db.session.execute(db.update(Tag).filter_by(slug="night").values(retired_at=A_MONDAY))
    assert "night" not in [tag.slug for tag in queries.tags_offered()]
    assert queries.find_tag("awake at night") is None
    assert tags_on(thread) == ["night"]
    assert titles(tag_page("night", actor=cast["member"])) == ["First night home"]


# What carries them


def test_a_thing_carries_the_tags_it_was_given_last(cast, tags):
    thread = make_thread(cast["member"])
    put(thread, "night", "tms", "breathing")
    put(thread, "tms", "work", "tms")
    assert tags_on(thread) == ["work", "tms"]
    put(thread)
    assert tags_on(thread) == []


def test_a_thing_carries_few_tags(cast, tags):
    thread = make_thread(cast["member"])
    with pytest.raises(RuleBroken):
        put(thread, *SITUATIONS[: MOST_TAGS + 1])
    put(thread, *SITUATIONS[:MOST_TAGS])
    assert len(tags_on(thread)) == MOST_TAGS


def test_a_word_nobody_knows_is_no_tag(cast, tags):
    thread = make_thread(cast["member"])
    put(thread, "night", "unheard-of")
    assert tags_on(thread) == ["night"]


# The threads that carry them


def test_a_tag_leads_to_the_threads_that_carry_it_started_last_first(cast, tags):
    for title in ("One", "Two", "Three"):
        put(make_thread(cast["member"], title=title), "tms")
    make_thread(cast["member"], title="Untagged")
    assert titles(tag_page("tms", actor=cast["insider"])) == ["Three", "Two", "One"]


def test_nothing_out_of_reach_is_listed(cast, group, tags):
    talk, private = make_board("talk"), make_board("private", group=group)
    put(make_thread(cast["insider"], board=private, title="In the group"), "tms")
    put(make_thread(cast["insider"], board=talk, title="Hidden", state=State.HIDDEN), "tms")
    put(make_thread(cast["insider"], board=talk, title="Held", state=State.HELD), "tms")
    put(make_thread(cast["insider"], board=talk, title="Gone", withdrawn_at=A_MONDAY), "tms")
    assert titles(tag_page("tms", actor=cast["member"])) == []
    assert titles(tag_page("tms", actor=GUEST)) == []
    assert titles(tag_page("tms", actor=cast["insider"])) == ["Held", "In the group"]


def test_a_long_list_goes_on_where_it_stopped(cast, tags, statements):
    for n in range(2 * THREADS_A_PAGE + 1):
        put(make_thread(cast["member"], title=f"Thread {n:02}"), "tms")
    seen, after, asked = [], None, []
    while True:
        statements.clear()
        page = tag_page("tms", actor=cast["insider"], after=after)
        asked.append(len(statements))
        seen += titles(page)
        if page.older is None:
            break
        after = page.older
    assert seen == [f"Thread {n:02}" for n in reversed(range(2 * THREADS_A_PAGE + 1))]
    assert set(asked) == {2}


def test_a_tag_nobody_knows_is_not_there(cast, tags):
    with pytest.raises(NotFound):
        tag_page("unheard-of", actor=cast["member"])


def test_the_pages_of_tags(cast, tags, sign_in):
    put(make_thread(cast["insider"]), "tms", "night")
    client = sign_in(cast["member"])
    every = client.get("/tags").text
    assert [every.index(heading) for heading in ("Approaches", "Situations", "Treatments")]
    assert 'href="/tags/night"' in every
    page = client.get("/tags/night").text
    assert "First night home" in page
    assert "No thread you can read is about this yet." in client.get("/tags/ect").text
    assert client.get("/tags/unheard-of").status_code == 404
    assert client.get("/tags/night?page=x").status_code == 404
    assert "That was all." in client.get("/tags/night?page=1-1").text


@pytest.mark.parametrize("asked", ["Deep Breathing", "breathing", " breathwork "])
def test_another_word_leads_to_the_tag_it_means(cast, tags, sign_in, asked):
    answer = sign_in(cast["member"]).get("/tags", query_string={"q": asked})
    assert answer.location == "/tags/breathing"


@pytest.mark.parametrize("asked", ["astrology", "<b>", "x" * 500, "%"])
def test_a_word_that_means_no_tag_shows_them_all(cast, tags, sign_in, asked):
    page = sign_in(cast["member"]).get("/tags", query_string={"q": asked})
    assert "Nothing here goes by that word." in page.text
    assert "<b>" not in page.text
    assert 'href="/tags/night"' in page.text


def test_tags_are_for_members(cast, tags, sign_in):
    board = make_board("open-house", audience=Audience.PUBLIC)
    put(make_thread(cast["member"], board=board), "night")
    assert sign_in().get("/tags/night").location == "/sign-in?next=/tags/night"


def test_no_tag_is_told_twice(cast, tags):
    thread = make_thread(cast["member"])
    put(thread, "night")
    put(thread, "night")
    assert db.session.scalar(db.select(db.func.count()).select_from(SubjectTag)) == 1
