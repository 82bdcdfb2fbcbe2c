"""When the person is here: legal delays count from these dates, so they follow one another without overlap."""

from datetime import date

from django.db import transaction

from avec.accounts.models import Member
from avec.accounts.policy import require

from ..journal import record
from ..models import Person, Stay
from ..policy import may_note_stay
from ..rules import DatesRefused, check_stay


def _hold(person: Person) -> Person:
    """One change of dates at a time for one person."""
    return Person.objects.select_for_update(of=("self",)).get(pk=person.pk)


def _check(person: Person, arrived: date, left: date | None, *, but: Stay | None = None) -> None:
    others = Stay.objects.filter(person=person)
    if but is not None:
        others = others.exclude(pk=but.pk)
    check_stay((arrived, left), others.values_list("admitted_on", "discharged_on"), person.birth_date)


@transaction.atomic
def note_departure(stay: Stay, discharged_on: date, *, by: Member) -> Stay:
    """The person leaves. Raises DatesRefused; « already_left » when somebody noted it in the meantime."""
    person = _hold(stay.person)
    require(may_note_stay(by, person))
    stay = Stay.objects.get(pk=stay.pk)
    if stay.discharged_on is not None:
        raise DatesRefused("already_left")
    _check(person, stay.admitted_on, discharged_on, but=stay)
    stay.discharged_on = discharged_on
    stay.save(update_fields=["discharged_on"])
    record("stay.ended", stay, by=by, person=person)
    return stay


@transaction.atomic
def note_return(
    person: Person,
    admitted_on: date,
    *,
    by: Member,
    interview_on: date | None = None,
    short: bool = False,
) -> Stay:
    """The person comes back: a stay of its own, from which the delays count again. Raises DatesRefused."""
    person = _hold(person)
    require(may_note_stay(by, person))
    _check(person, admitted_on, None)
    stay = Stay.objects.create(
        person=person,
        establishment_id=person.establishment_id,
        admitted_on=admitted_on,
        interview_on=interview_on,
        short=short,
    )
    record("stay.begun", stay, by=by, person=person)
    return stay


@transaction.atomic
def correct_stay(
    stay: Stay,
    admitted_on: date,
    discharged_on: date | None,
    *,
    by: Member,
    interview_on: date | None = None,
    short: bool = False,
) -> list[str]:
    """Mend the dates of a stay; answers the names of what changed. Raises DatesRefused."""
    person = _hold(stay.person)
    require(may_note_stay(by, person))
    stay = Stay.objects.get(pk=stay.pk)
    _check(person, admitted_on, discharged_on, but=stay)
    said = {
        "admitted_on": admitted_on,
        "discharged_on": discharged_on,
        "interview_on": interview_on,
        "short": short,
    }
    changed = [name for name, value in said.items() if getattr(stay, name) != value]
    for name in changed:
        setattr(stay, name, said[name])
    if changed:
        stay.save(update_fields=changed)
        record("stay.corrected", stay, by=by, person=person, fields=changed)
    return changed
