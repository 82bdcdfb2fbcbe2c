import uuid

from django.db import models
from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from avec.accounts.models import Establishment, Member
from avec.careplan.models import CarePlan
from avec.people.models import LEVELS, Person, RecordQuerySet
from avec.people.rules import Level


class CareRefusal(models.Model):
    """The person says no to a care, in their words: never a closed door (CSP L1111-4; domain.md §4).

    Care goes on otherwise, and it is asked again on a date. Its words never change (migrations/0002).
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    plan = models.ForeignKey(CarePlan, on_delete=models.PROTECT, related_name="refusals")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="refusals")
    establishment = models.ForeignKey(Establishment, on_delete=models.PROTECT, related_name="+")
    care = models.CharField(_("le soin refusé"), max_length=160)
    # How it was said; empty only when it was seen, and what was seen is written.
    words = models.TextField(_("ses mots"))
    observed = models.BooleanField(_("vu, et non dit"), default=False)
    refused_on = models.DateField(_("refusé le"))
    # Empty when the person wrote it themself: the team adds what it explained (RefusalNote).
    information = models.TextField(_("ce qui a été expliqué"), blank=True)
    alternatives = models.TextField(_("ce qui a été proposé à la place"), blank=True)
    told = models.TextField(_("qui a été prévenu"), blank=True)
    care_goes_on = models.TextField(_("comment les soins continuent"), blank=True)
    ask_again_on = models.DateField(_("à redemander le"))
    level = models.CharField(_("partage"), max_length=2, choices=LEVELS, default=Level.C2.value)
    written_by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField(default=timezone.now)

    objects = RecordQuerySet["CareRefusal"].as_manager()

    class Meta:
        verbose_name = _("refus de soins")
        verbose_name_plural = _("refus de soins")
        ordering = ["-refused_on", "-written_at"]

    def __str__(self) -> str:
        return self.care


class RefusalStance(models.TextChoices):
    STILL_NO = "still_no", _("toujours non")
    NOT_NOW = "not_now", _("pas maintenant")
    IN_PART = "in_part", _("oui en partie")
    YES = "yes", _("oui")


class AskedAgainQuerySet(models.QuerySet["AskedAgain"]):
    def visible_to(self, member: Member | None) -> "AskedAgainQuerySet":
        seen = CareRefusal.objects.visible_to(member).filter(pk=OuterRef("refusal"))
        return self.filter(Exists(seen))


class AskedAgain(models.Model):
    """It was asked again: what the person answered, and when it will be asked next. Append-only."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    refusal = models.ForeignKey(CareRefusal, on_delete=models.PROTECT, related_name="asked_again")
    stance = models.CharField(_("réponse"), max_length=10, choices=RefusalStance.choices)
    words = models.TextField(_("ses mots"), blank=True)
    ask_again_on = models.DateField(_("à redemander le"), null=True, blank=True)
    by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    objects = AskedAgainQuerySet.as_manager()

    class Meta:
        verbose_name = _("refus redemandé")
        ordering = ["at"]

    def __str__(self) -> str:
        return str(self.get_stance_display())


class RefusalNoteQuerySet(models.QuerySet["RefusalNote"]):
    def visible_to(self, member: Member | None) -> "RefusalNoteQuerySet":
        seen = CareRefusal.objects.visible_to(member).filter(pk=OuterRef("refusal"))
        return self.filter(Exists(seen))


class RefusalNote(models.Model):
    """What the team did after a refusal: explained, offered, told, how care goes on. Append-only."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    refusal = models.ForeignKey(CareRefusal, on_delete=models.PROTECT, related_name="notes")
    information = models.TextField(_("ce qui a été expliqué"), blank=True)
    alternatives = models.TextField(_("ce qui a été proposé à la place"), blank=True)
    told = models.TextField(_("qui a été prévenu"), blank=True)
    care_goes_on = models.TextField(_("comment les soins continuent"), blank=True)
    by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    objects = RefusalNoteQuerySet.as_manager()

    class Meta:
        verbose_name = _("suite d’un refus de soins")
        verbose_name_plural = _("suites d’un refus de soins")
        ordering = ["at"]

    def __str__(self) -> str:
        return self.information or self.alternatives or self.told or self.care_goes_on
