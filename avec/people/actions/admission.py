"""Somebody arrives: a person, a stay, and who opens the record.

A record that exists already is never opened from here: one asks its team.
"""

from datetime import date
from typing import Any

from django.db import IntegrityError, transaction

from avec.accounts.models import Member
from avec.accounts.policy import require

from ..duplicates import number_to_propose
from ..journal import record
from ..models import CareTeamMember, Person, Stay, today
from ..policy import leads, may_admit, may_ask_to_join
from ..rules import check_stay


class NumberTaken(ValueError):
    """Somebody of the establishment has this number already."""


@transaction.atomic
def admit(
    *,
    by: Member,
    admitted_on: date,
    joins: bool,
    referent: bool = False,
    interview_on: date | None = None,
    short: bool = False,
    **identity: Any,
) -> Person:
    """Open the record of somebody new. Raises NumberTaken, DatesRefused.

    `joins`: is who writes this part of the team? Otherwise the team is named next,
    by the manager of the unit, who reads nothing of the record.
    """
    require(may_admit(by))
    number = identity.pop("local_id", "") or number_to_propose(by.establishment, today().year)
    check_stay((admitted_on, None), [], identity.get("birth_date"))
    try:
        with transaction.atomic():
            person = Person.objects.create(establishment=by.establishment, local_id=number, **identity)
    except IntegrityError as clash:
        raise NumberTaken(number) from clash
    house = {"person": person, "establishment": by.establishment}
    Stay.objects.create(admitted_on=admitted_on, interview_on=interview_on, short=short, **house)
    # Somebody must be able to name the team next.
    require(joins or leads(by, person))
    if joins:
        CareTeamMember.objects.create(
            member=by, function=by.job, is_referent=referent, starts_on=today(), **house
        )
    record("person.admitted", person, by=by, person=person, joins=joins, referent=joins and referent)
    return person


@transaction.atomic
def ask_to_join(person: Person, *, by: Member) -> None:
    """Ask the team of somebody already here to be added: their page shows it, nothing opens."""
    require(may_ask_to_join(by, person))
    record("team.asked", person, by=by, person=person)
