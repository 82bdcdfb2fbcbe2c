import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from avec.accounts.models import Establishment, Member

from ..rules import Demand, Measure
from .contracts import SignatoryChoice


class MeasureChoice(models.TextChoices):
    NONE = Measure.NONE.value, _("aucune mesure de protection")
    ASSISTANCE = Measure.ASSISTANCE.value, _("curatelle")
    REPRESENTATION = Measure.REPRESENTATION.value, _("tutelle")
    FAMILY_ASSISTANCE = Measure.FAMILY_ASSISTANCE.value, _("habilitation familiale, pour assister")
    FAMILY_REPRESENTATION = (
        Measure.FAMILY_REPRESENTATION.value,
        _("habilitation familiale, pour représenter"),
    )
    FUTURE = Measure.FUTURE.value, _("mandat de protection future")
    PROPERTY = Measure.PROPERTY.value, _("protection des biens seulement")
    MINOR = Measure.MINOR.value, _("moins de 18 ans")


class DemandChoice(models.TextChoices):
    SIGNS = Demand.SIGNS.value, _("signe : le contrat l’attend")
    JUDGED = Demand.JUDGED.value, _("signe si son jugement le demande")
    ONE_SIGNS = Demand.ONE_SIGNS.value, _("l’un d’eux suffit")
    MAY = Demand.MAY.value, _("peut signer : rien ne l’attend")
    NO = Demand.NO.value, _("ne signe pas")


class SigningRule(models.Model):
    """A row of the house's table of signatories: in such a measure, what is asked of whom, and where it is written.

    None written yet: the table as it is shipped (rules/signatories.py).
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    establishment = models.ForeignKey(Establishment, on_delete=models.PROTECT, related_name="signing_rules")
    measure = models.CharField(_("mesure"), max_length=21, choices=MeasureChoice.choices)
    signatory = models.CharField(_("qui"), max_length=12, choices=SignatoryChoice.choices)
    demand = models.CharField(_("ce qui est demandé"), max_length=9, choices=DemandChoice.choices)
    source = models.CharField(_("source"), max_length=250)
    to_check = models.BooleanField(_("à vérifier à la source"), default=True)
    revised_by = models.ForeignKey(Member, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    revised_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("qui signe")
        constraints = [
            models.UniqueConstraint(
                fields=["establishment", "measure", "signatory"], name="one_rule_per_signatory"
            )
        ]

    def __str__(self) -> str:
        return f"{self.measure}, {self.signatory}"
