"""The barometer: a version of an instrument. Once written it never changes: another version is another row."""

import uuid
from functools import cached_property

from django.db import models
from django.utils.translation import gettext_lazy as _

from ..rules import Instrument, read_instrument


class Barometer(models.Model):
    """An instrument as data: quadrants, criteria, levels, words (rules.read_instrument)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    code = models.CharField(max_length=60)
    version = models.CharField(max_length=20)
    content = models.JSONField()
    # SHA-256 of the canonical content, hex: the same version can only say the same thing.
    fingerprint = models.CharField(max_length=64)

    class Meta:
        verbose_name = _("baromètre")
        verbose_name_plural = _("baromètres")
        ordering = ["code", "version"]
        constraints = [models.UniqueConstraint(fields=["code", "version"], name="one_barometer_per_version")]

    def __str__(self) -> str:
        return f"{self.instrument.title} ({self.version})"

    @cached_property
    def instrument(self) -> Instrument:
        return read_instrument(self.content)
