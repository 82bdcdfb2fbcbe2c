import uuid

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from avec.accounts.models import Member
from avec.people.models import RelatedPerson

from .expectations import SpokenVoice
from .goals import Goal, is_relative, others_of_circle
from .plans import CarePlan


class EvaluationQuerySet(models.QuerySet["Evaluation"]):
    def visible_to(self, member: Member | None) -> "EvaluationQuerySet":
        """Those of the goals that the member reads; a relative never reads another relative's (T27)."""
        seen = self.filter(Exists(Goal.objects.visible_to(member).filter(pk=OuterRef("goal"))))
        return seen.exclude(others_of_circle(member)) if is_relative(member) else seen


class Evaluation(models.Model):
    """Where a goal stands, as one voice sees it that day. Another day, or another voice, is another line.

    `value`: −2…+2 (Goal Attainment Scaling), 0 being what was expected; empty when the voice gives only
    words, or could not say.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    goal = models.ForeignKey(Goal, on_delete=models.PROTECT, related_name="evaluations")
    voice = models.CharField(max_length=20, choices=SpokenVoice.choices)
    relative = models.ForeignKey(
        RelatedPerson, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    value = models.SmallIntegerField(_("où j’en suis"), null=True, blank=True)
    words = models.TextField(_("en mots"), blank=True)
    evaluated_on = models.DateField(_("le"))
    by = models.ForeignKey(Member, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    objects = EvaluationQuerySet.as_manager()

    class Meta:
        verbose_name = _("évaluation d’un objectif")
        ordering = ["-evaluated_on", "-at"]
        indexes = [models.Index(fields=["goal", "-evaluated_on", "-at"], name="evaluation_of_goal")]
        constraints = [
            models.CheckConstraint(
                condition=Q(value__isnull=True) | Q(value__gte=-2, value__lte=2), name="evaluation_on_scale"
            ),
            models.CheckConstraint(
                condition=Q(value__isnull=False) | ~Q(words=""), name="evaluation_says_something"
            ),
        ]

    def __str__(self) -> str:
        return self.words[:60] or str(self.value)


class Balance(models.Model):
    """What came of a plan, as one voice says it when it is reviewed. Voices stand side by side."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    plan = models.ForeignKey(CarePlan, on_delete=models.PROTECT, related_name="balances")
    voice = models.CharField(max_length=20, choices=SpokenVoice.choices)
    relative = models.ForeignKey(
        RelatedPerson, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    words = models.TextField(_("ce que cela a donné"))
    by = models.ForeignKey(Member, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("bilan d’un projet")
        ordering = ["at"]

    def __str__(self) -> str:
        return self.words[:60]
