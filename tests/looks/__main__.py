"""Make pictures of the main pages: python -m tests.looks [FOLDER] [words of the pages wanted]."""

import sys
from pathlib import Path

from tests.looks.pages import PAGES
from tests.looks.people import WIDTHS, at_a_screen, chromium, cookies_of
from tests.looks.place import demo_place

SCHEMES = ("light", "dark")


def main(arguments):
    folder, wanted = Path(arguments[0] if arguments else "screenshots"), set(arguments[1:])
    folder.mkdir(parents=True, exist_ok=True)
    pages = [page for page in PAGES if not wanted or wanted & set(page.name.split("-"))]
    with demo_place() as address, chromium() as browser:
        cookies = {who: cookies_of(browser, address, who) for who in {page.who for page in pages}}
        for width in WIDTHS:
            for scheme in SCHEMES:
                for page in pages:
                    own = cookies[page.who]
                    with at_a_screen(browser, address, own, width=width, scheme=scheme) as screen:
                        page.open(screen)
                        path = folder / f"{page.name}-{width}-{scheme}.png"
                        screen.screenshot(path=path, full_page=page.is_whole)
    print(f"{len(pages) * len(WIDTHS) * len(SCHEMES)} pictures in {folder}")


if __name__ == "__main__":
    main(sys.argv[1:])
