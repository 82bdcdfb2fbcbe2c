"""A record with all that a plan holds: positions, evaluations, assessments, sounds, reviews. Odette is invented."""

from datetime import date, timedelta
from types import SimpleNamespace

from django.utils import timezone

from avec.careplan.actions import (
    Doer,
    Said,
    Side,
    change_goal_status,
    confirm_observation,
    evaluate_goal,
    note_divergence,
    say,
    say_balance,
    take_position,
    transcribe,
)
from avec.careplan.actions.assessments import (
    Findings,
    assess_oneself,
    start_assessment,
    validate_assessment,
    withdraw_assessment,
)
from avec.careplan.actions.attachments import attach, withdraw_attachment
from avec.careplan.actions.questionnaires import load_questionnaire
from avec.careplan.found import Found
from avec.careplan.models import CarePlan, Goal
from avec.careplan.rules import Stance
from avec.careplan.rules.goal_moves import GoalMove
from avec.careplan.rules.questionnaires import Kind
from avec.careplan.scales import ours
from avec.careplan.tests.factories import activity, expectation, goal, plan
from avec.careplan.tests.sounds import wav
from avec.documents.forms import Received
from avec.people.models import today
from avec.people.tests.factories import establishment, in_team, member, person, relative

PDF = b"%PDF-1.7\n%%EOF\n"
REVIEW_ON = today() + timedelta(days=200)


def enriched_record():
    """Everything a plan in force holds, reached through what people do."""
    home = establishment(finess="480787529", name="Les Chênes Verts")
    nurse = member(
        home, given_name="Élodie", family_name="Bernard", civility="Mme", national_id="10101234567"
    )
    helper = member(home, given_name="Yann", family_name="Le Goff", national_id="", job="aide-soignant")
    quality = member(home, "quality", given_name="Paul", family_name="Noël")
    odette = person(home, local_id="12-34", family_name="Vasseur", given_names="Odette")
    in_team(odette, nurse, is_referent=True)
    in_team(odette, helper)
    claire = relative(odette, family_name="Roux", given_name="Claire")
    project = plan(odette, nurse, title="Mon projet", starts_on=date(2026, 1, 5))
    CarePlan.objects.filter(pk=project.pk).update(
        review_on=REVIEW_ON, step="in_force", ways_tried=["observation"]
    )
    _said(project, nurse, odette, claire, helper)
    aim, later, hidden = _goals(project, nurse, odette, claire, helper)
    _acts(project, nurse, claire, aim)
    _assessed(project, nurse, odette, quality)
    return SimpleNamespace(
        home=home,
        nurse=nurse,
        helper=helper,
        odette=odette,
        claire=claire,
        project=project,
        aim=aim,
        later=later,
        hidden=hidden,
    )


def _said(project, nurse, odette, claire, helper):
    expectation(project, nurse, "Voir la mer.", domain="Mes sorties", serafin="1.3.4.1")
    expectation(project, nurse, "Rester au calme.", domain="Ma chambre")
    sound = {"way": "voice", "recording": Received("voix", "audio/wav", wav())}
    spoken = say(project, Said(words="", **sound), by=odette.member)
    transcribe(spoken, "Je veux mon chat.", by=nurse)
    say(
        project, Said(words="", way="voice", recording=Received("v", "audio/wav", wav(0.3))), by=odette.member
    )
    kept = {"way": "voice", "recording": Received("v", "audio/wav", wav(0.4)), "level": "C3"}
    say(project, Said(words="Mot de l’équipe.", voice="professional", **kept), by=nurse)
    seen = say(project, Said(words="Sourit quand on chante.", voice="observed"), by=nurse)
    confirm_observation(seen, by=helper, words="Moi aussi.")
    sides = [Side(voice="person", words="Tout va."), Side(voice="professional", words="Je m’inquiète.")]
    note_divergence(project, "Les repas, secret de la divergence", sides, by=nurse)


def _goals(project, nurse, odette, claire, helper):
    aim = goal(
        project,
        nurse,
        "Aller seule au jardin",
        importance=3,
        difficulty=2,
        worded_levels={"0": "trois fois par semaine"},
    )
    take_position(aim, Stance.DISAGREES, by=odette.member, reason="Trop froid")
    take_position(aim, Stance.COULD_NOT, by=nurse, voice="person", ask_again_on=date(2027, 2, 2))
    take_position(aim, Stance.AGREES, by=claire.member, reason="Position de la fille")
    take_position(aim, Stance.AGREES, by=nurse, reason="Position de l’équipe")
    evaluate_goal(aim, by=odette.member, value=1, words="Je vais mieux.", evaluated_on=date(2026, 3, 2))
    evaluate_goal(aim, by=nurse, value=-1, words="Deux sorties.", evaluated_on=date(2026, 3, 2))
    evaluate_goal(aim, by=helper, voice="observed", words="Rit au banc.", evaluated_on=date(2026, 3, 2))
    evaluate_goal(aim, by=claire.member, words="Elle en parle.", evaluated_on=date(2026, 3, 2))
    evaluate_goal(aim, by=nurse, voice="relative", words="Paroles sans nom.", evaluated_on=date(2026, 3, 2))
    later = goal(project, nurse, "Revoir la mer", title="La mer")
    evaluate_goal(later, by=odette.member, value=0, evaluated_on=date(2026, 3, 2))
    evaluate_goal(later, by=nurse, voice="person", words="Pas encore.", evaluated_on=date(2026, 5, 4))
    change_goal_status(later, GoalMove.PUT_ASIDE, "On attend l’été.", by=nurse)
    hidden = goal(project, nurse, "Objectif de l’équipe seule", level="C3")
    take_position(hidden, Stance.DISAGREES, by=nurse, voice="person", reason="Raison réservée")
    evaluate_goal(hidden, by=nurse, value=2, words="Constat réservé.", evaluated_on=date(2026, 3, 2))
    return aim, later, Goal.objects.get(pk=hidden.pk)


def _acts(project, nurse, claire, aim):
    doers = [Doer("person"), Doer("relative", relative=claire), Doer("partner", words="Le club de marche")]
    fields = {"rhythm": "", "recurrence": "FREQ=WEEKLY;BYDAY=MO", "means": "Un déambulateur\net des gants"}
    activity(project, nurse, aim, performers=doers, **fields)


def _assessed(project, nurse, odette, quality):
    def open_one(discipline, **fields):
        return start_assessment(project, Findings(discipline=discipline, **fields), by=nurse)

    need = Found("Besoin d’aide pour marcher", is_strength=False, serafin="1.2.1")
    done = open_one("Ergothérapie", summary="Marche bien avec appui.", found=[need])
    attach(
        project, title="Bilan", content_type="application/pdf", content=PDF, level="C2", by=nurse, line=done
    )
    validate_assessment(done, version=1, by=nurse)
    only_needs = open_one("Psychologie", found=[Found("Aime parler", is_strength=True)])
    validate_assessment(only_needs, version=1, by=nurse)
    open_one("Diététique", summary="Brouillon", found=[Found("Besoin en brouillon", is_strength=False)])
    back = open_one(
        "Kinésithérapie", summary="Synthèse retirée", found=[Found("Besoin retiré", is_strength=False)]
    )
    validate_assessment(back, version=1, by=nurse)
    withdraw_assessment(back, "Mauvaise personne.", by=nurse)
    team = open_one("Médecine", summary="Synthèse de l’équipe", level="C3")
    validate_assessment(team, version=1, by=nurse)
    form = ours()["bien-chez-moi"]
    scale = load_questionnaire(form, "Écrite par nous.", by=quality, for_person=True)
    assess_oneself(project, scale, answers_to(form), "Je me sens bien.", by=odette.member)
    wrong = attach(
        project, title="À retirer", content_type="application/pdf", content=PDF + b"3", level="C2", by=nurse
    )
    withdraw_attachment(wrong, "Pas le bon fichier.", by=nurse)


def answers_to(form):
    """An answer that fits, to each question."""
    fitting = {
        Kind.YES_NO: lambda one: True,
        Kind.TEXT: lambda one: "Le matin.",
        Kind.NUMBER: lambda one: one.least or 1,
        Kind.FACES: lambda one: 3,
        Kind.CHOICE: lambda one: one.options[0].code,
    }
    return {one.id: fitting.get(one.kind, lambda one: [one.options[0].code])(one) for one in form.questions}


def reviewed(record, *, step):
    """The same plan when it is looked back on: both voices, and one that nobody signs."""
    say_balance(record.project, "J’ai repris le jardin.", by=record.odette.member)
    say_balance(record.project, "Un an de progrès.", by=record.nurse)
    say_balance(record.project, "Elle rit plus.", by=record.claire.member)
    say_balance(record.project, "Un voisin content.", by=record.nurse, voice="relative")
    CarePlan.objects.filter(pk=record.project.pk).update(step=step)
    return timezone.localdate().isoformat()
