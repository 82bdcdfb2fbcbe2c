import uuid

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from avec.accounts.models import Establishment, Member
from avec.people.models import LEVELS, Person, RecordQuerySet
from avec.people.rules import Level

from .plans import CarePlan

IN_PROGRESS = "in-progress"  # FHIR QuestionnaireResponse.status


class NeedStatus(models.TextChoices):
    ACTIVE = "active", _("actuel")
    COMPLETED = "completed", _("couvert")
    REVOKED = "revoked", _("annulé")


class NeedQuerySet(RecordQuerySet["Need"]):
    def visible_to(self, member: Member | None) -> "NeedQuerySet":
        """Those whose level this member reads; the person and relatives wait for the assessment to be validated."""
        found = super().visible_to(member)
        return found.settled() if member is not None and member.is_lay else found

    def settled(self) -> "NeedQuerySet":
        """Found alone, or in an assessment that is no longer being written nor taken back."""
        return self.exclude(
            assessment__status=IN_PROGRESS, assessment__validated_at__isnull=True, assessment__identifier=""
        ).exclude(assessment__withdrawn_at__isnull=False)


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
    # The assessment it was found in, when there is one.
    assessment = models.ForeignKey(
        "Assessment", null=True, blank=True, on_delete=models.PROTECT, related_name="needs"
    )
    version = models.PositiveIntegerField(default=1)
    level = models.CharField(_("partage"), max_length=2, choices=LEVELS, default=Level.C2.value)
    written_by = models.ForeignKey(Member, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField(default=timezone.now)

    objects = NeedQuerySet.as_manager()

    class Meta:
        verbose_name = _("besoin")
        ordering = ["written_at", "identifier"]

    def __str__(self) -> str:
        return self.words[:60]


class Questionnaire(models.Model):
    """A scale or a form that the house may use: one row for each version, never changed once answered."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    establishment = models.ForeignKey(Establishment, on_delete=models.PROTECT, related_name="questionnaires")
    # Canonical address (FHIR Questionnaire.url); ours start with « urn:avec: ».
    url = models.CharField(max_length=250)
    version = models.CharField(max_length=40)
    title = models.CharField(_("nom"), max_length=250)
    purpose = models.TextField(_("à quoi elle sert"), blank=True)
    # Where it comes from, and by which right the house uses it.
    source = models.TextField(_("source et droit d’usage"), blank=True)
    # Questions as rules.questionnaires.Form reads them.
    definition = models.JSONField(default=dict)
    for_person = models.BooleanField(_("la personne y répond elle-même"), default=False)
    loaded_by = models.ForeignKey(Member, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    loaded_at = models.DateTimeField(default=timezone.now)
    retired_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("grille ou échelle")
        ordering = ["title", "version"]
        constraints = [
            models.UniqueConstraint(
                fields=["establishment", "url", "version"], name="one_questionnaire_per_version"
            )
        ]

    def __str__(self) -> str:
        return self.title


class AssessmentQuerySet(RecordQuerySet["Assessment"]):
    def visible_to(self, member: Member | None) -> "AssessmentQuerySet":
        """Those whose level this member reads; the person and relatives read what is finished."""
        found = super().visible_to(member)
        return found.finished() if member is not None and member.is_lay else found

    def being_written(self) -> "AssessmentQuerySet":
        """Open for its author. What came from elsewhere has a number there, and is not ours to finish."""
        return self.filter(
            status=IN_PROGRESS, validated_at__isnull=True, withdrawn_at__isnull=True, identifier=""
        )

    def finished(self) -> "AssessmentQuerySet":
        """What the person may count on: validated, or received as it is."""
        return self.filter(withdrawn_at__isnull=True).exclude(
            status=IN_PROGRESS, validated_at__isnull=True, identifier=""
        )


class Assessment(models.Model):
    """What one professional found, in their discipline, with or without a scale (FHIR QuestionnaireResponse).

    Open while its author writes; once validated it stays as it is, and a later one stands beside it.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    plan = models.ForeignKey(CarePlan, on_delete=models.PROTECT, related_name="assessments")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="assessments")
    establishment = models.ForeignKey(Establishment, on_delete=models.PROTECT, related_name="+")
    identifier = models.CharField(max_length=120, blank=True)
    # Canonical address of the scale; empty when the professional wrote in their own words.
    questionnaire = models.CharField(max_length=250, blank=True)
    form = models.ForeignKey(
        Questionnaire, null=True, blank=True, on_delete=models.PROTECT, related_name="assessments"
    )
    discipline = models.CharField(_("discipline"), max_length=120, blank=True)
    summary = models.TextField(_("ce que je retiens"), blank=True)
    score = models.IntegerField(null=True, blank=True)
    validated_at = models.DateTimeField(null=True, blank=True)
    # Raised at each change of a draft.
    version = models.PositiveIntegerField(default=1)
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
    written_at = models.DateTimeField(default=timezone.now)
    # Taken back with a reason: its words stay.
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        Member, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    withdrawn_reason = models.TextField(_("pourquoi"), blank=True)

    objects = AssessmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("évaluation")
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "author", "discipline"],
                condition=Q(validated_at__isnull=True, status="in-progress") & ~Q(discipline=""),
                name="one_open_assessment_each",
            )
        ]

    def __str__(self) -> str:
        return self.discipline or self.questionnaire

    @property
    def is_open(self) -> bool:
        """Still being written by its author (the row's side of `being_written`)."""
        return (
            self.status == IN_PROGRESS
            and self.validated_at is None
            and self.withdrawn_at is None
            and not self.identifier
        )
