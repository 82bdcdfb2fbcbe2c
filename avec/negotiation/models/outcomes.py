import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from avec.careplan.models import Activity, Goal

from .negotiations import Negotiation
from .table import AtTableQuerySet, Point


class OutcomeChoice(models.TextChoices):
    AGREED = "agreed", pgettext_lazy("negotiation", "d’accord")
    SET_ASIDE = "set_aside", pgettext_lazy("negotiation", "mis de côté")
    DISAGREED = "disagreed", pgettext_lazy("negotiation", "pas d’accord")


class Outcome(models.Model):
    """What came of one point once the negotiation was concluded, and the part of the plan that it became.

    `took_effect`: it went into the plan; false when somebody said no to the whole text. Written once, with
    the conclusion.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    negotiation = models.ForeignKey(Negotiation, on_delete=models.PROTECT, related_name="outcomes")
    point = models.OneToOneField(Point, on_delete=models.PROTECT, related_name="outcome")
    kind = models.CharField(max_length=10, choices=OutcomeChoice.choices)
    words = models.TextField(_("en mots"))
    took_effect = models.BooleanField(default=False)
    goal = models.ForeignKey(
        Goal, null=True, blank=True, on_delete=models.PROTECT, related_name="negotiated_in"
    )
    activity = models.ForeignKey(
        Activity, null=True, blank=True, on_delete=models.PROTECT, related_name="negotiated_in"
    )

    objects = AtTableQuerySet["Outcome"].as_manager()

    class Meta:
        verbose_name = _("issue d’un point négocié")
        ordering = ["point__number"]
        constraints = [
            models.CheckConstraint(
                condition=Q(took_effect=True) | Q(goal__isnull=True, activity__isnull=True),
                name="the_plan_takes_what_was_agreed",
            ),
        ]

    def __str__(self) -> str:
        return self.words[:60]
