import uuid

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from avec.accounts.models import Establishment, Member
from avec.people.models import FileQuerySet, Person, Stay

from ..rules import OPEN_STEPS


class StepChoice(models.TextChoices):
    GATHERING = "gathering", _("recueil des attentes")
    ASSESSMENT = "assessment", _("évaluation des besoins")
    CO_CONSTRUCTION = "co_construction", _("construction à plusieurs")
    CONTRACT = "contract", _("contrat à signer")
    IN_FORCE = "in_force", _("en cours")
    UNDER_REVIEW = "under_review", _("en révision")
    ON_HOLD = "on_hold", _("en pause")
    RENEWED = "renewed", _("renouvelé")
    CLOSED = "closed", _("terminé")


class PlanKind(models.TextChoices):
    """The kinds of the national list JDV-J367 (TRE_R390)."""

    PAI = "PAI", _("Projet d’accompagnement individuel")
    PPA = "PPA", _("Projet personnalisé d’accompagnement")
    PPIA = "PPIA", _("Projet personnalisé individuel d’accompagnement")
    PP = "PP", _("Projet personnalisé")
    PPI = "PPI", _("Projet personnalisé individuel")
    PA = "PA", _("Projet d’accompagnement")
    PI = "PI", _("Projet individuel")


class CarePlanQuerySet(FileQuerySet["CarePlan"]):
    def current(self) -> "CarePlanQuerySet":
        return self.filter(step__in=[step.value for step in OPEN_STEPS])


class CarePlan(models.Model):
    """The care project of a person, built with them. The next one starts from the last one's balance."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="plans")
    establishment = models.ForeignKey(Establishment, on_delete=models.PROTECT, related_name="+")
    stay = models.ForeignKey(Stay, null=True, blank=True, on_delete=models.PROTECT, related_name="plans")
    previous = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="next")
    # National identifier as received; empty for ours, which is made from the id at export.
    identifier = models.CharField(max_length=120, blank=True)
    kind = models.CharField(_("type de projet"), max_length=10, blank=True, choices=PlanKind.choices)
    title = models.CharField(_("titre"), max_length=250)
    description = models.TextField(_("description"), blank=True)
    communication = models.TextField(_("comment le projet est expliqué à la personne"), blank=True)
    step = models.CharField(
        _("étape"), max_length=20, choices=StepChoice.choices, default=StepChoice.GATHERING.value
    )
    starts_on = models.DateField(_("début"), null=True, blank=True)
    ends_on = models.DateField(_("fin"), null=True, blank=True)
    review_on = models.DateField(_("révision prévue"), null=True, blank=True)
    # When the person does not speak: what was tried to hear them, and what came of it (rules.hearing.WAYS).
    ways_tried = models.JSONField(_("ce qui a été essayé pour l’entendre"), default=list, blank=True)
    ways_words = models.TextField(_("ce que cela a donné"), blank=True)
    created_by = models.ForeignKey(Member, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)

    objects = CarePlanQuerySet.as_manager()

    class Meta:
        verbose_name = _("projet personnalisé")
        ordering = ["-created_at"]
        indexes = [models.Index(fields=["person", "-created_at"], name="plan_of_person")]

    def __str__(self) -> str:
        return self.title


class StepChange(models.Model):
    """The plan passed to another step, forward or back: when, by whom, and why when it goes back."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    plan = models.ForeignKey(CarePlan, on_delete=models.PROTECT, related_name="step_changes")
    before = models.CharField(max_length=20, choices=StepChoice.choices)
    after = models.CharField(max_length=20, choices=StepChoice.choices)
    reason = models.TextField(_("pourquoi"), blank=True)
    by = models.ForeignKey(Member, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("passage d’une étape à l’autre")
        ordering = ["at"]

    def __str__(self) -> str:
        return f"{self.before} → {self.after}"
