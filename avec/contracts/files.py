"""A sealed PDF kept with its contract, and its line of the journal."""

from typing import Any

from django.utils.translation import gettext as _

from avec.accounts.models import Member
from avec.documents.actions import store_file
from avec.documents.models import StoredFile

from .models import CareContract


def kept_pdf(contract: CareContract, title: str, reading: str, content: bytes) -> StoredFile:
    facts = {
        "version": contract.version,
        "reading": _("facile à lire") if reading == "easy" else _("complet"),
    }
    return store_file(
        title=title % facts,
        content_type="application/pdf",
        content=content,
        establishment_id=contract.establishment_id,
        subject_id=contract.person_id,
    )


def about(contract: CareContract, by: Member | None, file: StoredFile) -> dict[str, Any]:
    """The journal's line of a file: of which contract, its hash, and who asked for it, if anybody."""
    return {
        "establishment_id": contract.establishment_id,
        "actor_id": by.pk if by is not None else None,
        "person_id": contract.person_id,
        "detail": {"sha256": file.sha256, "contract": str(contract.pk)},
    }
