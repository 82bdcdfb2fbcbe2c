"""A record becomes a bundle that conforms, that comes back whole, and that says what it left behind."""

import json
from datetime import UTC, date, datetime

import pytest
from django.db import transaction

from avec.careplan.models import (
    Activity,
    Agreement,
    Assessment,
    Attachment,
    CarePlan,
    Expectation,
    Goal,
    Need,
    Position,
)
from avec.careplan.tests.factories import activity, answered, expectation, goal, plan
from avec.documents.actions import store_file
from avec.interop.conformance import check_bundle
from avec.interop.exporting import export_person
from avec.interop.importing import import_bundle
from avec.interop.parsing import read_records
from avec.interop.reader import read_bundle
from avec.interop.rules import ExportRefused
from avec.interop.tests.conftest import DATA
from avec.people.models import Person
from avec.people.tests.factories import establishment, in_team, member, person, relative

pytestmark = pytest.mark.django_db

OFFICIAL = "Bundle-tddui-pp-pa-bundle-example"
CORRECTED = "Bundle-tddui-pp-pa-bundle-corrected"
PDF = b"%PDF-1.7\n%%EOF\n"


def take(source):
    data = json.dumps(source).encode() if isinstance(source, dict) else (DATA / f"{source}.json").read_bytes()
    return import_bundle(read_records(read_bundle(data)))


def of_type(bundle, kind, profile=""):
    resources = [entry["resource"] for entry in bundle["entry"]]
    return [one for one in resources if one["resourceType"] == kind and profile in one["meta"]["profile"][0]]


class Emptied(Exception):
    """Undo what was written: the next import finds the database as it was."""


def carried_over(first):
    """The same record, exported by another house that received our export."""
    second = {}
    try:
        with transaction.atomic():
            report = take(first)
            assert report.created["person"] == 1
            second, _left_out = export_person(Person.objects.get())
            raise Emptied
    except Emptied:
        return second


def exported_then_erased(make):
    try:
        with transaction.atomic():
            make()
            bundle, left_out = export_person(Person.objects.get())
            again, _left_out = export_person(Person.objects.get())
            assert json.dumps(bundle) == json.dumps(again)
            raise Emptied
    except Emptied:
        return bundle, left_out


def rich_record():
    """A record that uses every field the profiles can carry, and several they cannot."""
    home = establishment(finess="480787529", name="Les Chênes Verts")
    nurse = member(
        home, given_name="Élodie", family_name="Bernard", civility="Mme", national_id="10101234567"
    )
    helper = member(home, given_name="Yann", family_name="Le Goff", national_id="", job="")
    jeanne = person(
        home,
        local_id="12-34",
        civility="Mme",
        family_name="Leroux",
        birth_name="Martin",
        given_names="Jeanne  Marie",
        used_name="Jeannette",
        birth_date=date(1938, 2, 11),
        birth_order=2,
        communication="Parler lentement, à gauche.",
    )
    in_team(jeanne, nurse, is_referent=True)
    in_team(jeanne, helper)
    claire = relative(
        jeanne,
        family_name="Roux",
        given_name="Claire",
        relation="sa fille",
        phone="0602143212",
        email="claire@exemple.test",
    )
    brother = relative(
        jeanne, None, relation="Frère", relation_code="BRO", role_code="NOK", comment="Vient le dimanche"
    )
    project = plan(
        jeanne,
        nurse,
        title="Mon projet",
        starts_on=date(2026, 1, 5),
    )
    CarePlan.objects.filter(pk=project.pk).update(
        kind="PPA",
        description="Deux\r\nlignes ",
        communication="Lu ensemble",
        step="under_review",
        ends_on=date(2026, 12, 31),
        review_on=date(2026, 12, 1),
    )
    wish = expectation(project, nurse, "Je veux aller au jardin toute seule.")
    Expectation.objects.filter(pk=wish.pk).update(
        importance=4, situation="au goûter", comment="Répété trois fois"
    )
    no = expectation(project, nurse, "Je ne veux pas de barrière.")
    Expectation.objects.filter(pk=no.pk).update(kind="not_wanted", said_on=date(2026, 1, 2))
    kin = expectation(project, nurse, "Que maman mange mieux.")
    Expectation.objects.filter(pk=kin.pk).update(voice="relative", relative=claire)
    seen = expectation(project, nurse, "Sourit quand on chante.")
    Expectation.objects.filter(pk=seen.pk).update(voice="observed")
    own = expectation(project, nurse, "Garder la marche.")
    Expectation.objects.filter(pk=own.pk).update(voice="professional", professional=nurse)
    hidden = expectation(project, nurse, "Un mot pour l’équipe seulement.")
    Expectation.objects.filter(pk=hidden.pk).update(level="C3")
    need = Need.objects.create(
        plan=project,
        person=jeanne,
        establishment=home,
        words="Besoin d’aide pour se déplacer",
        serafin="1.2.1",
        analyses=["Marche 20 m", "Fatigue le soir"],
        comments=["À revoir"],
        is_strength=True,
    )
    rating = Assessment.objects.create(
        plan=project,
        person=jeanne,
        establishment=home,
        questionnaire="https://interop.esante.gouv.fr/ig/fhir/tddui/Questionnaire/tddui-questionnaire-serafin",
        items=[{"linkId": "a", "answer": [{"valueString": "oui"}]}],
        method="Entretien",
        comment="Calme",
        assessed_at=datetime(2026, 1, 6, 9, 30, tzinfo=UTC),
    )
    aim = goal(
        project,
        nurse,
        "Aller seule au jardin",
        due_on=date(2026, 6, 30),
        priority=1,
        expected_result="Trois fois par semaine",
        strategy="Accompagner, puis laisser",
        starts_on=date(2026, 1, 10),
    )
    Goal.objects.filter(pk=aim.pk).update(
        domains=["Mobilité", "Vie sociale (https://exemple.test/domaines|VS)"],
        referent=nurse,
        easy_words="Aller au jardin.",
    )
    aim.needs.add(need)
    aim.assessments.add(rating)
    Position.objects.create(
        goal=aim,
        voice="person",
        stance="in_part",
        reason="Pas l’hiver",
        at=datetime(2026, 1, 11, 23, 30, tzinfo=UTC),
    )
    other = goal(project, nurse, "Manger avec plaisir", due_on=None, priority=None)
    Goal.objects.filter(pk=other.pk).update(title="Bien manger", person_opinion="Oui", status="completed")
    answered(wish, nurse, aim)
    answered(no, nurse)
    walk = activity(project, nurse, aim, title="Marcher jusqu’au banc")
    Activity.objects.filter(pk=walk.pk).update(
        owner=nurse,
        performer="Élodie, le matin",
        place="jardin",
        expected_result="Marcher seule",
        person_opinion="J’aime",
        starts_at=datetime(2026, 1, 10, 8, 15, tzinfo=UTC),
        ends_at=datetime(2026, 6, 29, 22, 0, tzinfo=UTC),
        picto="bench",
    )
    walk.assessments.add(rating)
    bars = activity(project, nurse, aim, title="Barres d’appui", participation="")
    Activity.objects.filter(pk=bars.pk).update(
        kind="resource", part_of=walk, resource_type="moyen", owner=helper
    )
    help_ = activity(project, nurse, title="Aide à la marche")
    Activity.objects.filter(pk=help_.pk).update(
        kind="service", part_of=walk, serafin=["2.3.4.2", "3.1.1"], status="cancelled"
    )
    file = store_file(
        title="Entrant",
        content_type="application/pdf",
        content=PDF,
        establishment_id=home.pk,
        subject_id=jeanne.pk,
    )
    for fields in (
        {},
        {"goal": aim},
        {"activity": walk},
        {"assessment": rating},
        {"expectation": wish},
        {"need": need},
    ):
        Attachment.objects.create(
            plan=project,
            person=jeanne,
            establishment=home,
            file=file,
            title="Entrant",
            language="fr",
            written_by=nurse,
            **fields,
        )
    signed = store_file(
        title="Contrat",
        content_type="application/pdf",
        content=PDF + b"2",
        establishment_id=home.pk,
        subject_id=jeanne.pk,
    )
    for fields in (
        {"by_person": True, "side": "user", "document": signed},
        {"by_relative": claire, "side": "user", "status": "rejected"},
    ):
        Agreement.objects.create(
            plan=project,
            person=jeanne,
            establishment=home,
            signed_at=datetime(2026, 1, 15, 8, 0, 0, 123456, tzinfo=UTC),
            valid_from=date(2026, 1, 15),
            valid_until=date(2026, 12, 31),
            **fields,
        )
    assert brother.relation_code == "BRO"


def test_the_corrected_example_leaves_as_it_came():
    bundle, _left_out = exported_then_erased(lambda: take(CORRECTED))
    assert check_bundle(bundle).all == []
    original = json.loads((DATA / f"{CORRECTED}.json").read_text())
    for kind in (
        "Patient",
        "Consent",
        "CarePlan",
        "Goal",
        "ServiceRequest",
        "Task",
        "DocumentReference",
        "QuestionnaireResponse",
    ):
        assert len(of_type(bundle, kind)) == len(of_type(original, kind))
    numbers = {str(one["identifier"]) for one in of_type(original, "Goal") + of_type(original, "Task")}
    assert numbers == {str(one["identifier"]) for one in of_type(bundle, "Goal") + of_type(bundle, "Task")}
    assert (
        of_type(bundle, "QuestionnaireResponse")[0]["item"]
        == of_type(original, "QuestionnaireResponse")[0]["item"]
    )
    contents = {
        one["content"][0]["attachment"]["title"]: one["content"]
        for one in of_type(original, "DocumentReference")
    }
    assert contents == {
        one["content"][0]["attachment"]["title"]: one["content"]
        for one in of_type(bundle, "DocumentReference")
    }


def test_import_then_export_then_import_into_an_empty_database_gives_the_same_bundle():
    bundle, _left_out = exported_then_erased(lambda: take(CORRECTED))
    assert carried_over(bundle) == bundle


def test_a_rich_record_conforms_and_comes_back_the_same():
    bundle, _left_out = exported_then_erased(rich_record)
    assert check_bundle(bundle).all == []
    assert json.dumps(carried_over(bundle)) == json.dumps(bundle)


def test_every_field_that_the_profiles_carry_comes_back():
    bundle, _left_out = exported_then_erased(rich_record)
    take(bundle)
    jeanne = Person.objects.get()
    assert (
        jeanne.family_name,
        jeanne.birth_name,
        jeanne.given_names,
        jeanne.used_name,
        jeanne.birth_order,
    ) == (
        "Leroux",
        "Martin",
        "Jeanne Marie",
        "Jeannette",
        2,
    )
    project = CarePlan.objects.get()
    assert (project.kind, project.step, project.description) == ("PPA", "in_force", "Deux\nlignes")
    assert (project.starts_on, project.ends_on, project.communication) == (
        date(2026, 1, 5),
        date(2026, 12, 31),
        "Lu ensemble",
    )
    wish = Expectation.objects.get(words__startswith="Je veux aller")
    assert (wish.importance, wish.situation, wish.comment) == (4, "au goûter", "Répété trois fois")
    assert [goal.statement for goal in wish.goals.all()] == ["Aller seule au jardin"]
    assert Expectation.objects.get(kind="not_wanted").said_on == date(2026, 1, 2)
    assert Expectation.objects.get(voice="relative").relative.given_name == "Claire"
    assert Expectation.objects.get(voice="professional").professional.family_name == "Bernard"
    assert Expectation.objects.filter(voice="observed").count() == 1
    need = Need.objects.get()
    assert (need.serafin, need.analyses, need.comments, need.is_strength) == (
        "1.2.1",
        ["Marche 20 m", "Fatigue le soir"],
        ["À revoir"],
        True,
    )
    aim = Goal.objects.get(number=1)
    assert (aim.due_on, aim.priority, aim.expected_result, aim.strategy) == (
        date(2026, 6, 30),
        1,
        "Trois fois par semaine",
        "Accompagner, puis laisser",
    )
    assert aim.domains == ["Mobilité", "Vie sociale (https://exemple.test/domaines|VS)"]
    assert aim.person_opinion == "D’accord en partie, le 12 janvier 2026\u00a0: Pas l’hiver"
    assert list(aim.needs.all()) == [need]
    assert aim.assessments.count() == 1
    assert (Goal.objects.get(number=2).title, Goal.objects.get(number=2).status) == (
        "Bien manger",
        "completed",
    )
    walk = Activity.objects.get(kind="action")
    assert (walk.participation, walk.rhythm, walk.place, walk.performer) == (
        "by",
        "chaque matin",
        "jardin",
        "Élodie, le matin",
    )
    assert (walk.starts_at, walk.ends_at) == (
        datetime(2026, 1, 10, 8, 15, tzinfo=UTC),
        datetime(2026, 6, 29, 22, 0, tzinfo=UTC),
    )
    assert Activity.objects.get(kind="service").serafin == ["2.3.4.2", "3.1.1"]
    assert Activity.objects.get(kind="resource").resource_type == "moyen"
    assert Attachment.objects.count() == 6
    assert Attachment.objects.values("file").distinct().count() == 1
    assert Agreement.objects.filter(side="user").count() == 2
    assert Agreement.objects.get(by_person=True).document.title == "Contrat"
    assert Agreement.objects.get(by_relative__isnull=False).status == "rejected"


def test_what_stays_behind_is_listed():
    _bundle, left_out = exported_then_erased(rich_record)
    text = "\n".join(left_out)
    for words in (
        "n’a encore donné son accord",
        "Les objectifs en facile à lire",
        "Les actions en facile à lire",
        "réponses données aux attentes",
        "La chambre",
        "séjours",
        "équipe de soins",
        "mandats",
        "étape « en révision »",
        "révision prévue",
        "réservé(e)",
        "aucun professionnel",
    ):
        assert words in text, words


def test_what_is_kept_for_the_team_does_not_leave():
    bundle, _left_out = exported_then_erased(rich_record)
    assert "pour l’équipe seulement" not in json.dumps(bundle, ensure_ascii=False)


def test_the_agreement_of_the_structure_is_always_there():
    bundle, _left_out = exported_then_erased(rich_record)
    codes = [
        info["extension"][0]["valueCodeableConcept"]["coding"][0]["code"]
        for info in of_type(bundle, "CarePlan")[0]["supportingInfo"]
    ]
    assert codes.count("accordStructure") == 1
    assert codes.count("accordUsager") == 2


def test_resources_stand_in_the_order_of_who_then_what():
    bundle, _left_out = exported_then_erased(rich_record)
    kinds = list(dict.fromkeys(entry["resource"]["resourceType"] for entry in bundle["entry"]))
    assert kinds == [
        "Organization",
        "Patient",
        "Practitioner",
        "RelatedPerson",
        "Consent",
        "DocumentReference",
        "CarePlan",
        "QuestionnaireResponse",
        "Goal",
        "ServiceRequest",
        "Task",
    ]


def test_an_identity_checked_with_its_ins_takes_the_profile_that_says_so():
    home = establishment(finess="480787529")
    person(
        home,
        ins="147720425367411",
        ins_system="urn:oid:1.2.250.1.213.1.4.8",
        identity_status="VALI",
        birth_place_code="63220",
    )
    bundle, _left_out = export_person(Person.objects.get())
    assert of_type(bundle, "Patient", "tddui-patient-ins")
    assert check_bundle(bundle).all == []


def test_an_ins_without_birth_place_travels_under_the_plain_profile():
    home = establishment(finess="480787529")
    person(home, ins="147720425367411", ins_system="urn:oid:1.2.250.1.213.1.4.8", identity_status="VALI")
    bundle, _left_out = export_person(Person.objects.get())
    assert not of_type(bundle, "Patient", "tddui-patient-ins")
    assert check_bundle(bundle).all == []


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"given_names": ""}, "prénom"),
        ({"local_id": "a b"}, "forme nationale"),
    ],
)
def test_what_the_standard_demands_is_asked_for(fields, words):
    home = establishment(finess="480787529")
    somebody = person(home)
    Person.objects.filter(pk=somebody.pk).update(**fields)
    with pytest.raises(ExportRefused, match=words):
        export_person(Person.objects.get())


def test_an_unknown_birth_date_is_said_unknown_in_the_standard_way():
    take(OFFICIAL)
    bundle, left_out = export_person(Person.objects.get())
    assert check_bundle(bundle).all == []
    patient = next(
        entry["resource"] for entry in bundle["entry"] if entry["resource"]["resourceType"] == "Patient"
    )
    assert "birthDate" not in patient
    assert patient["_birthDate"]["extension"][0]["valueCode"] == "unknown"
    assert any("date de naissance" in line for line in left_out)


def test_a_plan_that_nobody_answers_for_is_not_exported():
    home = establishment(finess="480787529")
    somebody = person(home)
    CarePlan.objects.create(person=somebody, establishment=home, title="Seul")
    with pytest.raises(ExportRefused, match="référent"):
        export_person(somebody)


def test_a_number_that_came_in_another_form_leaves_in_the_national_one():
    take(CORRECTED)
    Goal.objects.filter(number=1).update(identifier="OBJ-7")
    bundle, _left_out = export_person(Person.objects.get())
    assert check_bundle(bundle).all == []
    assert "OBJ-7" not in json.dumps(bundle)
