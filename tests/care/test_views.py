"""Get help now and leaving quickly, as a browser sees them."""

import time
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy.exc import OperationalError

from app import create_app
from app.accounts.models import Session
from app.accounts.queries import hash_of
from app.care import tasks, views
from app.care.queries import packaged
from app.core import clock, keys
from app.extensions import db
from config import under_test

COUNTRIES = [country.iso for country in packaged().countries]

HOSTILE = [
    "", " ", "XX", "gbr", "GB' OR 1=1 --", "<script>alert(1)</script>", "../../etc/passwd", "🇬🇧",
    "%", "{{7*7}}", "A" * 10_000, "\u202eBG", "ＧＢ", "\r\nSet-Cookie: x=1",
]  # fmt: skip

SOON = 1.5  # seconds; waiting for a connection would take 2, and a busy machine is slow in all
GONE = ["sqlite:////nowhere/at/all.db", "postgresql+psycopg://127.0.0.1:1/gone"]


@pytest.fixture
def reader(app):
    return app.test_client()


@pytest.fixture(params=GONE, ids=["file", "server"])
def stranded(request, tmp_path):
    """Somebody whose community has lost its database."""
    keys.make_missing_keys(tmp_path / "keys")
    return create_app(under_test(request.param, tmp_path)).test_client()


@pytest.mark.parametrize("iso", COUNTRIES)
def test_every_country_has_its_page(reader, iso):
    country = packaged().country(iso)
    page = reader.get(f"/help-now?country={iso}")
    assert page.status_code == 200
    assert f'href="tel:{country.emergency}"' in page.text
    for line in country.lines:
        assert line.dial in page.text
        assert f"tel:+{line.number}" not in page.text
    assert page.text.count("Not yet checked by us.") == len(country.lines)


def test_a_number_is_dialled_as_at_home_and_a_text_goes_to_its_word(reader):
    page = reader.get("/help-now?country=GB").text
    assert '<a class="help-line__link" href="tel:116123">Call 116 123</a>' in page
    assert 'href="sms:85258">Text SHOUT to 85258</a>' in page


def test_the_page_says_plainly_what_it_is(reader):
    for address in ("/help-now", "/help-now?country=GB"):
        page = reader.get(address).text
        assert "We don’t know your name or where you are, so we can’t send help." in page
        assert "Taken too much of something?" in page
        assert "I’m worried about someone else" in page
        assert "Other small steps" in page


def test_without_a_choice_every_emergency_number_is_in_reach(reader):
    page = reader.get("/help-now").text
    for country in packaged().countries:
        assert f'href="tel:{country.emergency}"' in page
        assert f'<option value="{country.iso}">' in page
    assert '<form class="country-choice" method="get" action="/help-now">' in page


def test_nothing_is_guessed_from_where_a_request_comes(reader):
    told = {"Accept-Language": "de-AT", "X-Forwarded-For": "193.99.144.80", "CF-IPCountry": "DE"}
    assert reader.get("/help-now", headers=told).text == reader.get("/help-now").text


@pytest.mark.parametrize("iso", ["gb", "Gb", "GB"])
def test_a_country_is_found_however_it_is_written(reader, iso):
    assert "Call 999" in reader.get(f"/help-now?country={iso}").text


@pytest.mark.parametrize("typed", HOSTILE)
def test_an_unknown_country_gives_the_page_for_all(reader, typed):
    page = reader.get("/help-now", query_string={"country": typed})
    assert page.status_code == 200
    assert "Emergency numbers" in page.text
    assert ("We have no numbers for that country yet." in page.text) is (typed != "")
    assert typed.strip() == "" or typed not in page.text or typed == "%"


def test_a_nul_in_a_country_is_refused_kindly(reader):
    assert reader.get("/help-now?country=%00").status_code == 404


@pytest.mark.parametrize("who", [None, "member", "suspended", "unconfirmed", "organiser"])
def test_everybody_reads_the_same_page(cast, sign_in, reader, who):
    page = sign_in(cast.get(who)).get("/help-now?country=GB")
    assert page.status_code == 200
    assert page.text == reader.get("/help-now?country=GB").text


def test_nobody_is_asked_who_they_are(cast, sign_in, statements):
    page = sign_in(cast["member"]).get("/help-now?country=GB")
    assert not [asked for asked in statements if "sessions" in asked]
    assert "Set-Cookie" not in page.headers
    assert "Cookie" not in page.headers.get("Vary", "")
    assert page.headers["Cache-Control"] == "public, max-age=300"


def test_what_a_browser_has_already_is_not_sent_again(reader):
    known = reader.get("/help-now").headers["ETag"]
    again = reader.get("/help-now", headers={"If-None-Match": known})
    assert (again.status_code, again.data) == (304, b"")


def test_a_line_unchecked_for_a_year_stands_behind_the_longer_list(reader, app):
    memory = tasks.memory()
    long_ago = clock.now().date() - timedelta(days=400)
    british = packaged().country("GB")
    lines = tuple(replace(line, checked_on=long_ago) for line in british.lines[:1])
    memory.take(replace(packaged(), countries=(replace(british, lines=lines),)))
    page = reader.get("/help-now?country=GB").text
    assert page.index("findahelpline.com") < page.index("<details>") < page.index("116 123")
    assert "Not yet checked" not in page


def test_help_is_there_when_the_database_is_gone(stranded):
    began = time.monotonic()
    page = stranded.get("/help-now?country=GB")
    assert time.monotonic() - began < SOON
    assert page.status_code == 200
    assert "Call 116 123" in page.text


def test_when_the_page_breaks_its_copy_is_shown(reader, monkeypatch, caplog):
    reader.get("/help-now")  # writes the copy
    monkeypatch.setattr(tasks, "show_page", broken)
    page = reader.get("/help-now?country=GB")
    assert page.status_code == 200
    assert "Call 116 123" in page.text
    assert "Get help now broke" in caplog.text


def test_when_the_copy_is_gone_as_well_the_numbers_stand_alone(reader, monkeypatch, caplog):
    monkeypatch.setattr(tasks, "show_page", broken)
    page = reader.get("/help-now?country=GB")
    assert page.status_code == 200
    assert '<a href="tel:999">United Kingdom: 999</a>' in page.text


def test_a_page_that_stands_in_for_the_database_has_the_numbers(stranded):
    page = stranded.get("/boards")
    assert page.status_code == 503
    assert 'href="tel:999"' in page.text
    assert 'href="/help-now"' in page.text


# Leaving quickly


@pytest.fixture
def secret(app):
    return lambda client: client.get_cookie(app.config["SIGN_IN_COOKIE"]).value


def has_ended(secret):
    db.session.expire_all()
    own = db.select(Session).filter_by(secret_hash=hash_of(secret))
    return db.session.scalars(own).one().ended_at is not None


def test_leaving_ends_the_session_and_empties_the_browser(cast, sign_in, secret, app):
    client = sign_in(cast["member"])
    own = secret(client)
    answer = client.post("/leave")
    assert (answer.status_code, answer.location) == (303, "/left")
    assert "no-store" in answer.headers["Cache-Control"]
    assert has_ended(own)
    assert client.get_cookie(app.config["SIGN_IN_COOKIE"]) is None

    page = client.get("/left")
    assert page.headers["Refresh"] == f"0; url={app.config['LEAVE_URL']}"
    assert page.headers["Clear-Site-Data"] == '"cache", "cookies", "storage"'
    assert "no-store" in page.headers["Cache-Control"]
    assert "<body></body>" in page.text
    assert "Handrail" not in page.text


def test_leaving_leaves_other_browsers_signed_in(cast, sign_in, secret):
    here, at_home = sign_in(cast["member"]), sign_in(cast["member"])
    here.post("/leave")
    assert not has_ended(secret(at_home))


@pytest.mark.parametrize("who", ["unconfirmed", "suspended", "organiser", "newcomer"])
def test_everybody_may_leave(cast, sign_in, secret, who):
    client = sign_in(cast[who])
    own = secret(client)
    assert client.post("/leave").status_code == 303
    assert has_ended(own)


def test_a_guest_leaves_just_so(reader):
    answer = reader.post("/leave")
    assert (answer.status_code, answer.location) == (303, "/left")


def test_a_cookie_that_was_made_up_leaves_just_so(reader, app):
    reader.set_cookie(app.config["SIGN_IN_COOKIE"], "x" * 3000)
    assert reader.post("/leave").status_code == 303


def test_both_cookies_are_taken_as_they_were_set(cast, sign_in):
    taken = sign_in(cast["member"]).post("/leave").headers.getlist("Set-Cookie")
    assert [cookie.partition("=")[0] for cookie in taken] == ["handrail", "handrail-form"]
    assert all("Max-Age=0" in cookie and "Path=/" in cookie for cookie in taken)


OWN = [
    {},
    {"Sec-Fetch-Site": "same-origin"},
    {"Sec-Fetch-Site": "none"},
    {"Origin": "http://localhost"},
    {"Sec-Fetch-Site": "same-origin", "Origin": "null"},
]
FOREIGN = [
    {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "same-site"},
    {"Sec-Fetch-Site": "cross-site", "Origin": "http://localhost"},
    {"Origin": "https://elsewhere.example"},
    {"Origin": "null"},
    {"Origin": "http://localhost.elsewhere.example"},
    {"Origin": "http://[broken"},
]


@pytest.mark.parametrize("told", OWN)
def test_our_own_page_lets_people_go(cast, sign_in, told):
    assert sign_in(cast["member"]).post("/leave", headers=told).status_code == 303


@pytest.mark.parametrize("told", FOREIGN)
def test_nobody_elses_page_signs_a_member_out(cast, sign_in, secret, told):
    client = sign_in(cast["member"])
    answer = client.post("/leave", headers=told)
    assert answer.status_code == 403
    assert "Set-Cookie" not in answer.headers
    assert not has_ended(secret(client))


def test_a_picture_on_somebody_elses_page_empties_no_browser(reader):
    page = reader.get("/left", headers={"Sec-Fetch-Site": "cross-site"})
    assert page.status_code == 200
    assert "Clear-Site-Data" not in page.headers
    assert "Refresh" in page.headers


def test_looking_at_the_way_out_does_not_take_it(cast, sign_in, secret):
    client = sign_in(cast["member"])
    assert client.get("/leave").status_code == 405
    assert not has_ended(secret(client))


def test_people_leave_also_when_the_database_is_gone(stranded):
    stranded.set_cookie("handrail", "x" * 43)
    began = time.monotonic()
    answer = stranded.post("/leave")
    assert (answer.status_code, answer.location) == (303, "/left")
    assert stranded.get_cookie("handrail") is None
    assert stranded.get("/left").status_code == 200
    assert time.monotonic() - began < SOON


def test_a_session_the_busy_database_kept_is_ended_after_leaving(
    cast, sign_in, secret, monkeypatch
):
    client, end, tried = sign_in(cast["member"]), views._end, []

    def busy_at_first(own, *, patience):
        tried.append(patience)
        if len(tried) == 1:
            raise OperationalError("", {}, Exception("database is locked"))
        end(own, patience=patience)

    monkeypatch.setattr(views, "_end", busy_at_first)
    own = secret(client)
    assert client.post("/leave").status_code == 303
    assert len(tried) == 2
    assert has_ended(own)


def broken(*_anything, **_more):
    raise RuntimeError("the template broke")
