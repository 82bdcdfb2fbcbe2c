import uuid
from typing import Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from avec.accounts.models import Establishment, Member, Role
from avec.careplan.models import CarePlan, Divergence, Expectation, Goal
from avec.people.models import LEVELS, Person, RecordQuerySet, today
from avec.people.rules import Level

from ..rules import Phase


class ContextChoice(models.TextChoices):
    """The situations in which people negotiate (seed 000)."""

    PLAN = "plan", pgettext_lazy("negotiation", "le projet")
    CONTRACT = "contract", pgettext_lazy("negotiation", "le contrat de soins")
    EDUCATION = "education", _("l’éducation thérapeutique")
    CONFLICT = "conflict", _("un désaccord")
    REFUSAL = "refusal", _("un refus de soins")
    TEAM = "team", _("entre professionnels")


class PhaseChoice(models.TextChoices):
    FRAME = "frame", _("cadrer")
    EXPLORE = "explore", _("explorer")
    POSITIONS = "positions", _("prendre position")
    CONCLUDE = "conclude", _("conclure")
    CONCLUDED = "concluded", pgettext_lazy("negotiation", "conclue")


class ResultChoice(models.TextChoices):
    TOTAL = "total", _("accord entier")
    PARTIAL = "partial", _("accord en partie")
    NONE = "none", _("pas d’accord")


class NextStepChoice(models.TextChoices):
    """Where people go when the agreement is not total (domain.md §4)."""

    DATE = "date", _("se revoir à une date")
    MEDIATOR = "mediator", _("demander une médiation")
    QUALIFIED = "qualified", _("demander une personne qualifiée")
    ETHICS = "ethics", _("demander l’avis du comité d’éthique")


class NegotiationQuerySet(RecordQuerySet["Negotiation"]):
    def visible_to(self, member: Member | None) -> Self:
        """What fits the reader's level; a relative reads the negotiations they are a party to, no others (T27, T48)."""
        seen = super().visible_to(member)
        if member is None or member.role != Role.RELATIVE.value:
            return seen
        from .table import Party

        mine = Party.objects.filter(negotiation=OuterRef("pk"), relative__member=member, left_at__isnull=True)
        return seen.filter(Exists(mine))

    def running(self) -> Self:
        return self.exclude(phase=Phase.CONCLUDED.value)

    def overdue(self) -> Self:
        return self.running().filter(due_on__lt=today())


class Negotiation(models.Model):
    """The search for an agreement about a person, with them, in a limited time.

    The moves tell everything (`Move`); `phase`, `due_on`, `aim` and `version` are kept here for lists, and say
    the same. Concluded, it changes no more: the database refuses (migrations/0002).
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    plan = models.ForeignKey(CarePlan, on_delete=models.PROTECT, related_name="negotiations")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="negotiations")
    establishment = models.ForeignKey(Establishment, on_delete=models.PROTECT, related_name="+")
    title = models.CharField(_("de quoi parle-t-on"), max_length=160)
    context = models.CharField(
        _("à quelle occasion"), max_length=12, choices=ContextChoice.choices, default=ContextChoice.PLAN.value
    )
    situation = models.TextField(_("la situation"))
    # What it starts from. A clause of the contract is kept in its words: a later room holds contracts.
    goal = models.ForeignKey(
        Goal, null=True, blank=True, on_delete=models.PROTECT, related_name="negotiations"
    )
    expectation = models.ForeignKey(
        Expectation, null=True, blank=True, on_delete=models.PROTECT, related_name="negotiations"
    )
    divergence = models.ForeignKey(
        Divergence, null=True, blank=True, on_delete=models.PROTECT, related_name="negotiations"
    )
    refusal = models.ForeignKey(
        "CareRefusal", null=True, blank=True, on_delete=models.PROTECT, related_name="negotiations"
    )
    contract = models.UUIDField(_("contrat"), null=True, blank=True)
    clause_words = models.TextField(_("article du contrat"), blank=True)
    continues = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="continued_by"
    )
    facilitator = models.ForeignKey(Member, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    level = models.CharField(_("partage"), max_length=2, choices=LEVELS, default=Level.C1.value)
    written_by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField(default=timezone.now)
    # Said by the moves, kept for lists.
    phase = models.CharField(
        _("étape"), max_length=12, choices=PhaseChoice.choices, default=PhaseChoice.FRAME.value
    )
    aim = models.TextField(_("but commun"), blank=True)
    due_on = models.DateField(_("date limite"), null=True, blank=True)
    # The number of the last move: what an open page asks for.
    version = models.PositiveIntegerField(default=0)
    # When it is concluded.
    result = models.CharField(_("issue"), max_length=8, choices=ResultChoice.choices, blank=True)
    next_step = models.CharField(_("la suite"), max_length=12, choices=NextStepChoice.choices, blank=True)
    next_on = models.DateField(_("le"), null=True, blank=True)
    next_words = models.TextField(_("la suite, en mots"), blank=True)
    concluded_at = models.DateTimeField(null=True, blank=True)
    concluded_by = models.ForeignKey(
        Member, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = NegotiationQuerySet.as_manager()

    class Meta:
        verbose_name = _("négociation")
        ordering = [F("due_on").asc(nulls_last=True), "-written_at"]
        indexes = [models.Index(fields=["plan", "phase"], name="negotiation_of_plan")]
        constraints = [
            models.CheckConstraint(
                condition=Q(phase="concluded", concluded_at__isnull=False)
                | (~Q(phase="concluded") & Q(concluded_at__isnull=True)),
                name="concluded_once_dated",
            ),
            models.CheckConstraint(
                condition=Q(level__in=["C1", "C2"]), name="negotiation_read_by_the_person"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_concluded(self) -> bool:
        return self.phase == Phase.CONCLUDED.value
