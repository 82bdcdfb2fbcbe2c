import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone

from .rules import line_code


class EntryQuerySet(models.QuerySet["Entry"]):
    def about(self, person_id: uuid.UUID) -> "EntryQuerySet":
        return self.filter(person_id=person_id)

    def readings(self) -> "EntryQuerySet":
        return self.filter(verb__endswith=".read")

    def pending(self, establishment_id: uuid.UUID) -> "EntryQuerySet":
        return self.filter(establishment_id=establishment_id, sealing__isnull=True).order_by("pk")


class Entry(models.Model):
    """One line of the access journal: identifiers only. Never changed, never deleted."""

    establishment_id = models.UUIDField(db_index=True)
    actor_id = models.UUIDField(null=True)
    person_id = models.UUIDField(null=True)
    verb = models.CharField(max_length=60)
    object_type = models.CharField(max_length=60)
    object_id = models.CharField(max_length=40)
    purpose = models.CharField(max_length=20)
    detail = models.JSONField(default=dict)
    at = models.DateTimeField(default=timezone.now)
    code = models.CharField(max_length=64, editable=False)

    objects = EntryQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["person_id", "-id"], name="entry_of_person"),
            models.Index(fields=["actor_id", "-id"], name="entry_of_actor"),
            # A rare verb is found among years of readings.
            models.Index(fields=["person_id", "verb"], name="entry_of_person_by_verb"),
        ]

    def __str__(self) -> str:
        return f"{self.verb} {self.object_type}"

    def signed_fields(self) -> dict[str, object]:
        return {
            "establishment": str(self.establishment_id),
            "actor": str(self.actor_id or ""),
            "person": str(self.person_id or ""),
            "verb": self.verb,
            "type": self.object_type,
            "id": self.object_id,
            "purpose": self.purpose,
            "detail": self.detail,
            "at": self.at.astimezone(timezone.get_fixed_timezone(0)).isoformat(timespec="microseconds"),
        }

    def expected_code(self) -> str:
        return line_code(settings.AVEC_JOURNAL_KEY, self.signed_fields())


class Seal(models.Model):
    """A link of the chain: every line of one establishment written since the previous seal."""

    establishment_id = models.UUIDField(db_index=True)
    number = models.PositiveIntegerField()
    count = models.PositiveIntegerField()
    at = models.DateTimeField(default=timezone.now)
    previous = models.CharField(max_length=64)
    code = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["establishment_id", "number"], name="one_seal_per_number"),
        ]

    def __str__(self) -> str:
        return f"{self.number}"


class Sealing(models.Model):
    """Which seal covers which line, and at which place."""

    entry = models.OneToOneField(Entry, on_delete=models.PROTECT, primary_key=True, related_name="sealing")
    seal = models.ForeignKey(Seal, on_delete=models.PROTECT, related_name="lines")
    position = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["seal", "position"], name="one_line_per_position"),
        ]

    def __str__(self) -> str:
        return f"{self.position}"
