"""What this room believes: a file is what its bytes say it is, and it is kept as it came.

Who may add or read a file is decided by the room that owns its parent: the caller checks and
records, hence no « by » here.
"""

import hashlib
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from avec.documents.models import FileContent, StoredFile

MAX_SIZE = 25 * 1024 * 1024
FIRST_BYTES = {
    "application/pdf": b"%PDF-",
    "image/png": b"\x89PNG\r\n\x1a\n",
    "image/jpeg": b"\xff\xd8\xff",
}


class FileRefused(ValueError):
    """The file is not taken; the message says why, to be shown as it is."""


@transaction.atomic
def store_file(
    *, title: str, content_type: str, content: bytes, establishment_id: UUID, subject_id: UUID | None
) -> StoredFile:
    """Keep a PDF or an image for ever, or FileRefused."""
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
    if not content:
        raise FileRefused(_("Ce fichier est vide."))
    if len(content) > MAX_SIZE:
        raise FileRefused(_("Ce fichier est trop lourd\u00a0: il dépasse 25 Mo."))
    if content_type not in FIRST_BYTES:
        raise FileRefused(_("Choisissez un PDF, ou une image PNG ou JPEG."))
    if not content.startswith(FIRST_BYTES[content_type]):
        raise FileRefused(
            _("Ce fichier n’est pas ce que dit son nom. Choisissez un PDF, ou une image PNG ou JPEG.")
        )


def fitting_title(title: str) -> str:
    plain = " ".join("".join(sign if sign.isprintable() else " " for sign in title).split())
    return plain[:250] or _("Sans titre")


def file_bytes(file: StoredFile) -> bytes:
    """The bytes as they came. The caller has decided that they may be read."""
    return bytes(FileContent.objects.get(pk=file.pk).data)
