"""Which file is handed out, and what is sealed or stamped later.

When the last one signs, both readings are sealed at once. What could not be, for want of a certificate or of
an answer from the authority that says the time, is done by `avec seal`, each night.
"""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial

from django.db.models import Count, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from avec.accounts.models import Member, Role
from avec.documents.models import StoredFile
from avec.documents.stamp import stamp_wanted
from avec.documents.unavailable import SealUnavailable, StampUnavailable

from .actions.sealing import seal_copy, seal_individual, stamp_copy
from .models import SIGNED_STATES, CareContract, IndividualDocument, SealedCopy

log = logging.getLogger(__name__)
READINGS = ("full", "easy")
# Who reads whether the seal works: never a name, never a contract.
SEAL_KEEPERS = frozenset({Role.ADMINISTRATOR.value, Role.DIRECTOR.value, Role.QUALITY.value})


def seal_now(contract: CareContract, *, by: Member) -> None:
    """Both readings, when the last one has signed. Raises SealUnavailable; a stamp that lacks is added by night."""
    copies = [seal_copy(contract, reading, by=by) for reading in READINGS]
    if not stamp_wanted():
        return
    try:
        for copy in copies:
            copy.contract = contract
            stamp_copy(copy, by=by)
    except StampUnavailable:
        log.info("The copies of a contract will be stamped later", exc_info=True)


def copy_file(contract: CareContract, reading: str, *, by: Member) -> StoredFile:
    """The file to hand out: the stamped one where there is one. Made now when it lacks. Raises SealUnavailable."""
    kept = contract.copies.filter(reading=reading).select_related("file", "stamped__file").first()
    if kept is not None:
        return kept.stamped.file if hasattr(kept, "stamped") else kept.file
    copy = seal_copy(contract, reading, by=by)
    if not stamp_wanted():
        return copy.file
    try:
        return stamp_copy(copy, by=by).file
    except StampUnavailable:
        log.info("A copy will be stamped later", exc_info=True)
        return copy.file


def to_seal() -> QuerySet[CareContract]:
    """Signed, and without both its sealed readings."""
    return (
        CareContract.objects.filter(state__in=SIGNED_STATES)
        .annotate(sealed=Count("copies"))
        .filter(sealed__lt=len(READINGS))
        .prefetch_related("copies")
        .order_by("issued_at")
    )


def documents_to_seal() -> QuerySet[IndividualDocument]:
    return (
        IndividualDocument.objects.select_related(
            "contract__establishment", "contract__plan", "contract__person"
        )
        .annotate(sealed=Count("copies"))
        .filter(sealed__lt=len(READINGS))
        .prefetch_related("copies")
        .order_by("at")
    )


def to_stamp() -> QuerySet[SealedCopy]:
    return (
        SealedCopy.objects.filter(stamped__isnull=True)
        .select_related("file", "contract")
        .order_by("sealed_at")
    )


@dataclass
class Night:
    """What was sealed and stamped, and what could not be: a sentence for each trouble, with what to do."""

    sealed: int = 0
    stamped: int = 0
    troubles: list[str] = field(default_factory=list)


def seal_waiting() -> Night:
    """Seal and stamp every signed text that lacks it, in nobody's name. One that fails does not stop the others."""
    night = Night()
    seals: list[Callable[[], object]] = [
        *(partial(seal_copy, one, reading, by=None) for one in to_seal() for reading in lacking(one)),
        *(
            partial(seal_individual, one, reading, by=None)
            for one in documents_to_seal()
            for reading in lacking(one)
        ),
    ]
    night.sealed = each(seals, SealUnavailable, night.troubles)
    if stamp_wanted():
        stamps = [partial(stamp_copy, copy, by=None) for copy in to_stamp()]
        night.stamped = each(stamps, StampUnavailable, night.troubles)
    return night


def lacking(one: CareContract | IndividualDocument) -> list[str]:
    made = {copy.reading for copy in one.copies.all()}
    return [reading for reading in READINGS if reading not in made]


def each(jobs: Sequence[Callable[[], object]], hopeless: type[Exception], troubles: list[str]) -> int:
    """Do them all, and say how many were done. `hopeless`: the same trouble waits for all the others."""
    done = 0
    for place, job in enumerate(jobs):
        try:
            job()
        except hopeless as trouble:
            left = len(jobs) - place
            waits = ngettext("Il reste %s copie à faire.", "Il reste %s copies à faire.", left) % left
            troubles.append(f"{trouble} {waits} {_('Elles le seront la nuit suivante.')}")
            break
        except Exception:
            log.exception("A copy could not be made")
            troubles.append(_("Une copie n’a pas pu être faite\u00a0: le journal du serveur dit pourquoi."))
        else:
            done += 1
    return done
