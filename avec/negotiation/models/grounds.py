import uuid

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from avec.accounts.models import Establishment, Member
from avec.accounts.wording import worded_lazy


class NatureChoice(models.TextChoices):
    """What a point is about; the last four cannot be negotiated (seed 000, « éléments négociables »)."""

    ORGANISATION = "organisation", _("l’organisation\u00a0: les horaires, l’ordre, le lieu")
    WHO = "who", _("qui fait quoi")
    GOAL = "goal", pgettext_lazy("negotiation", "un objectif")
    ACTIVITY = "activity", pgettext_lazy("negotiation", "une action")
    PARTICIPATION = "participation", worded_lazy(_("comment %(short_the)s et ses proches y prennent part"))
    LAW = "law", _("la loi ou un règlement")
    HOUSE_RULES = "house_rules", _("le règlement de la maison")
    RECOMMENDATION = "recommendation", _("une recommandation nationale")
    PRESCRIPTION = "prescription", _("une prescription médicale")


class Ground(models.Model):
    """A usual reason why something cannot be negotiated, with its source: the house keeps the list and reviews it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    establishment = models.ForeignKey(Establishment, on_delete=models.PROTECT, related_name="grounds")
    # Which of the usual grounds it came from (rules/usual.py); "" when the house wrote it.
    code = models.CharField(max_length=40, blank=True)
    nature = models.CharField(_("d’où cela vient"), max_length=16, choices=NatureChoice.choices)
    words = models.CharField(_("ce qui ne se négocie pas"), max_length=250)
    # Why, as it is said to the person.
    easy_words = models.TextField(_("pourquoi, en mots simples"), blank=True)
    source = models.CharField(_("source"), max_length=250)
    # What can still be talked over around it.
    open_words = models.TextField(_("ce qui reste à discuter autour"), blank=True)
    # Not read in the official text by this house: to be checked at source.
    checked = models.BooleanField(_("lu à la source"), default=False)
    reviewed_on = models.DateField(_("relu le"), null=True, blank=True)
    reviewed_by = models.ForeignKey(Member, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    review_by = models.DateField(_("à relire avant le"), null=True, blank=True)
    written_at = models.DateTimeField(default=timezone.now)
    retired_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("motif non négociable")
        verbose_name_plural = _("motifs non négociables")
        ordering = ["nature", "words"]
        constraints = [
            models.UniqueConstraint(
                fields=["establishment", "code"], condition=~models.Q(code=""), name="one_ground_per_code"
            )
        ]

    def __str__(self) -> str:
        return self.words
