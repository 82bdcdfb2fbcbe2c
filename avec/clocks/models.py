"""The table of deadlines, what shows they are kept, and what happens in a life.

A row of the table and a proof are never erased: a row is retired, a proof is
cancelled with a reason.
"""

import uuid
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from avec.accounts.models import Establishment, Member
from avec.accounts.wording import worded_lazy
from avec.people.models import FileQuerySet, Person, Stay

from . import rules


class ProfileChoice(models.TextChoices):
    FRANCE = "fr", _("France")
    BELGIUM = "be", _("Belgique")


class WeightChoice(models.TextChoices):
    OBLIGATION = "obligation", _("obligation")
    RECOMMENDATION = "recommendation", _("recommandation")
    HOUSE = "house", _("règle de la maison")


class AnchorChoice(models.TextChoices):
    """The day from which it counts."""

    ADMISSION = "admission", _("l’arrivée")
    INTERVIEW = "interview", _("l’entretien d’admission")
    REFUSAL = "refusal", _("l’arrivée, ou le choix de ne pas signer")
    CONTRACT = "contract", _("la dernière signature du contrat de soins")
    LAST_REVIEW = "last_review", _("la dernière révision (sinon la signature, sinon l’arrivée)")
    LIFE_EVENT = "life_event", _("un événement de vie")
    PLAN_REVIEW = "plan_review", _("la date de révision convenue")
    EXPECTATION = "expectation", _("une attente sans réponse")
    POSTPONED = "postponed", _("la date d’une réponse reportée")
    ASK_AGAIN = "ask_again", _("la date où redemander une position")
    GOAL_TERM = "goal_term", _("le terme d’un objectif")
    DISCHARGE = "discharge", _("le départ")


class SpanChoice(models.TextChoices):
    DAYS = "days", _("jours")
    MONTHS = "months", _("mois")
    YEARS = "years", _("ans")


class EvidenceChoice(models.TextChoices):
    WRITTEN = "written", _("ce que quelqu’un note : le jour, par qui")
    SIGNING = "signing", _("ce que quelqu’un note : signé, ou le choix de ne pas signer")
    OBJECTIVES = "objectives", _("le contrat de soins signé avec ses objectifs, ou ce que quelqu’un note")
    REVIEW = "review", _("un avenant signé ou un projet renouvelé, ou ce que quelqu’un note")
    SETTLED = "settled", _("le projet lui-même : plus rien n’attend")


class AppliesChoice(models.TextChoices):
    ALWAYS = "always", _("toujours")
    LONG_STAY = "long_stay", _("séjour de deux mois par an ou plus")
    SHORT_OR_REFUSED = "short_or_refused", _("séjour de moins de deux mois par an, ou choix de ne pas signer")


class OutcomeChoice(models.TextChoices):
    DONE = "done", _("c’est fait")
    REFUSED = "refused", worded_lazy(_("%(short_the)s a choisi de ne pas signer"))


class Timetable(models.Model):
    """Which profile an establishment's table of deadlines comes from. None yet: the French one, as it is shipped."""

    establishment = models.OneToOneField(
        Establishment, primary_key=True, on_delete=models.PROTECT, related_name="timetable"
    )
    profile = models.CharField(
        _("profil"), max_length=2, choices=ProfileChoice.choices, default=ProfileChoice.FRANCE.value
    )
    loaded_by = models.ForeignKey(Member, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    loaded_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("table des délais")

    def __str__(self) -> str:
        return str(self.get_profile_display())


class DeadlineQuerySet(models.QuerySet["Deadline"]):
    def of(self, establishment_id: uuid.UUID) -> "DeadlineQuerySet":
        return self.filter(establishment_id=establishment_id)


class Deadline(models.Model):
    """A row of the table: what is due, counted from which day, with its source and its weight."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    establishment = models.ForeignKey(Establishment, on_delete=models.PROTECT, related_name="deadlines")
    # The row of a profile that it comes from; empty for one that the house added.
    code = models.CharField(max_length=40, blank=True)
    order = models.PositiveSmallIntegerField(default=0)
    label = models.CharField(_("ce qui est à faire"), max_length=200)
    source = models.CharField(_("source"), max_length=250)
    weight = models.CharField(_("poids"), max_length=16, choices=WeightChoice.choices)
    anchor = models.CharField(_("compté depuis"), max_length=16, choices=AnchorChoice.choices)
    count = models.PositiveSmallIntegerField(_("nombre"), default=0)
    span = models.CharField(
        _("unité"), max_length=8, choices=SpanChoice.choices, default=SpanChoice.DAYS.value
    )
    before = models.BooleanField(_("avant ce jour"), default=False)
    evidence = models.CharField(
        _("preuve"), max_length=12, choices=EvidenceChoice.choices, default=EvidenceChoice.WRITTEN.value
    )
    applies = models.CharField(
        _("pour qui"), max_length=20, choices=AppliesChoice.choices, default=AppliesChoice.ALWAYS.value
    )
    warn_days = models.PositiveSmallIntegerField(_("prévenir combien de jours avant"), default=7)
    to_check = models.BooleanField(_("à vérifier à la source"), default=False)
    active = models.BooleanField(_("en usage"), default=True)
    revised_by = models.ForeignKey(Member, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    revised_at = models.DateTimeField(null=True, blank=True)
    # Raised at each change: a form sent with an older one is shown again, never written over.
    version = models.PositiveIntegerField(default=1)

    objects = DeadlineQuerySet.as_manager()

    class Meta:
        verbose_name = _("délai")
        ordering = ["order", "label"]
        constraints = [
            models.UniqueConstraint(
                fields=["establishment", "code"], condition=~Q(code=""), name="one_deadline_per_code"
            ),
            models.CheckConstraint(
                condition=Q(span="days", count__lte=3660) | Q(count__lte=120), name="deadline_within_reach"
            ),
        ]

    def __str__(self) -> str:
        return self.label

    def as_row(self) -> rules.Row:
        """The same as plain data, for the rules."""
        return rules.Row(
            code=self.code,
            label=self.label,
            source=self.source,
            weight=rules.Weight(self.weight),
            anchor=rules.Anchor(self.anchor),
            offset=rules.Offset(self.count, rules.Span(self.span), self.before),
            evidence=rules.EvidenceKind(self.evidence),
            applies=rules.Applies(self.applies),
            warn_days=self.warn_days,
            to_check=self.to_check,
            active=self.active,
            id=self.pk,
        )


class EvidenceQuerySet(FileQuerySet["Evidence"]):
    def standing(self) -> Self:
        """Those that count: not cancelled."""
        return self.filter(cancelled_at__isnull=True)


class Evidence(models.Model):
    """What shows that a deadline of a stay is kept, written by somebody. Cancelled with a reason, never erased."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    stay = models.ForeignKey(Stay, on_delete=models.PROTECT, related_name="evidence")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    establishment = models.ForeignKey(Establishment, on_delete=models.PROTECT, related_name="+")
    deadline = models.ForeignKey(Deadline, on_delete=models.PROTECT, related_name="proofs")
    outcome = models.CharField(
        _("ce qui s’est passé"),
        max_length=8,
        choices=OutcomeChoice.choices,
        default=OutcomeChoice.DONE.value,
    )
    done_on = models.DateField(_("le"))
    words = models.CharField(_("comment, par qui"), max_length=300, blank=True)
    written_by = models.ForeignKey(Member, null=True, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField(default=timezone.now)
    cancelled_by = models.ForeignKey(
        Member, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    cancelled_at = models.DateTimeField(null=True, blank=True)
    cancelled_because = models.CharField(_("pourquoi l’annuler"), max_length=300, blank=True)

    objects = EvidenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("preuve")
        ordering = ["-done_on", "-written_at"]
        indexes = [models.Index(fields=["stay", "deadline"], name="evidence_of_stay")]
        constraints = [
            models.CheckConstraint(
                condition=Q(cancelled_at__isnull=True) | ~Q(cancelled_because=""),
                name="cancelled_with_a_reason",
            )
        ]

    def __str__(self) -> str:
        return str(self.done_on)


class LifeEventQuerySet(FileQuerySet["LifeEvent"]):
    def standing(self) -> Self:
        return self.filter(cancelled_at__isnull=True)


class LifeEvent(models.Model):
    """Something that changed in the person's life: the project is looked at again."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    stay = models.ForeignKey(Stay, on_delete=models.PROTECT, related_name="events")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    establishment = models.ForeignKey(Establishment, on_delete=models.PROTECT, related_name="+")
    happened_on = models.DateField(_("arrivé le"))
    words = models.CharField(_("ce qui a changé"), max_length=300)
    written_by = models.ForeignKey(Member, null=True, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField(default=timezone.now)
    cancelled_by = models.ForeignKey(
        Member, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    cancelled_at = models.DateTimeField(null=True, blank=True)
    cancelled_because = models.CharField(_("pourquoi l’annuler"), max_length=300, blank=True)

    objects = LifeEventQuerySet.as_manager()

    class Meta:
        verbose_name = _("événement de vie")
        ordering = [F("happened_on").desc()]
        indexes = [models.Index(fields=["stay", "-happened_on"], name="event_of_stay")]
        constraints = [
            models.CheckConstraint(
                condition=Q(cancelled_at__isnull=True) | ~Q(cancelled_because=""),
                name="event_cancelled_with_a_reason",
            )
        ]

    def __str__(self) -> str:
        return self.words
