"""What came of the goals and of the plan, as reviews (Task bilan): each voice under its own name.

Nobody's words are given to somebody else. The person's are theirs, whoever wrote them down; what was observed
is signed by the professional who saw it; a voice that nobody of the file can sign stays here, and it is said.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from django.utils.translation import gettext as _

from avec.accounts.models import Member
from avec.careplan.models import Balance, CarePlan, Evaluation, Goal, GoalStatus, StepChoice
from avec.interop.exporting.build import Export, Json, concept, identifier, reference, task_input, tidy
from avec.interop.exporting.people import add_professional, add_relative
from avec.interop.numbers import review_number
from avec.interop.rules import CODES, COLON, REVIEW_KINDS, SYSTEMS, Number
from avec.interop.saying import evaluation_words
from avec.people.models import RelatedPerson

OVER = frozenset({StepChoice.RENEWED.value, StepChoice.CLOSED.value})
PARTIAL, INTERMEDIATE, FINAL = "PARTIEL", "INTERMEDIAIRE", "FINAL"
OBSERVED = "observed"


class Reviews:
    """The reviews of one plan: one for each day on which goals were evaluated, one for its balance."""

    def __init__(self, export: Export, plan: CarePlan, patient: str, reference_of_plan: str) -> None:
        self.export = export
        self.plan = plan
        self.patient = patient
        self.reference = reference_of_plan
        # (day, kind, number, content of its own), in the order of days; the balance last.
        self.found: list[tuple[str, str, str, Json]] = []

    def add(self, goals: Sequence[Goal]) -> None:
        """`goals`: those that leave, in the order of their numbers. What is said of the others stays."""
        self._evaluations(goals)
        self._balance(goals)
        next_on = self._next_on()
        for place, (day, kind, number, content) in enumerate(self.found):
            if next_on and place == len(self.found) - 1:
                content["input"].append(_input("dateProchainBilan", valueDateTime=next_on))
            self._review(day, kind, number, content)

    def _next_on(self) -> str:
        """The next review goes with the last one, while the plan is not over."""
        plan = self.plan
        if not plan.review_on:
            return ""
        if self.found and plan.step not in OVER and plan.review_on.isoformat() > self.found[-1][0]:
            return plan.review_on.isoformat()
        self.export.leave(
            _("La date de révision d’un projet fini n’est pas transmise.")
            if plan.step in OVER
            else _("La date de révision prévue n’est pas transmise\u00a0: elle va dans un bilan.")
        )
        return ""

    def _review(self, day: str, kind: str, number: str, content: Json) -> None:
        self.export.add(
            "Task",
            "tddui-task-bilan",
            number,
            {
                "identifier": [identifier(SYSTEMS[Number.REVIEW], number)],
                "basedOn": [reference(self.reference)],
                "status": "in-progress" if kind == PARTIAL else "completed",
                "intent": "plan",
                "code": concept(REVIEW_KINDS, kind),
                "for": reference(self.patient),
                "executionPeriod": {"start": day},
            }
            | content,
        )

    # What each voice says of the goals, day by day

    def _evaluations(self, goals: Sequence[Goal]) -> None:
        said = Evaluation.objects.filter(goal__in=goals).select_related(
            "by__establishment", "relative__person__establishment"
        )
        by_day: dict[str, list[tuple[Goal, Evaluation]]] = {}
        of_goal = {goal.pk: (place, goal) for place, goal in enumerate(goals)}
        for one in sorted(said, key=lambda one: (of_goal[one.goal_id][0], one.at, one.pk)):
            by_day.setdefault(one.evaluated_on.isoformat(), []).append((of_goal[one.goal_id][1], one))
        for day, lines in sorted(by_day.items()):
            inputs = self._syntheses(lines)
            if inputs:
                about = dict.fromkeys(goal for goal, one in lines if self._author(one))
                content = {"input": [_scope(list(about)), *inputs]}
                self.found.append((day, INTERMEDIATE, review_number(self.plan, day), content))

    def _syntheses(self, lines: Iterable[tuple[Goal, Evaluation]]) -> list[Json]:
        """One for each voice and author: what they say of every goal that day."""
        voices: dict[tuple[str, str], list[tuple[Goal, Evaluation]]] = {}
        for goal, one in lines:
            author = self._author(one)
            if author:
                voices.setdefault((one.voice, author), []).append((goal, one))
        inputs = []
        for (voice, author), said in voices.items():
            text = "\n".join(evaluation_words(goal, one) for goal, one in said)
            inputs.append(self._synthesis(voice, author, max(one.at for _goal, one in said), text))
        return inputs

    def _synthesis(self, voice: str, author: str, at: Any, text: str) -> Json:
        words = f"{_('Observé')}{COLON}{text}" if voice == OBSERVED else text
        annotation = {"authorReference": reference(author), "time": self.export.moment(at), "text": words}
        return _input("synthesePreparationBilan", valueAnnotation=annotation)

    def _author(self, said: Evaluation | Balance) -> str:
        """Who signs these words; empty, and said, when nobody of the file can."""
        signs: dict[str, Callable[[], str]] = {
            "person": lambda: self.patient,
            "relative": lambda: self._relative(said.relative),
            "representative": lambda: self._relative(said.relative),
        }
        author = signs.get(said.voice, lambda: self._professional(said.by))()
        if not author:
            self.export.leave(
                _(
                    "Une évaluation ou un bilan dont l’auteur n’est pas nommé n’est pas transmis\u00a0: personne d’autre ne peut le signer."
                )
            )
        return author

    def _relative(self, relative: RelatedPerson | None) -> str:
        return add_relative(self.export, relative, self.patient) if relative else ""

    def _professional(self, member: Member | None) -> str:
        return add_professional(self.export, member) if member and not member.is_lay else ""

    # What came of the plan

    def _balance(self, goals: Sequence[Goal]) -> None:
        balances = self.plan.balances.select_related("by__establishment", "relative__person__establishment")
        said = [one for one in sorted(balances, key=_moment) if tidy(one.words)]
        signed = [(one, author) for one in said if (author := self._author(one))]
        if not signed:
            return
        content: Json = {
            "input": [
                _input("perimetre", valueString=_("Le projet entier")),
                *(self._synthesis(one.voice, author, one.at, one.words) for one, author in signed),
            ]
        }
        over = self.plan.step in OVER
        if over and goals:
            content["output"] = [_output("\n".join(_became(goal) for goal in goals))]
        day = signed[0][0].at.astimezone(self.export.zone).date().isoformat()
        kind = FINAL if over else PARTIAL
        self.found.append((day, kind, review_number(self.plan, "balance"), content))


def _moment(one: Balance) -> Any:
    return one.at, one.pk


def _became(goal: Goal) -> str:
    """What the record holds of a goal once the plan is over: a fact, nobody's judgment."""
    goes_on = goal.status != GoalStatus.CANCELLED.value and goal.continued_by.exists()
    became = _("continue dans le projet suivant") if goes_on else goal.get_status_display()
    return f"{_('Objectif')} {goal.number}, {goal.title or goal.statement}{COLON}{became}."


def _scope(goals: list[Goal]) -> Json:
    numbers = [str(goal.number) for goal in goals]
    if len(numbers) == 1:
        return _input("perimetre", valueString=_("Objectif %(number)s") % {"number": numbers[0]})
    listed = _("%(first)s et %(last)s") % {"first": ", ".join(numbers[:-1]), "last": numbers[-1]}
    return _input("perimetre", valueString=_("Objectifs %(numbers)s") % {"numbers": listed})


def _input(code: str, **value: Any) -> Json:
    return task_input("bilan", code, **value)


def _output(text: str) -> Json:
    return {"type": concept(f"{CODES}tddui-task-output-bilan", "syntheseBilan"), "valueString": text}
