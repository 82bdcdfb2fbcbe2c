"""Needs and assessments, by HTTP, as the cast: rows T12 to T16 of the access table, and what may go wrong."""

from html import unescape

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from avec.accounts.models import Role
from avec.audit.models import Entry
from avec.careplan.actions.assessments import (
    Findings,
    change_assessment,
    start_assessment,
    validate_assessment,
)
from avec.careplan.actions.needs import write_need
from avec.careplan.actions.questionnaires import load_questionnaire
from avec.careplan.found import Found
from avec.careplan.models import Assessment, Need, Questionnaire
from avec.careplan.scales import ours
from avec.careplan.tests.factories import (
    establishment,
    expectation,
    goal,
    in_team,
    member,
    person,
    plan,
    relative,
    sign_in,
)
from avec.people.models import Draft

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    house = establishment()
    nurse = member(house)
    odette = person(house)
    in_team(odette, nurse, is_referent=True)
    colleague, trainee = (
        member(house, job="ergothérapeute"),
        member(house, Role.TRAINEE.value, job="stagiaire"),
    )
    in_team(odette, colleague)
    in_team(odette, trainee)
    return {
        "house": house,
        "nurse": nurse,
        "colleague": colleague,
        "trainee": trainee,
        "person": odette,
        "plan": plan(odette, nurse),
        "quality": member(house, Role.QUALITY.value),
    }


def as_(world, who):
    from django.test import Client

    return sign_in(Client(), world[who])


def words_of(answer):
    return unescape(answer.content.decode()).replace("\u00a0", " ")


def page(**fields):
    usual = {
        "discipline": "soins infirmiers",
        "assessed_on": "2026-01-12",
        "how": "Un entretien",
        "summary": "Odette marche avec sa canne.",
        "level": "C2",
        "rows": "3",
        "version": "",
        "row_0_kind": "strength",
        "row_0_words": "Elle connaît tous ses voisins.",
        "row_0_serafin": "1.2.1.2",
        "row_0_level": "C2",
        "row_1_kind": "need",
        "row_1_words": "De l’aide dans l’escalier",
        "row_1_serafin": "1.2.1.3",
        "row_1_analysis": "La hanche gauche est raide.",
        "row_1_comment": "Le soir surtout.",
        "row_1_level": "C3",
    }
    return usual | fields


def start(world, who="nurse", **fields):
    address = reverse("careplan:write_assessment", args=[world["plan"].pk])
    return as_(world, who).post(address, page(**fields))


def started(world, who="nurse", **findings):
    usual = {"discipline": "soins infirmiers", "summary": "Odette marche avec sa canne."}
    return start_assessment(world["plan"], Findings(**usual | findings), by=world[who])


def validated(world, who="nurse", **findings):
    return validate_assessment(started(world, who, **findings), version=1, by=world[who])


def test_an_assessment_is_written_on_one_page(world):
    expectation(world["plan"], world["person"].member)
    client = as_(world, "nurse")
    opened = words_of(client.get(reverse("careplan:write_assessment", args=[world["plan"].pk])))
    assert "Je veux aller au jardin toute seule." in opened
    assert 'value="infirmière"' in opened
    answer = start(world)
    found = Assessment.objects.get()
    assert answer.url == reverse("careplan:assessment", args=[found.pk])
    assert found.is_open
    assert (found.author, found.assessor, found.discipline) == (
        world["nurse"],
        world["nurse"],
        "soins infirmiers",
    )
    strength, need = Need.objects.order_by("written_at")
    assert (strength.is_strength, strength.serafin, need.level) == (True, "1.2.1.2", "C3")
    assert (need.analyses, need.comments) == (["La hanche gauche est raide."], ["Le soir surtout."])
    assert Entry.objects.filter(verb="assessment.started").count() == 1
    shown = words_of(client.get(answer.url))
    assert "Besoins pour la mobilité" in shown
    assert "Valider cette évaluation" in shown


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"discipline": " "}, "Écrivez votre discipline."),
        ({"assessed_on": "2199-01-01"}, "écrivez une date passée"),
        ({"assessed_on": "hier"}, "Écrivez une date, par exemple"),
        ({"row_0_words": ""}, "en quelques mots"),
        ({"row_0_kind": ""}, "Dites si c’est un besoin ou un point fort."),
        ({"row_1_serafin": "2.1"}, "Choisissez un code de la liste."),
        ({"summary": "x" * 20_000}, "4000"),
        ({"level": "C4"}, "Sélectionnez un choix"),
        ({"row_0_pk": "autre"}, "UUID"),
    ],
)
def test_what_does_not_fit_comes_back_with_its_words(world, fields, words):
    answer = start(world, **fields)
    assert answer.status_code == 422
    assert words in words_of(answer)
    assert "De l’aide dans l’escalier" in words_of(answer)
    assert not Assessment.objects.exists()


def test_lines_may_be_added_without_saving_anything(world):
    answer = start(world, more="1", how="Une visite 🏠 مرحبا")
    shown = words_of(answer)
    assert answer.status_code == 200
    assert 'name="row_5_words"' in shown
    assert "De l’aide dans l’escalier" in shown
    assert "Une visite 🏠 مرحبا" in shown
    assert not Assessment.objects.exists()


def test_a_second_press_changes_nothing(world):
    client = as_(world, "nurse")
    address = reverse("careplan:write_assessment", args=[world["plan"].pk])
    client.post(address, page(once="a1"))
    assert client.post(address, page(once="a1")).status_code == 302
    assert Assessment.objects.count() == 1


def test_a_draft_is_kept_and_restored(world):
    client = as_(world, "nurse")
    key = f"assessment:{world['plan'].pk}"
    kept = client.post(reverse("people:draft"), page(rows="6", draft_key=key, row_4_words="À moitié"))
    assert kept.status_code == 200
    shown = words_of(client.get(reverse("careplan:write_assessment", args=[world["plan"].pk])))
    assert "À moitié" in shown
    assert "est repris" in shown
    client.post(reverse("careplan:write_assessment", args=[world["plan"].pk]), page())
    assert not Draft.objects.exists()


def test_one_open_assessment_for_each_discipline(world):
    start(world)
    again = start(world)
    assert again.status_code == 422
    assert "Vous avez déjà une évaluation en cours" in words_of(again)
    assert "Continuer celle qui est en cours" in words_of(again)
    assert start(world, discipline="nuit").status_code == 302
    assert start(world, "colleague").status_code == 302
    assert Assessment.objects.count() == 3


def test_its_author_goes_on_with_it(world):
    start(world)
    found = Assessment.objects.get()
    need = Need.objects.get(is_strength=False)
    client, address = as_(world, "nurse"), reverse("careplan:change_assessment", args=[found.pk])
    shown = words_of(client.get(address))
    assert "Elle connaît tous ses voisins." in shown
    sent = page(version="1", row_0_words="", row_0_kind="", row_0_serafin="", row_1_pk=str(need.pk))
    sent |= {"row_1_words": "Une rampe dans l’escalier", "summary": "Elle monte trois marches."}
    assert client.post(address, sent).status_code == 302
    found.refresh_from_db()
    assert (found.summary, found.version) == ("Elle monte trois marches.", 2)
    assert [(one.pk, one.words) for one in Need.objects.all()] == [(need.pk, "Une rampe dans l’escalier")]


def test_two_windows_at_once_show_both_texts(world):
    found = started(world)
    change_assessment(found, Findings("soins infirmiers", "Écrit ailleurs."), version=1, by=world["nurse"])
    client, address = as_(world, "nurse"), reverse("careplan:change_assessment", args=[found.pk])
    clash = client.post(address, page(version="1"))
    assert clash.status_code == 409
    assert "Écrit ailleurs." in words_of(clash)
    assert "Odette marche avec sa canne." in words_of(clash)
    both = words_of(client.post(address, page(version="2", keep="both")))
    assert "Odette marche avec sa canne.\nÉcrit ailleurs." in both
    found.refresh_from_db()
    assert found.summary == "Écrit ailleurs."


def test_a_goal_keeps_its_need_when_the_line_is_emptied(world):
    start(world)
    need = Need.objects.get(is_strength=False)
    goal(world["plan"], world["nurse"]).needs.add(need)
    found = Assessment.objects.get()
    change_assessment(found, Findings("soins infirmiers", "Sans ligne."), version=1, by=world["nurse"])
    need.refresh_from_db()
    assert (need.status, Need.objects.count()) == ("revoked", 1)


# T12: the server says who, when and what; the form does not.
def test_t12_author_and_time_are_forced_by_the_server(world):
    start(world, author=str(world["colleague"].pk), written_at="2001-01-01", validated_at="2001-01-01")
    found = Assessment.objects.get()
    assert (found.author, found.validated_at) == (world["nurse"], None)


# T13: a colleague writes their own, beside.
def test_t13_a_colleague_never_edits_mine(world):
    found = started(world)
    client = as_(world, "colleague")
    assert client.get(reverse("careplan:assessment", args=[found.pk])).status_code == 200
    for name in ("change_assessment", "withdraw_assessment"):
        assert client.get(reverse(f"careplan:{name}", args=[found.pk])).status_code == 404
        assert client.post(reverse(f"careplan:{name}", args=[found.pk]), page(version="1")).status_code == 404
    assert (
        client.post(reverse("careplan:validate_assessment", args=[found.pk]), {"version": "1"}).status_code
        == 404
    )
    found.refresh_from_db()
    assert (found.version, found.is_open) == (1, True)


# T14: open, its author edits; validated, nobody.
def test_t14_once_validated_it_does_not_change(world):
    found = started(world)
    client = as_(world, "nurse")
    answer = client.post(reverse("careplan:validate_assessment", args=[found.pk]), {"version": "1"})
    assert answer.status_code == 302
    again = client.post(reverse("careplan:validate_assessment", args=[found.pk]), {"version": "1"})
    assert again.status_code == 302
    assert (
        client.post(reverse("careplan:change_assessment", args=[found.pk]), page(version="1")).status_code
        == 404
    )
    found.refresh_from_db()
    assert (found.status, found.summary) == ("completed", "Odette marche avec sa canne.")
    assert Entry.objects.filter(verb="assessment.validated").count() == 1
    assert start(world).status_code == 302, "a new one may be started"


def test_what_was_validated_is_what_was_read(world):
    found = started(world)
    change_assessment(found, Findings("soins infirmiers", "Autre chose."), version=1, by=world["nurse"])
    stale = as_(world, "nurse").post(
        reverse("careplan:validate_assessment", args=[found.pk]), {"version": "1"}
    )
    assert stale.status_code == 409
    assert "Relisez-la avant de valider" in words_of(stale)
    endless = as_(world, "nurse").post(
        reverse("careplan:validate_assessment", args=[found.pk]), {"version": "9" * 5000}
    )
    assert endless.status_code == 409


def test_nothing_is_not_validated(world):
    found = started(world, summary=" ")
    answer = as_(world, "nurse").post(
        reverse("careplan:validate_assessment", args=[found.pk]), {"version": "1"}
    )
    assert answer.status_code == 422
    assert "au moins un besoin ou un point fort" in words_of(answer)


def test_the_database_refuses_to_write_over_a_validated_one(world):
    found = validated(world)
    with pytest.raises(DatabaseError), transaction.atomic():
        Assessment.objects.filter(pk=found.pk).update(summary="Autre chose.")
    with pytest.raises(DatabaseError), transaction.atomic():
        Assessment.objects.filter(pk=found.pk).delete()
    assert Assessment.objects.get().summary == "Odette marche avec sa canne."


# T15: nothing validated is deleted; it is taken back with a reason.
def test_t15_it_is_taken_back_with_a_reason_and_stays_readable(world):
    found = validated(world, found=[Found("De l’aide", is_strength=False)])
    client, address = as_(world, "nurse"), reverse("careplan:withdraw_assessment", args=[found.pk])
    assert client.post(address, {"reason": "non"}).status_code == 422
    assert client.post(address, {"reason": "Ce n’était pas la bonne personne."}).status_code == 302
    shown = words_of(client.get(reverse("careplan:assessment", args=[found.pk])))
    assert "Ce n’était pas la bonne personne." in shown
    assert "Odette marche avec sa canne." in shown
    assert not Need.objects.visible_to(world["person"].member).exists()
    assert as_(world, "colleague").post(address, {"reason": "Pour voir"}).status_code == 404


# T16: a trainee writes, and never validates alone.
def test_t16_a_trainee_s_is_validated_by_the_team(world):
    assert start(world, "trainee", discipline="stage infirmier").status_code == 302
    found = Assessment.objects.get()
    address = reverse("careplan:validate_assessment", args=[found.pk])
    assert as_(world, "trainee").post(address, {"version": "1"}).status_code == 404
    assert "relit et valide" in words_of(
        as_(world, "trainee").get(reverse("careplan:assessment", args=[found.pk]))
    )
    assert as_(world, "nurse").get(reverse("careplan:change_assessment", args=[found.pk])).status_code == 404
    assert as_(world, "nurse").post(address, {"version": "1"}).status_code == 302
    found.refresh_from_db()
    assert (found.author, found.responsible) == (world["trainee"], world["nurse"])


def test_the_person_reads_it_once_validated(world):
    found = started(world, found=[Found("De l’aide", is_strength=False)])
    own = world["person"].member
    assert not Assessment.objects.visible_to(own).exists()
    assert not Need.objects.visible_to(own).exists()
    validate_assessment(found, version=1, by=world["nurse"])
    assert Assessment.objects.visible_to(own).get() == found
    assert Need.objects.visible_to(own).count() == 1


def test_relatives_read_what_is_shared_with_them_only(world):
    validated(
        world, found=[Found("De l’aide", is_strength=False, level="C1"), Found("Note", is_strength=True)]
    )
    daughter = relative(world["person"], "carer").member
    assert not Assessment.objects.visible_to(daughter).exists()
    assert [one.words for one in Need.objects.visible_to(daughter)] == ["De l’aide"]


def test_a_stranger_finds_nothing(world):
    found = validated(world)
    world["stranger"] = member(world["house"])
    world["elsewhere"] = member(establishment())
    pages = [reverse("careplan:assessments", args=[world["person"].pk])]
    pages += [reverse("careplan:assessment", args=[found.pk])]
    pages += [
        reverse(f"careplan:{name}", args=[world["plan"].pk])
        for name in ("write_assessment", "write_need", "attach")
    ]
    for who in ("stranger", "elsewhere", "quality"):
        client = as_(world, who)
        assert {client.get(address).status_code for address in pages} == {404}


# Needs alone


def need_fields(**fields):
    usual = {
        "kind": "need",
        "words": "Un meilleur éclairage",
        "serafin": "1.1.2",
        "analysis": "",
        "comment": "",
        "level": "C1",
    }
    return usual | fields


def test_a_need_is_noted_alone_and_changed_by_its_author(world):
    client = as_(world, "nurse")
    address = reverse("careplan:write_need", args=[world["plan"].pk])
    assert client.post(address, need_fields(kind="")).status_code == 422
    assert client.post(address, need_fields()).status_code == 302
    need = Need.objects.get()
    change = reverse("careplan:change_need", args=[need.pk])
    assert "Un meilleur éclairage" in words_of(client.get(change))
    assert client.post(change, need_fields(words="Une lampe", version="1")).status_code == 302
    clash = client.post(change, need_fields(words="Un lampadaire", version="1"))
    assert clash.status_code == 409
    assert "Une lampe" in words_of(clash)
    assert as_(world, "colleague").get(change).status_code == 404
    need.refresh_from_db()
    assert need.words == "Une lampe"


def test_a_need_is_commented_then_ended_with_its_reason(world):
    need = write_need(world["plan"], Found("Un meilleur éclairage", is_strength=False), by=world["nurse"])
    client, address = as_(world, "colleague"), reverse("careplan:follow_need", args=[need.pk])
    assert client.post(address, {"becomes": "active", "words": "J’ai vu la lampe."}).status_code == 302
    assert client.post(address, {"becomes": "completed", "words": ""}).status_code == 422
    assert client.post(address, {"becomes": "completed", "words": "ok"}).status_code == 422
    assert client.post(address, {"becomes": "completed", "words": "La lampe est posée."}).status_code == 302
    need.refresh_from_db()
    assert need.status == "completed"
    assert "J’ai vu la lampe." in need.comments[0]
    assert "Couvert" in need.comments[1]
    assert client.post(address, {"becomes": "active", "words": "Encore"}).status_code == 404
    shown = words_of(client.get(reverse("careplan:assessments", args=[world["person"].pk])))
    assert "1 ligne qui n’est plus actuelle" in shown


def test_a_validated_line_is_commented_never_changed(world):
    validated(world, found=[Found("De l’aide", is_strength=False)])
    need = Need.objects.get()
    client = as_(world, "nurse")
    assert client.get(reverse("careplan:change_need", args=[need.pk])).status_code == 404
    assert "ses mots ne changent plus" in words_of(
        client.get(reverse("careplan:follow_need", args=[need.pk]))
    )


# The page


def test_the_page_lists_by_discipline_in_a_constant_number_of_queries(world):
    scale = load_questionnaire(ours()["me-deplacer"], "Écrite par nous, pour essayer.", by=world["quality"])
    answers = dict.fromkeys(("lever", "fauteuil", "chambre", "etage", "escalier", "dehors"), "seul")

    def one_more():
        found = start_assessment(
            world["plan"],
            Findings("kiné", answers=answers | {"chute": False}, found=[Found("Marcher", is_strength=True)]),
            by=world["colleague"],
            questionnaire=scale,
        )
        validate_assessment(found, version=1, by=world["colleague"])
        goal(world["plan"], world["nurse"]).needs.add(*Need.objects.all())

    one_more()
    client, address = as_(world, "nurse"), reverse("careplan:assessments", args=[world["person"].pk])
    client.get(address)
    with CaptureQueriesContext(
        connection,
    ) as few:
        shown = words_of(client.get(address))
    assert "au fil du temps" not in shown
    for _ in range(4):
        one_more()
    with CaptureQueriesContext(connection) as many:
        shown = words_of(client.get(address))
    assert len(many) == len(few)
    assert len(many) <= 22
    assert "« Me déplacer » au fil du temps" in shown
    assert "se déplace surtout sans aide humaine" in shown
    assert Entry.objects.filter(verb="needs.read").exists()


def test_an_empty_page_says_what_to_do(world):
    shown = words_of(as_(world, "nurse").get(reverse("careplan:assessments", args=[world["person"].pk])))
    assert "Personne n’a encore écrit d’évaluation." in shown
    assert "Que sait faire Odette" in shown


# With a scale


def scale_of(world, name):
    return load_questionnaire(
        ours()[name],
        "Écrite par nous, pour essayer.",
        by=world["quality"],
        for_person=ours()[name].for_person,
    )


def test_a_scale_is_filled_on_the_same_page(world):
    scale = scale_of(world, "me-deplacer")
    client = as_(world, "nurse")
    address = reverse("careplan:write_assessment", args=[world["plan"].pk]) + f"?grille={scale.pk}"
    shown = words_of(client.get(address))
    assert "Se lever du lit (obligatoire)" in shown.replace('<span class="field__need">', "")
    assert "Seulement si « Une chute dans les trois derniers mois ? » : Oui." in shown
    half = page(question_0="seul", question_6="yes", row_0_words="", row_0_kind="", row_0_serafin="")
    assert client.post(address, half).status_code == 302
    found = Assessment.objects.get()
    assert (found.questionnaire, found.score, len(found.items)) == ("urn:avec:me-deplacer", None, 2)
    refused = client.post(reverse("careplan:validate_assessment", args=[found.pk]), {"version": "1"})
    assert "La grille n’est pas complète" in words_of(refused)
    change = reverse("careplan:change_assessment", args=[found.pk])
    assert "checked" in words_of(client.get(change))
    whole = {f"question_{place}": "quelquun" for place in range(6)} | {"question_6": "no", "question_7": ""}
    kept = page(
        version="1", row_1_pk=str(Need.objects.get().pk), row_0_words="", row_0_kind="", row_0_serafin=""
    )
    assert client.post(change, kept | whole).status_code == 302
    assert (
        client.post(reverse("careplan:validate_assessment", args=[found.pk]), {"version": "2"}).status_code
        == 302
    )
    found.refresh_from_db()
    assert found.score == 6
    assert "Score : 6 · se déplace surtout avec quelqu’un" in words_of(
        client.get(reverse("careplan:assessment", args=[found.pk]))
    ).replace("</b>", "")


def test_an_answer_that_would_be_lost_is_told(world):
    scale = scale_of(world, "me-deplacer")
    address = reverse("careplan:write_assessment", args=[world["plan"].pk]) + f"?grille={scale.pk}"
    answer = as_(world, "nurse").post(address, page(question_6="no", question_7="Dans l’escalier"))
    assert answer.status_code == 422
    assert "changez celle dont la question dépend" in words_of(answer)
    assert "Dans l’escalier" in words_of(answer)


def test_the_scale_of_another_house_is_no_scale(world):
    other = {"quality": member(establishment(), Role.QUALITY.value)}
    scale = scale_of(other, "mon-repas")
    shown = as_(world, "nurse").get(
        reverse("careplan:write_assessment", args=[world["plan"].pk]), {"grille": str(scale.pk)}
    )
    assert "Mon repas" not in words_of(shown)


def own_fields(asked, **fields):
    return {
        f"question_{place}": "4" for place, one in enumerate(asked.questions) if one.kind == "faces"
    } | fields


def test_the_person_assesses_themself(world):
    scale = scale_of(world, "bien-chez-moi")
    from django.test import Client

    client = sign_in(Client(), world["person"].member)
    address = reverse("careplan:own_answers", args=[scale.pk])
    assert "J’ai du calme quand j’en veux." in words_of(client.get(address))
    assert client.post(address, {"question_0": "4"}).status_code == 422
    sent = own_fields(ours()["bien-chez-moi"], words="J’aime ma fenêtre.", once="p1")
    assert client.post(address, sent).status_code == 302
    assert client.post(address, sent).status_code == 302
    found = Assessment.objects.get()
    assert (found.by_person, found.score, found.author) == (True, 28, world["person"].member)
    assert found.validated_at
    shown = words_of(as_(world, "nurse").get(reverse("careplan:assessments", args=[world["person"].pk])))
    assert "Ce que la personne en dit elle-même" in shown


def test_the_person_does_not_answer_a_scale_of_the_professionals(world):
    from django.test import Client

    scale = scale_of(world, "me-deplacer")
    client = sign_in(Client(), world["person"].member)
    assert client.get(reverse("careplan:own_answers", args=[scale.pk])).status_code == 404
    assert as_(world, "nurse").get(reverse("careplan:own_answers", args=[scale.pk])).status_code == 404
    assert Questionnaire.objects.count() == 1
