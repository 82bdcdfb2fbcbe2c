"""What was rated together, and decided: said, confirmed by those present, never computed."""

import uuid

from django.core.validators import MaxValueValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from avec.accounts.models import Member

from .campaigns import Campaign
from .groups import SideChoice

FOUR = [MaxValueValidator(4)]


class JointSession(models.Model):
    """The moment when both sides look at one screen. Once closed, nothing of it changes."""

    campaign = models.OneToOneField(
        Campaign, primary_key=True, on_delete=models.PROTECT, related_name="together"
    )
    opened_by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField(default=timezone.now)
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("séance commune")
        verbose_name_plural = _("séances communes")

    def __str__(self) -> str:
        return str(self.campaign)


class Attendee(models.Model):
    """Somebody in the room, under the name they give. Being there says nothing of what they answered."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    session = models.ForeignKey(JointSession, on_delete=models.PROTECT, related_name="attendees")
    side = models.CharField(_("côté"), max_length=12, choices=SideChoice.choices)
    name = models.CharField(_("prénom ou nom"), max_length=80)
    left_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("personne présente à la séance")
        verbose_name_plural = _("personnes présentes à la séance")
        ordering = ["side", "name", "id"]

    def __str__(self) -> str:
        return self.name


class JointRating(models.Model):
    """What the group says of a criterion: one level, or both values where it does not agree, and words.

    Agreed only once everybody present confirmed. `level` null with no value of either side: « non concerné ».
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    session = models.ForeignKey(JointSession, on_delete=models.PROTECT, related_name="ratings")
    criterion = models.CharField(max_length=40)
    agreed = models.BooleanField(default=True)
    level = models.PositiveSmallIntegerField(null=True, blank=True, validators=FOUR)
    user_level = models.PositiveSmallIntegerField(null=True, blank=True, validators=FOUR)
    professional_level = models.PositiveSmallIntegerField(null=True, blank=True, validators=FOUR)
    words = models.TextField(_("ce que nous en disons"), blank=True)
    user_words = models.TextField(_("ce qu’en disent les usagers"), blank=True)
    professional_words = models.TextField(_("ce qu’en disent les professionnels"), blank=True)
    # Grows with each change: a confirmation is about one wording.
    version = models.PositiveIntegerField(default=1)
    confirmed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("note commune")
        verbose_name_plural = _("notes communes")
        ordering = ["criterion"]
        constraints = [
            models.UniqueConstraint(fields=["session", "criterion"], name="one_joint_rating_per_criterion"),
            models.CheckConstraint(
                condition=models.Q(agreed=True, user_level__isnull=True, professional_level__isnull=True)
                | models.Q(
                    agreed=False,
                    level__isnull=True,
                    user_level__isnull=False,
                    professional_level__isnull=False,
                ),
                name="joint_rating_agreed_or_both_values",
            ),
            models.CheckConstraint(
                condition=models.Q(level__isnull=True) | models.Q(level__lte=4), name="joint_level_0_to_4"
            ),
        ]

    def __str__(self) -> str:
        return self.criterion


class JointConfirmation(models.Model):
    """Somebody present says: yes, that is what we said."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    rating = models.ForeignKey(JointRating, on_delete=models.PROTECT, related_name="confirmations")
    attendee = models.ForeignKey(Attendee, on_delete=models.PROTECT, related_name="confirmations")
    version = models.PositiveIntegerField()

    class Meta:
        verbose_name = _("accord sur une note commune")
        verbose_name_plural = _("accords sur une note commune")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["rating", "attendee", "version"], name="one_confirmation_per_wording"
            )
        ]

    def __str__(self) -> str:
        return str(self.pk)


class DecisionState(models.TextChoices):
    TO_DO = "to_do", _("à commencer")
    DOING = "doing", _("en cours")
    DONE = "done", _("fait")
    DROPPED = "dropped", _("abandonné")


# Nothing more is waited for: it is said in both voices.
OVER = frozenset({DecisionState.DONE.value, DecisionState.DROPPED.value})


class Decision(models.Model):
    """What the group decided to change: who, as a pair, by when, and how both will know."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="decisions")
    words = models.CharField(_("ce que nous décidons"), max_length=300)
    # Codes of the criteria it is about.
    criteria = models.JSONField(default=list)
    user_name = models.CharField(_("du côté des usagers"), max_length=80)
    professional_name = models.CharField(_("du côté des professionnels"), max_length=80)
    due_on = models.DateField(_("d’ici le"))
    sign = models.CharField(_("à quoi nous saurons que c’est réussi"), max_length=300)
    state = models.CharField(
        _("où ça en est"), max_length=8, choices=DecisionState.choices, default=DecisionState.TO_DO
    )
    # What came of it, in both voices.
    user_outcome = models.TextField(_("ce que les usagers en disent"), blank=True)
    professional_outcome = models.TextField(_("ce que les professionnels en disent"), blank=True)
    settled_on = models.DateField(null=True, blank=True)
    created_by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)
    # Seen by two editors at once: the second is told (quality.md, R07).
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("décision du groupe")
        verbose_name_plural = _("décisions du groupe")
        ordering = ["due_on", "created_at"]

    def __str__(self) -> str:
        return self.words
