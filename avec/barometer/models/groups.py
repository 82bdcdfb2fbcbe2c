"""Who measures its partnership: a working group, a steering committee, a ward, or two persons."""

import uuid

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from avec.accounts.models import Establishment, Member, Unit
from avec.accounts.wording import worded_lazy

from ..rules import Side


class GroupKind(models.TextChoices):
    WORKING_GROUP = "working_group", _("un groupe de travail")
    STEERING = "steering", _("un comité de pilotage (Copil)")
    WARD = "ward", _("un service, une unité")
    PAIR = "pair", _("un binôme")


class SideChoice(models.TextChoices):
    USER = Side.USER.value, _("usager")
    PROFESSIONAL = Side.PROFESSIONAL.value, _("professionnel")


class PartChoice(models.TextChoices):
    """Who one is on one's side: asked if they wish, shown only above the floor."""

    PERSON = "person", worded_lazy("%(one)s")
    RELATIVE = "relative", _("un proche")
    REPRESENTATIVE = "representative", _("une personne qui représente les usagers")
    CARE = "care", _("un métier du soin ou de l’accompagnement")
    SUPPORT = "support", _("un autre métier\u00a0: cuisine, ménage, bureau, direction…")


PARTS_OF = {
    Side.USER: (PartChoice.PERSON, PartChoice.RELATIVE, PartChoice.REPRESENTATIVE),
    Side.PROFESSIONAL: (PartChoice.CARE, PartChoice.SUPPORT),
}


class Group(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    establishment = models.ForeignKey(Establishment, on_delete=models.PROTECT, related_name="groups")
    kind = models.CharField(_("c’est"), max_length=20, choices=GroupKind.choices)
    name = models.CharField(_("nom du groupe"), max_length=120)
    about = models.TextField(_("ce qu’il fait"), blank=True)
    unit = models.ForeignKey(Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    created_by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)
    archived_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("groupe")
        verbose_name_plural = _("groupes")
        ordering = ["name", "id"]

    def __str__(self) -> str:
        return self.name

    @property
    def is_pair(self) -> bool:
        return self.kind == GroupKind.PAIR


class GroupMember(models.Model):
    """Somebody with an account who belongs to the group. Others answer with a card: nobody lists them."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="members")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    side = models.CharField(_("côté"), max_length=12, choices=SideChoice.choices)
    # Prepares the campaigns, prints, closes, counts: best a professional and a user together.
    leads = models.BooleanField(_("anime le groupe"), default=False)
    # A pair exists by the choice of both: until then, nothing is asked of either.
    agreed_at = models.DateTimeField(null=True, blank=True)
    left_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("membre d’un groupe")
        verbose_name_plural = _("membres d’un groupe")
        ordering = ["side", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["group", "member"],
                condition=models.Q(left_at__isnull=True),
                name="one_place_in_a_group",
            )
        ]

    def __str__(self) -> str:
        return str(self.member)
