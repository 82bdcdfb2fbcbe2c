"""What is due on goals: positions to ask again, terms that passed without an evaluation. For the lists of things to do."""

from datetime import date

from django.db.models import Exists, F, OuterRef

from avec.accounts.models import Member
from avec.people.models import today

from .facts import AROUND_TERM
from .models import CarePlan, Evaluation, Goal, GoalQuerySet, Position, PositionQuerySet

BOTH = (("person", "observed"), ("professional",))


def positions_to_ask_again(member: Member, day: date | None = None) -> PositionQuerySet:
    """The answers that could not be given, to be asked again by this day: they come back, each on its date."""
    open_plans = CarePlan.objects.current()
    readable = Goal.objects.visible_to(member).live().filter(plan__in=open_plans)
    found = Position.objects.filter(is_current=True, ask_again_on__lte=day or today(), goal__in=readable)
    return found.select_related("goal__person", "relative").order_by("ask_again_on")


def heard_since_term(*voices: str) -> Exists:
    """Was the goal evaluated by one of these voices around its term, or since?"""
    return Exists(
        Evaluation.objects.filter(
            goal=OuterRef("pk"), voice__in=voices, evaluated_on__gte=OuterRef("due_on") - AROUND_TERM
        )
    )


def goals_to_evaluate(member: Member, day: date | None = None) -> GoalQuerySet:
    """Live goals whose term has come by this day without both voices: the missing ones are annotated.

    `person_heard`, `team_heard`: who already said where it stands.
    """
    open_plans = CarePlan.objects.current()
    found = (
        Goal.objects.visible_to(member)
        .live()
        .filter(plan__in=open_plans, due_on__lte=day or today())
        .annotate(person_heard=heard_since_term(*BOTH[0]), team_heard=heard_since_term(*BOTH[1]))
    )
    return found.exclude(person_heard=True, team_heard=True).select_related("person").order_by(F("due_on"))
