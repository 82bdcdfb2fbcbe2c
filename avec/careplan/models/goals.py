import uuid

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from avec.accounts.models import Establishment, Member, Role
from avec.people.models import LEVELS, Person, RecordQuerySet, RelatedPerson
from avec.people.rules import Level

from .expectations import Expectation, SpokenVoice
from .needs import Assessment, Need
from .plans import CarePlan


class GoalStatus(models.TextChoices):
    PLANNED = "planned", pgettext_lazy("goal", "en préparation")
    ACTIVE = "active", pgettext_lazy("goal", "en cours")
    COMPLETED = "completed", pgettext_lazy("goal", "terminé")
    CANCELLED = "cancelled", pgettext_lazy("goal", "retiré")
    ON_HOLD = "on-hold", pgettext_lazy("goal", "mis de côté")


LIVE_GOALS = frozenset({GoalStatus.PLANNED.value, GoalStatus.ACTIVE.value})


class GoalQuerySet(RecordQuerySet["Goal"]):
    def live(self) -> "GoalQuerySet":
        return self.filter(status__in=LIVE_GOALS)


class Goal(models.Model):
    """What is aimed at, in one idea, with a term, a priority and an origin."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    plan = models.ForeignKey(CarePlan, on_delete=models.PROTECT, related_name="goals")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="goals")
    establishment = models.ForeignKey(Establishment, on_delete=models.PROTECT, related_name="+")
    identifier = models.CharField(max_length=120, blank=True)
    number = models.PositiveSmallIntegerField(_("numéro"))
    status = models.CharField(
        _("état"), max_length=12, choices=GoalStatus.choices, default=GoalStatus.ACTIVE.value
    )
    title = models.CharField(_("titre court"), max_length=200, blank=True)
    statement = models.TextField(_("objectif"))
    # The same, as the person reads it: one short sentence a line.
    easy_words = models.TextField(_("en facile à lire"), blank=True)
    picto = models.CharField(_("image"), max_length=40, blank=True)
    starts_on = models.DateField(_("début"), null=True, blank=True)
    due_on = models.DateField(_("terme"), null=True, blank=True)
    priority = models.PositiveSmallIntegerField(_("priorité"), null=True, blank=True)
    expected_result = models.TextField(_("on saura que c’est atteint quand"), blank=True)
    # What each level would look like, worded beforehand where wished: {"-2": "…", …, "2": "…"}.
    worded_levels = models.JSONField(_("niveaux, en mots"), default=dict, blank=True)
    # Weights of the Goal Attainment Scaling, 1 to 3: the person's, then the team's.
    importance = models.PositiveSmallIntegerField(_("importance pour la personne"), null=True, blank=True)
    difficulty = models.PositiveSmallIntegerField(_("difficulté"), null=True, blank=True)
    # The goal of the plan before that this one goes on with.
    continues = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="continued_by"
    )
    strategy = models.TextField(_("comment s’y prendre"), blank=True)
    person_opinion = models.TextField(_("avis de la personne, tel que reçu"), blank=True)
    domains = models.JSONField(_("domaines"), default=list, blank=True)
    referent = models.ForeignKey(Member, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    needs = models.ManyToManyField(Need, blank=True, related_name="goals")
    expectations = models.ManyToManyField(Expectation, blank=True, related_name="goals")
    # The assessments that measure this goal, as the exchange standard links them.
    assessments = models.ManyToManyField(Assessment, blank=True, related_name="goals")
    level = models.CharField(_("partage"), max_length=2, choices=LEVELS, default=Level.C1.value)
    written_by = models.ForeignKey(Member, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField(default=timezone.now)
    # Raised at each change: a form sent with an older one is a conflict, shown and never lost.
    version = models.PositiveIntegerField(default=1)

    objects = GoalQuerySet.as_manager()

    class Meta:
        verbose_name = _("objectif")
        ordering = [F("priority").asc(nulls_last=True), "number"]
        constraints = [models.UniqueConstraint(fields=["plan", "number"], name="one_goal_per_number")]

    def __str__(self) -> str:
        return self.statement[:60]


class GoalChange(models.Model):
    """A goal was removed, put aside, taken up again or reached: when, by whom, why."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    goal = models.ForeignKey(Goal, on_delete=models.PROTECT, related_name="changes")
    before = models.CharField(max_length=12, choices=GoalStatus.choices)
    after = models.CharField(max_length=12, choices=GoalStatus.choices)
    reason = models.TextField(_("pourquoi"))
    by = models.ForeignKey(Member, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("changement d’un objectif")
        ordering = ["at"]

    def __str__(self) -> str:
        return f"{self.before} → {self.after}"


class StanceChoice(models.TextChoices):
    AGREES = "agrees", _("D’accord")
    IN_PART = "in_part", _("D’accord en partie")
    DISAGREES = "disagrees", _("Pas d’accord")
    COULD_NOT = "could_not", _("N’a pas pu répondre")
    PREFERS_NOT = "prefers_not", _("Préfère ne pas dire")


def is_relative(member: Member | None) -> bool:
    return member is not None and member.role == Role.RELATIVE.value


def others_of_circle(member: Member | None) -> Q:
    """What others of the circle said, beside what this relative did."""
    others = Q(voice__in=[SpokenVoice.RELATIVE.value, SpokenVoice.REPRESENTATIVE.value])
    mine = Q(relative__isnull=False, relative__member=member)
    return others & ~mine


class PositionQuerySet(models.QuerySet["Position"]):
    def visible_to(self, member: Member | None) -> "PositionQuerySet":
        """Those on the goals that the member reads; a relative never reads another relative's (T27)."""
        # Asked of each line found: « in » would go through every goal of the house first (SQLite).
        seen = self.filter(Exists(Goal.objects.visible_to(member).filter(pk=OuterRef("goal"))))
        return seen.exclude(others_of_circle(member)) if is_relative(member) else seen


class Position(models.Model):
    """What one party thinks of one goal. Changing one's mind adds a line; the earlier one stays."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    goal = models.ForeignKey(Goal, on_delete=models.PROTECT, related_name="positions")
    voice = models.CharField(max_length=20, choices=SpokenVoice.choices)
    relative = models.ForeignKey(
        RelatedPerson, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    stance = models.CharField(_("position"), max_length=12, choices=StanceChoice.choices)
    reason = models.TextField(_("pourquoi"), blank=True)
    ask_again_on = models.DateField(_("à redemander le"), null=True, blank=True)
    by = models.ForeignKey(Member, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    is_current = models.BooleanField(default=True)

    objects = PositionQuerySet.as_manager()

    class Meta:
        verbose_name = _("position")
        ordering = ["at"]
        constraints = [
            models.UniqueConstraint(
                fields=["goal", "voice"],
                condition=Q(is_current=True, relative__isnull=True),
                name="one_position_per_voice",
            ),
            models.UniqueConstraint(
                fields=["goal", "relative"],
                condition=Q(is_current=True, relative__isnull=False),
                name="one_position_per_relative",
            ),
        ]

    def __str__(self) -> str:
        return str(self.get_stance_display())
