"""The pages of the clocks, by the cast; the board's queries; what goes out in a sheet."""

import csv
import io

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from avec.accounts.models import Role
from avec.audit.models import Entry
from avec.careplan.actions import Said, open_plan, say
from avec.clocks.actions import note_life_event, retire_deadline, write_evidence
from avec.clocks.models import Deadline, Evidence, Timetable
from avec.clocks.table import table_of
from avec.people.models import Objection
from avec.people.tests.factories import days, establishment, in_team, member, person, relative, sign_in, unit

pytestmark = pytest.mark.django_db
BOARD = "/horloges/"
ALL_PARTS = ("a-faire", "retard", "bientot", "a-venir", "fait", "sans-date")


def row(house, code):
    return next(row for row in table_of(house.pk) if row.code == code)


def crowd(house, count, nurse=None, **fields):
    found = []
    for place in range(count):
        someone = person(house, family_name=f"Pujol{place}", **fields)
        if nurse:
            in_team(someone, nurse, is_referent=True)
        found.append(someone)
    return found


def read(client, who, address=BOARD, status=200):
    response = sign_in(client, who).get(address)
    assert response.status_code == status
    return response.content.decode()


def test_the_team_reads_who_what_when_and_what_shows_it(client):
    house = establishment()
    nurse = member(house)
    someone = crowd(house, 1, nurse)[0]
    text = read(client, nurse)
    assert "Pujol0" in text
    assert "Remettre le contrat de séjour" in text
    assert "CASF L311-4" in text
    assert "à vérifier à la source" in text
    assert "il y a 15 jours" in text
    assert "Noter la preuve" in text
    assert Entry.objects.filter(verb="clocks.read", person_id=someone.pk, actor_id=nurse.pk).exists()


def test_a_colleague_who_is_not_in_the_team_sees_nobody(client):
    house = establishment()
    crowd(house, 1, member(house))
    assert "Pujol" not in read(client, member(house))


def test_an_objection_closes_the_board_too(client):
    house = establishment()
    place = unit(house)
    nurse = member(house, Role.UNIT_MANAGER.value, unit=place)
    someone = crowd(house, 1, nurse, unit=place)[0]
    Objection.objects.create(person=someone, establishment=house, member=nurse)
    assert "Pujol" not in read(client, nurse)


def test_a_limited_record_is_on_no_board(client):
    house = establishment()
    place = unit(house)
    boss = member(house, Role.UNIT_MANAGER.value, unit=place)
    crowd(house, 1, unit=place, limited_on=days(-1))
    assert "Pujol" not in read(client, boss)


def test_a_unit_manager_follows_dates_without_a_word(client):
    """T39: names, dates, state and days of proof; no text; no record."""
    house = establishment()
    acacias, bouleaux = unit(house), unit(house, "Les Bouleaux")
    nurse = member(house)
    someone = crowd(house, 1, nurse, unit=acacias)[0]
    person(house, unit=bouleaux, family_name="Ailleurs")
    stay = someone.stays.get()
    write_evidence(
        stay, row(house, "stay_contract_handed"), done_on=days(-9), words="Remis en larmes.", by=nurse
    )
    note_life_event(stay, happened_on=days(-2), words="Retour d’hôpital.", by=nurse)
    say(open_plan(someone, title="Projet", by=nurse), Said("Un thé."), by=nurse)
    boss = member(house, Role.UNIT_MANAGER.value, unit=acacias)
    for part in ALL_PARTS:
        text = read(client, boss, f"{BOARD}?etat={part}")
        assert "Ailleurs" not in text
        assert not [word for word in ("larmes", "hôpital", "thé.") if word in text]
        assert "Noter la preuve" not in text
        assert reverse("clocks:stay", args=[stay.pk]) not in text
    assert "Fait le " in read(client, boss, f"{BOARD}?etat=fait")
    read(client, boss, reverse("clocks:stay", args=[stay.pk]), 404)
    sheet = client.get("/horloges/export/csv/?etat=fait").content.decode()
    assert "Fait le " in sheet
    assert "larmes" not in sheet


def test_a_unit_manager_in_the_team_reads_the_words(client):
    house = establishment()
    acacias = unit(house)
    boss = member(house, Role.UNIT_MANAGER.value, unit=acacias)
    someone = crowd(house, 1, boss, unit=acacias)[0]
    write_evidence(
        someone.stays.get(), row(house, "stay_contract_handed"), done_on=days(-9), words="Remis.", by=boss
    )
    assert "Remis." in read(client, boss, f"{BOARD}?etat=fait")


@pytest.mark.parametrize("role", [Role.DIRECTOR, Role.QUALITY])
def test_direction_and_quality_read_numbers_and_no_name(client, role):
    """T40: from eleven persons on, and no group under eleven."""
    house = establishment()
    crowd(house, 12, unit=unit(house))
    crowd(house, 3, unit=unit(house, "Les Bouleaux"))
    boss = member(house, role.value)
    text = read(client, boss)
    assert "Pujol" not in text
    assert "Les Acacias" in text
    assert "trop peu pour afficher" in text
    assert ">3<" not in "".join(text.split())
    read(client, boss, "/horloges/export/csv/", 404)
    read(client, boss, "/horloges/export/xlsx/", 404)


def test_under_eleven_persons_nothing_is_counted(client):
    house = establishment()
    crowd(house, 10)
    text = read(client, member(house, Role.QUALITY.value))
    assert "Trop peu de personnes pour afficher." in text
    assert "<td" not in text


def test_the_others_have_no_clocks(client):
    house = establishment()
    someone = crowd(house, 1)[0]
    others = [Role.ADMINISTRATOR, Role.RESEARCHER, Role.TRAINER, Role.STUDENT, Role.RIGHTS_OFFICER]
    for who in [someone.member, relative(someone).member, *(member(house, role.value) for role in others)]:
        for address in (BOARD, "/horloges/delais/", reverse("clocks:stay", args=[someone.stays.get().pk])):
            read(client, who, address, 404)


def test_somebody_from_outside_reads_and_does_not_write(client):
    house = establishment()
    someone = person(house)
    outside = member(house)
    in_team(someone, outside, external=True)
    stay = someone.stays.get()
    assert "Noter la preuve" not in read(client, outside)
    read(client, outside, reverse("clocks:stay", args=[stay.pk]))
    read(client, outside, reverse("clocks:evidence", args=[stay.pk]), 404)


# --- Finding one's way ------------------------------------------------------------------------------------


def test_the_board_is_found_by_name_unit_referent_deadline_and_state(client):
    house = establishment()
    nurse = member(house)
    acacias = unit(house)
    one, other = person(house, family_name="Étienne", unit=acacias), person(house, family_name="Bosc")
    for someone in (one, other):
        in_team(someone, nurse, is_referent=someone == one)
    handed = row(house, "stay_contract_handed")
    for query in ("q=etien", f"unite={acacias.pk}", f"referent={nurse.pk}", "mien=1"):
        text = read(client, nurse, f"{BOARD}?{query}")
        assert "Étienne" in text
        assert "Bosc" not in text
    text = read(client, nurse, f"{BOARD}?delai={handed.pk}")
    table = text[text.index("<table") :]
    assert "Remettre le contrat de séjour" in table
    assert "Signer le contrat de séjour" not in table
    assert "Rien ne correspond" in read(client, nurse, f"{BOARD}?q=zzz")
    assert "Date à noter" in read(client, nurse, f"{BOARD}?etat=sans-date")


def test_an_address_that_means_nothing_shows_the_board(client):
    house = establishment()
    nurse = member(house)
    crowd(house, 1, nurse)
    for query in ("etat=x", "tri=x", "unite=x", "referent='", "page=999", "q=%00", "tri=-", "delai=1"):
        assert "Pujol0" in read(client, nurse, f"{BOARD}?{query}")


def test_the_columns_sort_both_ways_and_say_so(client):
    house = establishment()
    nurse = member(house)
    for name in ("Bosc", "Zola", "Amar"):
        in_team(person(house, family_name=name), nurse)
    handed = row(house, "stay_contract_handed").pk
    up = read(client, nurse, f"{BOARD}?tri=personne&delai={handed}")
    down = read(client, nurse, f"{BOARD}?tri=-personne&delai={handed}")
    assert up.index("Amar") < up.index("Bosc") < up.index("Zola")
    assert down.index("Zola") < down.index("Bosc") < down.index("Amar")
    assert 'aria-sort="ascending"' in up
    assert 'aria-sort="descending"' in down
    for sort in ("date", "delai", "etat"):
        assert "Zola" in read(client, nurse, f"{BOARD}?tri=-{sort}")


def test_the_fragment_is_the_list_alone(client):
    house = establishment()
    nurse = member(house)
    crowd(house, 1, nurse)
    response = sign_in(client, nurse).get(BOARD, headers={"HX-Request": "true"})
    text = response.content.decode()
    assert "<html" not in text
    assert "hx-swap-oob" in text


def queries_of(client, address):
    client.get(address)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    words = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE", "ROLLBACK")
    return [query["sql"] for query in captured if not query["sql"].upper().startswith(words)]


@pytest.mark.parametrize("role", [Role.PROFESSIONAL, Role.UNIT_MANAGER])
def test_the_board_asks_at_most_ten_queries_however_many_stays(client, role):
    house = establishment()
    place = unit(house)
    nurse = member(house, role.value, unit=place)
    sign_in(client, nurse)

    def more(count):
        for someone in crowd(house, count, nurse, unit=place):
            plan = open_plan(someone, title="Projet", by=nurse)
            say(plan, Said("Un thé."), by=nurse)
            write_evidence(someone.stays.get(), row(house, "stay_contract_handed"), done_on=days(0), by=nurse)

    more(1)
    one = queries_of(client, BOARD)
    more(4)
    five = queries_of(client, BOARD)
    assert len(one) == len(five) <= 10, "\n".join(sql[:90] for sql in five)


def test_the_numbers_ask_as_many_queries_for_one_person_as_for_twenty(client):
    house = establishment()
    sign_in(client, member(house, Role.DIRECTOR.value))
    crowd(house, 11)
    few = queries_of(client, BOARD)
    crowd(house, 9)
    assert len(queries_of(client, BOARD)) == len(few) <= 10


# --- Sheets -----------------------------------------------------------------------------------------------


def test_a_sheet_holds_the_lines_of_the_screen_and_no_formula(client):
    house = establishment()
    nurse = member(house)
    someone = person(house, family_name="+cmd|' /C calc'!A0", given_names="=1+1")
    in_team(someone, nurse)
    write_evidence(
        someone.stays.get(),
        row(house, "stay_contract_handed"),
        done_on=days(-1),
        words="=HYPERLINK(1)",
        by=nurse,
    )
    sign_in(client, nurse)
    response = client.get("/horloges/export/csv/?etat=fait")
    assert "attachment" in response.headers["Content-Disposition"]
    rows = list(csv.reader(io.StringIO(response.content.decode("utf-8-sig")), delimiter=";"))
    assert len(rows) == 2
    assert not [cell for line in rows for cell in line if cell.startswith(("=", "+", "-", "@"))]
    assert rows[1][11] == days(-1).isoformat()
    book = load_workbook(io.BytesIO(client.get("/horloges/export/xlsx/").content))
    sheet = book.worksheets[0]
    assert sheet.max_row > 1
    assert not [cell for line in sheet.iter_rows() for cell in line if cell.data_type == "f"]
    assert sheet["J2"].is_date
    assert Entry.objects.filter(verb="clocks.exported", actor_id=nurse.pk).count() == 2
    assert Entry.objects.filter(verb="clocks.read", person_id=someone.pk).count() == 2


def test_a_sheet_never_holds_more_than_the_screen(client):
    house = establishment()
    nurse = member(house)
    crowd(house, 2, nurse)
    person(house, family_name="Ailleurs")
    sign_in(client, nurse)
    for part in ALL_PARTS:
        rows = client.get(f"/horloges/export/csv/?etat={part}").content.decode("utf-8-sig").splitlines()[1:]
        text = client.get(f"{BOARD}?etat={part}&tout=1").content.decode()
        assert "Ailleurs" not in "".join(rows)
        assert text.count('<th scope="row">') == len(rows)


# --- Writing ----------------------------------------------------------------------------------------------


@pytest.fixture
def stay(client):
    house = establishment()
    nurse = member(house)
    someone = person(house)
    in_team(someone, nurse)
    sign_in(client, nurse)
    return someone.stays.get()


def test_the_team_notes_a_proof_and_cancels_it(client, stay):
    handed = row(stay.establishment, "stay_contract_handed")
    address = reverse("clocks:evidence", args=[stay.pk])
    assert f'value="{handed.pk}" selected' in client.get(f"{address}?delai={handed.pk}").content.decode()
    sent = {"deadline": str(handed.pk), "outcome": "done", "done_on": str(days(-1)), "words": "Remis."}
    assert client.post(address, sent).status_code == 302
    page = reverse("clocks:stay", args=[stay.pk])
    text = client.get(page).content.decode()
    assert "Remis." in text
    proof = Evidence.objects.get()
    cancel = reverse("clocks:cancel", args=[stay.pk]) + f"?ligne={proof.pk}"
    assert client.get(cancel).status_code == 200
    assert client.post(cancel, {"reason": ""}).status_code == 422
    assert client.post(cancel, {"reason": "Par erreur."}).status_code == 302
    assert "Par erreur." in client.get(page).content.decode()
    assert client.get(cancel).status_code == 302, "cancelled once"


def test_two_presses_make_one_proof(client, stay):
    handed = row(stay.establishment, "stay_contract_handed")
    sent = {"deadline": str(handed.pk), "outcome": "done", "done_on": str(days(-1)), "once": "abc"}
    for _ in range(2):
        assert client.post(reverse("clocks:evidence", args=[stay.pk]), sent).status_code == 302
    assert Evidence.objects.count() == 1


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("done_on", str(days(1)), "Écrivez une date passée"),
        ("done_on", "hier", "Écrivez une date, par exemple"),
        ("done_on", "1990-01-01", "Vérifiez l’année"),
        ("deadline", "", "Choisissez un délai"),
        ("outcome", "refused", "n’attend pas de signature"),
        ("words", "x" * 301, "Écrivez moins de"),
    ],
)
def test_what_is_to_mend_is_said_and_what_was_typed_stays(client, stay, field, value, said):
    handed = row(stay.establishment, "stay_contract_handed")
    sent = {"deadline": str(handed.pk), "outcome": "done", "done_on": str(days(-1)), "words": "Mes mots."}
    response = client.post(reverse("clocks:evidence", args=[stay.pk]), sent | {field: value})
    assert response.status_code == 422
    text = response.content.decode()
    assert said in text
    assert field == "words" or "Mes mots." in text
    assert not Evidence.objects.exists()


def test_a_proof_of_somebody_else_is_not_cancelled_here(client, stay):
    nurse = member(stay.establishment)
    someone = person(stay.establishment)
    in_team(someone, nurse)
    proof = write_evidence(
        someone.stays.get(), row(stay.establishment, "stay_contract_handed"), done_on=days(0), by=nurse
    )
    response = client.post(reverse("clocks:cancel", args=[stay.pk]) + f"?ligne={proof.pk}", {"reason": "X"})
    assert response.status_code == 302
    proof.refresh_from_db()
    assert proof.cancelled_at is None


def test_the_dates_and_the_events_of_a_stay(client, stay):
    address = reverse("clocks:dates", args=[stay.pk])
    assert client.get(address).status_code == 200
    assert client.post(address, {"interview_on": "1980-01-01"}).status_code == 422
    assert client.post(address, {"interview_on": str(days(9)), "short": "on"}).status_code == 302
    stay.refresh_from_db()
    assert (stay.interview_on, stay.short) == (days(9), True)
    event = reverse("clocks:life_event", args=[stay.pk])
    assert client.get(event).status_code == 200
    assert client.post(event, {"happened_on": str(days(2)), "words": "Un deuil."}).status_code == 422
    assert client.post(event, {"happened_on": str(days(-2)), "words": "Un deuil."}).status_code == 302
    assert "Un deuil." in client.get(reverse("clocks:stay", args=[stay.pk])).content.decode()


# --- The table --------------------------------------------------------------------------------------------


def deadline_sent(**other):
    usual = {
        "label": "Remettre les clés",
        "source": "Règle de la maison",
        "weight": "house",
        "anchor": "admission",
        "count": "2",
        "span": "days",
        "evidence": "written",
        "applies": "always",
        "warn_days": "1",
        "version": "1",
    }
    return usual | other


def test_everybody_who_sees_clocks_reads_the_table_and_two_change_it(client):
    house = establishment()
    for role in (Role.PROFESSIONAL, Role.UNIT_MANAGER):
        text = read(client, member(house, role.value), "/horloges/delais/")
        assert "8 jours avant l’entretien d’admission" in text
        assert "Ajouter un délai" not in text
        read(client, member(house, role.value), "/horloges/delais/ajouter/", 404)
    assert "Ajouter un délai" in read(client, member(house, Role.DIRECTOR.value), "/horloges/delais/")


def test_the_quality_director_changes_adds_retires_and_loads(client):
    house = establishment()
    sign_in(client, member(house, Role.QUALITY.value))
    handed = row(house, "stay_contract_handed")
    address = reverse("clocks:change_deadline", args=[handed.pk])
    assert client.get(address).status_code == 200
    assert client.post(address, deadline_sent(count="")).status_code == 422
    assert client.post(address, deadline_sent(count="20")).status_code == 302
    assert row(house, "stay_contract_handed").count == 20
    late = client.post(address, deadline_sent(count="30"))
    assert late.status_code == 422
    assert "entre-temps" in late.content.decode()
    assert client.post("/horloges/delais/ajouter/", deadline_sent()).status_code == 302
    assert Deadline.objects.filter(code="", label="Remettre les clés").exists()
    retire = reverse("clocks:retire", args=[handed.pk])
    assert client.get(retire).status_code == 200
    assert client.post(retire).status_code == 302
    assert not row(house, "stay_contract_handed").active
    assert client.get("/horloges/delais/").status_code == 200
    assert client.post(retire).status_code == 302
    assert row(house, "stay_contract_handed").active
    assert client.get("/horloges/delais/pays/").status_code == 200
    assert client.post("/horloges/delais/pays/", {"profile": "be"}).status_code == 302
    assert Timetable.objects.get().profile == "be"


@pytest.mark.parametrize(
    "other",
    [
        {"evidence": "settled"},
        {"anchor": "goal_term"},
        {"span": "months", "count": "121"},
        {"count": "-1"},
        {"warn_days": "9999"},
        {"label": ""},
        {"anchor": "x"},
    ],
)
def test_a_row_that_means_nothing_is_refused_with_a_sentence(client, other):
    house = establishment()
    sign_in(client, member(house, Role.DIRECTOR.value))
    assert client.post("/horloges/delais/ajouter/", deadline_sent(**other)).status_code == 422
    assert not Deadline.objects.exists()


def test_a_row_of_another_house_is_not_found(client):
    house, other = establishment(), establishment()
    boss = member(other, Role.DIRECTOR.value)
    retire_deadline(row(other, "answer"), by=boss)
    sign_in(client, member(house, Role.DIRECTOR.value))
    for name in ("change_deadline", "retire"):
        assert client.get(reverse(f"clocks:{name}", args=[row(other, "answer").pk])).status_code == 404


def test_the_menu_leads_to_the_clocks(client):
    house = establishment()
    for role in (Role.PROFESSIONAL, Role.DIRECTOR):
        assert f'href="{BOARD}"' in read(client, member(house, role.value))


def test_the_record_leads_to_the_clocks_of_the_latest_stay(client):
    house = establishment()
    someone, nurse = person(house), member(house)
    in_team(someone, nurse)
    address = reverse("clocks:person", args=[someone.pk])
    sign_in(client, nurse)
    latest = someone.stays.get()
    assert client.get(address).url == reverse("clocks:stay", args=[latest.pk])
    assert 'aria-current="page">Horloges<' in client.get(address, follow=True).content.decode()
    someone.stays.all().delete()
    page = client.get(address, follow=True)
    assert page.redirect_chain[-1][0] == reverse("people:identity", args=[someone.pk])
    assert "Aucun séjour n’est noté" in page.content.decode()
    sign_in(client, member(house))
    assert client.get(address).status_code == 404
