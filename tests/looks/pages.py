"""The main pages, each as the person who mostly sees it."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Look:
    name: str
    path: str
    who: str | None = "member"
    follow: str = ""  # a link on that page, by its words
    is_whole: bool = True  # the whole length of it, not the first screen only

    def open(self, page):
        page.goto(self.path)
        if self.follow:
            page.get_by_role("main").get_by_role("link", name=self.follow).first.click()
        page.wait_for_load_state("load")


THREAD = "How do you tell whether a therapy had a fair chance?"

PAGES = [
    Look("home", "/", who=None),
    Look("join", "/join", who=None),
    Look("sign-in", "/sign-in", who=None),
    Look("help", "/help-now", who=None),
    Look("today", "/"),
    Look("boards", "/boards"),
    Look("board", "/boards/treatments"),
    Look("thread", "/boards/treatments", follow=THREAD),
    Look("thread-first", "/boards/treatments", follow=THREAD, is_whole=False),
    Look("start", "/boards/treatments/new"),
    Look("words", "/my/words"),
    Look("waiting", "/threads/waiting"),
    Look("notifications", "/notifications"),
    Look("what-i-am-told", "/settings/notifications"),
    Look("tags", "/tags"),
    Look("guidelines", "/guidelines"),
    Look("patterns", "/patterns", who=None),
    Look("absent", "/nowhere"),
    Look("desk", "/desk", who="organiser"),
    Look("desk-boards", "/desk/boards", who="organiser"),
]
