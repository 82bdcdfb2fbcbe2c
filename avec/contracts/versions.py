"""Every version of a person's contract as its history tells it: who signed how, what it replaced, what followed.

The same number of queries however many versions there are.
"""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Prefetch, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from avec.accounts.models import Member
from avec.people.models import CARE_ROLES, Person, today
from avec.ui.words import date_long

from .models import (
    SIGNED_STATES,
    CareContract,
    ContractDraft,
    Handover,
    IndividualDocument,
    NextStep,
    Signature,
    State,
)
from .present import SignerShown, signers
from .rules import Outcome, is_stale, lapsed
from .told import after_words, with_ways

OPEN_CHOICES = {Outcome.ORAL.value, Outcome.NOT_NOW.value}


@dataclass(frozen=True)
class Link:
    """Another version of the same contract: its number, and whether this reader has it on the page."""

    version: int
    here: bool


@dataclass(frozen=True)
class Version:
    """One version, with all that is said of it."""

    contract: CareContract
    signers: list[SignerShown]
    after: list[tuple[str, str]]
    copies: list[str]
    notes: list[str]  # what asks for attention: too long to sign, past its term, the team comes back
    amends: Link | None
    amended_by: Link | None

    @property
    def live(self) -> bool:
        return self.contract.state in {State.TO_SIGN.value, State.IN_FORCE.value}

    @property
    def icon(self) -> str:
        return {State.TO_SIGN.value: "sign", State.IN_FORCE.value: "check"}.get(self.contract.state, "")


def versions_of(member: Member, person: Person) -> list[Version]:
    """What this reader may read, the newest first. Six queries."""
    found = list(
        CareContract.objects.visible_to(member)
        .filter(person=person)
        .defer("content")
        .select_related("previous", "issued_by", "end__by")
        .prefetch_related(
            Prefetch("lines__signatures", with_ways()),
            Prefetch("next_steps", NextStep.objects.select_related("by")),
            Prefetch("individual_documents", IndividualDocument.objects.select_related("by")),
            Prefetch("handovers", handed_to(member, person)),
        )
    )
    here = {one.pk for one in found}
    after = {one.previous_id: one for one in reversed(found) if one.state in REPLACING}
    return [version_of(one, here, after.get(one.pk), lay=member.is_lay) for one in found]


def handed_to(member: Member, person: Person) -> QuerySet[Handover]:
    """The copies that this reader is told of: around the person, each their own."""
    found = Handover.objects.all()
    everybody = member.role in CARE_ROLES or person.member_id == member.pk
    return found if everybody else found.filter(relative__member=member)


# Of several amendments of the same version, the one that took its place; else the one that is being signed.
REPLACING = SIGNED_STATES | {State.TO_SIGN.value}


def version_of(
    contract: CareContract, here: set[UUID], amended_by: CareContract | None, *, lay: bool
) -> Version:
    shown = signers(contract)
    before = contract.previous
    return Version(
        contract=contract,
        signers=shown,
        after=after_words(contract),
        copies=[copy_words(one) for one in contract.handovers.all()],
        notes=notes_of(contract, [one.signature for one in shown if one.signature], today(), lay=lay),
        amends=Link(before.version, before.pk in here) if before is not None else None,
        amended_by=Link(amended_by.version, True) if amended_by is not None else None,
    )


def notes_of(contract: CareContract, choices: list[Signature], now: date, *, lay: bool) -> list[str]:
    """What this version waits for, in sentences. Nobody is hurried: the team alone is told how long it waits."""
    said = []
    issued = timezone.localdate(contract.issued_at)
    if contract.state == State.TO_SIGN.value:
        if is_stale(issued, now) and not lay:
            days = (now - issued).days
            said.append(
                ngettext(
                    "Cette version attend des signatures depuis %s jour.",
                    "Cette version attend des signatures depuis %s jours.",
                    days,
                )
                % days
            )
        said += [
            come_back_words(choice)
            for choice in choices
            if choice.outcome in OPEN_CHOICES and choice.come_back_on is not None
        ]
    if contract.state == State.IN_FORCE.value and lapsed(contract.ends_on, now):
        said.append(
            _("Son terme est passé depuis le %s. Les soins continuent.") % date_long(contract.ends_on)
        )
    return said


def come_back_words(choice: Signature) -> str:
    """« L’équipe revient vers Odette le 10 mars 2027. »; a day that went by is said so."""
    assert choice.come_back_on is not None
    words = (
        _("L’équipe devait revenir vers %(name)s le %(day)s.")
        if choice.come_back_on < today()
        else _("L’équipe revient vers %(name)s le %(day)s.")
    )
    return words % {"name": choice.line.name, "day": date_long(choice.come_back_on)}


def copy_words(handed: Handover) -> str:
    """« Copie remise à Odette Marchand le 3 mars 2027, sur papier, en main propre »."""
    words = _("Document individuel remis") if handed.document_id else _("Copie remise")
    return _("%(what)s à %(name)s le %(day)s, %(how)s") % {
        "what": words,
        "name": handed.to,
        "day": date_long(handed.on),
        "how": handed.get_how_display(),
    }


def open_draft(person: Person) -> ContractDraft | None:
    """What somebody keeps for the next version: for those who may propose it."""
    drafts = ContractDraft.objects.open().filter(person=person)
    return drafts.select_related("written_by", "changed_by").order_by("-changed_at").first()
