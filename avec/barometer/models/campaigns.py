"""A campaign: one group, one version of the barometer, one protection. Answers hold nobody."""

import uuid
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from avec.accounts.models import Member

from ..rules import Course, Kind
from .barometers import Barometer
from .groups import Group, PartChoice, SideChoice


class KindChoice(models.TextChoices):
    ANONYMOUS = Kind.ANONYMOUS.value, _("anonyme")
    PSEUDONYMOUS = Kind.PSEUDONYMOUS.value, _("avec un code")
    NAMED = Kind.NAMED.value, _("avec les noms")


class CampaignState(models.TextChoices):
    """What is written; where it is now follows from the clock too (rules.Course)."""

    DRAFT = "draft", _("en préparation")
    OPEN = "open", _("ouverte")
    SETTLED = "settled", _("comptée")
    CANCELLED = "cancelled", _("annulée")


# Not counted, and not given up: one at a time in a group.
RUNNING = frozenset({CampaignState.DRAFT.value, CampaignState.OPEN.value})


class Campaign(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="campaigns")
    barometer = models.ForeignKey(Barometer, on_delete=models.PROTECT, related_name="campaigns")
    title = models.CharField(_("nom de la campagne"), max_length=120)
    # The database refuses to change it once open.
    kind = models.CharField(_("protection des réponses"), max_length=14, choices=KindChoice.choices)
    opens_on = models.DateField(_("premier jour"))
    closes_on = models.DateField(_("dernier jour"))
    # How many are asked on each side: no more cards than that.
    asked_users = models.PositiveSmallIntegerField(_("usagers à qui demander"), default=0)
    asked_professionals = models.PositiveSmallIntegerField(_("professionnels à qui demander"), default=0)
    state = models.CharField(max_length=10, choices=CampaignState.choices, default=CampaignState.DRAFT)
    # Closed by somebody, before or at the end of its last day.
    closed_at = models.DateTimeField(null=True, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)
    # Readable by everybody in the house from then on: figures and decisions, no words of anybody.
    published_at = models.DateTimeField(null=True, blank=True)
    created_by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("campagne")
        verbose_name_plural = _("campagnes")
        ordering = ["-opens_on", "-created_at"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(closes_on__gte=models.F("opens_on")), name="campaign_closes_after_it_opens"
            )
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def course(self) -> Course:
        zone = ZoneInfo(self.group.establishment.time_zone)
        opens = datetime.combine(self.opens_on, time.min, tzinfo=zone)
        ends = datetime.combine(self.closes_on + timedelta(days=1), time.min, tzinfo=zone)
        return Course(self.state, opens, min(self.closed_at, ends) if self.closed_at else ends)

    @property
    def last_day(self) -> date:
        """The last one on which answers began: closed at midnight, it is not the next one."""
        return timezone.localdate(self.course.closes - timedelta(seconds=1))

    def asked(self, side: str) -> int:
        return self.asked_users if side == SideChoice.USER else self.asked_professionals


class Invitation(models.Model):
    """A card: one answer of one side. It says no name, no hour, and nothing ties it to its answer.

    Only the SHA-256 of its token is kept. All are erased when the campaign is settled.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="invitations")
    side = models.CharField(max_length=12, choices=SideChoice.choices)
    token_hash = models.CharField(max_length=64, unique=True)
    used = models.BooleanField(default=False)
    # Of a pair only: whose card it is.
    member = models.ForeignKey(Member, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("carte d’invitation")
        verbose_name_plural = _("cartes d’invitation")
        ordering = ["id"]

    def __str__(self) -> str:
        return str(self.pk)


class SelfRating(models.Model):
    """What one participant rated, each criterion 0 to 4, null for « non concerné », absent when left blank.

    No account, no card, no address, no hour. `follow`: pseudonymous only, the imprint of the participant's
    own code. `member`: a pair only. An anonymous one is erased when the campaign is settled: counts remain.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="self_ratings")
    side = models.CharField(max_length=12, choices=SideChoice.choices)
    part = models.CharField(max_length=16, choices=PartChoice.choices, blank=True)
    ratings = models.JSONField()
    follow = models.CharField(max_length=64, blank=True)
    member = models.ForeignKey(Member, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    # On paper: who typed the form, by name. Never who filled it.
    typed_by = models.ForeignKey(Member, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("auto-évaluation")
        verbose_name_plural = _("auto-évaluations")
        ordering = ["id"]

    def __str__(self) -> str:
        return str(self.pk)


class ReviewChoice(models.TextChoices):
    WAITING = "waiting", _("à relire")
    SHOWN = "shown", _("montré")
    HELD = "held", _("gardé caché")


class Comment(models.Model):
    """Words left with an answer, apart from it: a side, perhaps a criterion, no hour. Read over before it is shown."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="comments")
    side = models.CharField(max_length=12, choices=SideChoice.choices)
    criterion = models.CharField(max_length=40, blank=True)
    words = models.TextField(max_length=600)
    review = models.CharField(max_length=8, choices=ReviewChoice.choices, default=ReviewChoice.WAITING)
    reviewed_by = models.ForeignKey(Member, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("mot laissé")
        verbose_name_plural = _("mots laissés")
        ordering = ["id"]

    def __str__(self) -> str:
        return self.words


class Figures(models.Model):
    """What was counted when the campaign was settled (rules/figures.py says its shape). It never changes."""

    campaign = models.OneToOneField(
        Campaign, primary_key=True, on_delete=models.PROTECT, related_name="figures"
    )
    data = models.JSONField()
    settled_by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    settled_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("comptes d’une campagne")
        verbose_name_plural = _("comptes des campagnes")

    def __str__(self) -> str:
        return str(self.campaign)
