"""All that a plan holds leaves under the name of who said it, or stays here and is said so."""

import base64
import copy
import json

import pytest
from django.apps import apps
from django.utils import timezone

from avec.careplan.models import (
    Activity,
    Assessment,
    Balance,
    Evaluation,
    Expectation,
    Goal,
    GoalChange,
    Position,
)
from avec.interop.conformance import check_bundle
from avec.interop.exporting import export_person
from avec.interop.importing import import_bundle
from avec.interop.parsing import read_records
from avec.interop.reader import read_bundle
from avec.interop.tests.enriched import REVIEW_ON, enriched_record, reviewed
from avec.interop.tests.test_exporting import carried_over, exported_then_erased, of_type, take
from avec.people.models import Person
from avec.ui.words import date_long

pytestmark = pytest.mark.django_db


@pytest.fixture
def record():
    return enriched_record()


def exported():
    bundle, left_out = export_person(Person.objects.get())
    assert check_bundle(bundle).all == []
    return bundle, "\n".join(left_out)


def notes_of(resource):
    """The notes by their mark."""
    return {
        one["extension"][0]["valueCodeableConcept"]["coding"][0]["code"]: one["text"]
        for one in resource["note"]
    }


def goal_of(bundle, statement):
    return next(one for one in of_type(bundle, "Goal") if one["description"]["text"] == statement)


def reviews_of(bundle):
    return of_type(bundle, "Task", "tddui-task-bilan")


def inputs_of(task, code):
    return [one for one in task["input"] if one["type"]["coding"][0]["code"] == code]


def who(bundle, target):
    """« Patient », or the family name of who signs."""
    kind, key = target.split("/")
    found = next(one for one in of_type(bundle, kind) if one["id"] == key)
    return kind if kind == "Patient" else found["name"][0]["family"]


def said_in(bundle, task):
    notes = [one["valueAnnotation"] for one in inputs_of(task, "synthesePreparationBilan")]
    return [(who(bundle, one["authorReference"]["reference"]), one["text"]) for one in notes]


def everything():
    models = [model for model in apps.get_models() if model.__module__.startswith("avec.")]
    return {model.__name__: model.objects.count() for model in models}


def test_the_same_record_leaves_the_same_to_the_byte(record):
    bundle, left_out = exported()
    again, left_again = exported()
    assert (json.dumps(bundle), left_out) == (json.dumps(again), left_again)


def test_the_position_of_the_person_is_their_opinion_and_nobody_elses(record):
    bundle, left_out = exported()
    opinion = notes_of(goal_of(bundle, "Aller seule au jardin"))["avisUsagerObjectif"]
    at = Position.objects.get(voice="person", is_current=True, goal=record.aim).at
    assert opinion == f"N’a pas pu répondre, le {date_long(at.date())}, à redemander le 2 février 2027"
    text = json.dumps(bundle, ensure_ascii=False)
    for words in ("Position de la fille", "Position de l’équipe", "Trop froid"):
        assert words not in text
    assert "positions des autres voix" in left_out


def test_without_a_position_of_ours_an_opinion_leaves_as_it_was_received(record):
    Goal.objects.filter(pk=record.later.pk).update(person_opinion="Oui, à la belle saison.")
    bundle, _left_out = exported()
    assert notes_of(goal_of(bundle, "Revoir la mer"))["avisUsagerObjectif"] == "Oui, à la belle saison."


def test_a_position_of_ours_comes_before_an_opinion_received(record):
    Goal.objects.filter(pk=record.aim.pk).update(person_opinion="Avis d’avant")
    bundle, left_out = exported()
    assert "Avis d’avant" not in json.dumps(bundle, ensure_ascii=False)
    assert "avis reçu d’ailleurs" in left_out


def test_a_goal_put_aside_says_so_and_why(record):
    aside = goal_of(exported()[0], "Revoir la mer")
    assert (aside["lifecycleStatus"], aside["statusReason"]) == ("on-hold", "On attend l’été.")
    change = GoalChange.objects.get()
    assert aside["statusDate"] == change.at.date().isoformat()


def test_each_voice_signs_what_it_says_of_the_goals(record):
    bundle, left_out = exported()
    first, second = reviews_of(bundle)
    assert first["executionPeriod"] == {"start": "2026-03-02"}
    assert first["code"]["coding"][0]["code"] == "INTERMEDIAIRE"
    assert inputs_of(first, "perimetre")[0]["valueString"] == "Objectifs 1 et 2"
    assert sorted(said_in(bundle, first)) == sorted(
        [
            (
                "Patient",
                "Objectif 1, Aller seule au jardin\u00a0: +1, plus que prévu. «\u00a0Je vais mieux.\u00a0»\n"
                "Objectif 2, La mer\u00a0: 0, comme prévu.",
            ),
            (
                "Bernard",
                "Objectif 1, Aller seule au jardin\u00a0: −1, moins que prévu. «\u00a0Deux sorties.\u00a0»",
            ),
            ("Le Goff", "Observé\u00a0: Objectif 1, Aller seule au jardin\u00a0: «\u00a0Rit au banc.\u00a0»"),
            ("Roux", "Objectif 1, Aller seule au jardin\u00a0: «\u00a0Elle en parle.\u00a0»"),
        ]
    )
    assert said_in(bundle, second) == [("Patient", "Objectif 2, La mer\u00a0: «\u00a0Pas encore.\u00a0»")]
    assert "Paroles sans nom" not in json.dumps(bundle, ensure_ascii=False)
    assert "l’auteur n’est pas nommé" in left_out


def test_the_last_review_says_when_the_next_one_is(record):
    first, second = reviews_of(exported()[0])
    assert not inputs_of(first, "dateProchainBilan")
    assert inputs_of(second, "dateProchainBilan")[0]["valueDateTime"] == REVIEW_ON.isoformat()


@pytest.mark.parametrize(
    ("step", "kind", "status"),
    [("under_review", "PARTIEL", "in-progress"), ("renewed", "FINAL", "completed"), ("closed", "FINAL", "completed")],
)  # fmt: skip
def test_the_balance_of_a_plan_is_a_review_in_every_voice(record, step, kind, status):
    day = reviewed(record, step=step)
    bundle, left_out = exported()
    last = reviews_of(bundle)[-1]
    assert (last["code"]["coding"][0]["code"], last["status"]) == (kind, status)
    assert last["executionPeriod"] == {"start": day}
    assert said_in(bundle, last) == [
        ("Patient", "J’ai repris le jardin."),
        ("Bernard", "Un an de progrès."),
        ("Roux", "Elle rit plus."),
    ]
    assert "Un voisin content" not in json.dumps(bundle, ensure_ascii=False)
    assert bool(inputs_of(last, "dateProchainBilan")) == (kind == "PARTIEL")
    assert ("révision d’un projet fini" in left_out) == (kind == "FINAL")


def test_what_became_of_each_goal_is_the_synthesis_of_a_plan_that_is_over(record):
    reviewed(record, step="closed")
    output = reviews_of(exported()[0])[-1]["output"][0]["valueString"]
    assert output == (
        "Objectif 1, Aller seule au jardin\u00a0: en cours.\nObjectif 2, La mer\u00a0: mis de côté."
    )


def texts_of(bundle):
    found = of_type(bundle, "DocumentReference")
    contents = [(one, one["content"][0]["attachment"]) for one in found]
    return {
        content["title"]: (who(bundle, one["author"][0]["reference"]), base64.b64decode(content["data"]).decode())
        for one, content in contents
        if content["contentType"].startswith("text/")
    }  # fmt: skip


def test_assessments_without_a_profile_leave_as_a_text_of_their_author(record):
    bundle, left_out = exported()
    texts = texts_of(bundle)
    author, text = texts["Évaluation\u00a0: Ergothérapie"]
    assert author == "Bernard"
    assert "Marche bien avec appui." in text
    (own,) = [one for one in texts.values() if one[0] == "Patient"]
    assert "Je me sens bien." in own[1]
    assert "Réponses" in own[1]
    assert len(texts) == 2
    joined = of_type(bundle, "CarePlan")[0]["extension"]
    assert len(joined) == 3  # both texts, and the file joined to the first
    assert "transmise en texte" in left_out
    assert "sans synthèse" in left_out
    assert of_type(bundle, "QuestionnaireResponse") == []


def test_drafts_and_what_was_withdrawn_do_not_leave(record):
    bundle, left_out = exported()
    text = json.dumps(bundle, ensure_ascii=False) + str(texts_of(bundle))
    for words in ("Brouillon", "brouillon", "Synthèse retirée", "Besoin retiré", "À retirer"):
        assert words not in text, words
    assert {one["code"]["text"] for one in of_type(bundle, "ServiceRequest")} == {
        "Besoin d’aide pour marcher",
        "Aime parler",
    }
    for words in ("en cours d’écriture", "Une évaluation retirée", "pièces jointes retirées"):
        assert words in left_out, words


def test_an_assessment_of_ours_on_a_national_scale_keeps_its_profile(record):
    scale = "https://interop.esante.gouv.fr/ig/fhir/tddui/Questionnaire/tddui-questionnaire-serafin"
    Assessment.objects.create(
        plan=record.project,
        person=record.odette,
        establishment=record.home,
        author=record.nurse,
        discipline="Marche",
        questionnaire=scale,
        items=[{"linkId": "a", "answer": [{"valueString": "oui"}]}],
        summary="Marche bien.",
        comment="Calme",
        validated_at=timezone.now(),
    )
    bundle, _left_out = exported()
    (rating,) = of_type(bundle, "QuestionnaireResponse")
    comments = [one["valueString"] for one in rating["extension"] if "valueString" in one]
    assert comments == ["Marche bien.\n\nCalme"]
    assert "Évaluation\u00a0: Marche" not in texts_of(bundle)


@pytest.mark.parametrize("level", ["C3", "C4", "C5"])
def test_what_is_kept_from_the_person_never_leaves(record, level):
    Goal.objects.filter(pk=record.hidden.pk).update(level=level)
    Assessment.objects.filter(level="C3").update(level=level)
    Expectation.objects.filter(level="C3").update(level=level)
    bundle, left_out = exported()
    text = json.dumps(bundle, ensure_ascii=False) + str(texts_of(bundle))
    for words in (
        "l’équipe seule",
        "réservé",
        "Synthèse de l’équipe",
        "Mot de l’équipe",
        "secret de la divergence",
    ):
        assert words not in text, words
    assert len([one for one in of_type(bundle, "DocumentReference") if is_sound(one)]) == 1
    assert "réservé(e) à l’équipe" in left_out


def is_sound(document):
    return document["content"][0]["attachment"]["contentType"].startswith("audio/")


def test_a_voice_leaves_with_the_words_written_from_it_and_never_alone(record):
    bundle, left_out = exported()
    (sound,) = [one for one in of_type(bundle, "DocumentReference") if is_sound(one)]
    assert who(bundle, sound["author"][0]["reference"]) == "Patient"
    spoken = goal_of(bundle, "Je veux mon chat.")
    assert any(
        one.get("valueReference") == {"reference": f"DocumentReference/{sound['id']}"}
        for one in spoken["extension"]
    )
    assert all(one["description"]["text"] for one in of_type(bundle, "Goal"))
    assert "attend d’être mis en mots" in left_out


def test_the_sound_of_words_taken_back_stays_here(record):
    Expectation.objects.filter(words="Je veux mon chat.").update(withdrawn_at=timezone.now())
    bundle, left_out = exported()
    assert not any(is_sound(one) for one in of_type(bundle, "DocumentReference"))
    assert "vive voix retirés" in left_out


def test_a_domain_of_life_leaves_in_words_with_its_national_need(record):
    bundle, _left_out = exported()
    sea, calm = goal_of(bundle, "Voir la mer."), goal_of(bundle, "Rester au calme.")
    assert sea["category"][0]["text"] == "Mes sorties"
    assert sea["category"][0]["coding"][0]["code"] == "1.3.4.1"
    assert calm["category"] == [{"text": "Ma chambre"}]


def test_who_does_it_when_and_with_what_leave_in_words(record):
    (task,) = of_type(exported()[0], "Task", "tddui-task-action")
    words = [one["text"] for one in task["note"]]
    assert "Avec quels moyens\u00a0: Un déambulateur\net des gants" in words
    assert any(one.startswith("Rythme\u00a0: ") and "lundi" in one for one in words)
    assert "Le club de marche" in task["owner"]["display"]


def test_what_no_profile_carries_is_said(record):
    _bundle, left_out = exported()
    for words in (
        "Les divergences",
        "confirmé une observation",
        "de vive voix, en images",
        "poids des objectifs et le score T",
        "niveaux écrits d’avance",
        "essayé pour l’entendre",
        "règle de répétition",
        "Qui fait une action",
        "L’histoire des étapes",
    ):
        assert words in left_out, words


def test_our_own_export_coming_back_adds_nothing(record):
    reviewed(record, step="renewed")
    bundle, _left_out = exported()
    before = everything()
    report = import_bundle(read_records(read_bundle(json.dumps(bundle).encode())))
    assert everything() == before
    lines = "\n".join(report.lines())
    assert report.created == {}
    assert report.different == []
    assert "bilan\u00a0: ce que chacun a dit" in lines
    assert "déjà là (Évaluation\u00a0: Ergothérapie)" in lines
    assert "que personne n’a donné ici" in lines


def test_another_house_reads_all_but_what_only_its_authors_may_say():
    bundle, _left_out = exported_then_erased(enriched_record)
    take(bundle)
    assert Evaluation.objects.count() == Balance.objects.count() == Position.objects.count() == 0
    assert Assessment.objects.count() == 0
    aim = Goal.objects.get(statement="Aller seule au jardin")
    assert aim.person_opinion.startswith("N’a pas pu répondre")
    assert Goal.objects.get(title="La mer").status == "on-hold"
    sea = Expectation.objects.get(words="Voir la mer.")
    assert (sea.domain, sea.serafin) == ("Mes sorties", "1.3.4.1")
    assert Activity.objects.get().means == "Un déambulateur\net des gants"
    assert Expectation.objects.get(words="Je veux mon chat.").attachments.count() == 1


def test_what_another_house_kept_leaves_again_as_it_came():
    """All but the reviews, the texts and the reasons of states, which it did not take, and the hands of sounds."""
    bundle, _left_out = exported_then_erased(enriched_record)
    second = carried_over(bundle)
    for kind, profile in (("Goal", "attente"), ("ServiceRequest", ""), ("Task", "tddui-task-action")):
        assert of_type(second, kind, profile) == of_type(bundle, kind, profile)
    kept = [
        {name: value for name, value in one.items() if name not in {"statusReason", "statusDate"}}
        for one in of_type(bundle, "Goal", "objectif")
    ]
    assert of_type(second, "Goal", "objectif") == kept


DAMAGES = {
    "a synthesis without author": lambda task: inputs_of(task, "synthesePreparationBilan")[0][
        "valueAnnotation"
    ].pop("authorReference"),
    "a synthesis signed in plain words": lambda task: inputs_of(task, "synthesePreparationBilan")[0].update(
        valueAnnotation={"authorString": "Odette", "text": "x"}
    ),
    "a synthesis signed by the house": lambda task: inputs_of(task, "synthesePreparationBilan")[0][
        "valueAnnotation"
    ].update(authorReference={"reference": "Organization/x"}),
    "two scopes": lambda task: task["input"].append(copy.deepcopy(inputs_of(task, "perimetre")[0])),
    "an input of another list": lambda task: task["input"][0]["type"]["coding"][0].update(code="humeur"),
    "a kind out of the list": lambda task: task["code"]["coding"][0].update(code="ANNUEL"),
    "no day": lambda task: task.pop("executionPeriod"),
    "a day without start": lambda task: task.update(executionPeriod={"end": "2026-03-02"}),
    "no plan": lambda task: task.pop("basedOn"),
    "the number of something else": lambda task: task["identifier"][0].update(
        value=task["identifier"][0]["value"].replace("BILA", "EVAL")
    ),
    "two syntheses of the whole": lambda task: task.update(output=task["output"] * 2),
}


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES.keys())
def test_a_damaged_review_is_seen(damage, ours):
    bundle = copy.deepcopy(ours)
    damage(reviews_of(bundle)[-1])
    assert check_bundle(bundle).all
