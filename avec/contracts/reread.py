"""The easy text as people concerned read it again, and the one sentence that may say « FALC »."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from avec.people.models import Person
from avec.ui.words import date_long

from .models import ProofReading
from .rules import ContractText, easy_print


@dataclass(frozen=True)
class EasyPart:
    """A part of the easy text, with its image: what stands under one heading."""

    heading: str
    picto: str
    lines: Sequence[str]


def easy_parts(text: ContractText) -> list[EasyPart]:
    """Every sentence of `rules.easy_reading`, in the same order, under its headings."""
    parts = [EasyPart(_("L’année dernière"), "", text.balance)]
    for clause in text.clauses:
        parts.append(EasyPart(f"{clause.number}. {clause.heading}", clause.picto, clause.easy))
        parts += [EasyPart("", activity.picto, activity.easy) for activity in clause.activities]
    parts.append(EasyPart(_("Une semaine ordinaire"), "week", text.schedule_easy))
    parts += [
        EasyPart(_("Ce que nous avons négocié : %s") % one.title, "talk", one.easy) for one in text.negotiated
    ]
    return [part for part in parts if part.lines]


def readings_of(person: Person, text: ContractText) -> list[ProofReading]:
    """Every reading of these very words, the latest first."""
    return list(
        ProofReading.objects.filter(person=person, easy_print=easy_print(text)).order_by("-read_on", "-at")
    )


def proof_reading_of(person: Person, text: ContractText) -> ProofReading | None:
    """The reading that lets this text be called « FALC »: the latest of these very words, if all was clear."""
    return clear_one(readings_of(person, text))


def clear_one(readings: Sequence[ProofReading]) -> ProofReading | None:
    latest = readings[0] if readings else None
    return latest if latest is not None and latest.clear else None


def easy_words(reading: ProofReading | None) -> str:
    """What the easy text says of itself: « FALC » only where people concerned found these very words clear."""
    if reading is None:
        return _(
            "Version facile à lire. Elle n’a pas encore été relue par des personnes concernées : "
            "nous n’écrivons donc pas « FALC »."
        )
    return _("Relu le %(day)s par %(readers)s : ce texte est facile à lire et à comprendre (FALC).") % {
        "day": date_long(reading.read_on),
        "readers": reading.readers,
    }
