import uuid
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from avec.accounts.models import Establishment, Member, Role
from avec.documents.models import StoredFile
from avec.people.models import LEVELS, FileQuerySet, Person, RecordQuerySet, RelatedPerson, Stay
from avec.people.rules import Level

from .rules import OPEN_STEPS


class StepChoice(models.TextChoices):
    GATHERING = "gathering", _("recueil des attentes")
    ASSESSMENT = "assessment", _("évaluation des besoins")
    CO_CONSTRUCTION = "co_construction", _("construction à plusieurs")
    CONTRACT = "contract", _("contrat à signer")
    IN_FORCE = "in_force", _("en cours")
    UNDER_REVIEW = "under_review", _("en révision")
    ON_HOLD = "on_hold", _("en pause")
    RENEWED = "renewed", _("renouvelé")
    CLOSED = "closed", _("terminé")


class PlanKind(models.TextChoices):
    """The kinds of the national list JDV-J367 (TRE_R390)."""

    PAI = "PAI", _("Projet d’accompagnement individuel")
    PPA = "PPA", _("Projet personnalisé d’accompagnement")
    PPIA = "PPIA", _("Projet personnalisé individuel d’accompagnement")
    PP = "PP", _("Projet personnalisé")
    PPI = "PPI", _("Projet personnalisé individuel")
    PA = "PA", _("Projet d’accompagnement")
    PI = "PI", _("Projet individuel")


class CarePlanQuerySet(FileQuerySet["CarePlan"]):
    def current(self) -> "CarePlanQuerySet":
        return self.filter(step__in=[step.value for step in OPEN_STEPS])


class CarePlan(models.Model):
    """The care project of a person, built with them. The next one starts from the last one's balance."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="plans")
    establishment = models.ForeignKey(Establishment, on_delete=models.PROTECT, related_name="+")
    stay = models.ForeignKey(Stay, null=True, blank=True, on_delete=models.PROTECT, related_name="plans")
    previous = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="next")
    # National identifier as received; empty for ours, which is made from the id at export.
    identifier = models.CharField(max_length=120, blank=True)
    kind = models.CharField(_("type de projet"), max_length=10, blank=True, choices=PlanKind.choices)
    title = models.CharField(_("titre"), max_length=250)
    description = models.TextField(_("description"), blank=True)
    communication = models.TextField(_("comment le projet est expliqué à la personne"), blank=True)
    step = models.CharField(
        _("étape"), max_length=20, choices=StepChoice.choices, default=StepChoice.GATHERING.value
    )
    starts_on = models.DateField(_("début"), null=True, blank=True)
    ends_on = models.DateField(_("fin"), null=True, blank=True)
    review_on = models.DateField(_("révision prévue"), null=True, blank=True)
    created_by = models.ForeignKey(Member, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)

    objects = CarePlanQuerySet.as_manager()

    class Meta:
        verbose_name = _("projet personnalisé")
        ordering = ["-created_at"]
        indexes = [models.Index(fields=["person", "-created_at"], name="plan_of_person")]

    def __str__(self) -> str:
        return self.title


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
    PERSON = "person", _("la personne")
    OBSERVED = "observed", _("observé pour la personne")
    RELATIVE = "relative", _("proche")
    REPRESENTATIVE = "representative", _("représentant légal")
    PROFESSIONAL = "professional", _("professionnel")


class ExpectationQuerySet(RecordQuerySet["Expectation"]):
    def visible_to(self, member: Member | None) -> Self:
        """A relative reads what the person shares and their own words, never another relative's (T27)."""
        seen = super().visible_to(member)
        if member is None or member.role != Role.RELATIVE.value:
            return seen
        others = Q(voice__in=["relative", "representative"]) & ~Q(relative__member=member)
        return seen.exclude(others)

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
    words = models.TextField(_("ses mots"))
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
    def is_written_by_person(self) -> bool:
        return bool(self.written_by_id and self.written_by_id == self.person.member_id)


class NeedStatus(models.TextChoices):
    ACTIVE = "active", _("actuel")
    COMPLETED = "completed", _("couvert")
    REVOKED = "revoked", _("annulé")


class Need(models.Model):
    """What a professional found that the person needs, or is strong in."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    plan = models.ForeignKey(CarePlan, on_delete=models.PROTECT, related_name="needs")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="needs")
    establishment = models.ForeignKey(Establishment, on_delete=models.PROTECT, related_name="+")
    identifier = models.CharField(max_length=120, blank=True)
    status = models.CharField(max_length=12, choices=NeedStatus.choices, default=NeedStatus.ACTIVE.value)
    words = models.TextField(_("besoin"))
    serafin = models.CharField(_("besoin SERAFIN-PH"), max_length=10, blank=True)
    # One analysis, one comment per line of the list, as the exchange standard carries several of each.
    analyses = models.JSONField(_("analyse"), default=list, blank=True)
    comments = models.JSONField(_("commentaires"), default=list, blank=True)
    is_strength = models.BooleanField(_("point fort"), default=False)
    level = models.CharField(_("partage"), max_length=2, choices=LEVELS, default=Level.C2.value)
    written_by = models.ForeignKey(Member, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField(default=timezone.now)

    objects = RecordQuerySet["Need"].as_manager()

    class Meta:
        verbose_name = _("besoin")
        ordering = ["written_at", "identifier"]

    def __str__(self) -> str:
        return self.words[:60]


class Assessment(models.Model):
    """An assessment on a known form, answers kept as received (FHIR QuestionnaireResponse)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    plan = models.ForeignKey(CarePlan, on_delete=models.PROTECT, related_name="assessments")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="assessments")
    establishment = models.ForeignKey(Establishment, on_delete=models.PROTECT, related_name="+")
    identifier = models.CharField(max_length=120, blank=True)
    questionnaire = models.CharField(max_length=250)
    status = models.CharField(max_length=20, default="completed")
    by_person = models.BooleanField(_("la personne s’évalue elle-même"), default=False)
    assessor = models.ForeignKey(Member, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    author = models.ForeignKey(Member, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    responsible = models.ForeignKey(Member, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    method = models.TextField(blank=True)
    comment = models.TextField(blank=True)
    items = models.JSONField(default=list)
    level = models.CharField(_("partage"), max_length=2, choices=LEVELS, default=Level.C2.value)
    written_by = models.ForeignKey(Member, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    assessed_at = models.DateTimeField(null=True, blank=True)

    objects = RecordQuerySet["Assessment"].as_manager()

    class Meta:
        verbose_name = _("évaluation")

    def __str__(self) -> str:
        return self.questionnaire


class GoalStatus(models.TextChoices):
    PLANNED = "planned", pgettext_lazy("goal", "en préparation")
    ACTIVE = "active", pgettext_lazy("goal", "en cours")
    COMPLETED = "completed", pgettext_lazy("goal", "terminé")
    CANCELLED = "cancelled", pgettext_lazy("goal", "retiré")


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


class ReplyChoice(models.TextChoices):
    TAKEN_UP = "taken_up", _("reprise")
    NEGOTIATED = "negotiated", _("négociée")
    POSTPONED = "postponed", _("reportée")
    DECLINED = "declined", _("pas possible")


class Answer(models.Model):
    """What became of an expectation. A new answer stands beside the earlier ones, which stay."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    expectation = models.ForeignKey(Expectation, on_delete=models.PROTECT, related_name="answers")
    reply = models.CharField(_("réponse"), max_length=12, choices=ReplyChoice.choices)
    goal = models.ForeignKey(Goal, null=True, blank=True, on_delete=models.PROTECT, related_name="answers")
    reason = models.TextField(_("pourquoi, en mots simples"), blank=True)
    instead = models.TextField(_("à la place"), blank=True)
    until = models.DateField(_("on en reparle le"), null=True, blank=True)
    by = models.ForeignKey(Member, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("réponse")
        ordering = ["-at"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(reply="taken_up") | Q(goal__isnull=False), name="taken_up_by_a_goal"
            ),
            models.CheckConstraint(
                condition=~Q(reply="postponed") | Q(until__isnull=False), name="postponed_until_a_date"
            ),
            models.CheckConstraint(
                condition=~Q(reply="declined") | ~Q(reason=""), name="declined_with_a_reason"
            ),
        ]

    def __str__(self) -> str:
        return str(self.get_reply_display())


class StanceChoice(models.TextChoices):
    AGREES = "agrees", _("D’accord")
    IN_PART = "in_part", _("D’accord en partie")
    DISAGREES = "disagrees", _("Pas d’accord")
    COULD_NOT = "could_not", _("N’a pas pu répondre")
    PREFERS_NOT = "prefers_not", _("Préfère ne pas dire")


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


class ParticipationChoice(models.TextChoices):
    BY = "by", _("par la personne")
    WITH = "with", _("avec la personne")
    PRESENCE = "presence", _("en sa présence")
    FOR = "for", _("pour la personne")


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
    resource_type = models.CharField(_("moyen ou ressource"), max_length=60, blank=True)
    performer = models.CharField(_("qui le fait"), max_length=250, blank=True)
    owner = models.ForeignKey(Member, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    rhythm = models.CharField(_("quand, à quel rythme"), max_length=250, blank=True)
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


class AgreementSide(models.TextChoices):
    USER = "user", _("la personne ou son entourage")
    STRUCTURE = "structure", _("l’établissement")


class Agreement(models.Model):
    """Somebody agreed to the plan, on a date: one signatory each (TDDUI Consent accord)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    plan = models.ForeignKey(CarePlan, on_delete=models.PROTECT, related_name="agreements")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="agreements")
    establishment = models.ForeignKey(Establishment, on_delete=models.PROTECT, related_name="+")
    side = models.CharField(max_length=10, choices=AgreementSide.choices)
    # Exactly one: the person themself, somebody of the circle, or a professional.
    by_person = models.BooleanField(default=False)
    by_relative = models.ForeignKey(
        RelatedPerson, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    by_professional = models.ForeignKey(
        Member, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    status = models.CharField(max_length=12, default="active")
    signed_at = models.DateTimeField()
    valid_from = models.DateField(null=True, blank=True)
    valid_until = models.DateField(null=True, blank=True)
    document = models.ForeignKey(
        StoredFile, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    # How it is known elsewhere, so that the same file read twice makes one agreement.
    source_key = models.CharField(max_length=250, blank=True)

    objects = FileQuerySet["Agreement"].as_manager()

    class Meta:
        verbose_name = _("accord")
        ordering = ["signed_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(by_person=True, by_relative__isnull=True, by_professional__isnull=True)
                | Q(by_person=False, by_relative__isnull=False, by_professional__isnull=True)
                | Q(by_person=False, by_relative__isnull=True, by_professional__isnull=False),
                name="one_signatory_per_agreement",
            )
        ]

    def __str__(self) -> str:
        return str(self.signed_at)


class Attachment(models.Model):
    """A file joined to the plan or to one of its lines: it opens with what it is joined to."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    plan = models.ForeignKey(CarePlan, on_delete=models.PROTECT, related_name="attachments")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="attachments")
    establishment = models.ForeignKey(Establishment, on_delete=models.PROTECT, related_name="+")
    identifier = models.CharField(max_length=120, blank=True)
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    title = models.CharField(_("titre"), max_length=250)
    language = models.CharField(max_length=10, blank=True)
    expectation = models.ForeignKey(
        Expectation, null=True, blank=True, on_delete=models.PROTECT, related_name="attachments"
    )
    need = models.ForeignKey(
        Need, null=True, blank=True, on_delete=models.PROTECT, related_name="attachments"
    )
    goal = models.ForeignKey(
        Goal, null=True, blank=True, on_delete=models.PROTECT, related_name="attachments"
    )
    activity = models.ForeignKey(
        Activity, null=True, blank=True, on_delete=models.PROTECT, related_name="attachments"
    )
    assessment = models.ForeignKey(
        Assessment, null=True, blank=True, on_delete=models.PROTECT, related_name="attachments"
    )
    level = models.CharField(_("partage"), max_length=2, choices=LEVELS, default=Level.C2.value)
    written_by = models.ForeignKey(Member, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField(default=timezone.now)

    objects = RecordQuerySet["Attachment"].as_manager()

    class Meta:
        verbose_name = _("pièce jointe")

    def __str__(self) -> str:
        return self.title
