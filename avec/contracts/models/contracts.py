import uuid
from typing import Self

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from avec.accounts.models import Establishment, Member
from avec.accounts.wording import worded_lazy
from avec.careplan.models import CarePlan, Expectation, Goal, SpokenVoice
from avec.people.models import (
    LEVELS,
    Person,
    RecordQuerySet,
    RelatedPerson,
    open_records,
    readable_elements,
    today,
)
from avec.people.rules import Level
from avec.ui.words import date_long

from ..rules import Signatory

# What is written here is never changed nor deleted: triggers refuse it on both
# databases (migrations/0002 and 0004). Only `CareContract.state` moves.


class State(models.TextChoices):
    TO_SIGN = "to_sign", pgettext_lazy("contract", "à signer")
    IN_FORCE = "in_force", pgettext_lazy("contract", "signé, en cours")
    REFUSED = "refused", pgettext_lazy("contract", "non signé : un choix à respecter")
    SUPERSEDED = "superseded", pgettext_lazy("contract", "remplacé par un avenant")
    WITHDRAWN = "withdrawn", pgettext_lazy("contract", "retiré avant signature")
    ENDED = "ended", pgettext_lazy("contract", "terminé")


# Everybody signed it, whatever became of it since.
SIGNED_STATES = frozenset({State.IN_FORCE.value, State.SUPERSEDED.value, State.ENDED.value})


class ContractQuerySet(RecordQuerySet["CareContract"]):
    def visible_to(self, member: Member | None) -> Self:
        """What fits the reader's level; and, while the record is open to them, what they are asked to sign."""
        asked = Exists(SignatureLine.objects.filter(contract=OuterRef("pk"), relative__member=member))
        opened = open_records(member, "person_id", "person__")
        return self.filter(readable_elements(member, author="issued_by") | (opened & Q(asked)))


class CareContract(models.Model):
    """One version of the care contract, written from the plan and frozen when it is issued."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="contracts")
    establishment = models.ForeignKey(Establishment, on_delete=models.PROTECT, related_name="+")
    plan = models.ForeignKey(CarePlan, on_delete=models.PROTECT, related_name="contracts")
    # The contract this one amends.
    previous = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="amendments"
    )
    version = models.PositiveSmallIntegerField(_("version"))
    state = models.CharField(_("état"), max_length=12, choices=State.choices, default=State.TO_SIGN.value)
    starts_on = models.DateField(_("début"))
    ends_on = models.DateField(_("fin"))
    review_on = models.DateField(_("révision"))
    issued_at = models.DateTimeField(default=timezone.now)
    issued_by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    # The whole text as data, and the SHA-256 of its canonical form (documents/rules.py).
    content = models.JSONField()
    fingerprint = models.CharField(max_length=64)
    # Why a contract in force is amended; empty for a first one.
    why = models.TextField(_("pourquoi cet avenant"), blank=True)

    # The most restricted level of what it says: a relative who reads C1 does not read C2 through a contract.
    level = models.CharField(_("partage"), max_length=2, choices=LEVELS, default=Level.C1.value)

    objects = ContractQuerySet.as_manager()

    class Meta:
        verbose_name = _("contrat de soins")
        ordering = ["-version"]
        constraints = [
            models.UniqueConstraint(fields=["person", "version"], name="one_contract_per_version"),
            models.CheckConstraint(
                condition=Q(ends_on__gt=models.F("starts_on")), name="contract_ends_after_start"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.version}"

    @property
    def state_words(self) -> str:
        """Its state, as it is shown: signed before its first day, it says when it begins."""
        if self.state == State.IN_FORCE.value and self.starts_on > today():
            return _("signé, commence le %s") % date_long(self.starts_on)
        return str(self.get_state_display())


class Clause(models.Model):
    """One article: it comes from a goal, and through it from somebody's words."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    contract = models.ForeignKey(CareContract, on_delete=models.PROTECT, related_name="clauses")
    goal = models.ForeignKey(Goal, on_delete=models.PROTECT, related_name="clauses")
    number = models.PositiveSmallIntegerField()

    class Meta:
        verbose_name = _("article")
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["contract", "number"], name="one_clause_per_number")]

    def __str__(self) -> str:
        return f"{self.number}"


class ClauseOrigin(models.Model):
    """The sentence that an article comes from."""

    clause = models.ForeignKey(Clause, on_delete=models.PROTECT, related_name="origins")
    expectation = models.ForeignKey(Expectation, on_delete=models.PROTECT, related_name="clause_origins")

    class Meta:
        verbose_name = _("origine")
        constraints = [
            models.UniqueConstraint(fields=["clause", "expectation"], name="one_origin_per_clause")
        ]

    def __str__(self) -> str:
        return str(self.expectation_id)


class SignatoryChoice(models.TextChoices):
    PERSON = Signatory.PERSON.value, worded_lazy("%(short_the)s")
    TEAM = Signatory.TEAM.value, _("le référent, pour l’équipe")
    GUARDIAN = Signatory.GUARDIAN.value, worded_lazy(_("qui assiste ou représente %(short_the)s"))
    PARENT = Signatory.PARENT.value, _("les parents")
    TRUSTED = Signatory.TRUSTED.value, _("la personne de confiance")
    CARER = Signatory.CARER.value, _("un proche aidant")


class SignatureLine(models.Model):
    """« Je signe en tant que … »: only the member it names may sign it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    contract = models.ForeignKey(CareContract, on_delete=models.PROTECT, related_name="lines")
    order = models.PositiveSmallIntegerField()
    voice = models.CharField(max_length=20, choices=SpokenVoice.choices)
    signatory = models.CharField(max_length=12, choices=SignatoryChoice.choices, blank=True)
    # Empty while the person or the representative has no account: they sign once invited.
    member = models.ForeignKey(Member, null=True, on_delete=models.PROTECT, related_name="+")
    relative = models.ForeignKey(RelatedPerson, null=True, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=250)
    capacity = models.CharField(max_length=200)
    required = models.BooleanField(default=True)
    # Those of one group: one signature is enough (two parents).
    one_of = models.CharField(max_length=12, blank=True)

    class Meta:
        verbose_name = _("ligne de signature")
        ordering = ["order"]
        constraints = [models.UniqueConstraint(fields=["contract", "order"], name="one_line_per_order")]

    def __str__(self) -> str:
        return f"{self.name}, {self.capacity}"
