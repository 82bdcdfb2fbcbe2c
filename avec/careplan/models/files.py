import uuid

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from avec.accounts.models import Establishment, Member
from avec.accounts.wording import worded_lazy
from avec.documents.models import StoredFile
from avec.people.models import LEVELS, FileQuerySet, Person, RecordQuerySet, RelatedPerson
from avec.people.rules import Level

from .activities import Activity
from .expectations import Expectation
from .goals import Goal
from .needs import Assessment, Need
from .plans import CarePlan


class AgreementSide(models.TextChoices):
    USER = "user", worded_lazy(_("%(short_the)s ou son entourage"))
    STRUCTURE = "structure", _("l’établissement")


class Agreement(models.Model):
    """Somebody agreed to the plan, on a date: one signatory each (TDDUI Consent accord)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    plan = models.ForeignKey(CarePlan, on_delete=models.PROTECT, related_name="agreements")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="agreements")
    establishment = models.ForeignKey(Establishment, on_delete=models.PROTECT, related_name="+")
    side = models.CharField(max_length=10, choices=AgreementSide.choices)
    # Exactly one: the person themself, somebody of the circle, or a professional.
    by_person = models.BooleanField(default=False)
    by_relative = models.ForeignKey(
        RelatedPerson, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    by_professional = models.ForeignKey(
        Member, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    status = models.CharField(max_length=12, default="active")
    signed_at = models.DateTimeField()
    valid_from = models.DateField(null=True, blank=True)
    valid_until = models.DateField(null=True, blank=True)
    document = models.ForeignKey(
        StoredFile, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    # How it is known elsewhere, so that the same file read twice makes one agreement.
    source_key = models.CharField(max_length=250, blank=True)

    objects = FileQuerySet["Agreement"].as_manager()

    class Meta:
        verbose_name = _("accord")
        ordering = ["signed_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(by_person=True, by_relative__isnull=True, by_professional__isnull=True)
                | Q(by_person=False, by_relative__isnull=False, by_professional__isnull=True)
                | Q(by_person=False, by_relative__isnull=True, by_professional__isnull=False),
                name="one_signatory_per_agreement",
            )
        ]

    def __str__(self) -> str:
        return str(self.signed_at)


class AttachmentQuerySet(RecordQuerySet["Attachment"]):
    def visible_to(self, member: Member | None) -> "AttachmentQuerySet":
        """Those whose level this member reads, joined to nothing or to a line that they read too.

        Those taken back are shown to nobody: their bytes stay.
        """
        found = super().visible_to(member).filter(withdrawn_at__isnull=True)
        for name, lines in (
            ("expectation", Expectation.objects.visible_to(member)),
            ("need", Need.objects.visible_to(member)),
            ("goal", Goal.objects.visible_to(member)),
            ("activity", Activity.objects.visible_to(member)),
            ("assessment", Assessment.objects.visible_to(member)),
        ):
            line_read = Exists(lines.filter(pk=OuterRef(name)))
            found = found.filter(Q(**{f"{name}__isnull": True}) | Q(line_read))
        return found


class Attachment(models.Model):
    """A file joined to the plan or to one of its lines: it opens with what it is joined to."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    plan = models.ForeignKey(CarePlan, on_delete=models.PROTECT, related_name="attachments")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="attachments")
    establishment = models.ForeignKey(Establishment, on_delete=models.PROTECT, related_name="+")
    identifier = models.CharField(max_length=120, blank=True)
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    title = models.CharField(_("titre"), max_length=250)
    language = models.CharField(max_length=10, blank=True)
    expectation = models.ForeignKey(
        Expectation, null=True, blank=True, on_delete=models.PROTECT, related_name="attachments"
    )
    need = models.ForeignKey(
        Need, null=True, blank=True, on_delete=models.PROTECT, related_name="attachments"
    )
    goal = models.ForeignKey(
        Goal, null=True, blank=True, on_delete=models.PROTECT, related_name="attachments"
    )
    activity = models.ForeignKey(
        Activity, null=True, blank=True, on_delete=models.PROTECT, related_name="attachments"
    )
    assessment = models.ForeignKey(
        Assessment, null=True, blank=True, on_delete=models.PROTECT, related_name="attachments"
    )
    level = models.CharField(_("partage"), max_length=2, choices=LEVELS, default=Level.C2.value)
    written_by = models.ForeignKey(Member, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField(default=timezone.now)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        Member, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    withdrawn_reason = models.TextField(_("pourquoi"), blank=True)

    objects = AttachmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("pièce jointe")

    def __str__(self) -> str:
        return self.title
