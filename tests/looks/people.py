"""Demo people at the screens of their own, in the ways one may look at a page."""

import os
import shutil
from contextlib import contextmanager

from playwright.sync_api import sync_playwright

from tests.browser.conftest import FLAGS
from tests.looks.place import PASSWORD

WIDTHS = {"phone": 390, "desk": 1280}
HEIGHTS = {"phone": 844, "desk": 900}


@contextmanager
def chromium():
    with sync_playwright() as playwright:
        path = os.environ.get("HANDRAIL_CHROMIUM") or shutil.which("chromium")
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


def cookies_of(browser, address, name):
    """Return the cookies with which a demo person is signed in; none for a visitor."""
    if name is None:
        return []
    context = browser.new_context(base_url=address)
    page = context.new_page()
    page.goto("/sign-in")
    page.get_by_label("Name").first.fill(name)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    cookies = context.cookies()
    context.close()
    return cookies


@contextmanager
def at_a_screen(browser, address, cookies, *, width, scheme):
    """Yield a page as wide as a phone or a desk, in a light or a dark room."""
    context = browser.new_context(
        base_url=address, color_scheme=scheme,
        viewport={"width": WIDTHS[width], "height": HEIGHTS[width]},
    )  # fmt: skip
    context.add_cookies(cookies)
    yield context.new_page()
    context.close()
