"""The thread, end to end, as three people: said, answered, acted, agreed, issued, signed, sealed, verified, walked back."""

import re
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser.conftest import As, Watch, axe

WORDS = "Je voudrais entendre les cloches du village le dimanche matin."
GOAL = "Bernard écoute les cloches du village chaque dimanche, fenêtre ouverte."
DEED = "Ouvrir la fenêtre à dix heures"
PASSWORD = "avec-demo-2026"


def pick(page: Page, name: str, value: str) -> None:
    """Tick a radio or a box by its row, as a finger does."""
    page.locator(f'label:has(input[name="{name}"][value="{value}"])').first.click()


def send(page: Page, words: str) -> None:
    page.get_by_role("main").get_by_role("button", name=re.compile(words)).first.click()
    page.wait_for_load_state()


def record_of(page: Page, name: str) -> str:
    """Find somebody through the list and its search."""
    page.goto("/personnes/?q=" + name.lower())
    page.locator('main a[href^="/personnes/"]', has_text=name).first.click()
    page.wait_for_load_state()
    return page.url


def choose(page: Page, outcome: str, words: str = "") -> None:
    """Choose on one's own line, then prove who one is."""
    pick(page, "outcome", outcome)
    if words:
        page.locator('[name="words"]').fill(words)
    send(page, "Valider mon choix")
    expect(page.get_by_role("heading", level=1)).to_have_text("Je confirme mon choix")
    page.locator('input[type="password"]').fill(PASSWORD)
    send(page, "Valider mon choix")


def test_from_a_sentence_to_a_sealed_contract_and_back(as_: As, watch: Watch, tmp_path: Path) -> None:
    watch.expected = {422}  # a form sent back with what is missing
    bernard, sonia, doctor = as_("resident"), as_("infirmiere"), as_("medecin")

    # The person speaks, from their own space.
    bernard.goto("/mon-espace/dire/?comment=ecrire")
    bernard.locator('textarea[name="words"]').fill(WORDS)
    pick(bernard, "kind", "wish")
    pick(bernard, "importance", "4")
    pick(bernard, "level", "C1")
    send(bernard, "Envoyer")
    bernard.goto("/mon-espace/ce-que-j-ai-dit/")
    expect(bernard.get_by_role("main")).to_contain_text("cloches du village")

    # The nurse finds it waiting, and answers with a goal.
    record = record_of(sonia, "Castan")
    axe(sonia)
    said = sonia.locator("article", has_text="cloches du village").first
    expect(said).to_contain_text("Sans réponse")
    said.locator('a[href*="/reponse/"]').click()
    pick(sonia, "reply", "new")
    sonia.locator('[name="statement"]').fill(GOAL)
    fill_day(sonia, "due_on", 120)
    sonia.locator('[name="priority"]').fill("4")
    sonia.locator('[name="easy_words"]').fill(
        "Le dimanche, vous écoutez les cloches.\nLa fenêtre est ouverte."
    )
    axe(sonia)
    send(sonia, "Répondre")
    expect(sonia.get_by_role("main")).to_contain_text(GOAL)

    # What is done, by whom, with how much of him.
    sonia.goto(record)
    sonia.locator('a[href$="/action/"]').first.click()
    pick_goal(sonia, "cloches")
    sonia.locator('[name="title"]').fill(DEED)
    sonia.get_by_role("group", name="Qui le fait").get_by_role("checkbox", name=re.compile("^Nadège")).check()
    pick(sonia, "participation", "with")
    axe(sonia)
    send(sonia, "Enregistrer l’action")
    expect(sonia.get_by_role("main")).to_contain_text(DEED)

    # Both sides say what they think of it.
    bernard.goto("/mon-espace/objectifs/")
    bernard.locator("article, li, .goal, .card", has_text="cloches").locator(
        'a[href*="/objectifs/"]'
    ).last.click()
    pick(bernard, "stance", "agrees")
    send(bernard, "Envoyer|Enregistrer|Valider|Garder|Dire")
    goal = sonia.locator("article", has_text=GOAL).last
    goal.locator('a[href*="/position/"]').first.click()
    pick(sonia, "who", "professional")
    pick(sonia, "stance", "agrees")
    send(sonia, "Noter cette position")

    # The contract is written from the plan, and signed by the nurse.
    sonia.goto(record.replace("/personnes/", "/contrats/personne/") + "preparer/")
    expect(sonia.get_by_role("main")).to_contain_text("Tout est prêt")
    axe(sonia)
    send(sonia, "Proposer à la signature")
    contract = sonia.url
    expect(sonia.get_by_role("main")).to_contain_text("cloches")
    choose(sonia, "signed")

    # The doctor reads it, and has no line of their own.
    doctor.goto(contract)
    expect(doctor.get_by_role("main")).to_contain_text("cloches")
    expect(doctor.locator('input[name="outcome"]')).to_have_count(0)

    # The person reads it, in the easy version; the rights come first; then they sign.
    bernard.goto("/mon-espace/contrat/")
    assert bernard.url.split("#")[0] == contract.split("#")[0]
    axe(bernard)
    pick(bernard, "outcome", "signed")
    send(bernard, "Valider mon choix")
    expect(bernard.locator('[role="alert"]')).to_be_visible()
    for box in bernard.locator('input[name="rights"]').all():
        box.check()
    choose(bernard, "signed")
    expect(bernard.get_by_role("main")).to_contain_text("Le contrat est signé")

    # The sealed copy, and its proof on the page anyone may open.
    with bernard.expect_download() as downloading:
        bernard.get_by_role("link", name="PDF facile à lire").click()
    copy = tmp_path / "contrat.pdf"
    downloading.value.save_as(copy)
    assert copy.read_bytes().startswith(b"%PDF-")
    anyone = as_(None)
    anyone.goto("/contrats/verifier/")
    anyone.locator('input[type="file"]').set_input_files(copy)
    send(anyone, "Vérifier")
    expect(anyone.get_by_role("main")).to_contain_text("Ce document est intact.")
    damaged = tmp_path / "abime.pdf"
    damaged.write_bytes(copy.read_bytes().replace(b"/Type", b"/Tyqe", 1))
    anyone.locator('input[type="file"]').set_input_files(damaged)
    send(anyone, "Vérifier")
    expect(anyone.get_by_role("main")).to_contain_text("pas intact")

    # Back from the article to the sentence, and forward from the sentence.
    sonia.goto(contract)
    article = sonia.locator(".clause", has_text="cloches").first
    article.locator('a[href*="/fil/"]').first.click()
    expect(sonia.get_by_role("main")).to_contain_text(WORDS)
    axe(sonia)
    expect(sonia.locator('main a[href*="/contrats/"]').first).to_be_attached()
    bernard.goto("/mon-espace/ce-que-j-ai-dit/")
    # Nobody noted that he reads easily: the whole sentence comes first, the easy one is within reach.
    mine = bernard.get_by_role("main").locator("article", has_text=WORDS)
    expect(mine).to_contain_text("Nous sommes d’accord")
    expect(mine).to_contain_text(GOAL)
    mine.get_by_role("link", name=re.compile("^Voir cet objectif")).click()
    bernard.get_by_role("main").get_by_text("Lire en facile à lire").click()
    expect(bernard.get_by_text("Le dimanche, vous écoutez les cloches.")).to_be_visible()

    # Everyone who read it stands in the person's own journal.
    bernard.goto("/mon-espace/qui-a-lu/")
    expect(bernard.get_by_role("main")).to_contain_text("Nguyen")


def fill_day(page: Page, name: str, days: int) -> None:
    page.evaluate(
        """([name, days]) => {
          const day = new Date(Date.now() + days * 86400000);
          document.querySelector(`[name="${name}"]`).value = day.toISOString().slice(0, 10);
        }""",
        [name, days],
    )


def pick_goal(page: Page, words: str) -> None:
    page.locator('label:has(input[name="goals"])', has_text=words).locator("input").check()


def test_who_is_not_in_the_team_finds_nothing(as_: As, watch: Watch) -> None:
    """The teacher is not in Bernard's team: not in the list, not by the address."""
    watch.expected = {404}
    record = record_of(as_("infirmiere"), "Castan")
    stranger = as_("infirmier-ailleurs")
    stranger.goto("/personnes/?q=castan")
    expect(stranger.get_by_role("main")).not_to_contain_text("Bernard")
    stranger.goto(record)
    expect(stranger.get_by_role("heading", level=1)).to_be_visible()
    expect(stranger.locator("body")).not_to_contain_text("Bernard")
