"""A negotiation with three devices at once: the nurse's screen, the resident's phone and her daughter's.

From framing to conclusion, then into the plan and the contract. Each page stays
open: what the others do comes to it by itself, within three seconds.
"""

import re

from playwright.sync_api import Page, expect

from tests.browser.conftest import As, Watch, axe, no_sideways_scroll, well_formed
from tests.browser.test_thread import fill_day, pick, record_of

SOON = 3_000  # milliseconds until a move is on the other screens
TITLE = "L’heure du café"
AIM = "Que le café du matin reste un bon moment."
TIMES = "À quelle heure on sert le café"
WHERE = "Où l’on boit le café"
FIXED = "Deux soignants présents au lever"
SOURCE = "Note de service du 3 mars"
STAKE = "Ne pas être pressée le matin."
OFFERED = "Servir le café à 8 h 30"
IN_RETURN = "Être prête à 8 h 15"
GOAL = "Je bois mon café à 8 h 30, sans me presser."
RESERVATIONS = "Sauf le dimanche, où je viens plus tard."


class Device:
    """One screen that stays on the table: it is told what the others do, and is never loaded again for it."""

    def __init__(self, page: Page) -> None:
        self.page = page

    @property
    def table(self):
        return self.page.locator("#table-live")

    def stay(self) -> None:
        self.page.evaluate("window.neverLoadedAgain = true")

    def soon(self, words: str) -> None:
        """What somebody else did is here within three seconds, on the very page that was open."""
        expect(self.table).to_contain_text(words, timeout=SOON)
        assert self.page.evaluate("window.neverLoadedAgain"), "the page was loaded again"

    def news(self, words: str) -> None:
        expect(self.page.locator("#table-news")).to_contain_text(words, timeout=SOON)

    def press(self, name: str, inside: str = "#table-live") -> None:
        self.page.locator(inside).get_by_role("button", name=re.compile(name)).first.click()

    def follow(self, name: str) -> None:
        self.page.locator("#table-live").get_by_role("link", name=re.compile(name)).first.click()
        self.page.wait_for_load_state()

    def open(self, name: str) -> None:
        self.page.locator("#table-live").locator("summary", has_text=name).first.click()

    def ask(self, way: str, submit: str = "", **fields: str) -> None:
        """A question on a page of its own, then back to the table."""
        self.follow(way)
        axe(self.page)
        for name, words in fields.items():
            self.page.locator(f'main [name="{name}"]').fill(words)
        button = re.compile(submit) if submit else re.compile(".")
        self.page.locator('main form:has([name="once"]) button[type="submit"]').filter(
            has_text=button
        ).first.click()
        expect(self.table).to_be_attached()
        self.stay()

    def sound(self) -> None:
        """What every page of the journey must hold."""
        axe(self.page)
        well_formed(self.page)
        no_sideways_scroll(self.page)


def test_three_devices_from_framing_to_the_contract(as_: As, watch: Watch) -> None:
    sonia, odette, claire = as_("infirmiere"), as_("residente", width=390), as_("fille", width=390)
    nurse, resident, daughter = Device(sonia), Device(odette), Device(claire)
    devices = (nurse, resident, daughter)

    # The nurse opens it, with Odette and her daughter around the table.
    record = record_of(sonia, "Marcillac")
    sonia.goto(record.split("#")[0].replace("/personnes/", "/negociations/personne/") + "ouvrir/")
    axe(sonia)
    sonia.locator('[name="title"]').fill(TITLE)
    sonia.locator('[name="situation"]').fill("Le café arrive à 7 h 30, Odette dort encore.")
    pick(sonia, "context", "plan")
    pick(sonia, "level", "C1")
    around = sonia.get_by_role("group", name=re.compile("Autour de la table"))
    for name in ("Odette", "Claire", "Sonia"):
        around.get_by_role("checkbox", name=re.compile(name)).check()
    sonia.locator('[name="aim"]').fill(AIM)
    fill_day(sonia, "due_on", 14)
    sonia.get_by_role("button", name="Ouvrir la négociation").click()
    expect(nurse.table).to_contain_text(AIM)
    table = sonia.url.split("?")[0].split("#")[0]
    nurse.stay()

    # Odette finds it in her own space; her daughter in hers.
    odette.goto("/mon-espace/accords/")
    odette.get_by_role("main").get_by_role("link", name=re.compile(TITLE)).first.click()
    expect(resident.table).to_contain_text(AIM)
    claire.goto(table)
    expect(daughter.table).to_contain_text(AIM)
    for device in devices:
        device.stay()
        device.sound()

    # Points come to the other screens as they are written.
    for words, nature, source in (
        (TIMES, "organisation", ""),
        (WHERE, "organisation", ""),
        (FIXED, "house_rules", SOURCE),
    ):
        adding = sonia.locator("form#ajouter")
        adding.locator('[name="words"]').fill(words)
        adding.locator('[name="nature"]').select_option(nature)
        if source:
            adding.locator("summary").click()
            adding.locator('[name="source"]').fill(source)
        adding.get_by_role("button", name="Mettre sur la table").click()
        resident.soon(words)
        daughter.soon(words)
        expect(nurse.table).to_contain_text(words)
    resident.soon(SOURCE)

    # Each accepts the aim from their own seat; nobody else's answer is offered to them.
    expect(odette.locator('form[action$="/but/accepter/"]')).to_have_count(1)
    resident.press("Oui, il me convient")
    expect(resident.table).to_contain_text("J’ai dit oui à ce but.")
    expect(sonia.locator(".aims__one", has_text="Odette")).to_contain_text("Accepte", timeout=SOON)
    daughter.press("Oui, il me convient")
    expect(sonia.locator(".aims__one", has_text="Claire")).to_contain_text("Accepte", timeout=SOON)
    nurse.press("^J’accepte")
    nurse.press("Passer à")

    # What matters to each: said, kept, and read by the others.
    resident.soon("Qu’est-ce qui compte pour moi")
    daughter.soon("Qu’est-ce qui compte pour moi")
    for device in devices:
        device.stay()
        device.sound()
    resident.ask("Dire ce qui compte", words=STAKE)
    nurse.soon(STAKE)
    daughter.soon(STAKE)
    daughter.press("Je préfère ne pas le dire")
    nurse.soon("Ne souhaite pas le dire.")
    sonia.locator("#f-stake").locator('[name="words"]').fill("Que chacun soit servi à temps.")
    nurse.press("Dire ce qui compte", inside="#f-stake")
    resident.soon("Que chacun soit servi à temps.")
    nurse.press("Passer à")

    # Positions, then a step from each side, accepted by the others.
    resident.soon(FIXED)
    expect(resident.table).to_contain_text("Dire ce que je demande", timeout=SOON)
    nurse.stay()
    for device in devices:
        device.sound()
    resident.ask("Dire ce que je demande", words="Pas avant 9 heures")
    nurse.soon("Pas avant 9 heures")
    nurse.open("Proposer un pas")
    offering = sonia.locator('form[id^="f-offer-"]')
    offering.locator('[name="was"]').fill("Servir le café à 7 h 30")
    offering.locator('[name="becomes"]').fill(OFFERED)
    offering.get_by_role("button", name="Proposer ce pas").click()
    resident.soon(OFFERED)
    daughter.soon(OFFERED)
    axe(odette)
    resident.press("^J’accepte")
    expect(sonia.locator(".move:not(.move--empty)", has_text=OFFERED)).to_contain_text(
        "Déjà accepté par Odette", timeout=SOON
    )
    daughter.press("^J’accepte")
    expect(sonia.locator(".move:not(.move--empty)", has_text=OFFERED)).to_contain_text(
        "Accepté par", timeout=SOON
    )
    expect(nurse.table).to_contain_text("d’un seul côté")

    resident.ask("Faire une proposition", was="Être prête à 9 heures", becomes=IN_RETURN)
    nurse.soon(IN_RETURN)
    daughter.soon(IN_RETURN)
    sonia.locator(".move:not(.move--empty)", has_text=IN_RETURN).get_by_role(
        "button", name=re.compile("^J’accepte")
    ).click()
    daughter.press("^J’accepte")
    expect(sonia.locator(".move:not(.move--empty)", has_text=IN_RETURN)).to_contain_text(
        "Accepté par", timeout=SOON
    )
    expect(nurse.table).not_to_contain_text("d’un seul côté", timeout=SOON)

    # What is not negotiable takes no step, on no screen.
    expect(odette.locator(".fixed", has_text=FIXED).locator('a[href*="ce-que-je-propose"]')).to_have_count(0)

    # The outcomes: the first becomes a goal, the second waits.
    sonia.locator("#issue-agreed > summary").click()
    agreed = sonia.locator('form[id^="f-settle-agreed-"]')
    agreed.locator('[name="words"]').fill("Le café est servi à 8 h 30. Odette est prête à 8 h 15.")
    pick(sonia, "plan-becomes", "goal")
    agreed.locator('[name="plan-statement"]').fill(GOAL)
    fill_day(sonia, "plan-due_on", 90)
    agreed.locator('[name="plan-priority"]').fill("9")
    axe(sonia)
    agreed.get_by_role("button", name="Noter l’issue de ce point").click()
    resident.soon("Le café est servi à 8 h 30.")
    daughter.soon("Le café est servi à 8 h 30.")
    nurse.follow("Aller au point 2")
    sonia.locator("#issue-set_aside > summary").click()
    aside = sonia.locator('form[id^="f-settle-set_aside-"]')
    aside.locator('[name="words"]').fill("On en reparle au printemps.")
    aside.get_by_role("button", name="Noter l’issue de ce point").click()
    resident.soon("On en reparle au printemps.")
    nurse.press("Passer à")

    # The text is read back; each answers in their own name.
    resident.soon("Le texte de l’accord est prêt.")
    daughter.soon("Le texte de l’accord est prêt.")
    expect(sonia.locator("#f-conclude")).to_have_count(0)
    nurse.stay()
    for device in devices:
        device.sound()
    resident.follow("Lire et répondre")
    axe(odette)
    pick(odette, "answer", "yes")
    odette.locator('main form:has([name="answer"]) button[type="submit"]').first.click()
    expect(resident.table).to_contain_text("Ma réponse")
    resident.stay()
    expect(sonia.locator("#reponses li", has_text="Odette").first).to_contain_text("Oui", timeout=SOON)
    daughter.follow("Lire et répondre")
    pick(claire, "answer", "reservations")
    claire.locator('[name="words"]').fill(RESERVATIONS)
    claire.locator('main form:has([name="answer"]) button[type="submit"]').first.click()
    expect(daughter.table).to_contain_text("Ma réponse")
    daughter.stay()
    nurse.soon(RESERVATIONS)
    resident.soon(RESERVATIONS)
    mine = sonia.locator('form[id^="f-answer-"]')
    mine.locator('label:has(input[value="yes"])').first.click()
    mine.get_by_role("button", name="Enregistrer cette réponse").click()

    # It is concluded once everybody has answered; the agreement is partial, so it says what comes next.
    ending = sonia.locator("#f-conclude")
    expect(ending).to_be_visible(timeout=SOON)
    expect(nurse.table).to_contain_text(GOAL)
    pick(sonia, "next_step", "date")
    fill_day(sonia, "next_on", 60)
    ending.locator('[name="sure"]').check()
    axe(sonia)
    ending.get_by_role("button", name="Conclure la négociation").click()
    resident.soon("C’est fini")
    daughter.soon("C’est fini")
    expect(nurse.table).to_contain_text("Elle ne change plus.")
    for device in devices:
        device.sound()

    # In the plan, for the team and for Odette; then in the draft of the contract.
    prepare = sonia.get_by_role("link", name="Préparer le contrat")
    sonia.goto(record)
    expect(sonia.get_by_role("main")).to_contain_text(GOAL)
    odette.goto("/mon-espace/objectifs/")
    expect(odette.get_by_role("main")).to_contain_text(GOAL)
    sonia.goto(table)
    prepare.click()
    expect(sonia.get_by_role("main")).to_contain_text(GOAL)
    axe(sonia)
