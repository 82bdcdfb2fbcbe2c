"""Needs and assessments in a browser: written with a code found by its everyday word, validated; a scale; the person."""

import re

from playwright.sync_api import Page

from tests.browser.conftest import As
from tests.browser.test_pages import check


def needs_of(page: Page, name: str) -> str:
    page.goto(f"/personnes/?q={name}")
    record = page.locator('main a[href^="/personnes/"]').filter(has_text=name.capitalize()).first
    pk = (record.get_attribute("href") or "").strip("/").split("/")[1]
    return f"/projets/personne/{pk}/besoins/"


def sound(page: Page) -> None:
    check(page)
    page.emulate_media(color_scheme="light")


def test_a_nurse_writes_and_validates_an_assessment(as_: As) -> None:
    page = as_("infirmiere")
    listed = needs_of(page, "marcillac")
    page.goto(listed)
    sound(page)
    page.get_by_role("link", name="Écrire mon évaluation").click()
    sound(page)
    page.reload()
    page.fill("[name=discipline]", "Soins infirmiers, essai")
    page.fill("[name=summary]", "Elle marche avec sa canne.")
    page.check("[name=row_0_kind][value=need]")
    page.fill("[name=row_0_words]", "Un banc à mi-chemin")
    line = page.locator("fieldset.found").first
    line.locator("summary").click()
    page.fill("#id_row_0_serafin-mots", "marcher")
    page.get_by_text("en haut de la liste.").wait_for()
    page.select_option("[name=row_0_serafin]", "1.2.1.3")
    # Enter in the search sends nothing.
    page.press("#id_row_0_serafin-mots", "Enter")
    assert page.input_value("[name=row_0_serafin]") == "1.2.1.3"
    page.get_by_role("button", name="Enregistrer et relire").click()
    page.get_by_role("button", name="Valider cette évaluation").wait_for()
    sound(page)
    page.get_by_role("button", name="Valider cette évaluation").click()
    page.get_by_text("L’évaluation est validée.").wait_for()
    page.goto(listed)
    page.get_by_text("Un banc à mi-chemin").first.wait_for()
    page.locator("summary", has_text="Un banc à mi-chemin").first.click()
    page.get_by_role("link", name="Commenter ou terminer").locator("visible=true").first.click()
    sound(page)


def test_the_house_takes_a_scale_and_the_person_answers_it(as_: As) -> None:
    quality = as_("qualite")
    quality.goto("/projets/grilles/")
    sound(quality)
    add = quality.locator('form[action$="/avec/bien-chez-moi/"] button')
    if add.count():
        add.click()
    scale = quality.get_by_role("link", name="Bien chez moi").first
    address = scale.get_attribute("href") or ""
    quality.goto(address)
    sound(quality)
    own = as_("residente", width=390)
    own.goto(f"{address}repondre/")
    sound(own)
    own.reload()
    for place in range(7):
        own.locator(f'label:has([name="question_{place}"][value="3"])').click()
    own.get_by_role("button", name="Envoyer mes réponses").click()
    own.get_by_text("Vos réponses sont envoyées").wait_for()
    nurse = as_("infirmiere")
    nurse.goto(needs_of(nurse, "marcillac"))
    nurse.get_by_text(re.compile("Ce qu.* en dit .*-même")).first.wait_for()
    for name in ("Joindre un fichier au projet", "Noter un besoin ou un point fort"):
        nurse.goto(needs_of(nurse, "marcillac"))
        nurse.get_by_role("link", name=name).click()
        sound(nurse)
    nurse.goto("/projets/serafin/?q=marcher")
    sound(nurse)
