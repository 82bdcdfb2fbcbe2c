import uuid

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from avec.accounts.models import Establishment, Member
from avec.careplan.models import CarePlan
from avec.documents.models import StoredFile
from avec.people.models import FileQuerySet, Person, RelatedPerson

from .contracts import CareContract, SignatureLine


class SealedCopy(models.Model):
    """The signed contract as a sealed PDF, in one of its two readings."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    contract = models.ForeignKey(CareContract, on_delete=models.PROTECT, related_name="copies")
    reading = models.CharField(max_length=4)
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    sealed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("copie scellée")
        constraints = [models.UniqueConstraint(fields=["contract", "reading"], name="one_copy_per_reading")]

    def __str__(self) -> str:
        return self.reading


class StampedCopy(models.Model):
    """A sealed copy to which a time-stamping authority added the hour: it is handed out in its place."""

    copy = models.OneToOneField(
        SealedCopy, primary_key=True, on_delete=models.PROTECT, related_name="stamped"
    )
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    stamped_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("copie horodatée")

    def __str__(self) -> str:
        return str(self.stamped_at)


class ProofReading(models.Model):
    """People concerned read the easy text: which words exactly, who, when, and was it clear to them.

    « FALC » is printed only on a text that such a reading found clear. The text is known by its
    print: a word that changes asks for another reading.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="proof_readings")
    establishment = models.ForeignKey(Establishment, on_delete=models.PROTECT, related_name="+")
    plan = models.ForeignKey(CarePlan, on_delete=models.PROTECT, related_name="proof_readings")
    easy_print = models.CharField(max_length=64)
    readers = models.CharField(_("qui a relu"), max_length=250)
    # Others than the person read it: the person agreed to it.
    agreed = models.BooleanField(_("avec l’accord de la personne"), default=False)
    read_on = models.DateField(_("relu le"))
    clear = models.BooleanField(_("tout est clair"))
    remarks = models.TextField(_("ce qu’ils ont dit"), blank=True)
    by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    objects = FileQuerySet["ProofReading"].as_manager()

    class Meta:
        verbose_name = _("relecture")
        ordering = ["at"]
        indexes = [models.Index(fields=["person", "easy_print"], name="readings_of_a_text")]

    def __str__(self) -> str:
        return self.readers


class HandingChoice(models.TextChoices):
    PAPER = "paper", _("sur papier, en main propre")
    SPACE = "space", _("dans son espace")
    MAIL = "mail", _("par un courriel qui dit seulement qu’elle attend dans son espace")


class Handover(models.Model):
    """A copy handed over: to whom, when, how."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    contract = models.ForeignKey(CareContract, on_delete=models.PROTECT, related_name="handovers")
    line = models.ForeignKey(SignatureLine, null=True, on_delete=models.PROTECT, related_name="handovers")
    relative = models.ForeignKey(RelatedPerson, null=True, on_delete=models.PROTECT, related_name="+")
    to = models.CharField(_("à qui"), max_length=250)
    on = models.DateField(_("le"))
    how = models.CharField(_("comment"), max_length=5, choices=HandingChoice.choices)
    # Which text: the contract, or the individual document made in its place.
    document = models.ForeignKey(
        "IndividualDocument", null=True, on_delete=models.PROTECT, related_name="handovers"
    )
    by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("copie remise")
        ordering = ["at"]
        constraints = [models.CheckConstraint(condition=~Q(to=""), name="handed_to_somebody")]

    def __str__(self) -> str:
        return self.to


class IndividualWhyChoice(models.TextChoices):
    REFUSED = "refused", _("le contrat n’est pas signé, par choix")
    SHORT = "short", _("le séjour dure moins de 2 mois par an")


class IndividualDocument(models.Model):
    """The « DIPC »: the same content as the contract, that the house commits to alone (CASF, art. L311-4, D311)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    contract = models.ForeignKey(CareContract, on_delete=models.PROTECT, related_name="individual_documents")
    why = models.CharField(_("pourquoi"), max_length=10, choices=IndividualWhyChoice.choices)
    # The print of the contract's content: the same.
    fingerprint = models.CharField(max_length=64)
    by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("document individuel de prise en charge")
        ordering = ["at"]
        constraints = [models.UniqueConstraint(fields=["contract"], name="one_individual_document")]

    def __str__(self) -> str:
        return str(self.get_why_display())


class IndividualCopy(models.Model):
    """The individual document as a sealed PDF, in one of its two readings."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    document = models.ForeignKey(IndividualDocument, on_delete=models.PROTECT, related_name="copies")
    reading = models.CharField(max_length=4)
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    sealed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("copie du document individuel")
        constraints = [
            models.UniqueConstraint(fields=["document", "reading"], name="one_individual_copy_per_reading")
        ]

    def __str__(self) -> str:
        return self.reading
