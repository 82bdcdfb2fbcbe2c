"""Take the pictures of docs/screens from the demo: `make screens`. Needs a Chromium."""

import sys
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser.conftest import FLAGS
from tests.browser.found import chromium
from tests.browser.server import running

FOLDER = Path(__file__).resolve().parent.parent / "docs" / "screens"
WIDTHS = {390: 844, 1280: 900}


def first_record(page: Page, name: str) -> None:
    page.goto(f"/personnes/?q={name}")
    page.locator('main a[href^="/personnes/"]').filter(has_text=name.capitalize()).first.click()


def thread_of(page: Page, name: str) -> None:
    first_record(page, name)
    page.goto(page.locator('main a[href^="/fil/"]').first.get_attribute("href") or "/")


def prepare(page: Page, name: str) -> None:
    first_record(page, name)
    page.goto(page.url.split("#")[0].replace("/personnes/", "/contrats/personne/") + "preparer/")


# name: (who, how to get there, light or dark)
SCREENS = {
    "cast": (None, lambda page: page.goto("/"), False),
    "day": ("infirmiere", lambda page: page.goto("/ma-journee/"), False),
    "persons": ("infirmiere", lambda page: page.goto("/personnes/"), False),
    "person": ("infirmiere", lambda page: first_record(page, "marcillac"), False),
    "person-dark": ("infirmiere", lambda page: first_record(page, "marcillac"), True),
    "thread": ("infirmiere", lambda page: thread_of(page, "marcillac"), False),
    "prepare": ("infirmiere", lambda page: prepare(page, "castan"), False),
    "own": ("residente", lambda page: page.goto("/mon-espace/"), False),
    "own-say": ("residente", lambda page: page.goto("/mon-espace/dire/"), False),
    "contract": ("resident", lambda page: page.goto("/mon-espace/contrat/"), False),
    "own-readers": ("resident", lambda page: page.goto("/mon-espace/qui-a-lu/"), False),
    "relative": ("fille", lambda page: page.goto("/mon-espace/"), False),
    "figures": ("directrice", lambda page: page.goto("/notre-etablissement/"), False),
    "verify": (None, lambda page: page.goto("/contrats/verifier/"), False),
}


def take(browser: Browser, site: str, name: str, width: int) -> None:
    slug, reach, dark = SCREENS[name]
    context = browser.new_context(
        base_url=site,
        locale="fr-FR",
        timezone_id="Europe/Paris",
        viewport={"width": width, "height": WIDTHS[width]},
        color_scheme="dark" if dark else "light",
        reduced_motion="reduce",
    )
    page = context.new_page()
    if slug:
        page.goto("/")
        page.locator(f'form:has([name="qui"][value="{slug}"]) button').first.click()
    reach(page)
    page.evaluate("document.fonts.ready")
    page.screenshot(
        path=FOLDER / f"{name}-{width}.png", full_page=width == 390 and name not in {"cast", "contract"}
    )
    context.close()


def main() -> int:
    found = chromium()
    if found is None:
        sys.stderr.write("No Chromium found: install one, or set CHROMIUM=/path/to/it.\n")
        return 3
    FOLDER.mkdir(parents=True, exist_ok=True)
    wanted = sys.argv[1:] or list(SCREENS)
    with running() as site, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=FLAGS)
        for name in wanted:
            for width in WIDTHS:
                take(browser, site, name, width)
                sys.stdout.write(f"docs/screens/{name}-{width}.png\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
