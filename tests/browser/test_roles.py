"""A day for each role, by the buttons and links that are on the screen, and what each one sees afterwards."""

import csv
import re
from pathlib import Path

from openpyxl import load_workbook
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import As, Watch, axe
from tests.browser.test_admission import fill, follow, heading
from tests.browser.test_thread import PASSWORD, fill_day, pick, send


def main_of(page: Page) -> Locator:
    return page.get_by_role("main")


def shows(page: Page, *words: str) -> None:
    for each in words:
        expect(main_of(page)).to_contain_text(each)


def hides(page: Page, *words: str) -> None:
    for each in words:
        expect(page.locator("body")).not_to_contain_text(each)


def menu(page: Page, words: str) -> None:
    """An entry of the menu, whatever the part of the page."""
    page.get_by_role("navigation").get_by_role("link", name=re.compile(words)).first.click()
    page.wait_for_load_state()


def open_record(page: Page, name: str) -> None:
    """From the list of persons, by its search."""
    menu(page, "résident|Personnes")
    page.get_by_role("searchbox").fill(name)
    page.get_by_role("button", name="Chercher").click()
    follow(page, name)
    expect(page.get_by_role("heading", level=1)).to_contain_text(name)


def card_of_goal(page: Page, words: str) -> Locator:
    return page.get_by_role("article", name=re.compile(re.escape(words)))


def act_on(part: Locator, words: str) -> None:
    part.get_by_role("link", name=re.compile(words)).first.click()
    part.page.wait_for_load_state()


# --- The person, and who is close ------------------------------------------------------------------------


def test_odette_reads_says_hides_weighs_and_prints(as_: As) -> None:
    page = as_("residente", width=390)
    heading(page, "Bonjour Odette")
    axe(page)

    # What became of her words, refusals and reasons included.
    follow(page, "^Voir tout ce que j’ai dit")
    shows(page, "Garder mon réchaud", "Pas possible, voici pourquoi", "À la place", "Réponse de Sonia")

    # A thing said with pictures, in their order.
    follow(page, "^Dire quelque chose")
    follow(page, "^Montrer")
    for name in ("le jardin", "ma fille"):
        page.get_by_label("Chercher une image").fill(name)
        page.get_by_role("checkbox", name=name, exact=True).first.check()
    expect(page.locator("[data-picker-chosen] li span")).to_have_text(["le jardin", "ma fille"])
    pick(page, "kind", "wish")
    pick(page, "importance", "3")
    pick(page, "level", "C1")
    axe(page)
    send(page, "^Envoyer à mon équipe")
    shows(page, "le jardin · ma fille")

    # She thinks again about who reads them.
    menu(page, "^Accueil")
    follow(page, "^Voir tout ce que j’ai dit")
    mine = main_of(page).locator("article", has_text="le jardin · ma fille").first
    expect(mine).to_contain_text("Mes proches autorisés peuvent lire ces mots.")
    mine.locator("summary").click()
    act_on(mine, "^Cacher à mes proches")
    heading(page, "Cacher ces mots à mes proches")
    send(page, "^Cacher à mes proches")
    expect(mine).to_contain_text("Mes proches ne lisent pas ces mots.")

    # What she thinks of a goal, and where she is, with a face.
    follow(page, "^Voir cet objectif")
    shows(page, "Cela vient de", "L’avis des autres")
    follow(page, "^Changer d’avis|^Dire mon avis")
    pick(page, "stance", "in_part")
    fill(page, reason="Pas quand il pleut.")
    send(page, "^Valider mon choix")
    shows(page, "d’accord en partie", "Pas quand il pleut.")
    follow(page, "^Dire où j’en suis|^Redire")
    expect(page.get_by_role("radio")).to_have_count(6)
    pick(page, "value", "1")
    fill(page, words="Je suis contente.")
    axe(page)
    send(page, "^Valider mon choix")
    shows(page, "ça va bien", "Je suis contente.")

    # What is coming, who helps.
    menu(page, "^Accueil")
    follow(page, "^Voir tout ce qui vient")
    shows(page, "Mon contrat m’attend", "On fait le point", "On reparle de ce que j’ai dit")
    follow(page, "^Revenir à l’accueil")
    follow(page, "^Voir qui fait quoi")
    shows(page, "Qui : Julie", "C’est moi qui le fais.")

    # Larger letters and more contrast, then the paper.
    page.locator(".own-head").get_by_role("link", name="Affichage").click()
    page.check('input[name="text_size"][value="large"]')
    page.check('input[name="contrast"][value="more"]')
    page.get_by_role("button", name="Garder").click()
    page.wait_for_load_state()
    assert page.evaluate("document.documentElement.dataset.contrast") == "more"
    page.goto("/mon-espace/objectifs/")
    axe(page)
    follow(page, "^En grands caractères")
    shows(page, "Odette Marcillac", "Pas quand il pleut.")
    assert page.evaluate("parseFloat(getComputedStyle(document.querySelector('main p')).fontSize)") >= 18
    axe(page)


def test_claire_reads_what_is_shared_and_speaks_for_herself(as_: As, watch: Watch) -> None:
    watch.expected = {404}
    page = as_("fille")
    heading(page, "Bonjour Claire")
    shows(page, "Vous voyez ce qu’Odette a choisi de partager avec vous.")
    axe(page)

    # What Odette keeps from her, and the team's words, are nowhere.
    follow(page, "^Voir tout ce qui a été dit")
    shows(page, "Je veux lire mon courrier moi-même.", "qu’on m’appelle quand maman tombe")
    hides(page, "J’ai mal la nuit", "pas à Claire", "Score T", "score T")

    follow(page, "^Dire quelque chose")
    follow(page, "^Écrire")
    shows(page, "Les autres proches ne les liront pas.")
    fill(page, words="Je voudrais goûter avec elle le samedi.")
    pick(page, "kind", "wish")
    send(page, "^Envoyer à l’équipe")
    menu(page, "^Accueil")
    follow(page, "^Voir tout ce qui a été dit")
    mine = main_of(page).locator("article", has_text="goûter avec elle").first
    expect(mine).to_contain_text("réponse")
    # Hers, so no choice about who reads Odette's words.
    expect(mine.get_by_text("Cacher à mes proches")).to_have_count(0)

    # Where it is, in her own voice, beside Odette's.
    menu(page, "^Accueil")
    follow(page, "^Voir les objectifs")
    act_on(main_of(page).get_by_role("region", name="Ma porte"), "Ma porte")
    follow(page, "^Dire où on en est|^Dire où j’en suis|^Redire")
    heading(page, "Où en est-on, pour moi")
    pick(page, "value", "-1")
    fill(page, words="La nuit, maman m’appelle.")
    send(page, "^Valider mon choix")
    shows(page, "La nuit, maman m’appelle.")
    axe(page)

    # The record of the team is not hers.
    paper = page.goto("/mon-espace/objectifs/")
    assert paper is not None
    assert paper.status == 200
    record = main_of(page).get_by_role("link", name="En caractères ordinaires").get_attribute("href") or ""
    refused = page.goto(record.split("papier")[0])
    assert refused is not None
    assert refused.status == 404
    # And the nurse reads Claire's words under Claire's name.
    nurse = as_("infirmiere")
    open_record(nurse, "Marcillac")
    relatives = main_of(nurse).get_by_role("region", name="Ce que ses proches demandent")
    expect(relatives.locator("article", has_text="goûter avec elle")).to_contain_text("Claire")


# --- The team --------------------------------------------------------------------------------------------


def test_sonia_answers_agrees_weighs_and_keeps_the_dates(as_: As, watch: Watch) -> None:
    watch.expected = {422}
    page = as_("infirmiere")
    shows(page, "choses vous attendent")

    # From her day to an answer by a new goal; the hint says what could be clearer and blocks nothing.
    axe(page)
    asked = main_of(page).locator("li", has_text="éplucher les légumes").first
    act_on(asked, "^Répondre")
    pick(page, "reply", "new")
    fill(page, statement="Améliorer la socialisation.", priority="4")
    fill_day(page, "due_on", 90)
    expect(page.locator(".hints")).to_be_visible()
    goal = "Odette épluche les légumes à la cuisine, le mercredi."
    fill(page, statement=goal, easy_words="Le mercredi, vous épluchez les légumes.\nVous êtes à la cuisine.")
    axe(page)
    send(page, "^Répondre")
    shows(page, goal)

    # Who does it, how often in words, with which part of hers.
    act_on(card_of_goal(page, goal), "^Ajouter une action")
    fill(page, title="Éplucher à la cuisine", place="cuisine")
    for who in ("Odette", "Nadège Kouassi"):
        main_of(page).get_by_role("group", name="Qui le fait").get_by_role(
            "checkbox", name=re.compile(f"^{who}")
        ).check()
    pick(page, "participation", "with")
    pick(page, "rhythm_kind", "weekly")
    main_of(page).get_by_role("checkbox", name="mercredi", exact=True).check()
    axe(page)
    send(page, "^Enregistrer l’action")
    row = main_of(page).get_by_role("row", name=re.compile("Éplucher à la cuisine"))
    expect(row).to_contain_text("Nadège Kouassi")
    expect(row).to_contain_text("le mercredi")
    expect(row).to_contain_text("avec Odette")

    # What each side thinks of it: one form, then the other.
    act_on(card_of_goal(page, goal), "^Noter une position")
    pick(page, "who", "person")
    pick(page, "stance", "agrees")
    send(page, "^Noter, puis une autre")
    pick(page, "who", "professional")
    pick(page, "stance", "in_part")
    fill(page, reason="Un couteau qui coupe peu, pour commencer.")
    send(page, "^Noter cette position")
    stances = card_of_goal(page, goal)
    expect(stances).to_contain_text("D’accord en partie")
    expect(stances).to_contain_text("Un couteau qui coupe peu")

    # Where it is, in both voices; the gap is said, nobody is right.
    act_on(card_of_goal(page, goal), "^Dire où on en est")
    for who, value, words in (
        ("person", "-1", "On me presse encore."),
        ("professional", "1", "Elle vient chaque semaine."),
    ):
        pick(page, "who", who)
        pick(page, "value", value)
        fill(page, words=words)
        send(page, "^Noter$")
        shows(page, words)
    axe(page)
    follow(page, "^Le projet d’Odette")
    expect(card_of_goal(page, goal)).to_contain_text("Pour Odette, cela va nettement moins bien")
    axe(page)

    # Two readings of the same thing, kept side by side.
    page.get_by_role("region", name=re.compile("lectures qui diffèrent")).get_by_role(
        "link", name=re.compile("^Noter une divergence")
    ).click()
    fill(page, about="Le couteau")
    send(page, "^Noter ces lectures")
    expect(page.locator("[data-errors]")).to_be_focused()
    # Words that Odette said, and what the team reads.
    main_of(page).get_by_role("checkbox", name=re.compile("éplucher les légumes")).check()
    main_of(page).get_by_role("checkbox", name=re.compile("^Marche avec une canne")).check()
    send(page, "^Noter ces lectures")
    shows(page, "Le couteau")
    axe(page)


def test_sonia_follows_the_gate_and_proves_a_date(as_: As) -> None:
    page = as_("infirmiere")
    # Thérèse's plan: what is missing is said, and leads where it is done.
    open_record(page, "Lagarde")
    follow(page, "^Les étapes du projet")
    shows(page, "Étape d’aujourd’hui : recueil des attentes", "Il manque", "Au moins un objectif.")
    axe(page)
    follow(page, "^Passer à l’étape suivante")
    send(page, "^Passer à l’étape suivante")
    shows(page, "Étape d’aujourd’hui : évaluation des besoins")
    follow(page, "^Au moins un objectif")
    heading(page, "objectif")
    expect(page.get_by_label("Objectif, en une seule idée")).to_be_visible()

    # The clocks: what is late comes first; she writes what shows that it is done.
    menu(page, "[Hh]orloges")
    heading(page, "Les horloges")
    axe(page)
    late = main_of(page).get_by_role("row", name=re.compile("Thérèse Lagarde.*Remettre le contrat de séjour"))
    act_on(late, "^Noter la preuve")
    pick(page, "outcome", "done")
    fill_day(page, "done_on", 0)
    fill(page, words="remis à Thérèse, lu avec elle")
    axe(page)
    send(page, "^Noter cette preuve")
    heading(page, "Les horloges de Thérèse")
    shows(page, "remis à Thérèse, lu avec elle")
    menu(page, "[Hh]orloges")
    expect(late).to_have_count(0)


def test_camille_writes_what_is_heard_seen_and_assessed(as_: As, watch: Watch) -> None:
    watch.expected = {422}
    page = as_("educatrice")
    # A message left by voice in Ahmed's language: it is heard, then written once.
    follow(page, "^Écouter et écrire : Ahmed")
    expect(page.locator("audio").first).to_be_attached()
    axe(page)
    fill(page, words="Je veux prier le vendredi avec mon neveu.")
    send(page, "Garder|Écrire|Enregistrer|Noter")
    shows(page, "Je veux prier le vendredi", "Paroles écrites par Camille Roussel")
    ahmed = page.url

    # Her assessment: a strength, and a need whose code is found by its everyday word.
    page.goto(ahmed)
    follow(page, "^Écrire mon évaluation")
    fill(page, discipline="Éducation spécialisée", summary="Ahmed répare, montre, explique.")
    page.check("[name=row_0_kind][value=strength]")
    fill(page, row_0_words="Explique chaque geste à qui regarde")
    page.check("[name=row_1_kind][value=need]")
    fill(page, row_1_words="Un établi où poser ses outils")
    line = page.locator("fieldset.found").nth(1)
    line.locator("summary").click()
    page.fill("#id_row_1_serafin-mots", "travail")
    page.get_by_text("en haut de la liste.").wait_for()
    page.select_option("[name=row_1_serafin]", "1.3.3.2")
    axe(page)
    send(page, "^Enregistrer et relire")
    shows(page, "Un établi où poser ses outils", "1.3.3.2")
    send(page, "^Valider cette évaluation")
    shows(page, "L’évaluation est validée.")
    axe(page)

    # A scale of the house, filled in with him.
    page.goto(ahmed)
    follow(page, "^Tous les besoins")
    main_of(page).get_by_role("region", name="Évaluer avec une grille").get_by_role(
        "link", name="Me déplacer", exact=True
    ).click()
    fill(page, discipline="Éducation spécialisée, déplacements")
    for group in main_of(page).locator("section.questions fieldset").all():
        group.locator("label.pick").first.click()
    main_of(page).get_by_role("radio", name=re.compile("^Non$", re.I)).first.check()
    send(page, "^Enregistrer et relire")
    shows(page, "Me déplacer")
    send(page, "^Valider cette évaluation")
    shows(page, "L’évaluation est validée.")


def test_camille_confirms_what_a_colleague_saw(as_: As) -> None:
    nadege = as_("aide-soignante")
    # What was tried to hear somebody who hardly speaks.
    open_record(nadege, "Lagarde")
    follow(nadege, "^Compléter")
    fill(nadege, words="Deux photos, le matin : elle pose la main sur celle du chat.")
    send(nadege, "^Enregistrer")
    shows(nadege, "elle pose la main sur celle du chat")
    open_record(nadege, "Ndiaye")
    follow(nadege, "^Ajouter une attente")
    pick(nadege, "voice", "observed")
    fill(nadege, words="Baisse le son quand quelqu’un entre.", situation="au salon, le soir")
    send(nadege, "^Noter ces mots")
    shows(nadege, "Baisse le son")

    page = as_("educatrice", dark=True)
    open_record(page, "Ndiaye")
    seen = main_of(page).get_by_role("region", name="Ce que l’on a vu")
    axe(page)
    seen.get_by_role("button", name=re.compile("^Je l’ai vu aussi : Baisse le son")).click()
    page.wait_for_load_state()
    expect(seen).to_contain_text("Camille Roussel")
    expect(seen).to_contain_text("l’a vu aussi")
    expect(seen.get_by_role("button", name=re.compile("^Je l’ai vu aussi : Baisse le son"))).to_have_count(0)


def test_helene_reads_assesses_weighs_and_is_told_why_a_file_is_refused(
    as_: As, watch: Watch, tmp_path: Path
) -> None:
    watch.expected = {422}
    page = as_("medecin")
    open_record(page, "Dupouy")
    shows(page, "Reprendre ma voiture", "Aller à la salle à manger sur mes deux jambes")

    follow(page, "^Écrire mon évaluation")
    fill(page, discipline="Médecine", summary="Marcel marche à son rythme, sans douleur nouvelle.")
    page.check("[name=row_0_kind][value=strength]")
    fill(page, row_0_words="S’arrête de lui-même avant d’être essoufflé")
    send(page, "^Enregistrer et relire")
    send(page, "^Valider cette évaluation")
    shows(page, "L’évaluation est validée.")

    # A program under the name of a PDF: refused in plain words, nothing else lost.
    follow(page, "évaluations|Évaluations")
    follow(page, "^Joindre un fichier au projet")
    trap = tmp_path / "ordonnance.pdf"
    trap.write_bytes(b"MZ\x90\x00\x03" + bytes(2000))
    page.locator('input[type="file"]').set_input_files(trap)
    fill(page, title="Ordonnance du mois")
    send(page, "^Joindre ce fichier")
    refused = page.locator("[data-errors]")
    expect(refused).to_be_visible()
    expect(refused).to_contain_text(re.compile("PDF|fichier"))
    expect(page.get_by_label("Son titre")).to_have_value("Ordonnance du mois")
    axe(page)
    good = tmp_path / "compte-rendu.txt"
    good.write_text("Marche : vingt mètres, une pause.", encoding="utf-8")
    page.locator('input[type="file"]').set_input_files(good)
    send(page, "^Joindre ce fichier")
    shows(page, "Ordonnance du mois")

    # What she sees of a goal, beside the others; then the figure, with how it is made.
    open_record(page, "Dupouy")
    walk = card_of_goal(page, "Marcel va de sa chambre à la salle à manger")
    act_on(walk, "^Dire où on en est")
    pick(page, "who", "professional")
    pick(page, "value", "1")
    fill(page, words="Le cœur suit, sans effort.")
    send(page, "^Noter$")
    shows(page, "Le cœur suit, sans effort.")
    follow(page, "^Le projet de Marcel")
    expect(walk).to_contain_text("Le cœur suit, sans effort.")
    follow(page, "^Où en est-on")
    figure = main_of(page).get_by_role("region", name="En un chiffre, pour les professionnels")
    figure.get_by_text("Comment ce chiffre est calculé").click()
    expect(figure).to_contain_text("T = 50")
    expect(figure).to_contain_text("Turner-Stokes")
    expect(figure).to_contain_text("Ce n’est ni la note d’une personne, ni celle d’une équipe.")
    axe(page)


# --- The unit --------------------------------------------------------------------------------------------


def test_isabelle_keeps_the_dates_names_a_team_and_opens_no_record(
    as_: As, watch: Watch, tmp_path: Path
) -> None:
    watch.expected = {404}
    page = as_("cadre")
    menu(page, "[Hh]orloges")
    table = main_of(page).get_by_role("table")
    expect(table.get_by_role("row", name=re.compile("Jeanne Prat")).first).to_be_visible()
    expect(main_of(page)).not_to_contain_text("Les Bouleaux")
    axe(page)

    # Narrowed to what is done, then to a referent; in the order of the names.
    follow(page, "^Fait, avec la preuve")
    expect(main_of(page).get_by_role("table", name=re.compile("Fait"))).to_be_visible()
    follow(page, "^À faire maintenant")
    page.get_by_label("Qui fait référence").select_option(label="Sonia Benali")
    expect(main_of(page)).not_to_contain_text("Simone Aubry")
    follow(page, "^Personne$")
    names = [each.split("chambre")[0].strip() for each in table.get_by_role("rowheader").all_inner_texts()]
    families = [name.split()[-1] for name in names]
    assert families == sorted(families)

    # Taken away as a table, the same lines in both forms.
    with page.expect_download() as downloading:
        page.get_by_role("link", name="Exporter en CSV").click()
    listed = tmp_path / "horloges.csv"
    downloading.value.save_as(listed)
    lines = list(csv.reader(listed.read_text(encoding="utf-8-sig").splitlines(), delimiter=";"))
    with page.expect_download() as downloading:
        page.get_by_role("link", name=re.compile("XLSX")).click()
    book = tmp_path / "horloges.xlsx"
    downloading.value.save_as(book)
    sheet = load_workbook(book).worksheets[0]
    rows = list(sheet.iter_rows(values_only=True))
    assert any("Jeanne Prat" in str(cell) for row in rows for cell in row)
    assert not any("Simone Aubry" in str(cell) for row in rows for cell in row)
    assert len([line for line in lines if line]) == len([row for row in rows if any(row)])

    # The table of what is due, with its source and its weight.
    follow(page, "^Lire la table des délais")
    heading(page, "La table des délais")
    shows(page, "Signer le contrat de séjour", "CASF", "Obligation", "à vérifier à la source")
    axe(page)

    # Somebody arrives; she names the team without opening the record.
    menu(page, "résident|Personnes")
    follow(page, "^Accueillir")
    fill(page, given_names="Marguerite", family_name="Vialatte", room="33")
    pick(page, "gender", "female")
    send(page, "^Accueillir")
    shows(page, "Marguerite")
    follow(page, "^Ajouter quelqu’un")
    fill(page, q="Benali")
    send(page, "^Chercher")
    follow(page, "^Choisir")
    page.locator('label:has(input[name="is_referent"])').first.click()
    send(page, "^Ajouter à l’équipe")
    shows(page, "Sonia Benali")
    axe(page)
    person = page.url.split("/equipe/")[0]
    refused = page.goto(f"{person}/")
    assert refused is not None
    assert refused.status == 404
    hides(page, "Marguerite")
    # Whom she named finds the person among hers.
    nurse = as_("infirmiere")
    open_record(nurse, "Vialatte")


# --- Trouble, and the turn of the year -------------------------------------------------------------------


def test_two_people_edit_one_goal_and_both_texts_are_kept(as_: As, watch: Watch) -> None:
    watch.expected = {409}
    pages = []
    for slug in ("infirmiere", "medecin"):
        page = as_(slug)
        open_record(page, "Morel")
        act_on(card_of_goal(page, "Lucien mange seul"), "^Changer l’objectif")
        pages.append(page)
    first, second = pages
    fill(first, expected_result="Deux repas sur trois sans aide.")
    send(first, "^Enregistrer l’objectif")
    expect(card_of_goal(first, "Lucien mange seul")).to_contain_text("Deux repas sur trois sans aide.")
    fill(second, expected_result="Le repas de midi sans aide.")
    send(second, "^Enregistrer l’objectif")
    heading(second, "Quelqu’un a enregistré pendant que vous écriviez")
    shows(second, "Deux repas sur trois sans aide.", "Le repas de midi sans aide.")
    axe(second)
    send(second, "^Garder les deux et relire")
    shows(second, "Les deux textes sont gardés ci-dessous.")
    both = second.get_by_label("On saura que c’est atteint quand").input_value()
    assert "Deux repas sur trois sans aide." in both
    assert "Le repas de midi sans aide." in both
    fill(second, expected_result="Deux repas sur trois sans aide, midi compris.")
    send(second, "^Enregistrer l’objectif")
    expect(card_of_goal(second, "Lucien mange seul")).to_contain_text("midi compris")


def test_a_session_that_ends_while_typing_gives_the_words_back(as_: As, watch: Watch) -> None:
    page = as_("residente")
    follow(page, "^Écrire")
    said = "Je voudrais relire les lettres de mon mari, avec quelqu’un."
    fill(page, words=said)
    pick(page, "kind", "wish")
    pick(page, "importance", "4")
    pick(page, "level", "C2")
    page.context.clear_cookies(name=re.compile("session"))
    send(page, "^Envoyer à mon équipe")
    expect(page.locator('input[type="password"]')).to_be_visible()
    hides(page, said)
    axe(page)
    page.locator('input[type="email"], input[name="login"]').first.fill("residente@demo.avec.example")
    page.locator('input[type="password"]').fill(PASSWORD)
    page.get_by_role("main").get_by_role("button").first.click()
    page.wait_for_load_state()
    heading(page, "Ce que vous écriviez est gardé")
    expect(page.get_by_label("Votre texte").first).to_have_value(said)
    axe(page)
    send(page, "^Envoyer")
    shows(page, said)


def test_rose_looks_back_and_her_next_plan_opens_with_what_goes_on(as_: As, watch: Watch) -> None:
    watch.expected = {422}
    page = as_("infirmiere")
    # Her wish waits: answered by a date, since it enters the next plan.
    asked = (
        main_of(page)
        .locator("li", has_text="Une petite chorale")
        .or_(main_of(page).locator("li", has_text="une petite chorale"))
    )
    act_on(asked.first, "^Répondre")
    pick(page, "reply", "postponed")
    fill_day(page, "until", 20)
    fill(page, postponed_reason="On en parle avec Julie, qui chante aussi.")
    send(page, "^Répondre")
    shows(page, "On en parle avec Julie")

    follow(page, "^Les étapes du projet")
    shows(page, "en révision", "Il manque le bilan dit par l’équipe.")
    follow(page, "^Il manque le bilan dit par l’équipe")
    shows(page, "Le dimanche, laissez-moi.")
    axe(page)
    pick(page, "who", "professional")
    fill(page, words="Douze lettres. Nous avons insisté le dimanche : nous arrêtons.")
    send(page, "^Noter dans le bilan")
    shows(page, "nous arrêtons")
    follow(page, "^Choisir ce qui continue")
    axe(page)
    letters, alone = main_of(page).locator('fieldset:has(input[name^="goal-"])').all()
    letters.locator('label:has(input[value="keep"])').click()
    alone.locator('label:has(input[value="adjust"])').click()
    fill(page, title="Le deuxième projet de Rose")
    send(page, "^Ouvrir le prochain projet")
    follow(page, "^Les étapes du projet")
    shows(page, "recueil des attentes", "Il suit un projet d’avant.")
    open_record(page, "Pujol")
    kept = card_of_goal(page, "Rose écrit chaque mois à sa petite-fille")
    expect(kept).to_be_visible()
    expect(kept).not_to_contain_text("D’accord")
    axe(page)
