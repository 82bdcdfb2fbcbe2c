"""How a choice is said wherever a signature is shown: what, on which day, and how it was given.

A paper was signed on its own day, which is not the day it was written in.
"""

from datetime import date, datetime, time, tzinfo

from django.db.models import DateField, F, QuerySet
from django.db.models.functions import Coalesce, TruncDate
from django.utils import timezone
from django.utils.translation import gettext as _

from avec.ui.words import date_long

from .models import CareContract, ContractEnd, IndividualDocument, NextStep, Signature, SignatureLine
from .rules import Outcome, Way


def no_choice_words(line: SignatureLine) -> str:
    """Of a line left without a choice, once the version takes none: a witness was free to sign, nothing is missing."""
    return _("n’a pas signé") if line.required else _("pouvait signer comme témoin")


def with_ways() -> QuerySet[Signature]:
    """Choices with what it takes to say them: to be prefetched."""
    return Signature.objects.select_related("by", "witness", "scan__file")


def chosen_day(prefix: str = "", zone: tzinfo | None = None) -> Coalesce:
    """The day of a choice, in a query; `prefix`: the way to signatures, « lines__signatures__ »."""
    written = TruncDate(f"{prefix}at", tzinfo=zone)
    return Coalesce(F(f"{prefix}scan__signed_on"), written, output_field=DateField())


def chosen_on(choice: Signature) -> date:
    """The day of a choice: the paper's own, else the day it was given."""
    return choice.scan.signed_on if choice.scan is not None else timezone.localdate(choice.at)


def chosen_at(choice: Signature, zone: tzinfo) -> datetime:
    """The moment of a choice. A paper has no hour: midnight stands for a day without a time, as exports write it."""
    if choice.scan is None:
        return choice.at
    return datetime.combine(choice.scan.signed_on, time(), zone)


def way_words(choice: Signature) -> str:
    """« sur papier », « devant Sonia Benali »; nothing from one's own space."""
    parts = []
    seen_by = choice.witness_name or (choice.witness.name if choice.witness is not None else "")
    if choice.way == Way.PAPER:
        parts.append(_("sur papier"))
    if seen_by and choice.method == "witness" and choice.outcome != Outcome.MARK:
        # The signatory did not prove who they are: somebody answers for it.
        parts.append(_("devant %s, qui l’atteste") % seen_by)
    elif seen_by and (choice.way == Way.ROOM or choice.outcome == Outcome.MARK):
        parts.append(_("devant %s") % seen_by)
    return ", ".join(parts)


def outcome_words(choice: Signature) -> str:
    """« a signé », « a fait une croix »: the witness of a mark is named by `way_words`."""
    return _("a fait une croix") if choice.outcome == Outcome.MARK else str(choice.get_outcome_display())


def choice_words(choice: Signature) -> str:
    """« a signé le 3 mars 2027, sur papier »."""
    said = _("%(what)s le %(day)s") % {"what": outcome_words(choice), "day": date_long(chosen_on(choice))}
    return ", ".join(part for part in (said, way_words(choice)) if part)


def step_words(step: NextStep) -> str:
    """« Suite prévue le 3 mars 2027 : en reparler »."""
    what = step.get_what_display()
    if step.on is None:
        return _("Suite prévue : %s") % what
    return _("Suite prévue le %(day)s : %(what)s") % {"day": date_long(step.on), "what": what}


def instead_words(document: IndividualDocument) -> str:
    return _("Document individuel (DIPC) écrit le %(day)s, avec le même contenu : %(why)s") % {
        "day": date_long(timezone.localdate(document.at)),
        "why": document.get_why_display(),
    }


def end_words(end: ContractEnd) -> str:
    return _("Terminé le %(day)s : %(why)s") % {"day": date_long(end.on), "why": end.get_why_display()}


def after_words(contract: CareContract) -> list[tuple[str, str]]:
    """What followed, one sentence each, with the words somebody added.

    Asks for `next_steps`, `individual_documents` prefetched and `end` selected.
    """
    said = [(step_words(step), step.words) for step in contract.next_steps.all()]
    said += [(instead_words(document), "") for document in contract.individual_documents.all()]
    end = getattr(contract, "end", None)
    if end is not None:
        said.append((end_words(end), end.words))
    return said
