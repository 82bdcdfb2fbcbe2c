import uuid

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from avec.accounts.models import Establishment, Member
from avec.accounts.wording import worded_lazy
from avec.people.models import LEVELS, Person, RecordQuerySet, RelatedPerson
from avec.people.rules import Level

from .goals import Goal
from .needs import Assessment
from .plans import CarePlan


class ParticipationChoice(models.TextChoices):
    BY = "by", worded_lazy(_("par %(short_the)s"))
    WITH = "with", worded_lazy(_("avec %(short_the)s"))
    PRESENCE = "presence", _("en sa présence")
    FOR = "for", worded_lazy(_("pour %(short_the)s"))


class ActivityKind(models.TextChoices):
    """The three kinds of the exchange standard TDDUI."""

    ACTION = "action", _("action")
    RESOURCE = "resource", _("moyen ou ressource")
    SERVICE = "service", _("prestation")


class ActivityStatus(models.TextChoices):
    PREPARING = "preparing", pgettext_lazy("activity", "en préparation")
    ACTIVE = "active", pgettext_lazy("activity", "en cours")
    COMPLETED = "completed", pgettext_lazy("activity", "terminée")
    CANCELLED = "cancelled", pgettext_lazy("activity", "annulée")


class ActivityQuerySet(RecordQuerySet["Activity"]):
    def live(self) -> "ActivityQuerySet":
        return self.filter(status__in=[ActivityStatus.PREPARING.value, ActivityStatus.ACTIVE.value])


class Activity(models.Model):
    """Who does what, when, where, and with how much of the person in it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    plan = models.ForeignKey(CarePlan, on_delete=models.PROTECT, related_name="activities")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="activities")
    establishment = models.ForeignKey(Establishment, on_delete=models.PROTECT, related_name="+")
    identifier = models.CharField(max_length=120, blank=True)
    kind = models.CharField(max_length=12, choices=ActivityKind.choices, default=ActivityKind.ACTION.value)
    status = models.CharField(
        _("état"), max_length=12, choices=ActivityStatus.choices, default=ActivityStatus.ACTIVE.value
    )
    part_of = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="parts")
    goals = models.ManyToManyField(Goal, blank=True, related_name="activities")
    assessments = models.ManyToManyField(Assessment, blank=True, related_name="activities")
    title = models.CharField(_("ce qu’on fait"), max_length=250)
    description = models.TextField(_("en détail"), blank=True)
    # The database fills them too: the release before this one writes activities without them.
    easy_words = models.TextField(_("en facile à lire"), blank=True, default="", db_default="")
    picto = models.CharField(_("image"), max_length=40, blank=True, default="", db_default="")
    resource_type = models.CharField(_("moyen ou ressource"), max_length=60, blank=True)
    performer = models.CharField(_("qui le fait"), max_length=250, blank=True)
    owner = models.ForeignKey(Member, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    rhythm = models.CharField(_("quand, à quel rythme"), max_length=250, blank=True)
    # The same as a rule (RFC 5545, `rules.rhythm`); empty when it was only said in words.
    recurrence = models.CharField(max_length=250, blank=True)
    means = models.TextField(_("avec quels moyens"), blank=True)
    place = models.CharField(_("où"), max_length=120, blank=True)
    participation = models.CharField(
        _("comment la personne y prend part"), max_length=10, blank=True, choices=ParticipationChoice.choices
    )
    starts_at = models.DateTimeField(_("début"), null=True, blank=True)
    ends_at = models.DateTimeField(_("fin"), null=True, blank=True)
    serafin = models.JSONField(_("prestations SERAFIN-PH"), default=list, blank=True)
    person_opinion = models.TextField(_("avis de la personne, tel que reçu"), blank=True)
    expected_result = models.TextField(_("résultat attendu"), blank=True)
    level = models.CharField(_("partage"), max_length=2, choices=LEVELS, default=Level.C1.value)
    written_by = models.ForeignKey(Member, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField(default=timezone.now)
    version = models.PositiveIntegerField(default=1)

    objects = ActivityQuerySet.as_manager()

    class Meta:
        verbose_name = _("action")
        verbose_name_plural = _("actions")
        ordering = ["written_at", "identifier"]

    def __str__(self) -> str:
        return self.title


class PerformerKind(models.TextChoices):
    PERSON = "person", worded_lazy("%(short_the)s")
    RELATIVE = "relative", _("un proche")
    PROFESSIONAL = "professional", _("un professionnel de la maison")
    PARTNER = "partner", _("un partenaire du dehors")


class Performer(models.Model):
    """Somebody who does the activity: the person, somebody of the circle, of the team, or a partner."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    activity = models.ForeignKey(Activity, on_delete=models.PROTECT, related_name="performers")
    kind = models.CharField(max_length=12, choices=PerformerKind.choices)
    relative = models.ForeignKey(
        RelatedPerson, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    member = models.ForeignKey(Member, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    # A partner's name, or a job of the house rather than somebody (« l’aide-soignante du soir »).
    words = models.CharField(max_length=120, blank=True)

    class Meta:
        verbose_name = _("qui fait l’action")
        ordering = ["activity", "kind", "words", "pk"]

    def __str__(self) -> str:
        return self.words or self.kind


class ParticipationChange(models.Model):
    """How much of the person there is in an activity, from that moment: the history of « faire avec »."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    activity = models.ForeignKey(Activity, on_delete=models.PROTECT, related_name="participation_changes")
    participation = models.CharField(max_length=10, blank=True, choices=ParticipationChoice.choices)
    # False: the activity ended or was cancelled, and no longer counts.
    counts = models.BooleanField(default=True)
    by = models.ForeignKey(Member, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("changement de la part de la personne")
        ordering = ["at"]

    def __str__(self) -> str:
        return self.participation
