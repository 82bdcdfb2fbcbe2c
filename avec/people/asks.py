"""Who asked to join a person's team, and still waits: read from the journal, where asking leaves its line."""

from datetime import timedelta

from django.db.models import CharField, Count, DateTimeField, Exists, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from avec.accounts.models import Member, Role
from avec.audit.models import Entry

from .models import (
    CARE_ROLES,
    CareTeamMember,
    Objection,
    Person,
    in_force,
    led_records,
    open_records,
    teams_of,
    today,
)

# Past that, one asks again.
WAITS = timedelta(days=30)


def asking(person: Person) -> list[Member]:
    """Colleagues who asked, are not in the team, and whom the person did not refuse. One query."""
    lines = Entry.objects.filter(
        person_id=person.pk, verb="team.asked", at__gte=timezone.now() - WAITS, actor_id=OuterRef("pk")
    )
    ties = CareTeamMember.objects.filter(person=person, member=OuterRef("pk"))
    running = ties.filter(
        Q(ends_on__isnull=True) | Q(ends_on__gte=today()), consent_withdrawn_on__isnull=True
    )
    objected = Objection.objects.filter(in_force(), person=person, member=OuterRef("pk"))
    found = Member.objects.active().filter(
        Exists(lines), establishment_id=person.establishment_id, role__in=CARE_ROLES
    )
    return list(
        found.exclude(Exists(running)).exclude(Exists(objected)).order_by("family_name", "given_name")
    )


def teams_asked(member: Member) -> QuerySet[Person]:
    """The persons whose team this member may add to, and somebody asked to join. One query, the oldest first.

    Each with `askers`, how many wait, and the first of them: `asked_at`, `asked_given`, `asked_family`, `asked_job`.
    The set form of `asking` and of `policy.may_add_to_team`: a trainee adds nobody (T16).
    """
    if member.role == Role.TRAINEE.value:
        return Person.objects.none()
    running = CareTeamMember.objects.filter(
        Q(ends_on__isnull=True) | Q(ends_on__gte=today()),
        consent_withdrawn_on__isnull=True,
        person=OuterRef("person_id"),
        member=OuterRef("actor_id"),
    )
    objected = Objection.objects.filter(in_force(), person=OuterRef("person_id"), member=OuterRef("actor_id"))
    colleague = Member.objects.active().filter(
        pk=OuterRef("actor_id"), establishment_id=member.establishment_id, role__in=CARE_ROLES
    )
    lines = (
        Entry.objects.filter(person_id=OuterRef("pk"), verb="team.asked", at__gte=timezone.now() - WAITS)
        .filter(Exists(colleague), ~Exists(running), ~Exists(objected))
        .order_by("at")
    )
    counted = lines.order_by().values("person_id").annotate(n=Count("actor_id", distinct=True)).values("n")

    def of_first(field: str) -> Subquery:
        named = lines.annotate(asked=Subquery(colleague.values(field)[:1], output_field=CharField()))
        return Subquery(named.values("asked")[:1])

    adds = open_records(member) & Q(teams_of(member, "pk", external=False))
    return (
        Person.objects.filter(adds | led_records(member))
        .annotate(
            askers=Subquery(counted),
            asked_at=Subquery(lines.values("at")[:1], output_field=DateTimeField()),
            asked_given=of_first("given_name"),
            asked_family=of_first("family_name"),
            asked_job=of_first("job"),
        )
        .filter(askers__gt=0)
        .order_by("asked_at")
    )
