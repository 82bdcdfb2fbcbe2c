"""A barometer from end to end: six phones, four papers and one shared screen; a rating agreed, another not; what is
decided; what is read, and by whom. Nobody who answers has an account here."""

import csv
import io
import re
import sqlite3
import subprocess
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

from openpyxl import load_workbook
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import As, Watch, axe, no_sideways_scroll
from tests.browser.test_admission import fill, follow, heading
from tests.browser.test_own import looked_at
from tests.browser.test_pages import check
from tests.browser.test_roles import hides
from tests.browser.test_signing import main_of, shows, tab_to
from tests.browser.test_thread import fill_day, pick, send

PHONE = 390
GROUP = "Le jardin des Bouleaux"
FIRST_LOAD, SECOND_LOAD = 300_000, 60_000  # bytes on the wire

# What each side says of the eleven criteria: far apart on two of them. All of a side say the same, so that the
# medians are known.
Levels = Sequence[int | str | None]
USERS: Levels = (2, 1, 2, 2, 2, 3, 2, 1, 2, 0, 1)
TEAM: Levels = (2, 3, 2, 2, 2, 3, 2, 3, 2, 0, 1)
# One who passes over question 4 and is not concerned by question 5: four rate them on that side, too few.
SPARING: Levels = (2, 1, 2, None, "na", 3, 2, 1, 2, 0, 1)
LEFT, HELD = "J’apprends les choses dans le couloir.", "C’est toujours Karim qui décide seul."


def fills(page: Page, name: str, value: str) -> None:
    """The row of a choice, in the step that is shown."""
    page.locator(f'label:has(input[name="{name}"][value="{value}"])').click()


# --- The leader prepares -----------------------------------------------------------------------------------


def starts_group(leader: Page, name: str = GROUP) -> None:
    leader.goto("/partenariat/")
    follow(leader, "^Créer un groupe")
    fill(leader, name=name)
    pick(leader, "kind", "working_group")
    send(leader, "^Créer")
    heading(leader, name)


def opens_campaign(leader: Page, kind: str) -> str:
    """Five a side: as few as may be shown. Gives the address of the campaign."""
    follow(leader, "^Préparer une campagne")
    fill(leader, title="Printemps", asked_users="5", asked_professionals="5")
    pick(leader, "kind", kind)
    send(leader, "^Préparer")
    shows(leader, "Tout est prêt ? Ouvrez la campagne.")
    follow(leader, "^Ouvrir la campagne")
    send(leader, "^Ouvrir")
    shows(leader, "C’est ouvert.", "Personne ne voit combien ont répondu")
    return leader.url


def codes_on_screen(screen: Page) -> dict[str, str]:
    """What is typed by whoever cannot scan, by side."""
    return {
        side: screen.locator(f".door--{side} .door__typed b").last.inner_text()
        for side in ("person", "professional")
    }


# --- On a phone --------------------------------------------------------------------------------------------


def types(phone: Page, code: str) -> None:
    phone.goto("/b/")
    phone.locator('[name="code"]').fill(code.lower())
    send(phone, "^Ouvrir ma carte")


def takes_card(phone: Page, code: str) -> Page:
    types(phone, code)
    send(phone, "^Commencer")
    shows(phone, "Votre réponse est protégée", "Anonyme", "Il ne reste que les comptes.")
    return phone


def begins(phone: Page, way: str, part: str = "") -> None:
    phone.get_by_role("button", name=re.compile(way)).click()
    expect(phone.locator("#vous")).to_be_visible()
    if part:
        fills(phone, "part", part)
    phone.locator("#vous [data-next]").click()


def step_by_step(phone: Page, levels: Levels, start: int = 1) -> None:
    for number, level in enumerate(levels, start=start):
        step = phone.locator(f"#q-{number}")
        expect(step).to_be_visible()
        if level is not None:
            step.locator(f'label:has(input[value="{level}"])').click()
        step.locator("[data-next]").click()


def on_wheel(phone: Page, levels: Levels, start: int = 1) -> None:
    """With the keyboard alone: Tab from question to question, the arrows from one level to the next."""
    for number, level in enumerate(levels, start=start):
        assert isinstance(level, int)
        tab_to(phone, f"#q-{number} input")
        phone.keyboard.press("Space")
        for _ in range(level):
            phone.keyboard.press("ArrowDown")
        expect(phone.locator(f'#q-{number} input[value="{level}"]')).to_be_checked()
    tab_to(phone, "[data-review]")
    phone.keyboard.press("Enter")


def touches_ring(phone: Page, criterion: str, level: int) -> None:
    """On the wheel itself, wherever that ring of that sector can be touched."""
    x, y = phone.evaluate(
        """([criterion, level]) => {
          const ring = document.querySelector(`[data-sector="${criterion}"] [data-level="${level}"]`);
          ring.scrollIntoView({ block: "center" });
          const box = ring.getBoundingClientRect();
          for (let part = 1; part < 400; part += 1) {
            const x = box.x + box.width * ((part % 20) / 20), y = box.y + box.height * (Math.floor(part / 20) / 20);
            if (document.elementFromPoint(x, y) === ring) return [x, y];
          }
          throw new Error(`nothing to touch in ${criterion} at ${level}`);
        }""",
        [criterion, level],
    )
    phone.mouse.click(x, y)


def sends(phone: Page, fate: str = "Votre réponse est comptée.") -> None:
    expect(phone.locator("#relire")).to_be_visible()
    send(phone, "^Envoyer ma réponse")
    heading(phone, fate)
    assert phone.evaluate("Object.keys(localStorage).length") == 0


def leaves_words(phone: Page, number: int, words: str) -> None:
    step = phone.locator(f"#q-{number}")
    expect(step).to_be_visible()
    if not step.locator("details[open]").count():
        step.locator("summary").click()
    step.locator("textarea").fill(words)


def six_phones(as_: As, watch: Watch, codes: dict[str, str]) -> Page:
    """Five answer. Gives the sixth, which has begun."""
    one, two, three, four, five, six = (as_(None, width=PHONE) for _ in range(6))

    # One question at a time; one is passed over, one is not concerned.
    takes_card(one, codes["person"])
    looked_at(one)
    begins(one, "^Une question à la fois", "person")
    step_by_step(one, SPARING[:1])
    looked_at(one)
    leaves_words(one, 2, LEFT)
    step_by_step(one, SPARING[1:], start=2)
    shows(one, "Sans réponse", "Non concerné")
    looked_at(one)
    sends(one)
    looked_at(one)
    one.reload()
    heading(one, "a déjà répondu")

    # On the wheel: a ring is touched, then the keyboard alone.
    takes_card(two, codes["person"])
    begins(two, "^Toutes, sur la roue", "relative")
    looked_at(two)
    touches_ring(two, "views", 4)
    touches_ring(two, "views", 2)
    expect(two.locator('#q-1 input[value="2"]')).to_be_checked()
    on_wheel(two, USERS[1:], start=2)
    sends(two)

    # The network goes in the middle, and comes back after sending.
    takes_card(three, codes["person"])
    begins(three, "^Une question à la fois")
    step_by_step(three, USERS[:5])
    three.context.set_offline(True)
    step_by_step(three, USERS[5:], start=6)
    send(three, "^Envoyer ma réponse")
    expect(three.locator("[data-say]")).to_contain_text("Vos réponses sont gardées sur ce téléphone.")
    axe(three)
    with three.expect_response(lambda answer: answer.request.method == "POST", timeout=15_000):
        three.context.set_offline(False)
    heading(three, "Votre réponse est comptée.")
    watch.faults[:] = [fault for fault in watch.faults if "ERR_INTERNET_DISCONNECTED" not in fault]

    # The page is closed, and found again from the screen's code.
    takes_card(four, codes["professional"])
    begins(four, "^Une question à la fois")
    step_by_step(four, TEAM[:6])
    card = four.url.split("#")[0]
    context = four.context
    four.close()
    four = context.new_page()
    types(four, codes["professional"])
    assert four.url == card
    shows(four, "Vous aviez commencé sur ce téléphone.")
    begins(four, "^Une question à la fois")
    expect(four.locator('#q-1 input[value="2"]')).to_be_checked()
    step_by_step(four, [None] * 6)
    leaves_words(four, 7, HELD)
    step_by_step(four, TEAM[6:], start=7)
    sends(four)

    # Another on the wheel, in simple words, in the dark.
    five.emulate_media(color_scheme="dark")
    takes_card(five, codes["professional"])
    five.get_by_label("Lire les questions en mots simples").check()
    begins(five, "^Toutes, sur la roue")
    expect(five.locator("#q-1 h2")).to_have_text(re.compile("On demande l’avis de chacun"))
    on_wheel(five, TEAM)
    sends(five)

    takes_card(six, codes["professional"])
    begins(six, "^Une question à la fois")
    step_by_step(six, TEAM[:3])
    return six


# --- On paper ----------------------------------------------------------------------------------------------


def printed_code(leader: Page, campaign: str, side: str, to: Path) -> str:
    """A form is printed with its card: the code that stands on it."""
    leader.goto(campaign + "cartes/")
    form = leader.locator("#formulaires")
    form.locator(f'label:has(input[name="side"][value="{side}"])').click()
    form.locator('[name="count"]').fill("1")
    form.get_by_role("button", name="Faire les formulaires").click()
    shows(leader, "1 formulaire est prêt.")
    with leader.expect_download() as downloading:
        main_of(leader).get_by_role("link", name="Ouvrir le fichier à imprimer").click()
    downloading.value.save_as(to)
    words = subprocess.run(
        ["pdftotext", "-layout", str(to), "-"],
        stdout=subprocess.PIPE,
        check=True,
    ).stdout.decode()
    found = re.search(r"\b[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}\b", words)
    assert found, "no code on the form"
    return found[0]


def copies(leader: Page, campaign: str, levels: Levels, *, code: str = "", side: str = "") -> None:
    """With the keyboard, as many papers as there are go quickly: a digit chooses and goes on."""
    leader.goto(campaign + "papier/")
    if code:
        fill(leader, code=code)
    else:
        leader.locator("summary", has_text="Sans code").click()
        fills(leader, "side", side)
    leader.locator("[data-row] input").first.focus()
    for level in levels:
        leader.keyboard.press(str(level))
    send(leader, "^Garder, et saisir")


# --- Together ----------------------------------------------------------------------------------------------


def past_the_grace(data: str, campaign: str) -> None:
    """As if it had closed an hour ago."""
    key = campaign.rstrip("/").split("/")[-1].replace("-", "")
    then = (datetime.now(UTC) - timedelta(hours=1)).strftime("%Y-%m-%d %H:%M:%S.%f")
    with sqlite3.connect(Path(data, "avec.sqlite3"), timeout=10) as database:
        moved = database.execute("UPDATE barometer_campaign SET closed_at = ? WHERE id = ?", [then, key])
    assert moved.rowcount == 1


def comes(leader: Page, side: str, names: str) -> None:
    if not leader.locator("#ajouter[open]").count():
        leader.locator("#ajouter > summary").click()
    fill(leader, names=names)
    fills(leader, "side", side)
    send(leader, "^Ajouter")


def all_say_yes(leader: Page, first: str) -> None:
    """Each aloud: nothing holds before the last one. Touched faster than the answers come, each name counts."""
    said = leader.locator("#accord")
    said.locator("button", has_text=f"{first} dit oui").click()
    expect(said.locator("button[aria-pressed=true]")).to_have_text(re.compile(first))
    expect(said).to_contain_text("On attend encore")
    said.evaluate("said => said.querySelectorAll('button[name=yes]').forEach(each => each.click())")
    expect(said).to_contain_text("Tout le monde a dit oui")


def rates_together(leader: Page) -> None:
    """One criterion agreed, with the keyboard; one apart; an action decided as a pair."""
    follow(leader, "^Commencer par les écarts")
    heading(leader, "Partager des informations claires")
    shows(leader, "médiane 1", "médiane 3", LEFT)
    hides(leader, HELD)
    check(leader)
    leader.keyboard.press("2")
    expect(leader.locator('#noter input[value="2"]')).to_be_checked()
    leader.locator("#noter textarea").fill("Depuis qu’on l’affiche, c’est mieux.")
    send(leader, "^Écrire notre note")
    all_say_yes(leader, "Paulette")
    follow(leader, "^Critère suivant")
    heading(leader, "Promouvoir les décisions partagées")
    leader.locator("#pas-d-accord > summary").click()
    apart = leader.locator("#pas-d-accord")
    send(leader, "^Écrire les deux notes")
    expect(leader.locator("#pas-d-accord [data-errors]")).to_be_focused()
    check(leader)
    for side, level, words in (
        ("user", 1, "On nous demande quand c’est décidé."),
        ("professional", 3, "On demande toujours avant."),
    ):
        apart.locator(f'label:has(input[name="{side}_level"][value="{level}"])').click()
        apart.locator(f'[name="{side}_words"]').fill(words)
    send(leader, "^Écrire les deux notes")
    shows(leader, "Nous ne sommes pas d’accord.", "On demande toujours avant.")
    leader.get_by_role("button", name="Tout le monde dit oui").click()
    expect(leader.locator("#accord")).to_contain_text("c’est bien ce que dit chaque côté")
    check(leader)
    follow(leader, "^Décider d’une action")
    send(leader, "^Écrire la décision")
    expect(leader.locator("[data-errors]")).to_be_focused()
    check(leader)
    fill(
        leader,
        words="Le plan du jardin est dessiné à la table du salon.",
        user_name="Monique Delmas",
        professional_name="Nadège Kouassi",
        sign="Chacun peut montrer où est son carré.",
    )
    fill_day(leader, "due_on", 60)
    send(leader, "^Écrire la décision")
    shows(leader, "La décision est écrite, à deux noms.")


def rows_of(content: bytes) -> list[dict[str, str]]:
    text = content.decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text), delimiter=";" if ";" in text.splitlines()[0] else ","))


def files_hold_no_few(leader: Page, tmp_path: Path) -> None:
    """Both files open; a criterion that four rated is neither a zero nor an empty cell."""
    saved = {}
    for name in ("CSV", "XLSX"):
        with leader.expect_download() as downloading:
            main_of(leader).get_by_role("link", name=name, exact=True).click()
        saved[name] = tmp_path / f"resultats.{name.lower()}"
        downloading.value.save_as(saved[name])
    rows = {row["critere"]: row for row in rows_of(saved["CSV"].read_bytes())}
    assert len(rows) == 11
    assert rows["information"]["usagers_n"] == "5"
    assert rows["information"]["usagers_mediane"] == "1"
    assert rows["information"]["professionnels_mediane"] == "3"
    assert rows["information"]["note_commune"] == "2"
    assert rows["decisions"]["note_commune"] == ""
    for code in ("options", "wording"):
        counted = [value for name, value in rows[code].items() if re.match("usagers_(n|niv|med|non)", name)]
        assert set(counted) == {"trop peu de réponses"}
    sheets = load_workbook(saved["XLSX"], read_only=True)
    cells = [
        cell
        for sheet in sheets
        for row in sheet.iter_rows(values_only=True)
        for cell in row
        if cell is not None
    ]
    for words in (LEFT, HELD, "Monique"):
        assert not any(words in str(cell) for cell in cells)
        assert words not in saved["CSV"].read_text("utf-8-sig")


def test_six_phones_four_papers_and_one_shared_screen(
    as_: As, watch: Watch, data: str, tmp_path: Path
) -> None:
    watch.expected = {422}
    leader = as_("infirmiere")
    starts_group(leader)
    campaign = opens_campaign(leader, "anonymous")
    assert leader.request.get(campaign + "resultats/").status == 404

    screen = as_("infirmiere")
    screen.goto(campaign)
    follow(screen, "^Afficher l’écran commun")
    check(screen)
    expect(screen.locator(".door svg[viewBox]").locator("path").first).to_be_attached()
    codes = codes_on_screen(screen)
    late = six_phones(as_, watch, codes)

    # Papers: one form of each side with its code, one copied without.
    paper = printed_code(leader, campaign, "user", tmp_path / "formulaire.pdf")
    check(leader)
    copies(leader, campaign, USERS, code=paper)
    shows(leader, "Ce papier est saisi.")
    copies(leader, campaign, USERS, code=paper)
    shows(leader, "Ce code a déjà servi")
    check(leader)
    copies(leader, campaign, USERS, side="user")
    copies(leader, campaign, TEAM, side="professional")

    # It closes while somebody is answering: said to both, and kept.
    paper = printed_code(leader, campaign, "professional", tmp_path / "formulaire.pdf")
    leader.goto(campaign)
    hides(leader, "10 réponses", "9 réponses")
    follow(leader, "^Fermer avant la date")
    send(leader, "^Fermer")
    shows(leader, "Attendez jusqu’à")
    step_by_step(late, TEAM[3:], start=4)
    sends(late)
    shows(late, "La campagne vient de fermer. Votre réponse est arrivée à temps.")
    leader.goto(campaign + "depouiller/")
    leader.get_by_label("Tous les formulaires papier sont saisis").check()
    send(leader, "^Compter les réponses")
    shows(leader, "30 minutes après la fermeture")

    # Half an hour later no phone is let in; the last paper still is.
    past_the_grace(data, campaign)
    seventh = as_(None, width=PHONE)
    types(seventh, codes["professional"])
    send(seventh, "^Commencer")
    shows(seventh, "On ne peut pas répondre pour l’instant.")
    looked_at(seventh)
    copies(leader, campaign, TEAM, code=paper)
    leader.goto(campaign)
    follow(leader, "^Compter les réponses")
    send(leader, "^Compter les réponses")
    shows(leader, "Cochez la ligne si c’est fait.")
    leader.get_by_label("Tous les formulaires papier sont saisis").check()
    send(leader, "^Compter les réponses")
    shows(leader, "C’est compté.")

    # The words that were left are read over by somebody of the group.
    follow(leader, "^Relire les mots")
    check(leader)
    words(leader, LEFT).get_by_role("button", name=re.compile("^Montrer")).click()
    words(leader, HELD).get_by_role("button", name=re.compile("^Garder caché")).click()
    shows(leader, "Tout est relu.")

    leader.goto(campaign)
    follow(leader, "^Ouvrir la séance commune")
    send(leader, "^Commencer la séance")
    comes(leader, "user", "Monique, Paulette")
    comes(leader, "professional", "Sonia, Nadège")
    check(leader)
    rates_together(leader)
    leader.goto(campaign + "ensemble/clore/")
    check(leader)
    send(leader, "^Clore la séance")
    shows(leader, "Plus rien n’y change.")

    # Results: the wheel, the table, the words of the group.
    follow(leader, "^Voir les résultats")
    heading(leader, "Où en sommes-nous, ensemble ?")
    shows(leader, LEFT, "Depuis qu’on l’affiche, c’est mieux.", "Le plan du jardin", "trop peu")
    hides(leader, HELD)
    expect(leader.locator("svg.polar[role=img] desc")).not_to_be_empty()
    check(leader)
    leader.emulate_media(media="print")
    leader.set_viewport_size({"width": 794, "height": 1123})
    no_sideways_scroll(leader)
    axe(leader)
    expect(leader.locator("svg.polar")).to_be_visible()
    leader.emulate_media(media="screen")
    leader.set_viewport_size({"width": 1280, "height": 900})
    files_hold_no_few(leader, tmp_path)

    # Published: everybody of the house reads the figures and the decision, not the words.
    odette = as_("residente", width=PHONE)
    assert odette.request.get(campaign + "resultats/").status == 404
    leader.goto(campaign)
    follow(leader, "^Publier dans l’établissement")
    send(leader, "^Publier")
    shows(leader, "C’est publié.")
    odette.goto("/partenariat/")
    follow(odette, GROUP)
    heading(odette, "Où en sommes-nous, ensemble ?")
    shows(odette, "Le plan du jardin", "n = 5")
    hides(odette, LEFT, HELD, "Depuis qu’on l’affiche", "Monique")
    check(odette)


def words(leader: Page, said: str) -> Locator:
    return main_of(leader).locator(".words__list > li", has_text=said)


# --- What a phone loads, and one without scripts -------------------------------------------------------------


def bytes_to_open(page: Page, address: str) -> int:
    """What came over the wire for this page, its parts and its fonts."""
    wire = page.context.new_cdp_session(page)
    wire.send("Network.enable")
    came: list[float] = []
    wire.on("Network.loadingFinished", lambda event: came.append(event["encodedDataLength"]))
    page.goto(address, wait_until="networkidle")
    wire.detach()
    assert came
    return round(sum(came))


def test_a_card_is_light_and_needs_no_script(as_: As, watch: Watch) -> None:
    watch.expected = {422}
    leader = as_("infirmiere")
    starts_group(leader, "Les sorties du mardi")
    campaign = opens_campaign(leader, "pseudonymous")
    leader.goto(campaign + "ecran/")
    codes = codes_on_screen(leader)

    bare = as_(None, width=PHONE, scripts=False)
    types(bare, codes["person"])
    send(bare, "^Commencer")
    shows(bare, "Avec un code", "il n’en reste qu’une trace brouillée")
    card = bare.url
    new = as_(None, width=PHONE)
    assert bytes_to_open(new, card) <= FIRST_LOAD
    new.goto("about:blank")
    assert bytes_to_open(new, card) <= SECOND_LOAD
    begins_with_code(new)
    looked_at(new)
    new.locator("#vous [data-next]").click()
    for _ in range(2):
        new.get_by_role("button", name="Texte plus grand").click()
    new.set_viewport_size({"width": 320, "height": 800})
    no_sideways_scroll(new)

    # Without scripts: the whole form on one page; what is missing is said, what was written stays.
    bare.locator('[name="w-"]').fill("On se parle mieux qu’avant.")
    send(bare, "^Envoyer ma réponse")
    shows(bare, "Répondez à une question au moins")
    expect(bare.locator('[name="w-"]')).to_have_value("On se parle mieux qu’avant.")
    fills(bare, "c-views", "3")
    send(bare, "^Envoyer ma réponse")
    heading(bare, "Votre réponse est comptée.")


def begins_with_code(phone: Page) -> None:
    phone.get_by_role("button", name=re.compile("^Une question à la fois")).click()
    phone.get_by_role("button", name="Prendre ce code").click()
    expect(phone.locator('[name="code"]')).to_have_value(re.compile(r"^\S+ \S+ \S+$"))


# --- The pages that few links lead to -------------------------------------------------------------------------


def goes(page: Page, link: str) -> None:
    page.goto(main_of(page).locator(link).first.get_attribute("href") or "")


def test_the_other_pages_are_sound(as_: As, watch: Watch) -> None:
    """In the demo: what changed from one campaign to the next, what each column means, a decision, a form sent empty."""
    watch.expected = {422}
    leader = as_("infirmiere")
    leader.goto("/partenariat/")
    follow(leader, "^Repas, sorties")
    group = leader.url
    leader.goto(group + "histoire/")
    expect(main_of(leader).locator("tbody tr")).not_to_have_count(0)
    check(leader)
    goes(leader, 'a[href$="/resultats/"]')
    results = leader.url
    follow(leader, "^ce que dit chaque colonne")
    heading(leader, "Lire le fichier des résultats")
    check(leader)
    leader.goto(results)
    goes(leader, 'a[href*="/decisions/"]')
    check(leader)

    starts_group(leader, "Le journal de la maison")
    follow(leader, "^Ajouter quelqu’un")
    leader.get_by_role("searchbox").fill("Delmas")
    leader.get_by_role("button", name="Chercher").click()
    shows(leader, "Monique Delmas")
    check(leader)
    send(leader, "^Ajouter")
    shows(leader, "Monique Delmas fait partie du groupe.")
    follow(leader, "^Le journal de la maison")
    follow(leader, "^Préparer une campagne")
    send(leader, "^Préparer")
    expect(leader.locator("[data-errors]")).to_be_focused()
    check(leader)
