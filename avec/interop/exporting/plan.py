"""The plan and its lines as resources; what no profile carries is written as a fact, or listed."""

import re
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from avec.careplan.models import Activity, Assessment, CarePlan, Expectation, Goal, Need
from avec.interop.exporting.build import (
    Export,
    Json,
    concept,
    extension,
    identifier,
    notes,
    reference,
    task_input,
)
from avec.interop.exporting.files import Files
from avec.interop.exporting.people import add_professional
from avec.interop.exporting.reviews import Reviews
from avec.interop.exporting.texts import assessment_text
from avec.interop.exporting.unsaid import leave_the_rest
from avec.interop.numbers import ACTIVITY_NUMBERS, exported_number
from avec.interop.rules import (
    COMMENT,
    EVALUATION_REFERENCE,
    GOAL_OUT,
    IMPORTANCE_WORDS,
    METHOD,
    NEED_OUT,
    NOT_WANTED_WORDS,
    PARTICIPANT,
    PARTICIPATION_WORDS,
    PLAN_KINDS,
    PLAN_OUT,
    PLAN_REFERENCE,
    SERAFIN,
    SYSTEMS,
    TASK_OUT,
    Number,
    is_national_scale,
    write_fact,
)
from avec.interop.safe_json import without_control
from avec.interop.saying import (
    assessment_title,
    comment_of,
    goal_title,
    origin_of,
    own_position,
    person_opinion,
    rhythm_of,
)
from avec.people.rules import Level

# What may leave the house: what the person reads. Working notes, restricted elements
# and what comes from a third party stay (CSP L1110-4).
SHARED = (Level.C1.value, Level.C2.value)
TASKS = {
    "action": ("tddui-task-action", "action"),
    "resource": ("tddui-task-moyen-ressource", "moyen-ressource"),
    "service": ("tddui-task-prestation", "prestation"),
}
_CODED = re.compile(r"(?P<text>.*?) ?\((?P<system>[^()|\s]+)\|(?P<code>[^()|]+)\)")


class PlanExport:
    """One plan. Lines refer to each other by the references given out while they are added."""

    def __init__(self, export: Export, plan: CarePlan, patient: str, organization: str, files: Files) -> None:
        self.export = export
        self.plan = plan
        self.patient = patient
        self.organization = organization
        self.files = files
        self.reference = ""
        self.given: dict[Any, str] = {}

    def add(self) -> None:
        """Goals name needs, expectations and activities name goals: added in that order, placed by section."""
        scales = self._assessments()  # those without a profile go with the plan: before it
        self._plan()
        for need in self._shared(self.plan.needs.settled(), _("besoin"), _("besoins")):
            self._need(need)
        for assessment in scales:
            self._assessment(assessment)
        goals = self.plan.goals.select_related("referent__establishment", "establishment").order_by("number")
        shared_goals = self._shared(goals, _("objectif"), _("objectifs"))
        for goal in shared_goals:
            self._goal(goal)
        for expectation in self._shared(self.plan.expectations.all(), _("attente"), _("attentes")):
            self._expectation(expectation)
        self._activities()
        Reviews(self.export, self.plan, self.patient, self.reference).add(shared_goals)
        leave_the_rest(self.export, self.plan)

    def _shared(self, lines: QuerySet[Any], one: str, many: str) -> list[Any]:
        """Only what may leave, always in the same order."""
        everything = list(lines.select_related("person__establishment"))
        kept = [line for line in everything if line.level in SHARED]
        kept_back = len(everything) - len(kept)
        if kept_back:
            self.export.leave(
                ngettext(
                    "%(count)s %(one)s réservé(e) à l’équipe n’est pas transmis(e).",
                    "%(count)s %(many)s réservé(e)s à l’équipe ne sont pas transmis(es).",
                    kept_back,
                )
                % {"count": kept_back, "one": one, "many": many}
            )
        return sorted(kept, key=exported_number) if kept and not hasattr(kept[0], "number") else kept

    def _number(self, line: Any, kind: Number) -> list[Json]:
        return [identifier(SYSTEMS[kind], exported_number(line))]

    def _links(self, lines: QuerySet[Any]) -> list[str]:
        return sorted(self.given[line.pk] for line in lines if line.pk in self.given)

    def _plan(self) -> None:
        plan, export = self.plan, self.export
        number = exported_number(plan)
        content = {
            "extension": self.files.joined(plan),
            "identifier": self._number(plan, Number.PLAN),
            "status": PLAN_OUT[plan.step],
            "intent": "plan",
            "category": [concept(PLAN_KINDS, plan.kind)] if plan.kind else [],
            "title": plan.title,
            "description": plan.description,
            "subject": reference(self.patient),
            "period": export.period(
                plan.starts_on.isoformat() if plan.starts_on else "",
                plan.ends_on.isoformat() if plan.ends_on else "",
            ),
            "supportingInfo": self.files.agreements(plan),
            "note": [{"text": plan.communication}] if plan.communication else [],
        }
        if plan.step in {"assessment", "co_construction", "contract", "under_review", "renewed"}:
            export.leave(
                _("L’étape « %(step)s » devient le statut « %(status)s ».")
                % {"step": plan.get_step_display(), "status": PLAN_OUT[plan.step]}
            )
        if plan.previous_id:
            export.leave(_("Le lien vers le projet précédent n’est pas transmis."))
        self.reference = export.add("CarePlan", "tddui-careplan-projet-personnalise", number, content)

    def _need(self, need: Need) -> None:
        comments = [*need.comments, write_fact("strength", "oui") if need.is_strength else ""]
        content = {
            "extension": self.files.joined(need),
            "identifier": self._number(need, Number.NEED),
            "basedOn": [reference(self.reference)],
            "status": NEED_OUT[need.status],
            "intent": "plan",
            "category": [concept(SERAFIN, need.serafin)] if need.serafin else [],
            "code": {"text": need.words},
            "orderDetail": [{"text": text} for text in need.analyses],
            "subject": reference(self.patient),
            "note": [{"text": text} for text in comments if text],
        }
        number = exported_number(need)
        self.given[need.pk] = self.export.add(
            "ServiceRequest", "tddui-service-request-besoin", number, content
        )

    def _assessments(self) -> list[Assessment]:
        """Those on a national scale, or received as such; the others travel as a text, if they have words."""
        unfinished = self.plan.assessments.exclude(pk__in=self.plan.assessments.finished())
        if unfinished.filter(withdrawn_at__isnull=True).exists():
            self.export.leave(_("Une évaluation en cours d’écriture et ses besoins ne sont pas transmis."))
        if unfinished.filter(withdrawn_at__isnull=False).exists():
            self.export.leave(_("Une évaluation retirée et ses besoins ne sont pas transmis."))
        finished = self.plan.assessments.finished().select_related(
            "author__establishment", "assessor__establishment", "responsible__establishment", "form"
        )
        kept = []
        for one in self._shared(finished, _("évaluation"), _("évaluations")):
            if one.items and (is_national_scale(one.questionnaire) or _is_received(one)):
                kept.append(one)
            elif text := assessment_text(one, self.export.zone):
                self.files.hang_text(self.plan, one, assessment_title(one), text)
                self.export.leave(
                    _(
                        "Une évaluation hors des quatre grilles nationales est transmise en texte, jointe au projet\u00a0: sans son score, ni ses réponses codées."
                    )
                )
            else:
                self.export.leave(
                    _(
                        "Une évaluation hors des quatre grilles nationales, et sans synthèse, n’est pas transmise\u00a0: ses besoins le sont."
                    )
                )
        return kept

    def _assessment(self, one: Assessment) -> None:
        author = add_professional(self.export, one.author)
        assessor = add_professional(self.export, one.assessor)
        responsible = add_professional(self.export, one.responsible)
        if not (one.by_person or author or assessor or responsible):
            responsible = self.files.structure_signatory(self.plan)
            self.export.leave(
                _(
                    "Une évaluation ne nomme aucun professionnel\u00a0: le signataire de la structure est donné comme responsable."
                )
            )
        parts = [extension("TDDUIResponsible", valueReference=reference(responsible))] if responsible else []
        parts.append(extension("TDDUIHolder", valueReference=reference(self.organization)))
        extensions = [extension(PARTICIPANT, extension=parts), *self.files.joined(one)]
        if comment := comment_of(one):
            extensions.append(extension(COMMENT, valueString=comment))
        if one.method:
            extensions.append(extension(METHOD, valueString=one.method))
        source = self.patient if one.by_person else assessor
        number = exported_number(one)
        content = {
            "extension": extensions,
            "identifier": identifier(SYSTEMS[Number.ASSESSMENT], number),
            "basedOn": [reference(self.reference)],
            "questionnaire": one.questionnaire,
            "status": one.status,
            "subject": reference(self.patient),
            "authored": self.export.moment(one.assessed_at),
            "author": reference(author) if author else {},
            "source": reference(source) if source else {},
            "item": one.items,
        }
        self.given[one.pk] = self.export.add(
            "QuestionnaireResponse", "tddui-questionnaire-response", number, content
        )

    def _goal(self, goal: Goal) -> None:
        referent = add_professional(self.export, goal.referent)
        number = exported_number(goal)
        content = {
            "extension": [
                extension(PLAN_REFERENCE, valueReference=reference(self.reference)),
                *(
                    extension(EVALUATION_REFERENCE, valueReference=reference(target))
                    for target in self._links(goal.assessments.all())
                ),
                *self.files.joined(goal),
            ],
            "identifier": self._number(goal, Number.GOAL),
            "lifecycleStatus": GOAL_OUT[goal.status],
            **self._last_change(goal),
            "category": [_domain(text) for text in goal.domains if isinstance(text, str) and text],
            "priority": {"text": str(goal.priority)} if goal.priority else {},
            "description": {"text": goal.statement},
            "subject": reference(self.patient),
            "startDate": goal.starts_on.isoformat() if goal.starts_on else "",
            "target": _target(goal),
            "expressedBy": reference(referent) if referent else {},
            "addresses": [reference(target) for target in self._links(goal.needs.all())],
            "note": notes(
                [
                    ("titreObjectif", goal_title(goal)),
                    ("avisUsagerObjectif", person_opinion(goal)),
                    ("strategieMiseEnOeuvreObjectif", goal.strategy),
                ]
            ),
        }
        self._leave_positions(goal)
        if goal.easy_words or goal.picto:
            self.export.leave(_("Les objectifs en facile à lire et leurs images ne sont pas transmis."))
        self.given[goal.pk] = self.export.add("Goal", "tddui-goal-objectif", number, content, "objectif")

    def _last_change(self, goal: Goal) -> Json:
        """Why a goal was removed, put aside, reached or taken up again, and when."""
        change = goal.changes.order_by("-at").first()
        if change is None or change.after != goal.status:
            return {}
        day = change.at.astimezone(self.export.zone).date()
        return {"statusDate": day.isoformat(), "statusReason": change.reason}

    def _leave_positions(self, goal: Goal) -> None:
        """The person's position goes; those of the others, and the earlier ones, stay here."""
        own = own_position(goal)
        if goal.positions.count() > (own is not None):
            self.export.leave(
                _(
                    "Les positions des autres voix et leur historique ne sont pas transmis\u00a0: le standard ne porte que l’avis de la personne."
                )
            )
        if own is not None and goal.person_opinion:
            self.export.leave(_("Un avis reçu d’ailleurs laisse sa place à la position prise depuis."))

    def _expectation(self, expectation: Expectation) -> None:
        if not without_control(expectation.words).strip():
            self.export.leave(
                _(
                    "Un message de vive voix attend d’être mis en mots\u00a0: ni lui ni son attente ne sont transmis."
                )
            )
            return
        number = exported_number(expectation)
        self.files.hang_sound(expectation)
        facts = [
            write_fact("importance", IMPORTANCE_WORDS[expectation.importance])
            if expectation.importance
            else "",
            write_fact("kind", NOT_WANTED_WORDS) if expectation.kind == "not_wanted" else "",
            write_fact("situation", expectation.situation) if expectation.situation else "",
            *sorted(
                write_fact("goal", exported_number(goal))
                for goal in expectation.goals.select_related("person__establishment")
                if goal.pk in self.given
            ),
        ]
        content = {
            "extension": [
                extension(PLAN_REFERENCE, valueReference=reference(self.reference)),
                *self.files.joined(expectation),
            ],
            "identifier": self._number(expectation, Number.EXPECTATION),
            "lifecycleStatus": "cancelled" if expectation.withdrawn_at else "active",
            "category": _life_domain(expectation),
            "description": {"text": expectation.words},
            "subject": reference(self.patient),
            "statusDate": expectation.said_on.isoformat(),
            "note": notes(
                [
                    ("origineAttente", origin_of(expectation)),
                    *(("commentaireAttente", text) for text in (expectation.comment, *facts)),
                ]
            ),
        }
        if expectation.answers.exists():
            self.export.leave(
                _(
                    "Les réponses données aux attentes (motif, date, historique) ne sont pas transmises\u00a0; l’objectif qui reprend une attente l’est."
                )
            )
        self.export.add("Goal", "tddui-goal-attente", number, content, "attente")

    # Activities

    def _activities(self) -> None:
        """A part needs the reference of its whole: wholes first, whatever their order."""
        activities = self._shared(
            self.plan.activities.select_related("owner__establishment"), _("action"), _("actions")
        )
        waiting = {activity.pk: activity for activity in activities}
        while waiting:
            ready = [one for one in waiting.values() if one.part_of_id not in waiting]
            for activity in ready or list(waiting.values()):
                self._activity(activity)
                waiting.pop(activity.pk)

    def _activity(self, activity: Activity) -> None:
        profile, kind = TASKS[activity.kind]
        owner = add_professional(self.export, activity.owner)
        whole = self.given.get(activity.part_of_id)
        whole_is_action = activity.part_of is not None and activity.part_of.kind == "action"
        if activity.part_of_id and not (whole and whole_is_action):
            self.export.leave(_("Le rattachement à autre chose qu’une action transmise n’est pas gardé."))
        if activity.easy_words or activity.picto:
            self.export.leave(_("Les actions en facile à lire et leurs images ne sont pas transmises."))
        number = exported_number(activity)
        content = {
            "identifier": self._number(activity, ACTIVITY_NUMBERS[activity.kind]),
            "basedOn": [reference(self.reference)],
            "partOf": [reference(whole)] if whole and whole_is_action else [],
            "status": TASK_OUT[activity.status],
            "intent": "plan",
            "code": {"text": activity.resource_type} if activity.resource_type else {},
            "description": activity.description,
            "for": reference(self.patient),
            "executionPeriod": self.export.period(
                self.export.moment(activity.starts_at), self.export.moment(activity.ends_at)
            ),
            "owner": reference(owner, activity.performer) if owner else _display(activity.performer),
            "note": [{"text": text} for text in _activity_facts(activity)],
            "input": self._inputs(activity, kind),
        }
        self.given[activity.pk] = self.export.add("Task", profile, number, content)

    def _inputs(self, activity: Activity, kind: str) -> list[Json]:
        inputs = [task_input(kind, "titre", valueString=activity.title)]
        evaluations = self._links(activity.assessments.all())
        goals = self._links(activity.goals.all())
        if activity.kind == "action":
            inputs += [task_input(kind, "objectif", valueReference=reference(goal)) for goal in goals]
            for code, text in (
                ("avisUsager", activity.person_opinion),
                ("resultatAttendu", activity.expected_result),
            ):
                if text:
                    inputs.append(task_input(kind, code, valueString=text))
        else:
            if goals or activity.person_opinion or activity.expected_result:
                self.export.leave(
                    _(
                        "Un moyen ou une prestation ne porte ni objectif, ni avis, ni résultat attendu\u00a0: non transmis."
                    )
                )
            if len(evaluations) > 1:
                self.export.leave(
                    _(
                        "Un moyen ou une prestation n’a qu’une évaluation\u00a0: les autres ne sont pas transmises."
                    )
                )
            evaluations = evaluations[:1]
        if activity.kind == "service":
            inputs += [
                task_input(kind, "typePrestation", valueCodeableConcept=concept(SERAFIN, code))
                for code in activity.serafin
            ]
        elif activity.serafin:
            self.export.leave(
                _(
                    "Seules les prestations portent un code SERAFIN-PH\u00a0: ceux des actions ne sont pas transmis."
                )
            )
        inputs += [task_input(kind, "evaluation", valueReference=reference(one)) for one in evaluations]
        inputs += [
            task_input(kind, "pieceJointe", valueReference=reference(one))
            for one in self.files.references(activity)
        ]
        return inputs


def _display(performer: str) -> Json:
    return {"display": performer} if performer else {}


def _domain(text: str) -> Json:
    """A domain in words; one that came with its code goes back with it."""
    coded = _CODED.fullmatch(text)
    if coded is None:
        return {"text": text}
    found = {"coding": [{"system": coded["system"], "code": coded["code"]}]}
    return found | ({"text": coded["text"]} if coded["text"] else {})


def _target(goal: Goal) -> list[Json]:
    target: Json = {}
    if goal.expected_result:
        # A detail demands a measure (gol-1), and the guide gives none.
        target = {"measure": {"text": "Résultat attendu"}, "detailString": goal.expected_result}
    if goal.due_on:
        target["dueDate"] = goal.due_on.isoformat()
    return [target] if target else []


def _life_domain(expectation: Expectation) -> list[Json]:
    """The domain of life in the words of the house, with its national need when it has one."""
    if expectation.serafin:
        return [concept(SERAFIN, expectation.serafin, expectation.domain)]
    return [{"text": expectation.domain}] if expectation.domain else []


def _is_received(assessment: Assessment) -> bool:
    """It came in this form: it leaves in the same."""
    return bool(assessment.identifier) and assessment.form is None


def _activity_facts(activity: Activity) -> list[str]:
    facts = {
        "participation": PARTICIPATION_WORDS.get(activity.participation, ""),
        "rhythm": rhythm_of(activity),
        "place": activity.place,
        "means": activity.means,
    }
    return [write_fact(name, value) for name, value in facts.items() if value]
