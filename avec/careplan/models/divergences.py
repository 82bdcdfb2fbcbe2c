import uuid
from typing import Self

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from avec.accounts.models import Establishment, Member, Role
from avec.people.models import LEVELS, Person, RecordQuerySet, RelatedPerson
from avec.people.rules import Level

from .expectations import Expectation, SpokenVoice
from .goals import Goal
from .needs import Need
from .plans import CarePlan


class Divergence(models.Model):
    """Two voices do not read the situation alike: written down without deciding who is right."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    plan = models.ForeignKey(CarePlan, on_delete=models.PROTECT, related_name="divergences")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="divergences")
    establishment = models.ForeignKey(Establishment, on_delete=models.PROTECT, related_name="+")
    about = models.CharField(_("à propos de"), max_length=250)
    goal = models.ForeignKey(
        Goal, null=True, blank=True, on_delete=models.PROTECT, related_name="divergences"
    )
    level = models.CharField(_("partage"), max_length=2, choices=LEVELS, default=Level.C2.value)
    written_by = models.ForeignKey(Member, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField(default=timezone.now)
    # Talked about: what was said, without naming a winner. The two readings stay.
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(Member, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    closed_words = models.TextField(_("ce qu’on s’est dit"), blank=True)

    objects = RecordQuerySet["Divergence"].as_manager()

    class Meta:
        verbose_name = _("divergence")
        ordering = ["-written_at"]

    def __str__(self) -> str:
        return self.about


class SideQuerySet(models.QuerySet["DivergenceSide"]):
    def visible_to(self, member: Member | None) -> Self:
        """The sides of readable divergences, each under the rule of the words it holds or points at.

        A relative never reads another relative's side (T27); what was taken back is read by the team only.
        """
        said = Expectation.objects.visible_to(member).filter(pk=OuterRef("expectation"))
        own_words = Q(expectation__isnull=True, need__isnull=True)
        if member is None or member.is_lay:
            said = said.filter(withdrawn_at__isnull=True)
        if member is not None and member.role == Role.RELATIVE.value:
            own_words &= ~Q(voice__in=["relative", "representative"]) | Q(relative__member=member)
        needs = Need.objects.visible_to(member).filter(pk=OuterRef("need"))
        return self.filter(
            own_words | Q(Exists(said)) | Q(Exists(needs)),
            Exists(Divergence.objects.visible_to(member).filter(pk=OuterRef("divergence"))),
        )


class DivergenceSide(models.Model):
    """How one voice reads it: its own words, or the expectation or need already written."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    divergence = models.ForeignKey(Divergence, on_delete=models.PROTECT, related_name="sides")
    voice = models.CharField(max_length=20, choices=SpokenVoice.choices)
    relative = models.ForeignKey(
        RelatedPerson, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    professional = models.ForeignKey(
        Member, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    words = models.TextField(_("comment cette voix le voit"), blank=True)
    expectation = models.ForeignKey(
        Expectation, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    need = models.ForeignKey(Need, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    objects = SideQuerySet.as_manager()

    class Meta:
        verbose_name = _("lecture d’une situation")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.words[:60]
