"""The balance of a plan, counted from what each voice said of each goal: what a member reads, and no more."""

from uuid import UUID

from avec.accounts.models import Member
from avec.people.models import Person, today

from .models import Activity, CarePlan, Evaluation, Goal
from .rules.balance import EvaluatedGoal, PlanBalance, Seen, balance_of_plan
from .standing import evaluations_of


def balance_for(member: Member, plan: CarePlan, person: Person) -> PlanBalance:
    """Three queries, however many goals."""
    goals = Goal.objects.visible_to(member).filter(plan=plan).order_by("number")
    evaluations = evaluations_of(member, plan)
    activities = Activity.objects.visible_to(member).filter(plan=plan, kind="action").live()
    return balance_of_plan(
        [evaluated(goal, evaluations) for goal in goals],
        today=today(),
        called=person.called,
        participations=list(activities.values_list("participation", flat=True)),
    )


def evaluated(goal: Goal, evaluations: dict[UUID, list[Evaluation]]) -> EvaluatedGoal:
    seen = [
        Seen(
            one.voice,
            one.value,
            one.evaluated_on,
            one.words,
            one.relative.name if one.relative else one.by.name if one.voice == "observed" and one.by else "",
        )
        for one in evaluations.get(goal.pk, ())
    ]
    return EvaluatedGoal(goal.number, goal.statement, goal.status, goal.due_on, seen)
