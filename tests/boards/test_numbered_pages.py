"""A board moves, so its links carry keys; but a page may also be asked for by its number."""

import re

import pytest

from app.boards.limits import THREADS_A_PAGE
from tests.boards.bulk import make_many_threads
from tests.factories import make_board


@pytest.fixture
def board(app):
    return make_board("talk")


def test_a_number_leads_to_the_page_its_links_lead_to(cast, board, sign_in):
    make_many_threads(cast["member"], board, 2 * THREADS_A_PAGE + 5)
    browser = sign_in(cast["newcomer"])
    first = browser.get("/boards/talk").text
    (older,) = re.findall(r'rel="next" href="([^"]+)"', first)
    by_key, by_number = browser.get(older).text, browser.get("/boards/talk?page=2").text
    assert titles_on(by_key) == titles_on(by_number) != titles_on(first)
    assert len(titles_on(browser.get("/boards/talk?page=3").text)) == 5
    for beyond in ("4", "51", "0", "-1", "2.5", "1e3", "9" * 30):
        assert browser.get(f"/boards/talk?page={beyond}").status_code == 404


def titles_on(page):
    return re.findall(r"Night \d+", page)
