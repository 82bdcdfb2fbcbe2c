import uuid
from typing import Self

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from avec.accounts.models import Establishment, Member, Role
from avec.accounts.wording import worded_lazy
from avec.documents.models import StoredFile
from avec.people.models import LEVELS, Person, RecordQuerySet, RelatedPerson
from avec.people.rules import Level

from .plans import CarePlan


class Importance(models.IntegerChoices):
    """How much it matters, in the person's own words; empty when not asked."""

    A_LITTLE = 1, _("un peu")
    QUITE = 2, _("assez")
    A_LOT = 3, _("beaucoup")
    MOST = 4, _("plus que tout")


class ExpectationKind(models.TextChoices):
    WISH = "wish", _("ce que je souhaite")
    NOT_WANTED = "not_wanted", _("ce que je ne veux pas")


class SpokenVoice(models.TextChoices):
    PERSON = "person", worded_lazy("%(short_the)s")
    OBSERVED = "observed", worded_lazy(_("observé pour %(short_the)s"))
    RELATIVE = "relative", _("proche")
    REPRESENTATIVE = "representative", _("représentant légal")
    PROFESSIONAL = "professional", _("professionnel")


class WayChoice(models.TextChoices):
    """How it was said: written, aloud (the recording is kept), or with pictures."""

    TEXT = "text", _("en mots")
    VOICE = "voice", _("de vive voix")
    PICTOS = "pictos", _("en images")


class ExpectationQuerySet(RecordQuerySet["Expectation"]):
    def visible_to(self, member: Member | None) -> Self:
        """A relative reads what the person shares and their own words, never another relative's (T27).

        What was taken back stays in the history of the team; around the person, only who said it finds it again.
        """
        seen = super().visible_to(member)
        if member is None or not member.is_lay:
            return seen
        mine = Q(relative__isnull=False, relative__member=member)
        if member.role == Role.RELATIVE.value:
            seen = seen.exclude(Q(voice__in=["relative", "representative"]) & ~mine)
        else:
            mine = Q(voice=SpokenVoice.PERSON.value)
        return seen.filter(Q(withdrawn_at__isnull=True) | mine)

    def unanswered(self) -> "ExpectationQuerySet":
        return self.filter(current_answer__isnull=True, withdrawn_at__isnull=True)


class Expectation(models.Model):
    """What somebody asks for, in their own words. The words never change: who spoke may withdraw them."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    plan = models.ForeignKey(CarePlan, on_delete=models.PROTECT, related_name="expectations")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="expectations")
    establishment = models.ForeignKey(Establishment, on_delete=models.PROTECT, related_name="+")
    identifier = models.CharField(max_length=120, blank=True)
    voice = models.CharField(_("qui parle"), max_length=20, choices=SpokenVoice.choices)
    # Who spoke, when it is not the person: a relative of the circle, a professional, or words of origin as received.
    relative = models.ForeignKey(
        RelatedPerson, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    professional = models.ForeignKey(
        Member, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    origin_words = models.CharField(_("origine"), max_length=250, blank=True)
    kind = models.CharField(
        max_length=12, choices=ExpectationKind.choices, default=ExpectationKind.WISH.value
    )
    # Empty only while what was said aloud waits for somebody to write it down.
    words = models.TextField(_("ses mots"), blank=True)
    way = models.CharField(_("dite"), max_length=12, choices=WayChoice.choices, default=WayChoice.TEXT.value)
    pictos = models.JSONField(_("images"), default=list, blank=True)
    recording = models.ForeignKey(
        StoredFile, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    transcribed_by = models.ForeignKey(
        Member, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    transcribed_at = models.DateTimeField(null=True, blank=True)
    # The domain of life as the house named it that day, and its SERAFIN-PH need.
    domain = models.CharField(_("domaine"), max_length=120, blank=True)
    serafin = models.CharField(_("besoin SERAFIN-PH"), max_length=10, blank=True)
    # Said in an earlier plan and still without its end: the same words, followed from plan to plan.
    carried_from = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="carried_to"
    )
    comment = models.TextField(_("commentaire"), blank=True)
    importance = models.PositiveSmallIntegerField(
        _("combien cela compte"), null=True, blank=True, choices=Importance.choices
    )
    said_on = models.DateField(_("dite le"))
    situation = models.CharField(_("dans quelle situation"), max_length=250, blank=True)
    level = models.CharField(_("partage"), max_length=2, choices=LEVELS, default=Level.C1.value)
    # Who typed it: the person in their own space, or a professional who wrote it down for them.
    written_by = models.ForeignKey(Member, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField(default=timezone.now)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    current_answer = models.OneToOneField(
        "Answer", null=True, blank=True, on_delete=models.PROTECT, related_name="current_for"
    )

    objects = ExpectationQuerySet.as_manager()

    class Meta:
        verbose_name = _("attente")
        ordering = ["-said_on", "-written_at"]
        indexes = [models.Index(fields=["plan", "-said_on"], name="expectation_of_plan")]

    def __str__(self) -> str:
        return self.words[:60]

    @property
    def waits_for_words(self) -> bool:
        """Said aloud, and nobody wrote the words down yet."""
        return not self.words

    @property
    def is_written_by_person(self) -> bool:
        return bool(self.written_by_id and self.written_by_id == self.person.member_id)


class Domain(models.Model):
    """A domain of life in the words of the house, editable: the plan keeps the words of the day."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    establishment = models.ForeignKey(Establishment, on_delete=models.PROTECT, related_name="domains")
    words = models.CharField(_("domaine"), max_length=120)
    serafin = models.CharField(_("besoin SERAFIN-PH"), max_length=10, blank=True)
    position = models.PositiveSmallIntegerField(_("ordre"), default=0)
    retired_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("domaine")
        ordering = ["position", "words"]
        constraints = [
            models.UniqueConstraint(
                fields=["establishment", "words"],
                condition=Q(retired_at__isnull=True),
                name="one_domain_per_words",
            )
        ]

    def __str__(self) -> str:
        return self.words


class ConfirmationQuerySet(models.QuerySet["Confirmation"]):
    def visible_to(self, member: Member | None) -> Self:
        """With the observation it confirms; a relative never reads what another relative told (T27)."""
        said = Expectation.objects.visible_to(member).filter(pk=OuterRef("expectation"))
        seen = self.filter(Exists(said))
        if member is None or member.role != Role.RELATIVE.value:
            return seen
        return seen.filter(Q(relative__isnull=True) | Q(relative__member=member))


class Confirmation(models.Model):
    """Somebody else saw the same thing: an observation gains weight, never a majority."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    expectation = models.ForeignKey(Expectation, on_delete=models.PROTECT, related_name="confirmations")
    # Somebody of the circle who told it to the team; empty: the professional who writes it.
    relative = models.ForeignKey(
        RelatedPerson, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    words = models.TextField(_("ce que j’ai vu, moi aussi"), blank=True)
    seen_on = models.DateField(_("vu le"), null=True, blank=True)
    by = models.ForeignKey(Member, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    objects = ConfirmationQuerySet.as_manager()

    class Meta:
        verbose_name = _("confirmation d’une observation")
        ordering = ["at"]
        constraints = [
            models.UniqueConstraint(
                fields=["expectation", "by"],
                condition=Q(relative__isnull=True),
                name="one_confirmation_each",
            ),
            models.UniqueConstraint(
                fields=["expectation", "relative"],
                condition=Q(relative__isnull=False),
                name="one_confirmation_per_relative",
            ),
        ]

    def __str__(self) -> str:
        return self.words[:60]
