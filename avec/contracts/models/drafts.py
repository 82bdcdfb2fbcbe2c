import uuid
from datetime import date

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from avec.accounts.models import Establishment, Member
from avec.careplan.models import CarePlan
from avec.people.models import FileQuerySet, Person

from .contracts import CareContract


class ContractDraftQuerySet(FileQuerySet["ContractDraft"]):
    def open(self) -> "ContractDraftQuerySet":
        return self.filter(closed_at__isnull=True)


class ContractDraft(models.Model):
    """What was chosen for the next version: its dates, what stays out, who else signs. Its text is the plan's own.

    One at a time for a plan. It is never a contract: nobody reads it but those who prepare it, and
    past its last day it can no longer be proposed as it is.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="contract_drafts")
    establishment = models.ForeignKey(Establishment, on_delete=models.PROTECT, related_name="+")
    plan = models.ForeignKey(CarePlan, on_delete=models.PROTECT, related_name="contract_drafts")
    starts_on = models.DateField(_("début"))
    ends_on = models.DateField(_("fin"))
    review_on = models.DateField(_("révision"))
    why = models.TextField(_("pourquoi cet avenant"), blank=True)
    # What stays out of this version: « goal:… », « negotiation:… », « schedule ».
    left_out = models.JSONField(default=list)
    # Who is asked besides the table of signatories: « team:… », « relative:… ».
    added = models.JSONField(default=list)
    expires_on = models.DateField()
    version = models.PositiveIntegerField(default=1)
    written_by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField(default=timezone.now)
    changed_by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    changed_at = models.DateTimeField(default=timezone.now)
    closed_by = models.ForeignKey(Member, null=True, on_delete=models.PROTECT, related_name="+")
    closed_at = models.DateTimeField(null=True)
    # The version that it became; none when it was thrown away.
    issued = models.OneToOneField(CareContract, null=True, on_delete=models.PROTECT, related_name="draft")

    objects = ContractDraftQuerySet.as_manager()

    class Meta:
        verbose_name = _("brouillon de contrat")
        constraints = [
            models.UniqueConstraint(
                fields=["plan"], condition=Q(closed_at__isnull=True), name="one_open_draft_per_plan"
            ),
            models.CheckConstraint(
                condition=Q(ends_on__gt=models.F("starts_on")), name="draft_ends_after_start"
            ),
        ]

    def __str__(self) -> str:
        return str(self.written_at)

    def is_expired(self, day: date) -> bool:
        return day > self.expires_on

    def close(self, by: Member, *, issued: CareContract | None = None) -> None:
        """No longer offered: it became this version, or was thrown away."""
        self.issued, self.closed_by, self.closed_at = issued, by, timezone.now()
        self.save(update_fields=["issued", "closed_by", "closed_at"])
