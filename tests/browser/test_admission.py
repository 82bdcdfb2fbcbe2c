"""A first day, end to end: somebody arrives, is mistaken for somebody else, is surrounded, and followed by a team."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import As, Watch
from tests.browser.test_pages import check
from tests.browser.test_thread import pick, send


def fill(page: Page, **fields: str) -> None:
    for name, words in fields.items():
        page.locator(f'[name="{name}"]').fill(words)


def tick(page: Page, name: str) -> None:
    page.locator(f'label:has(input[name="{name}"])').first.click()


def heading(page: Page, words: str) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile(words))


def follow(page: Page, words: str) -> None:
    page.get_by_role("main").get_by_role("link", name=re.compile(words)).first.click()
    page.wait_for_load_state()


def test_a_nurse_admits_somebody_who_bears_a_name_of_the_house(as_: As, watch: Watch) -> None:
    watch.expected |= {404, 409, 422}
    nurse = as_("infirmiere")
    nurse.goto("/personnes/")
    follow(nurse, "^Accueillir")
    send(nurse, "^Accueillir")
    expect(nurse.locator("[data-errors]")).to_be_focused()
    check(nurse)
    # A name that no other journey looks for: the newcomer stays, and each journey finds its person by name.
    fill(nurse, given_names="Henri", family_name="Vasseur")
    pick(nurse, "gender", "male")
    tick(nurse, "referent")
    send(nurse, "^Accueillir")
    heading(nurse, "peut-être déjà là")
    check(nurse)
    send(nurse, "C’est une autre personne")
    heading(nurse, "Ouvrir le projet d’Henri")
    pk = nurse.url.rstrip("/").split("/")[-2]

    nurse.goto(f"/personnes/{pk}/cercle/")
    follow(nurse, "^Ajouter quelqu’un")
    fill(nurse, given_name="Claire", family_name="Duval", relation="sa fille")
    send(nurse, "^Ajouter au cercle")
    follow(nurse, "^Donner un mandat")
    pick(nurse, "kind", "carer")
    fill(nurse, starts_on="2025-03-02", ends_on="2025-03-01")
    send(nurse, "^Noter le mandat")
    expect(nurse.locator("[data-errors]")).to_contain_text("La fin est avant le début")
    check(nurse)
    fill(nurse, ends_on="")
    tick(nurse, "agreed")
    send(nurse, "^Noter le mandat")
    expect(nurse.get_by_role("main")).to_contain_text("lit ce que")

    follow(nurse, "^Changer l’équipe")
    follow(nurse, "^Quitter")
    pick(nurse, "how", "now")
    send(nurse, "^Quitter")
    expect(nurse.locator("[data-errors]")).to_contain_text("nommez d’abord un autre référent")

    manager = as_("cadre")
    manager.goto(f"/personnes/{pk}/equipe/")
    follow(manager, "^Ajouter quelqu’un")
    fill(manager, q="psychologue")
    send(manager, "^Chercher")
    follow(manager, "^Choisir")
    tick(manager, "is_referent")
    send(manager, "^Ajouter à l’équipe")
    expect(manager.get_by_role("main")).to_contain_text("Léna Arnaud")
    assert manager.goto(f"/personnes/{pk}/cercle/").status == 404

    nurse.goto(f"/personnes/{pk}/identite/")
    follow(nurse, "^Noter le départ")
    fill(nurse, discharged_on="2025-01-01")
    send(nurse, "^Noter le départ")
    expect(nurse.locator("[data-errors]")).to_contain_text("La fin est avant le début")


@pytest.mark.parametrize("width", [390, 1280])
def test_the_pages_of_a_circle_and_a_team_are_sound(as_: As, width: int) -> None:
    """States that no link of the demonstration leads to first."""
    page = as_("infirmiere", width=width)
    page.goto("/personnes/?q=marcillac")
    follow(page, "Marcillac")
    follow(page, "^Cercle et droits")
    circle = page.url
    for words in ("^Corriger", "^Terminer", "^Donner un mandat", "^Changer l’équipe"):
        page.goto(circle)
        follow(page, words)
        check(page)
