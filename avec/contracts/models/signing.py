import uuid

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from avec.accounts.models import Member
from avec.documents.models import StoredFile

from ..rules import Outcome, Way
from .contracts import CareContract, SignatureLine


class OutcomeChoice(models.TextChoices):
    SIGNED = Outcome.SIGNED.value, _("a signé")
    RESERVATIONS = Outcome.RESERVATIONS.value, _("a signé, avec des réserves")
    MARK = Outcome.MARK.value, _("a fait une croix, devant témoin")
    ORAL = Outcome.ORAL.value, _("a dit oui à voix haute")
    NOT_NOW = Outcome.NOT_NOW.value, _("a choisi : pas maintenant")
    REFUSED = Outcome.REFUSED.value, _("a choisi de ne pas signer")


FINAL = ("signed", "reservations", "mark", "refused")


class WayChoice(models.TextChoices):
    OWN = Way.OWN.value, _("depuis son espace")
    ROOM = Way.ROOM.value, _("sur un appareil de l’équipe")
    PAPER = Way.PAPER.value, _("sur papier")


class PaperScan(models.Model):
    """The signed paper of this very version, scanned back: its short code was read on the paper."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    contract = models.ForeignKey(CareContract, on_delete=models.PROTECT, related_name="scans")
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    pages = models.PositiveSmallIntegerField(default=1)
    signed_on = models.DateField(_("signé sur papier le"))
    by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("papier signé")
        ordering = ["at"]

    def __str__(self) -> str:
        return str(self.signed_on)


class Signature(models.Model):
    """What the signatory of a line chose, when, how, and how they were recognised."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    line = models.ForeignKey(SignatureLine, on_delete=models.PROTECT, related_name="signatures")
    outcome = models.CharField(max_length=12, choices=OutcomeChoice.choices)
    words = models.TextField(blank=True)
    rights_read = models.JSONField(default=list)
    # The choice for each article: {"1": "agrees", "2": "in_part"}.
    choices = models.JSONField(default=dict)
    # Whoever wrote it in: the signatory; or, on paper or before a witness, who held the device.
    by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    # How the signatory proved who they are (password, passkey; witness, paper), and what was shown to them.
    method = models.CharField(max_length=20)
    reading = models.CharField(max_length=4, default="full")
    fingerprint = models.CharField(max_length=64)
    way = models.CharField(max_length=5, choices=WayChoice.choices, default=WayChoice.OWN.value)
    # The professional who was there: held the device, or attests that this was the signatory's choice.
    witness = models.ForeignKey(Member, null=True, on_delete=models.PROTECT, related_name="+")
    # Who saw a mark made, when it is nobody of the team.
    witness_name = models.CharField(max_length=160, blank=True)
    # The drawing of a hand: strokes of points from 0 to 1000, [[[x, y], …], …].
    drawn = models.JSONField(default=list)
    scan = models.ForeignKey(PaperScan, null=True, on_delete=models.PROTECT, related_name="signatures")
    # After an oral yes or « not now »: the day by which the team comes back.
    come_back_on = models.DateField(null=True)

    class Meta:
        verbose_name = _("signature")
        ordering = ["at"]
        constraints = [
            models.UniqueConstraint(
                fields=["line"], condition=Q(outcome__in=FINAL), name="one_final_choice_per_line"
            ),
            models.CheckConstraint(
                condition=~Q(method="witness") | Q(witness__isnull=False), name="witness_is_named"
            ),
            models.CheckConstraint(
                condition=~Q(outcome="mark") | Q(witness__isnull=False) | ~Q(witness_name=""),
                name="mark_has_its_witness",
            ),
            models.CheckConstraint(
                condition=~Q(way="paper") | Q(scan__isnull=False), name="paper_has_its_scan"
            ),
        ]

    def __str__(self) -> str:
        return str(self.get_outcome_display())
