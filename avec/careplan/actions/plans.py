from datetime import date
from typing import Any

from django.db import transaction

from avec.accounts.models import Member
from avec.accounts.policy import require
from avec.people.journal import record
from avec.people.models import Person, today
from avec.people.policy import may_write

from ..models import (
    CarePlan,
)


@transaction.atomic
def open_plan(
    person: Person,
    *,
    title: str,
    by: Member,
    stay: Any = None,
    starts_on: date | None = None,
    kind: str = "",
) -> CarePlan:
    require(may_write(by, person))
    plan = CarePlan.objects.create(
        person=person,
        establishment_id=person.establishment_id,
        stay=stay,
        title=title,
        kind=kind,
        starts_on=starts_on or today(),
        created_by=by,
    )
    record("plan.opened", plan, by=by, person=person)
    return plan


def plan_of(person: Person) -> CarePlan | None:
    """The plan in progress, the latest one if there are several."""
    return CarePlan.objects.current().filter(person=person).first()
