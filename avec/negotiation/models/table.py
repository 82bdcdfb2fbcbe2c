import uuid
from typing import Self, TypeVar

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from avec.accounts.models import Member
from avec.careplan.models import SpokenVoice
from avec.people.models import RelatedPerson

from .grounds import Ground, NatureChoice
from .negotiations import Negotiation

M_co = TypeVar("M_co", bound=models.Model, covariant=True)


class AtTableQuerySet(models.QuerySet[M_co]):
    """What lies on the table of a negotiation opens with it."""

    def visible_to(self, member: Member | None) -> Self:
        seen = Negotiation.objects.visible_to(member).filter(pk=OuterRef("negotiation"))
        return self.filter(Exists(seen))


class Party(models.Model):
    """Somebody at the table, in their own name; or for the person, and why."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    negotiation = models.ForeignKey(Negotiation, on_delete=models.PROTECT, related_name="parties")
    voice = models.CharField(_("qui parle"), max_length=20, choices=SpokenVoice.choices)
    relative = models.ForeignKey(
        RelatedPerson, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    professional = models.ForeignKey(
        Member, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    # The name and the capacity of the day: « Claire Marcillac », « sa fille ».
    name = models.CharField(_("nom"), max_length=120)
    capacity = models.CharField(_("en tant que"), max_length=120, blank=True)
    # Speaks for the person, who is not at the table: the reason.
    stands_for = models.TextField(_("parle pour la personne, parce que"), blank=True)
    # Has no device of their own: says it aloud, and somebody of the team writes it down.
    speaks_aloud = models.BooleanField(_("répond de vive voix"), default=False)
    position = models.PositiveSmallIntegerField(default=0)
    left_at = models.DateTimeField(null=True, blank=True)

    objects = AtTableQuerySet["Party"].as_manager()

    class Meta:
        verbose_name = _("partie à la négociation")
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["negotiation", "relative"],
                condition=Q(relative__isnull=False),
                name="one_seat_per_relative",
            ),
            models.UniqueConstraint(
                fields=["negotiation", "professional"],
                condition=Q(professional__isnull=False),
                name="one_seat_per_professional",
            ),
            models.UniqueConstraint(
                fields=["negotiation"], condition=Q(voice="person"), name="one_seat_for_the_person"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Point(models.Model):
    """What is on the table: it can be negotiated, or not, with its source. A point of the plan may be named."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    negotiation = models.ForeignKey(Negotiation, on_delete=models.PROTECT, related_name="points")
    number = models.PositiveSmallIntegerField(_("numéro"))
    words = models.CharField(_("point"), max_length=250)
    nature = models.CharField(_("ce que c’est"), max_length=16, choices=NatureChoice.choices, blank=True)
    source = models.CharField(_("source"), max_length=250, blank=True)
    ground = models.ForeignKey(Ground, null=True, blank=True, on_delete=models.PROTECT, related_name="points")
    # How a prescription is carried out can be talked over: a point of its own, tied to it.
    how_of = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="how")
    dropped_at = models.DateTimeField(null=True, blank=True)

    objects = AtTableQuerySet["Point"].as_manager()

    class Meta:
        verbose_name = _("point à négocier")
        verbose_name_plural = _("points à négocier")
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["negotiation", "number"], name="one_point_per_number"),
            models.CheckConstraint(
                condition=~Q(nature__in=["law", "house_rules", "recommendation", "prescription"])
                | ~Q(source=""),
                name="not_negotiable_with_its_source",
            ),
        ]

    def __str__(self) -> str:
        return self.words


class Move(models.Model):
    """One thing done at the table, dated, append-only (rules.Verb). The negotiation is what its moves say.

    `by`: whose hand; for a party who speaks aloud, who wrote it down (`aloud`).
    """

    id = models.BigAutoField(primary_key=True)
    negotiation = models.ForeignKey(Negotiation, on_delete=models.PROTECT, related_name="moves")
    number = models.PositiveIntegerField()
    verb = models.CharField(max_length=14)
    party = models.ForeignKey(Party, null=True, on_delete=models.PROTECT, related_name="+")
    point = models.ForeignKey(Point, null=True, on_delete=models.PROTECT, related_name="+")
    about = models.PositiveIntegerField(default=0)
    words = models.TextField(blank=True)
    detail = models.JSONField(default=dict, blank=True)
    aloud = models.BooleanField(_("dit de vive voix"), default=False)
    by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    objects = AtTableQuerySet["Move"].as_manager()

    class Meta:
        verbose_name = _("geste de la négociation")
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["negotiation", "number"], name="one_move_per_number"),
            # One answer of each party to each concession, and one withdrawal.
            models.UniqueConstraint(
                fields=["negotiation", "about", "party"],
                condition=Q(verb__in=["accept", "decline", "withdraw"]),
                name="one_reply_per_party",
            ),
            models.UniqueConstraint(
                fields=["negotiation"], condition=Q(verb="conclude"), name="concluded_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.verb}"
