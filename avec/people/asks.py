"""Who asked to join a person's team, and still waits: read from the journal, where asking leaves its line."""

from datetime import timedelta

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from avec.accounts.models import Member
from avec.audit.models import Entry

from .models import CARE_ROLES, CareTeamMember, Objection, Person, in_force, today

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
