"""What this room believes: a file is what its bytes say it is, and it is kept as it came.

Who may add or read a file is decided by the room that owns its parent: the caller checks and
records, hence no « by » here.
"""

import hashlib
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from avec.documents.judging import FileRefused as FileRefused
from avec.documents.judging import document, sound
from avec.documents.kinds import DOCUMENTS, SOUNDS
from avec.documents.models import FileContent, StoredFile


@transaction.atomic
def store_file(
    *, title: str, content_type: str, content: bytes, establishment_id: UUID, subject_id: UUID | None
) -> StoredFile:
    """Keep a document or a sound for ever, or FileRefused."""
    refuse_unfit(content_type, content)
    file = StoredFile.objects.create(
        title=fitting_title(title),
        content_type=content_type,
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        establishment_id=establishment_id,
        subject_id=subject_id,
    )
    FileContent.objects.create(file=file, data=content)
    return file


def refuse_unfit(content_type: str, content: bytes) -> None:
    """FileRefused unless the bytes are what this type says, and a kind that is kept."""
    if content_type in SOUNDS:
        if sound(content).content_type != content_type:
            raise FileRefused(_("Ce fichier n’est pas ce que dit son nom. Choisissez un son."))
        return
    if content and content_type not in DOCUMENTS:
        raise FileRefused(_("Choisissez un PDF, ou une image PNG ou JPEG."))
    if document(content) != content_type:
        raise FileRefused(
            _("Ce fichier n’est pas ce que dit son nom. Choisissez un PDF, ou une image PNG ou JPEG.")
        )


def fitting_title(title: str) -> str:
    plain = " ".join("".join(sign if sign.isprintable() else " " for sign in title).split())
    return plain[:250] or _("Sans titre")


def file_bytes(file: StoredFile) -> bytes:
    """The bytes as they came. The caller has decided that they may be read."""
    return bytes(FileContent.objects.get(pk=file.pk).data)
