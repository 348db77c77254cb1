"""Get help now, as somebody frightened meets it: on any screen, in the dark, on paper."""

import pytest

pytestmark = pytest.mark.browser

PAGES = ["/help-now", "/help-now?country=GB", "/help-now?country=CH", "/help-now?country=none"]
NARROWEST = 320  # CSS pixels; also a wide screen at 400 % (WCAG 2.2, 1.4.10)


@pytest.mark.parametrize("js", [True, False], ids=["scripts", "no scripts"])
def test_somebody_chooses_their_country_and_finds_the_numbers(new_page, js):
    page = new_page(js=js)
    page.goto("/")
    page.get_by_role("link", name="Get help now").first.click()
    page.get_by_label("Which country are you in?").select_option("United Kingdom")
    page.get_by_role("button", name="Show who answers there").click()
    assert page.get_by_role("link", name="Call 999").get_attribute("href") == "tel:999"
    assert page.get_by_role("link", name="Call 116 123").get_attribute("href") == "tel:116123"
    assert page.context.cookies() == []


@pytest.mark.parametrize("address", PAGES)
@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 390)])
def test_nothing_stands_in_anybodys_way(new_page, axe, address, scheme, width):
    page = new_page(color_scheme=scheme)
    page.set_viewport_size({"width": width, "height": 844})
    page.goto(address)
    assert axe(page) == []


@pytest.mark.parametrize("address", PAGES)
def test_nothing_is_cut_off_on_the_narrowest_screen(new_page, address):
    page = new_page()
    page.set_viewport_size({"width": NARROWEST, "height": 600})
    page.goto(address)
    page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
    assert page.evaluate("document.documentElement.scrollWidth") <= NARROWEST


def test_the_first_screen_of_a_phone_has_the_number_that_sends_help(new_page):
    page = new_page()
    page.goto("/help-now?country=GB")
    box = page.get_by_role("link", name="Call 999").bounding_box()
    assert box["y"] + box["height"] < page.viewport_size["height"]
    assert box["height"] >= 44


def test_on_paper_the_numbers_remain_and_what_cannot_be_pressed_is_gone(new_page):
    page = new_page()
    page.emulate_media(media="print")
    page.goto("/help-now?country=GB")
    assert page.get_by_text("Call 116 123").is_visible()
    assert page.get_by_text("findahelpline.com").is_visible()
    assert not page.get_by_role("button", name="Show who answers there").is_visible()
    assert not page.get_by_role("button", name="Leave quickly").is_visible()
