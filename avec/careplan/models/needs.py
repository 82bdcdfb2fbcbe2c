import uuid

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from avec.accounts.models import Establishment, Member
from avec.people.models import LEVELS, Person, RecordQuerySet
from avec.people.rules import Level

from .plans import CarePlan


class NeedStatus(models.TextChoices):
    ACTIVE = "active", _("actuel")
    COMPLETED = "completed", _("couvert")
    REVOKED = "revoked", _("annulé")


class Need(models.Model):
    """What a professional found that the person needs, or is strong in."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    plan = models.ForeignKey(CarePlan, on_delete=models.PROTECT, related_name="needs")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="needs")
    establishment = models.ForeignKey(Establishment, on_delete=models.PROTECT, related_name="+")
    identifier = models.CharField(max_length=120, blank=True)
    status = models.CharField(max_length=12, choices=NeedStatus.choices, default=NeedStatus.ACTIVE.value)
    words = models.TextField(_("besoin"))
    serafin = models.CharField(_("besoin SERAFIN-PH"), max_length=10, blank=True)
    # One analysis, one comment per line of the list, as the exchange standard carries several of each.
    analyses = models.JSONField(_("analyse"), default=list, blank=True)
    comments = models.JSONField(_("commentaires"), default=list, blank=True)
    is_strength = models.BooleanField(_("point fort"), default=False)
    level = models.CharField(_("partage"), max_length=2, choices=LEVELS, default=Level.C2.value)
    written_by = models.ForeignKey(Member, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField(default=timezone.now)

    objects = RecordQuerySet["Need"].as_manager()

    class Meta:
        verbose_name = _("besoin")
        ordering = ["written_at", "identifier"]

    def __str__(self) -> str:
        return self.words[:60]


class Assessment(models.Model):
    """An assessment on a known form, answers kept as received (FHIR QuestionnaireResponse)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    plan = models.ForeignKey(CarePlan, on_delete=models.PROTECT, related_name="assessments")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="assessments")
    establishment = models.ForeignKey(Establishment, on_delete=models.PROTECT, related_name="+")
    identifier = models.CharField(max_length=120, blank=True)
    questionnaire = models.CharField(max_length=250)
    status = models.CharField(max_length=20, default="completed")
    by_person = models.BooleanField(_("la personne s’évalue elle-même"), default=False)
    assessor = models.ForeignKey(Member, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    author = models.ForeignKey(Member, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    responsible = models.ForeignKey(Member, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    method = models.TextField(blank=True)
    comment = models.TextField(blank=True)
    items = models.JSONField(default=list)
    level = models.CharField(_("partage"), max_length=2, choices=LEVELS, default=Level.C2.value)
    written_by = models.ForeignKey(Member, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    assessed_at = models.DateTimeField(null=True, blank=True)

    objects = RecordQuerySet["Assessment"].as_manager()

    class Meta:
        verbose_name = _("évaluation")

    def __str__(self) -> str:
        return self.questionnaire
