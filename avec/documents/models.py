"""Files kept for ever: a row is written once, and the database itself refuses to change it.

A file hangs on a parent of a later room, which decides who may read it: nothing here serves bytes.
"""

import uuid

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class StoredFile(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    establishment_id = models.UUIDField(db_index=True)
    # The person concerned, where there is one.
    subject_id = models.UUIDField(null=True, blank=True, db_index=True)
    title = models.CharField(_("titre"), max_length=250)
    content_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("fichier")

    def __str__(self) -> str:
        return self.title


class FileContent(models.Model):
    """The bytes, apart: listing files never loads them."""

    file = models.OneToOneField(
        StoredFile, on_delete=models.PROTECT, primary_key=True, related_name="content"
    )
    data = models.BinaryField()

    class Meta:
        verbose_name = _("contenu d’un fichier")

    def __str__(self) -> str:
        return str(self.pk)


class HeldSound(models.Model):
    """A recording whose form came back with something to mend: nobody is asked to speak twice. Part of no record."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    # Whose form it is: nobody else gets it back.
    holder_id = models.UUIDField(db_index=True)
    title = models.CharField(_("titre"), max_length=250)
    content_type = models.CharField(max_length=100)
    seconds = models.PositiveIntegerField(null=True)
    data = models.BinaryField()
    held_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("enregistrement en attente")

    def __str__(self) -> str:
        return self.title
