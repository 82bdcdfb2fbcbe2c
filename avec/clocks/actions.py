"""What people do about deadlines: keep the table, write what shows that a deadline is kept, say what changed.

Nothing is erased. A row of the table is retired and may come back; a proof
written by mistake is cancelled with a reason and stays in the history.
"""

from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from avec.accounts import journal as house_journal
from avec.accounts.models import Establishment, Member
from avec.accounts.policy import require
from avec.people.clash import OutOfDate
from avec.people.journal import record
from avec.people.models import Stay

from .models import Deadline, Evidence, LifeEvent, Timetable
from .policy import may_cancel, may_change_table, may_write_evidence, may_write_on
from .rules import PROFILES, EvidenceKind, Outcome
from .table import shipped, shipped_fields, write_table


@transaction.atomic
def load_profile(establishment: Establishment, profile: str, *, by: Member) -> None:
    """Start again from a country's table: its rows as shipped, other profiles' rows retired, the house's own kept."""
    require(may_change_table(by, establishment.pk) and profile in PROFILES)
    now = timezone.now()
    Timetable.objects.update_or_create(
        establishment=establishment, defaults={"profile": profile, "loaded_by": by, "loaded_at": now}
    )
    rows = shipped(establishment.pk, profile)
    known = Deadline.objects.of(establishment.pk)
    known.exclude(code="").exclude(code__in=[row.code for row in rows]).update(active=False)
    there = set(known.values_list("code", flat=True))
    revised = {"revised_by": by, "revised_at": now}
    for code, fields in shipped_fields(profile).items():
        if code in there:
            known.filter(code=code).update(**fields, **revised, version=F("version") + 1)
    Deadline.objects.bulk_create(row for row in rows if row.code not in there)
    known.filter(code__in={row.code for row in rows} - there).update(**revised)
    house_journal.record("deadlines.loaded", establishment, by=by, profile=profile)


@transaction.atomic
def add_deadline(establishment: Establishment, *, by: Member, **fields: Any) -> Deadline:
    """A row of the house, after the others."""
    require(may_change_table(by, establishment.pk))
    write_table(establishment.pk)
    last = Deadline.objects.of(establishment.pk).order_by("-order").values_list("order", flat=True).first()
    row = Deadline.objects.create(
        establishment=establishment,
        order=(last or 0) + 10,
        revised_by=by,
        revised_at=timezone.now(),
        **fields,
    )
    house_journal.record("deadline.added", row, by=by)
    return row


@transaction.atomic
def change_deadline(deadline: Deadline, *, version: int, by: Member, **fields: Any) -> Deadline:
    """Change a row. Raises OutOfDate when somebody saved it since it was opened."""
    require(may_change_table(by, deadline.establishment_id))
    write_table(deadline.establishment_id)
    row = Deadline.objects.select_for_update().get(pk=deadline.pk)
    if row.version != version:
        raise OutOfDate(row)
    changed = sorted(name for name, value in fields.items() if getattr(row, name) != value)
    for name in changed:
        setattr(row, name, fields[name])
    row.revised_by, row.revised_at, row.version = by, timezone.now(), row.version + 1
    row.save()
    house_journal.record("deadline.changed", row, by=by, fields=changed)
    return row


@transaction.atomic
def retire_deadline(deadline: Deadline, *, by: Member) -> None:
    """The row is no longer counted; its proofs stay."""
    require(may_change_table(by, deadline.establishment_id))
    write_table(deadline.establishment_id)
    Deadline.objects.filter(pk=deadline.pk).update(active=False, revised_by=by, revised_at=timezone.now())
    house_journal.record("deadline.retired", deadline, by=by)


@transaction.atomic
def bring_back_deadline(deadline: Deadline, *, by: Member) -> None:
    """Count a retired row again."""
    require(may_change_table(by, deadline.establishment_id))
    write_table(deadline.establishment_id)
    Deadline.objects.filter(pk=deadline.pk).update(active=True, revised_by=by, revised_at=timezone.now())
    house_journal.record("deadline.brought_back", deadline, by=by)


@transaction.atomic
def write_evidence(
    stay: Stay,
    deadline: Deadline,
    *,
    done_on: date,
    by: Member,
    outcome: Outcome = Outcome.DONE,
    words: str = "",
) -> Evidence:
    """Write down that a deadline is kept, on which day and how; or that the person chose not to sign."""
    require(may_write_evidence(by, stay, deadline))
    require(outcome == Outcome.DONE or deadline.evidence == EvidenceKind.SIGNING.value)
    write_table(deadline.establishment_id)
    evidence = Evidence.objects.create(
        stay=stay,
        person_id=stay.person_id,
        establishment_id=stay.establishment_id,
        deadline_id=deadline.pk,
        outcome=outcome.value,
        done_on=done_on,
        words=words.strip(),
        written_by=by,
    )
    record("evidence.written", evidence, by=by, person=stay.person, deadline=str(deadline.pk))
    return evidence


@transaction.atomic
def cancel_evidence(evidence: Evidence, reason: str, *, by: Member) -> None:
    """A proof written by mistake: it no longer counts, and stays readable with the reason."""
    evidence = (
        Evidence.objects.select_for_update(of=("self",)).select_related("stay__person").get(pk=evidence.pk)
    )
    require(may_cancel(by, evidence) and bool(reason.strip()))
    evidence.cancelled_by, evidence.cancelled_at = by, timezone.now()
    evidence.cancelled_because = reason.strip()
    evidence.save(update_fields=["cancelled_by", "cancelled_at", "cancelled_because"])
    record("evidence.cancelled", evidence, by=by, person=evidence.stay.person)


@transaction.atomic
def note_life_event(stay: Stay, *, happened_on: date, words: str, by: Member) -> LifeEvent:
    """Something changed in the person's life: the project is to be looked at again."""
    require(may_write_on(by, stay) and bool(words.strip()))
    event = LifeEvent.objects.create(
        stay=stay,
        person_id=stay.person_id,
        establishment_id=stay.establishment_id,
        happened_on=happened_on,
        words=words.strip(),
        written_by=by,
    )
    record("life_event.noted", event, by=by, person=stay.person)
    return event


@transaction.atomic
def cancel_life_event(event: LifeEvent, reason: str, *, by: Member) -> None:
    """An event written by mistake."""
    event = LifeEvent.objects.select_for_update(of=("self",)).select_related("stay__person").get(pk=event.pk)
    require(may_cancel(by, event) and bool(reason.strip()))
    event.cancelled_by, event.cancelled_at = by, timezone.now()
    event.cancelled_because = reason.strip()
    event.save(update_fields=["cancelled_by", "cancelled_at", "cancelled_because"])
    record("life_event.cancelled", event, by=by, person=event.stay.person)


@transaction.atomic
def set_stay_dates(stay: Stay, *, interview_on: date | None, short: bool, by: Member) -> None:
    """The day of the admission interview, and whether the stay lasts under two months a year."""
    require(may_write_on(by, stay))
    stay.interview_on, stay.short = interview_on, short
    stay.save(update_fields=["interview_on", "short"])
    record("stay.dated", stay, by=by, person=stay.person)
