"""The checker against known truth: the published examples, and one damage at a time."""

import copy

import pytest

from avec.interop.conformance import check_bundle, check_resource
from avec.interop.tests.conftest import DATA, example, resource_of

EXT = "https://interop.esante.gouv.fr/ig/fhir/tddui/StructureDefinition/"
SINGLE = sorted(path.stem for path in DATA.glob("*.json") if not path.stem.startswith("Bundle-"))


@pytest.mark.parametrize("name", SINGLE)
def test_a_published_example_conforms(name):
    assert check_resource(example(name)) == []


@pytest.mark.parametrize(
    "name", ["Bundle-tddui-pp-pa-bundle-corrected", "Bundle-cds-bundle-transaction-creation-example"]
)
def test_a_sound_bundle_conforms(name):
    assert check_bundle(example(name)).all == []


def test_the_guide_s_own_example_lacks_only_the_birth_date():
    report = check_bundle(example("Bundle-tddui-pp-pa-bundle-example"))
    assert [problem.path.rpartition(".")[2] for problem in report.resources] == ["birthDate"]
    assert all("request.url" in p.path or "ne mène à aucune ressource" in p.message for p in report.envelope)


def plan(bundle):
    return resource_of(bundle, "CarePlan")


def goal(bundle):
    return resource_of(bundle, "Goal", "objectif-1")


def action(bundle):
    return resource_of(bundle, "Task", "action-1-ergo")


def discriminator(holder):
    return holder["extension"][0]["valueCodeableConcept"]["coding"][0]


def repeat(items):
    items.append(copy.deepcopy(items[0]))


def author(reference):
    return {"url": EXT + "tddui-status-author", "valueReference": {"reference": reference}}


NURSE = "Practitioner/tddui-pp-pa-practitioner-ide-example"
DAMAGES = {
    "a goal without its title": lambda b: goal(b).pop("note"),
    "a note without discriminator": lambda b: goal(b)["note"].append({"text": "libre"}),
    "a note with an unknown discriminator": lambda b: discriminator(goal(b)["note"][0]).update(code="x"),
    "no agreement of the structure": lambda b: discriminator(plan(b)["supportingInfo"][0]).update(
        code="accordUsager"
    ),
    "no agreement at all": lambda b: plan(b).pop("supportingInfo"),
    "an unknown element": lambda b: plan(b).update(humeur="bonne"),
    "an unknown element below": lambda b: plan(b)["subject"].update(humeur="bonne"),
    "a status outside the list": lambda b: plan(b).update(status="bien"),
    "another identifier system": lambda b: plan(b)["identifier"][0].update(system="https://ailleurs"),
    "an identifier in another form": lambda b: plan(b)["identifier"][0].update(value="48078-PPER-1"),
    "two identifiers": lambda b: repeat(plan(b)["identifier"]),
    "an object for a list": lambda b: plan(b).update(identifier=plan(b)["identifier"][0]),
    "a list for a text": lambda b: plan(b).update(title=["Projet"]),
    "a number for a text": lambda b: plan(b).update(title=12),
    "an empty list": lambda b: plan(b).update(identifier=[]),
    "a plan about something else": lambda b: plan(b)["subject"].update(
        reference="Consent/tddui-pp-pa-consent-accord-example"
    ),
    "a plan that does not exist": lambda b: action(b)["basedOn"][0].update(reference="CarePlan/aucun"),
    "an expectation in place of a goal": lambda b: action(b)["input"][1]["valueReference"].update(
        reference="Goal/tddui-pp-pa-goal-attente-famille-example"
    ),
    "a title of another type": lambda b: action(b)["input"][0].update(
        valueCode=action(b)["input"][0].pop("valueString")
    ),
    "two titles": lambda b: repeat(action(b)["input"]),
    "no birth order": lambda b: resource_of(b, "Patient").pop("_birthDate"),
    "a day that does not exist": lambda b: resource_of(b, "Patient").update(birthDate="1938-02-30"),
    "a gender outside the national list": lambda b: resource_of(b, "Patient").update(gender="other"),
    "no official name": lambda b: resource_of(b, "Patient")["name"][0].pop("use"),
    "a structure without number": lambda b: resource_of(b, "Organization").pop("identifier"),
    "a professional without number": lambda b: resource_of(b, "Practitioner")["identifier"][0].update(
        system="https://ailleurs"
    ),
    "a title outside the national list": lambda b: resource_of(b, "Practitioner")["name"][0].update(
        prefix=["DR"]
    ),
    "a self-rating without structure": lambda b: resource_of(b, "QuestionnaireResponse").pop("extension"),
    "a document by address": lambda b: resource_of(b, "DocumentReference")["content"][0]["attachment"].update(
        url="https://ailleurs"
    ),
    "data that is not base64": lambda b: resource_of(b, "DocumentReference")["content"][0][
        "attachment"
    ].update(data="%"),
    "two signatories on one agreement": lambda b: repeat(resource_of(b, "Consent")["performer"]),
    "a structure as signatory": lambda b: resource_of(b, "Consent")["performer"][0].update(
        reference="Organization/tddui-organization-example"
    ),
    "an agreement without policy": lambda b: resource_of(b, "Consent").pop("policy"),
    "a time without zone": lambda b: resource_of(b, "Consent").update(dateTime="2024-01-15T09:00:00"),
    "an unknown national extension": lambda b: plan(b)["extension"].append(
        {"url": EXT + "humeur", "valueString": "bonne"}
    ),
    "an extension of another type": lambda b: plan(b).update(
        extension=[{"url": EXT + "tddui-attachment", "valueString": "x"}]
    ),
    "two authors of a status": lambda b: plan(b).update(
        _status={"extension": [author(NURSE), author(NURSE)]}
    ),
    "a need outside the national list": lambda b: resource_of(b, "ServiceRequest").update(
        category=[{"coding": [{"system": "https://smt.esante.gouv.fr/terminologie-SERAFINPH", "code": "2"}]}]
    ),
    "a result without measure": lambda b: goal(b).update(target=[{"detailString": "Marcher"}]),
    "a period that ends before it starts": lambda b: plan(b).update(
        period={"start": "2025-02-01", "end": "2025-01-01"}
    ),
    "an update": lambda b: b["entry"][0]["request"].update(method="PUT"),
    "no profile": lambda b: plan(b).pop("meta"),
    "another kind of bundle": lambda b: b.update(type="batch"),
    "the same resource twice": lambda b: repeat(b["entry"]),
}


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES.keys())
def test_a_damage_is_seen(damage, corrected):
    damage(corrected)
    assert check_bundle(corrected).all


ADDITIONS = {
    "a type of project": lambda b: plan(b).update(
        category=[
            {
                "coding": [
                    {
                        "system": "https://smt.esante.gouv.fr/fhir/CodeSystem/tre-r390-type-projet-personnalise",
                        "code": "PPA",
                    }
                ]
            }
        ]
    ),
    "an author of a status": lambda b: plan(b).update(_status={"extension": [author(NURSE)]}),
    "a target with a date": lambda b: goal(b).update(
        startDate="2025-01-01",
        target=[{"measure": {"text": "Résultat"}, "detailString": "Marcher", "dueDate": "2025-06-30"}],
    ),
    "a need of the national list": lambda b: resource_of(b, "ServiceRequest").update(
        category=[
            {"coding": [{"system": "https://smt.esante.gouv.fr/terminologie-SERAFINPH", "code": "1.2.1"}]}
        ]
    ),
    "a foreign extension": lambda b: plan(b)["extension"].append(
        {"url": "https://ailleurs.example/x", "valueString": "y"}
    ),
}


@pytest.mark.parametrize("addition", ADDITIONS.values(), ids=ADDITIONS.keys())
def test_what_a_profile_permits_passes(addition, corrected):
    addition(corrected)
    assert check_bundle(corrected).all == []


@pytest.mark.parametrize(
    "value", [None, [], "x", 3, {}, {"entry": 3}, {"resourceType": "Bundle", "entry": [3]}]
)
def test_a_thing_that_is_no_bundle_is_said_so(value):
    assert check_bundle(value).all


@pytest.mark.parametrize("value", [None, [], {}, {"resourceType": 3}, {"resourceType": "Licorne"}])
def test_a_thing_that_is_no_resource_is_said_so(value):
    assert check_resource(value)
