"""The care contract, signed in every way there is: from one's space, on a device that goes round, on paper,
with reservations, by a mark before a witness, beside a guardian; refused, amended; and its draft before that."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import As, Watch, axe, no_sideways_scroll, targets_large_enough, well_formed
from tests.browser.server import ROOT, settings_on
from tests.browser.test_thread import PASSWORD, choose, pick, send

Addresses = dict[str, dict[str, str]]
PHONE, TABLET = 390, 820


@pytest.fixture(scope="session")
def matter(site: str, data: str) -> Addresses:
    """Addresses by family name (matter.py)."""
    built = subprocess.run(
        [sys.executable, "-m", "tests.browser.matter"],
        cwd=ROOT,
        env=settings_on(data),
        stdout=subprocess.PIPE,
        check=True,
    )
    found: Addresses = json.loads(built.stdout)
    return found


def sound(page: Page) -> None:
    """What every page of signing holds, on a phone, and no wider than the narrowest screen."""
    before = page.viewport_size
    page.set_viewport_size({"width": PHONE, "height": 844})
    well_formed(page)
    targets_large_enough(page)
    axe(page)
    no_sideways_scroll(page)
    page.set_viewport_size({"width": 320, "height": 844})
    no_sideways_scroll(page)
    page.set_viewport_size(before or {"width": 1280, "height": 900})


def enter(page: Page, account: str) -> Page:
    """By the door that everybody has: an address and a password."""
    page.goto("/connexion/")
    page.locator('input[name="login"]').fill(f"{account}@demo.avec.example")
    page.locator('input[name="password"]').fill(PASSWORD)
    page.locator('form:has(input[name="password"]) button[type="submit"]').first.click()
    page.wait_for_load_state()
    return page


def main_of(page: Page) -> Locator:
    return page.get_by_role("main")


def shows(page: Page, *words: str) -> None:
    for each in words:
        expect(main_of(page)).to_contain_text(each)


def heading(page: Page, words: str) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile(words))


def follow(page: Page, words: str) -> None:
    main_of(page).get_by_role("link", name=re.compile(words)).first.click()
    page.wait_for_load_state()


def read_rights(page: Page) -> None:
    for box in page.locator('input[name="rights"]').all():
        box.check()


def downloaded(page: Page, name: str, to: Path) -> Path:
    with page.expect_download() as downloading:
        main_of(page).get_by_role("link", name=name).first.click()
    downloading.value.save_as(to)
    assert to.read_bytes().startswith(b"%PDF-")
    return to


def verified(page: Page, document: Path, *words: str) -> None:
    """On the page that anyone may open."""
    page.goto("/contrats/verifier/")
    page.locator('input[type="file"]').set_input_files(document)
    send(page, "Vérifier")
    shows(page, *words)


def one_byte_away(document: Path, to: Path) -> Path:
    content = bytearray(document.read_bytes())
    content[len(content) // 2] ^= 1
    to.write_bytes(content)
    return to


def tab_to(page: Page, selector: str, most: int = 150) -> None:
    """With the Tab key, as somebody without a mouse."""
    for _ in range(most):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    raise AssertionError(f"{selector} is not reached with the keyboard")


# --- From one's own space ----------------------------------------------------------------------------------


def test_reservations_then_an_amendment_signed_again(
    as_: As, watch: Watch, matter: Addresses, tmp_path: Path
) -> None:
    watch.expected = {422}
    found = matter["Aubry"]

    # The person, on a phone whose scripts do not run: what is missing is said, and what was chosen stays.
    bare = enter(as_(None, width=PHONE, scripts=False), "suzanne.aubry")
    bare.goto("/mon-espace/contrat/")
    read_rights(bare)
    pick(bare, "article-1", "agrees")
    pick(bare, "article-2", "in_part")
    pick(bare, "outcome", "signed")
    send(bare, "Valider mon choix")
    shows(bare, "Vous pouvez signer avec vos réserves.")
    expect(bare.locator('input[name="article-2"][value="in_part"]')).to_be_checked()
    expect(bare.locator('input[name="rights"]').last).to_be_checked()
    choose(bare, "reservations", "Le jeudi, seulement si mes mains vont bien.")
    shows(bare, "Mon choix est gardé.", "Camille Roussel n’a pas encore signé.")

    # The referent, with the keyboard alone.
    camille = as_("educatrice")
    camille.goto(found["contract"])
    shows(camille, "Le jeudi, seulement si mes mains vont bien.")
    tab_to(camille, 'input[name="outcome"]')
    camille.keyboard.press("Space")
    expect(camille.locator('input[name="outcome"][value="signed"]')).to_be_checked()
    tab_to(camille, '#choix button[type="submit"]')
    camille.keyboard.press("Enter")
    heading(camille, "Je confirme mon choix")
    sound(camille)
    tab_to(camille, 'input[type="password"]')
    camille.keyboard.type(PASSWORD)
    camille.keyboard.press("Enter")
    shows(camille, "Le contrat est signé")
    first = downloaded(camille, "PDF complet", tmp_path / "version-1.pdf")

    # What changes is written once, from the plan, and shown in words and side by side.
    follow(camille, "^Écrire un avenant")
    heading(camille, "Préparer un avenant")
    send(camille, "^Proposer à la signature")
    expect(camille.locator("[data-errors]")).to_contain_text("Écrivez pourquoi")
    camille.locator('[name="why"]').fill("Le potager est prêt pour le printemps.")
    send(camille, "^Garder ce brouillon")
    shows(camille, "Ce qui change avec cet avenant")
    send(camille, "^Proposer à la signature")
    shows(camille, "Pourquoi : Le potager est prêt")
    sound(camille)
    choose(camille, "signed")
    suzanne = enter(as_(None, width=PHONE), "suzanne.aubry")
    suzanne.goto("/mon-espace/contrat/")
    shows(suzanne, "Ce qui change avec cet avenant")
    sound(suzanne)
    suzanne.get_by_role("link", name=re.compile("côte à côte")).click()
    heading(suzanne, "Ce qui change avec la version 2")
    shows(suzanne, "Le potager", "Avant", "Maintenant")
    sound(suzanne)
    suzanne.goto("/mon-espace/contrat/")
    read_rights(suzanne)
    choose(suzanne, "signed")
    shows(suzanne, "Le contrat est signé")

    # Both verify; the former one says what took its place.
    anyone = as_(None, width=PHONE)
    second = downloaded(suzanne, "PDF complet", tmp_path / "version-2.pdf")
    verified(anyone, second, "Ce document est intact.", "aucun avenant ne l’a remplacée")
    verified(anyone, first, "Ce document est intact.", "Un avenant l’a remplacé depuis")
    sound(anyone)


def test_refused_then_what_follows(as_: As, watch: Watch, matter: Addresses, tmp_path: Path) -> None:
    watch.expected = {422}
    contract = matter["Faure"]["contract"]
    germaine = enter(as_(None, width=PHONE), "germaine.faure")
    germaine.goto("/mon-espace/contrat/")
    choose(germaine, "refused", "Je veux d’abord voir ma nouvelle chambre.")
    shows(germaine, "Et maintenant ?", "C’est un choix à respecter.")
    sound(germaine)

    camille = as_("educatrice")
    camille.goto(contract)
    shows(camille, "Je veux d’abord voir ma nouvelle chambre.")
    follow(camille, "^Noter la suite")
    send(camille, "^Noter la suite")
    expect(camille.locator("[data-errors]")).to_be_focused()
    sound(camille)
    pick(camille, "what", "document")
    camille.locator('[name="on"]').fill(day(camille, 3))
    camille.locator('[name="words"]').fill("On visite la chambre ensemble, puis on en reparle.")
    send(camille, "^Noter la suite")
    heading(camille, "Écrire le document individuel")
    sound(camille)
    send(camille, "^Écrire le document individuel")
    heading(camille, "Le document individuel")
    shows(camille, "L’établissement s’engage seul.")
    follow(camille, "^Noter une copie remise")
    camille.locator('label:has(input[name="to"])', has_text="Germaine").click()
    pick(camille, "how", "paper")
    sound(camille)
    send(camille, "^Noter que la copie est remise")
    shows(camille, "C’est noté", "copie remise")

    germaine.goto("/mon-espace/contrat/")
    shows(germaine, "On visite la chambre ensemble, puis on en reparle.", "copie remise")
    sound(germaine)
    follow(germaine, "^Lire le document individuel")
    heading(germaine, "Mon document individuel")
    shows(germaine, "Vos soins continuent.", "Remise à Germaine Faure")
    sound(germaine)
    document = downloaded(germaine, "PDF facile à lire", tmp_path / "individuel.pdf")
    verified(as_(None), document, "Ce document est intact.", "document individuel (DIPC)")


def day(page: Page, days: int) -> str:
    words: str = page.evaluate(
        "days => new Date(Date.now() + days * 86400000).toISOString().slice(0, 10)", days
    )
    return words


# --- On a device that goes round ---------------------------------------------------------------------------


def open_room(host: Page, contract: str) -> None:
    host.goto(contract)
    follow(host, "^Signer ensemble")
    heading(host, "Avant de signer ensemble")


def take(host: Page, name: str) -> None:
    follow(host, f"^C’est à moi : {name}")


def draw(host: Page) -> None:
    frame = host.locator("svg.draw")
    frame.scroll_into_view_if_needed()
    box = frame.bounding_box()
    assert box is not None
    host.mouse.move(box["x"] + 20, box["y"] + box["height"] / 2)
    host.mouse.down()
    for step in range(1, 9):
        host.mouse.move(box["x"] + 20 + 25 * step, box["y"] + box["height"] * (0.3 if step % 2 else 0.7))
    host.mouse.up()
    state = host.locator(".draw__state")
    expect(state).to_have_text(state.get_attribute("data-drawn") or "")
    assert host.locator("[data-draw-value]").input_value()


def give_back(host: Page) -> None:
    """The device opens nothing else until then."""
    host.goto("/")
    shows(host, "L’appareil est prêté.")
    follow(host, "^Rendre l’appareil")
    sound(host)
    host.locator('input[type="password"]').fill(PASSWORD)
    send(host, "^Reprendre l’appareil")


def test_one_tablet_for_two(as_: As, watch: Watch, matter: Addresses, tmp_path: Path) -> None:
    watch.expected = {422}
    secret, his = "Le matin plutôt que le soir.", "Lu avec ma mère."
    host = as_("educatrice", width=TABLET)
    open_room(host, matter["Delpech"]["contract"])
    send(host, "^Commencer")
    expect(host.locator("[data-errors]")).to_be_focused()
    sound(host)
    for box in host.locator('input[name="present"], input[name="closed"]').all():
        box.check()
    send(host, "^Commencer")
    shows(host, "Qui prend l’appareil ?")
    sound(host)

    # The person reads, knows her rights, chooses, draws, and says who she is.
    take(host, "Yvonne")
    hers = host.url
    shows(host, "Vous marchez jusqu’à l’étang.")
    expect(host.locator('main a[href^="/personnes/"]')).to_have_count(0)
    pick(host, "outcome", "signed")
    send(host, "^Valider mon choix")
    shows(host, "Cochez vos 4 droits.")
    sound(host)
    read_rights(host)
    host.locator('[name="words"]').fill(secret)
    draw(host)
    send(host, "^Valider mon choix")
    heading(host, "Je confirme mon choix")
    shows(host, secret)
    expect(host.locator("svg.drawn")).to_be_visible()
    sound(host)
    host.locator('input[type="password"]').fill("pas-le-bon")
    send(host, "^Valider mon choix")
    shows(host, "Ce n’est pas le bon mot de passe.")
    host.locator('input[type="password"]').fill(PASSWORD)
    send(host, "^Valider mon choix")
    shows(host, "Le choix est enregistré")

    # Nothing of hers is left for the next one, not even at the addresses that she was at.
    expect(host.locator("body")).not_to_contain_text(secret)
    for address in (hers, hers + "confirmer/", hers + "attester/"):
        host.goto(address)
        shows(host, "Qui prend l’appareil ?", "Le choix est déjà fait pour cette ligne.")
        expect(host.locator("body")).not_to_contain_text(secret)
    take(host, "Marc")
    expect(host.locator("body")).not_to_contain_text(secret)
    expect(host.locator('input[name="outcome"]:checked')).to_have_count(0)
    assert host.locator("[data-draw-value]").input_value() == ""

    # Her curator has no account: who holds the device answers for what he chose.
    host.locator('[name="words"]').fill(his)
    pick(host, "outcome", "signed")
    send(host, "^Valider mon choix")
    follow(host, "atteste mon choix")
    heading(host, "Attester ce choix")
    sound(host)
    host.locator('input[type="password"]').fill(PASSWORD)
    send(host, "^J’atteste")
    shows(host, "Le choix est enregistré")
    host.go_back()
    shows(host, "Le choix est déjà fait pour cette ligne.")
    expect(host.locator("body")).not_to_contain_text(his)
    give_back(host)
    shows(host, "L’appareil est rendu à l’équipe.", "Le contrat est signé")

    # In force, sealed, and proved.
    copy = downloaded(host, "PDF facile à lire", tmp_path / "contrat.pdf")
    anyone = as_(None, width=PHONE)
    verified(anyone, copy, "Ce document est intact.", "Yvonne Delpech", "Marc Delpech")
    sound(anyone)
    verified(anyone, one_byte_away(copy, tmp_path / "abime.pdf"), "pas intact")


def test_a_mark_before_a_witness_and_a_guardian_beside(as_: As, watch: Watch, matter: Addresses) -> None:
    """Nobody signs in the place of another: he makes his cross, she signs as herself."""
    watch.expected = {422}
    contract = matter["Vallier"]["contract"]
    host = as_("aide-soignante", width=TABLET)
    open_room(host, contract)
    host.locator('label:has(input[name="present"])', has_text="Edmond").click()
    host.locator('input[name="closed"]').check()
    send(host, "^Commencer")
    take(host, "Edmond")
    pick(host, "outcome", "mark")
    read_rights(host)
    shows(host, "Nadège Kouassi est témoin de la croix.")
    sound(host)
    send(host, "^Valider mon choix")
    follow(host, "atteste mon choix")
    host.locator('input[type="password"]').fill(PASSWORD)
    send(host, "^J’atteste")
    shows(host, "Agnès Colin n’a pas encore signé.")
    give_back(host)

    agnes = enter(as_(None, width=PHONE), "agnes.colin")
    agnes.goto(contract)
    shows(agnes, "Je signe en mon nom")
    expect(agnes.locator('input[name="rights"], input[name="outcome"][value="mark"]')).to_have_count(0)
    sound(agnes)
    choose(agnes, "signed")
    shows(agnes, "Le contrat est signé")
    expect(agnes.locator(".signers li", has_text="Edmond").first).to_contain_text("croix")


# --- On paper ----------------------------------------------------------------------------------------------


def test_by_paper_without_scripts(as_: As, watch: Watch, matter: Addresses, tmp_path: Path) -> None:
    watch.expected = {422}
    bare = as_("educatrice", scripts=False)
    bare.goto(matter["Peyre"]["contract"])
    follow(bare, "^Signer sur papier")
    scan = downloaded(bare, "PDF complet", tmp_path / "signe.pdf")
    code = bare.locator("#imprimer .code").inner_text()
    line = bare.locator(".paper-line", has_text="Raymond Peyre").first
    bare.locator('input[type="file"]').set_input_files(scan)
    bare.locator('[name="code"]').fill("0000-0000" if code != "0000-0000" else "1111-1111")
    bare.locator('[name="signed_on"]').fill(day(bare, 0))
    pick(bare, "reading", "full")
    line.locator('label:has(input[name^="outcome"][value="signed"])').click()
    for box in line.locator('input[name^="rights"]').all():
        box.check()
    send(bare, "^Garder ce papier")
    expect(bare.locator("#id_code_error")).to_be_visible()
    shows(bare, "est déjà arrivé")
    expect(line.locator('input[name^="outcome"][value="signed"]')).to_be_checked()
    bare.locator('[name="code"]').fill(code.lower().replace("-", " "))
    send(bare, "^Garder ce papier")
    shows(bare, "Le papier est gardé avec cette version", "Le contrat est signé")

    seen = bare.get_by_role("link", name=re.compile("^Papier signé")).get_attribute("href")
    answer = bare.request.get(seen or "")
    assert answer.status == 200
    assert answer.body() == scan.read_bytes()


def test_the_page_of_the_paper_is_sound(as_: As, watch: Watch, matter: Addresses) -> None:
    """With its mistakes said, for two lines and every choice."""
    watch.expected = {422}
    page = as_("educatrice", width=PHONE)
    page.goto(matter["Besson"]["contract"] + "papier/")
    sound(page)
    for line in page.locator(".paper-line:has(input)").all():
        line.locator('label:has(input[name^="outcome"][value="mark"])').click()
    send(page, "^Garder ce papier")
    expect(page.locator("[data-errors]")).to_be_focused()
    shows(page, "Écrivez qui a vu faire la croix")
    sound(page)


# --- Before a version exists -------------------------------------------------------------------------------


def test_a_draft_is_chosen_mended_read_again_and_proposed(
    as_: As, watch: Watch, matter: Addresses, tmp_path: Path
) -> None:
    watch.expected = {422}
    camille = as_("educatrice", width=PHONE)
    camille.goto(matter["Vidal"]["prepare"])
    sound(camille)

    # The easy text: each sentence that is too hard says why, and leads to where it is written.
    facile = camille.locator("#facile")
    expect(facile).to_contain_text("place du Foirail")
    facile.locator("details:not([open]) > summary").click()
    facile.locator("li", has_text="place du Foirail").get_by_role("link", name="Corriger").click()
    camille.locator('[name="easy_words"]').fill("Vous allez au marché.\nUne amie vient avec vous.")
    camille.locator("main form:has([name=easy_words]) button[type=submit]").first.click()
    camille.wait_for_load_state()
    # Mended, one is back on the draft, where one was.
    expect(camille).to_have_url(re.compile("/preparer/#facile$"))
    expect(facile).not_to_contain_text("place du Foirail")
    camille.locator('label:has(input[name="goes_in"])', has_text="piano").locator("input").uncheck()
    send(camille, "^Garder ce brouillon")
    shows(camille, "Rien n’est encore proposé à la signature.", "Le contrat dira aussi ce qui attend")
    brouillon = downloaded(camille, "Imprimer ce brouillon, facile à lire", tmp_path / "brouillon.pdf")
    verified(as_(None), brouillon, "n’est pas scellé")

    follow(camille, "^Faire relire le texte facile")
    send(camille, "^Enregistrer la relecture")
    expect(camille.locator("[data-errors]")).to_be_focused()
    sound(camille)
    pick(camille, "who", "others")
    camille.locator('[name="readers"]').fill("Ahmed et Paulette, du groupe de relecture")
    camille.locator('[name="agreed"]').check()
    pick(camille, "clear", "yes")
    send(camille, "^Enregistrer la relecture")
    shows(camille, "facile à lire et à comprendre (FALC)")
    sound(camille)
    send(camille, "^Proposer à la signature")
    shows(camille, "Le contrat est prêt à être lu et signé.", "FALC")


def test_a_draft_that_expired_is_read_again_first(as_: As, watch: Watch, matter: Addresses) -> None:
    camille = as_("educatrice", width=PHONE)
    camille.goto(matter["Royer"]["prepare"])
    shows(camille, "Ce brouillon s’est effacé de vos propositions")
    expect(camille.get_by_role("button", name="Proposer à la signature")).to_have_count(0)
    sound(camille)
    send(camille, "^Le relire et le garder")
    shows(camille, "Rien n’est encore proposé à la signature.")
    send(camille, "^Proposer à la signature")
    shows(camille, "Le contrat est prêt à être lu et signé.")
