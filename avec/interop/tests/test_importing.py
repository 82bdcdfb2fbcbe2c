"""A file becomes lines, once, whole or not at all."""

import copy
import json
from datetime import date

import pytest
from django.apps import apps
from django.conf import settings

from avec.accounts.models import Establishment, Member
from avec.audit.models import Entry
from avec.careplan.models import (
    Activity,
    Agreement,
    Assessment,
    Attachment,
    CarePlan,
    Expectation,
    Goal,
    Need,
)
from avec.documents.actions import file_bytes
from avec.interop.importing import import_bundle
from avec.interop.parsing import read_records
from avec.interop.reader import read_bundle
from avec.interop.rules import FileRefused
from avec.interop.tests.conftest import DATA, example, resource_of
from avec.people.models import CareTeamMember, Person, RelatedPerson, Stay
from avec.people.tests.factories import establishment, member, person

pytestmark = pytest.mark.django_db

OFFICIAL = "Bundle-tddui-pp-pa-bundle-example"
CORRECTED = "Bundle-tddui-pp-pa-bundle-corrected"
CIRCLE = "Bundle-cds-bundle-transaction-creation-example"
NUMBER = "3480787529/123456789"


def take(bundle, **by):
    data = json.dumps(bundle).encode() if isinstance(bundle, dict) else (DATA / f"{bundle}.json").read_bytes()
    return import_bundle(read_records(read_bundle(data)), **by)


def everything():
    """How many lines each table of ours holds."""
    models = [model for model in apps.get_models() if model.__module__.startswith("avec.")]
    return {model.__name__: model.objects.count() for model in models}


def said(report):
    return "\n".join(report.lines())


def add(bundle, resource, url=None):
    bundle["entry"].append({"fullUrl": url or f"urn:x:{len(bundle['entry'])}", "resource": resource})


def test_the_official_example_becomes_a_record():
    report = take(OFFICIAL)
    jeanne = Person.objects.get()
    assert jeanne.national_identifier == NUMBER
    assert (jeanne.given_names, jeanne.family_name, jeanne.gender) == ("Jeanne", "L.", "female")
    assert jeanne.establishment.name == "Établissement 480787529"
    plan = CarePlan.objects.get()
    assert (plan.title, plan.step) == ("Projet personnalisé de Mme Jeanne L.", "in_force")
    assert dict(Expectation.objects.values_list("voice", "origin_words")) == {
        "relative": "Famille",
        "person": "Usager",
    }
    assert (Need.objects.count(), Goal.objects.count(), Assessment.objects.count()) == (3, 3, 1)
    assert list(Goal.objects.values_list("number", "title")) == [
        (1, "Objectif 1"),
        (2, "Objectif 2"),
        (3, "Objectif 3"),
    ]
    assert [need.words for need in Goal.objects.get(number=1).needs.all()] == [
        "Besoin d'aide pour la mobilité et les déplacements."
    ]
    assert Activity.objects.filter(kind="action").count() == 6
    assert Activity.objects.filter(kind="resource", part_of__kind="action").count() == 4
    assert Attachment.objects.filter(goal__number=1).count() == 1
    assert NUMBER in said(report)
    assert "1 projet personnalisé" in said(report)


def test_the_words_stay_as_they_were_said():
    take(OFFICIAL)
    words = Expectation.objects.get(voice="person").words
    assert words.startswith(
        "- Garder la main sur l'organisation de ses journées \n- Participer à une chorale"
    )


def test_whoever_acts_enters_the_team_without_an_account():
    take(OFFICIAL)
    nurse = Member.objects.get()
    assert (nurse.name, nurse.national_id, nurse.user, nurse.role) == (
        "Élodie Bernard",
        "10101234567",
        None,
        "professional",
    )
    assert CareTeamMember.objects.get().member == nurse
    assert Agreement.objects.get().by_professional == nurse
    assert Activity.objects.filter(owner=nurse).count() == 2
    assert set(Activity.objects.filter(owner=None, kind="action").values_list("performer", flat=True)) == {
        "Ergothérapeute",
        "Kinésithérapeute",
        "Animatrice",
        "Psychologue",
    }


def test_a_document_is_kept_as_it_came():
    take(CORRECTED)
    attachment = Attachment.objects.get(goal=None)
    assert attachment.title == "contexte-actuel-Jeanne-L.pdf"
    assert attachment.identifier == f"{NUMBER}-PPER-entrant-1234"
    assert file_bytes(attachment.file).startswith(b"%PDF-1.5")


def test_what_is_not_kept_is_said_with_its_reason():
    text = said(take(OFFICIAL))
    for words in ("DE09", "« Ergothérapeute » n’est désigné qu’en clair", "rattaché au seul projet"):
        assert words in text


@pytest.mark.parametrize("name", [OFFICIAL, CORRECTED, CIRCLE])
def test_importing_twice_changes_nothing(name):
    take(name)
    before = everything()
    report = take(name)
    assert everything() == before
    assert not report.created
    assert report.recognised["person"] == 1
    assert not report.different
    assert "rien" in said(report)


def test_a_file_that_changed_is_recognised_and_its_differences_are_said():
    take(CORRECTED)
    changed = copy.deepcopy(example(CORRECTED))
    resource_of(changed, "CarePlan")["title"] = "Autre titre"
    resource_of(changed, "Goal", "objectif-1")["description"]["text"] = "Autre objectif"
    resource_of(changed, "Practitioner")["name"][0]["family"] = "Bernard-Petit"
    resource_of(changed, "DocumentReference")["content"][0]["attachment"]["data"] = "JVBERi0xLjcK"
    before = everything()
    report = take(changed)
    assert everything() == before
    assert CarePlan.objects.get().title == "Projet personnalisé de Mme Jeanne L."
    assert len(report.different) == 4
    assert any("PPER-1234" in line and "titre" in line for line in report.different)


def test_what_is_new_in_a_file_is_added_to_what_is_there():
    take(CORRECTED)
    bundle = copy.deepcopy(example(CORRECTED))
    wish = copy.deepcopy(resource_of(bundle, "Goal", "attente-usager"))
    wish["id"], wish["identifier"][0]["value"] = "autre", f"{NUMBER}-ATTE-9"
    add(bundle, wish)
    report = take(bundle)
    assert dict(report.created) == {"expectation": 1}
    assert Expectation.objects.count() == 3


def test_our_own_lines_are_recognised_by_the_number_they_left_with(tmp_path):
    from avec.interop.exporting import export_person

    take(CORRECTED)
    Expectation.objects.filter(voice="person").update(identifier="")
    bundle, _left_out = export_person(Person.objects.get())
    before = everything()
    assert not take(bundle).created
    assert everything() == before


def test_a_later_file_fills_what_was_empty_and_says_so():
    take(OFFICIAL)
    report = take(CORRECTED)
    jeanne = Person.objects.get()
    assert jeanne.birth_date == date(1938, 2, 11)
    assert jeanne.establishment.name == "Les Chênes Verts"
    assert any("date de naissance" in line for line in report.completed)
    assert not report.created
    assert not take(CORRECTED).completed


def test_the_care_circle_becomes_a_person_and_their_circle():
    report = take(CIRCLE)
    jacques = Person.objects.get()
    assert (jacques.name, jacques.ins, jacques.identity_status) == (
        "Jacques Thobois",
        "123456789012244",
        "VALI",
    )
    assert jacques.birth_place_code == "29064"
    neighbour = RelatedPerson.objects.get()
    assert (neighbour.family_name, neighbour.relation, neighbour.role_code, neighbour.phone) == (
        "Lamine",
        "Voisin(e)",
        "ECON",
        "0602143212",
    )
    assert Establishment.objects.get().name == "Cabinet médical CC CC"
    assert "FINESS" in said(report)


def test_a_care_circle_joins_the_person_it_names_by_ins():
    home = establishment()
    person(
        home,
        ins="123456789012244",
        ins_system="urn:oid:1.2.250.1.213.1.4.8",
        given_names="Jacques",
        family_name="Thobois",
        birth_date=date(1984, 10, 2),
    )
    take(CIRCLE)
    assert Person.objects.count() == 1
    assert RelatedPerson.objects.get().establishment == home
    assert Establishment.objects.count() == 1


def test_a_relative_gets_no_right_from_a_file():
    bundle = copy.deepcopy(example(CIRCLE))
    resource_of(bundle, "RelatedPerson")["relationship"].append(
        {
            "coding": [
                {
                    "system": "https://mos.esante.gouv.fr/NOS/TRE_R217-ProtectionJuridique/FHIR/TRE-R217-ProtectionJuridique",
                    "code": "TUT",
                }
            ]
        }
    )
    report = take(bundle)
    relative = RelatedPerson.objects.get()
    assert relative.protection_code == "TUT"
    assert not relative.mandates.exists()
    assert "n’ouvre aucun accès" in said(report)


def test_a_number_that_is_already_somebody_else_s_refuses_the_file():
    home = establishment(finess="480787529")
    person(
        home, local_id="123456789", given_names="Odette", family_name="Marcillac", birth_date=date(1943, 5, 2)
    )
    before = everything()
    with pytest.raises(FileRefused, match="quelqu’un d’autre"):
        take(CORRECTED)
    assert everything() == before


def test_a_person_without_a_name_refuses_the_file_and_nothing_is_written():
    bundle = copy.deepcopy(example(CORRECTED))
    resource_of(bundle, "Patient").pop("name")
    before = everything()
    with pytest.raises(FileRefused):
        take(bundle)
    assert everything() == before


def test_a_refusal_late_in_the_file_leaves_nothing_behind():
    bundle = copy.deepcopy(example(CORRECTED))
    resource_of(bundle, "DocumentReference", "bilan")["content"][0]["attachment"]["data"] = "%%%"
    before = everything()
    with pytest.raises(FileRefused):
        take(bundle)
    assert everything() == before


def test_a_title_that_is_too_long_refuses_the_file():
    bundle = copy.deepcopy(example(CORRECTED))
    resource_of(bundle, "CarePlan")["title"] = "x" * 251
    with pytest.raises(FileRefused, match="250"):
        take(bundle)


@pytest.mark.parametrize(
    "damage",
    [
        lambda b: resource_of(b, "CarePlan").update(title={"a": 1}),
        lambda b: resource_of(b, "Patient").update(name="Jeanne"),
        lambda b: resource_of(b, "Patient").update(birthDate="1938-99-99"),
        lambda b: resource_of(b, "Patient").update(birthDate="0001-01-01"),
        lambda b: resource_of(b, "Consent").update(dateTime="2024-01-15T09:00:00"),
        lambda b: resource_of(b, "Goal", "objectif").update(note=[3]),
        lambda b: resource_of(b, "Task", "action").update(input="titre"),
    ],
)
def test_a_value_of_another_type_refuses_the_file(damage):
    bundle = copy.deepcopy(example(CORRECTED))
    damage(bundle)
    before = everything()
    with pytest.raises(FileRefused):
        take(bundle)
    assert everything() == before


def test_tags_in_texts_are_taken_out_and_said():
    bundle = copy.deepcopy(example(CORRECTED))
    resource_of(bundle, "Goal", "attente-usager")["description"]["text"] = (
        "Je veux <script>alert(1)</script> chanter"
    )
    report = take(bundle)
    assert Expectation.objects.get(voice="person").words == "Je veux alert(1) chanter"
    assert "des balises ont été retirées" in said(report)


def test_other_resources_are_ignored_with_a_reason():
    bundle = copy.deepcopy(example(CORRECTED))
    for kind in ("Encounter", "Observation", "Immunization", "Licorne"):
        add(bundle, {"resourceType": kind, "id": kind.lower()})
    add(bundle, example("Task-own-task-bilan"))
    report = take(bundle)
    reasons = {ignored.what: ignored.why for ignored in report.ignored}
    assert "agenda" in reasons["Encounter encounter"]
    assert "n’a pas de place" in reasons["Licorne licorne"]
    assert "bilan" in reasons["Task own-task-bilan"]


def test_what_the_sender_calls_an_error_is_not_read():
    bundle = copy.deepcopy(example(CORRECTED))
    resource_of(bundle, "Goal", "attente-usager")["lifecycleStatus"] = "entered-in-error"
    take(bundle)
    assert Expectation.objects.count() == 1


def test_a_service_keeps_its_national_codes():
    bundle = copy.deepcopy(example(CORRECTED))
    service = example("Task-own-task-prestation")
    service["input"].append(copy.deepcopy(service["input"][1]))
    service["input"][-1]["valueCodeableConcept"]["coding"][0]["code"] = "9.9"
    add(bundle, service)
    report = take(bundle)
    activity = Activity.objects.get(kind="service")
    assert activity.serafin == ["2.3.4.2"]
    assert activity.part_of.title == "Action de l'ergothérapeute pour atteindre l'objectif 1"
    assert "9.9" in said(report)


def test_a_stay_opens_the_clocks():
    bundle = copy.deepcopy(example(CORRECTED))
    add(
        bundle,
        {
            "resourceType": "Encounter",
            "id": "sejour",
            "meta": {
                "profile": [
                    "https://interop.esante.gouv.fr/ig/fhir/tddui/StructureDefinition/tddui-encounter-sejour"
                ]
            },
            "subject": {"reference": "Patient/tddui-pp-pa-patient-example-pp"},
            "period": {"start": "2024-01-02"},
        },
    )
    take(bundle)
    assert Stay.objects.get().admitted_on == date(2024, 1, 2)


def test_two_actions_that_contain_each_other_are_not_tied_in_a_ring():
    bundle = copy.deepcopy(example(CORRECTED))
    one, two = resource_of(bundle, "Task", "action-1-ergo"), resource_of(bundle, "Task", "action-1-ide")
    one["partOf"], two["partOf"] = [{"reference": f"Task/{two['id']}"}], [{"reference": f"Task/{one['id']}"}]
    report = take(bundle)
    assert "l’une l’autre" in said(report)


def test_somebody_who_left_the_team_is_not_let_in_again_by_a_file():
    take(CORRECTED)
    CareTeamMember.objects.update(ends_on=date(2024, 1, 1))
    bundle = copy.deepcopy(example(CORRECTED))
    for entry in bundle["entry"]:
        if entry["resource"]["resourceType"] == "Task":
            entry["resource"]["identifier"][0]["value"] += "9"
    take(bundle)
    assert CareTeamMember.objects.get().ends_on == date(2024, 1, 1)


def test_a_member_imports_for_their_own_establishment_only():
    stranger = member(establishment())
    with pytest.raises(FileRefused, match="autre établissement"):
        take(CORRECTED, by=stranger)


def test_a_member_who_imports_is_named_in_the_journal():
    home = establishment(finess="480787529", name="Les Chênes Verts")
    nurse = member(home)
    take(CORRECTED, by=nurse)
    line = Entry.objects.get(verb="file.imported")
    assert (line.actor_id, line.person_id) == (nurse.pk, Person.objects.get().pk)


def test_a_professional_already_there_is_recognised_by_their_national_number():
    home = establishment(finess="480787529", name="Les Chênes Verts")
    nurse = member(home, national_id="10101234567")
    take(CORRECTED)
    assert Activity.objects.filter(owner=nurse).count() == 2
    assert Member.objects.filter(role="professional").count() == 1


@pytest.mark.parametrize(
    ("demo", "other", "expected"),
    [
        (True, None, True),
        (True, False, False),
        (False, None, False),
        (True, True, True),
        (False, True, True),
        (False, False, False),
    ],
)
def test_what_a_demo_server_imports_is_a_demo(monkeypatch, demo, other, expected):
    monkeypatch.setattr(settings, "AVEC_DEMO", demo)
    if other is not None:
        establishment(is_demo=other)
    take(CORRECTED)
    assert Establishment.objects.get(finess="480787529").is_demo is expected
