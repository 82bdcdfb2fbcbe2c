"""Take the pictures of docs/screens from the demo: `make screens`. Needs a Chromium."""

import re
import sys
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser.conftest import FLAGS
from tests.browser.found import chromium
from tests.browser.server import running

FOLDER = Path(__file__).resolve().parent.parent / "docs" / "screens"
WIDTHS = {390: 844, 1280: 900}
TALLEST = 8000  # past it, a picture shows the beginning of a page


def first_record(page: Page, name: str) -> None:
    page.goto(f"/personnes/?q={name}")
    page.locator('main a[href^="/personnes/"]').filter(has_text=name.capitalize()).first.click()


def part_of_record(page: Page, name: str, words: str) -> None:
    """A page that the record leads to."""
    first_record(page, name)
    page.locator("main").get_by_role("link", name=re.compile(words)).first.click()


def first_goal(page: Page, words: str) -> None:
    """A page of the first goal, in own space."""
    page.goto("/mon-espace/objectifs/")
    page.locator("main section a", has_text="Voir cet objectif").first.click()
    if words:
        page.locator("main").get_by_role("link", name=re.compile(words)).first.click()


def thread_of(page: Page, name: str) -> None:
    first_record(page, name)
    page.goto(page.locator('main a[href^="/fil/"]').first.get_attribute("href") or "/")


def prepare(page: Page, name: str) -> None:
    first_record(page, name)
    page.goto(page.url.split("#")[0].replace("/personnes/", "/contrats/personne/") + "preparer/")


def campaign_of(page: Page, group: str, part: str = "") -> None:
    """A page of the last campaign of a group."""
    page.goto("/partenariat/")
    page.locator("main").get_by_role("link", name=group).first.click()
    last = page.locator('main a[href^="/partenariat/campagnes/"]').first.get_attribute("href") or "/"
    page.goto("/".join(last.split("/")[:4]) + "/" + part)


# name: (who, how to get there, light or dark)
SCREENS = {
    "cast": (None, lambda page: page.goto("/"), False),
    "day": ("infirmiere", lambda page: page.goto("/ma-journee/"), False),
    "persons": ("infirmiere", lambda page: page.goto("/personnes/"), False),
    "person": ("infirmiere", lambda page: first_record(page, "marcillac"), False),
    "person-dark": ("infirmiere", lambda page: first_record(page, "marcillac"), True),
    "record-needs": (
        "infirmiere",
        lambda page: part_of_record(page, "marcillac", "^Tous les besoins"),
        False,
    ),
    "record-in-time": ("infirmiere", lambda page: part_of_record(page, "marcillac", "^Dans le temps"), False),
    "record-steps": ("infirmiere", lambda page: part_of_record(page, "pujol", "^Les étapes"), False),
    "record-balance": (
        "infirmiere",
        lambda page: (page.goto("/ma-journee/"), page.locator('main a[href$="/bilan/"]').first.click()),
        False,
    ),
    "divergence": ("infirmiere", lambda page: part_of_record(page, "marcillac", "^En tension"), False),
    "evaluations": ("infirmiere", lambda page: part_of_record(page, "marcillac", "^Où en est-on"), False),
    "evaluations-dark": ("infirmiere", lambda page: part_of_record(page, "marcillac", "^Où en est-on"), True),
    "goal-history": ("infirmiere", lambda page: part_of_record(page, "marcillac", "^Son histoire"), False),
    "paper": ("infirmiere", lambda page: part_of_record(page, "marcillac", "^Sur papier"), False),
    "clocks": ("cadre", lambda page: page.goto("/horloges/"), False),
    "clocks-stay": ("infirmiere", lambda page: part_of_record(page, "marcillac", "^Horloges"), False),
    "clocks-table": ("cadre", lambda page: page.goto("/horloges/delais/"), False),
    "thread": ("infirmiere", lambda page: thread_of(page, "marcillac"), False),
    "prepare": ("infirmiere", lambda page: prepare(page, "castan"), False),
    "own": ("residente", lambda page: page.goto("/mon-espace/"), False),
    "own-say": ("residente", lambda page: page.goto("/mon-espace/dire/"), False),
    "own-say-pictures": ("residente", lambda page: page.goto("/mon-espace/dire/?comment=montrer"), False),
    "own-said": ("residente", lambda page: page.goto("/mon-espace/ce-que-j-ai-dit/"), False),
    "own-goal": ("residente", lambda page: first_goal(page, ""), False),
    "own-evaluate": ("residente", lambda page: first_goal(page, "^Dire où j’en suis|^Redire"), False),
    "own-coming": ("residente", lambda page: page.goto("/mon-espace/a-venir/"), False),
    "own-help": ("residente", lambda page: page.goto("/mon-espace/qui-m-aide/"), False),
    "contract": ("resident", lambda page: page.goto("/mon-espace/contrat/"), False),
    "own-readers": ("resident", lambda page: page.goto("/mon-espace/qui-a-lu/"), False),
    "relative": ("fille", lambda page: page.goto("/mon-espace/"), False),
    "figures": ("directrice", lambda page: page.goto("/notre-etablissement/"), False),
    "partnership": ("infirmiere", lambda page: page.goto("/partenariat/"), False),
    "partnership-own": ("residente", lambda page: page.goto("/partenariat/"), False),
    "barometer": ("infirmiere", lambda page: campaign_of(page, "Repas, sorties", "resultats/"), False),
    "barometer-dark": ("infirmiere", lambda page: campaign_of(page, "Repas, sorties", "resultats/"), True),
    "barometer-few": ("educatrice", lambda page: campaign_of(page, "Commission", "resultats/"), False),
    "barometer-together": (
        "infirmiere",
        lambda page: campaign_of(page, "Repas, sorties", "ensemble/"),
        False,
    ),
    "barometer-screen": ("qualite", lambda page: campaign_of(page, "Copil", "ecran/"), False),
    "barometer-pair": ("residente", lambda page: campaign_of(page, "Avec Sonia", "resultats/"), False),
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
    if width == 390 and name not in {"cast", "contract"}:
        # The whole page, with what is fixed at the bottom of the screen at the bottom of the picture.
        tall = page.evaluate("document.documentElement.scrollHeight")
        page.set_viewport_size({"width": width, "height": min(max(tall, WIDTHS[width]), TALLEST)})
    page.screenshot(path=FOLDER / f"{name}-{width}.png")
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
