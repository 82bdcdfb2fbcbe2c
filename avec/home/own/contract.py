"""The contract, from own space: where it stands for me, and the one thing to do about it. My own line only."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q, Subquery
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from avec.accounts.access import MemberRequest
from avec.accounts.models import Member
from avec.contracts.models import FINAL, CareContract, Handover, NextStep, Signature, SignatureLine
from avec.contracts.models import State as ContractState
from avec.contracts.rules import AGREED
from avec.people.models import Person, today
from avec.ui.words import date_long, elide

from ..links import link
from .space import Space, own_space

SIGNED = [outcome.value for outcome in AGREED]
IN_FORCE, TO_SIGN, REFUSED = (
    ContractState.IN_FORCE.value,
    ContractState.TO_SIGN.value,
    ContractState.REFUSED.value,
)


@dataclass(frozen=True)
class Mine:
    """My line of one version, as far as own space speaks of it."""

    contract: Any
    outcome: str | None
    back_on: date | None
    has_copy: bool
    required: bool

    @property
    def url(self) -> str:
        return link("contracts:read", self.contract.pk)

    @property
    def state(self) -> str:
        return str(self.contract.state)

    @property
    def open(self) -> bool:
        """Does it wait for a choice of mine, today or on a date?"""
        return self.state == TO_SIGN and self.outcome not in FINAL

    @property
    def refused(self) -> bool:
        return self.state == REFUSED and self.outcome == "refused"

    @property
    def copy_waits(self) -> bool:
        return self.state == IN_FORCE and self.outcome in SIGNED and not self.has_copy

    @property
    def step_on(self) -> date | None:
        """The day on which the team talks again after a choice not to sign."""
        day: date | None = self.contract.step_on
        return day if day is not None and day >= today() else None


def lines_for(member: Member) -> Any:
    """Lines of contracts that this member reads, with the latest choice of each; versions taken back left out."""
    latest = Signature.objects.filter(line=OuterRef("pk")).order_by("-at")
    steps = NextStep.objects.filter(contract=OuterRef("contract")).order_by("-at")
    contracts = CareContract.objects.visible_to(member).exclude(state=ContractState.WITHDRAWN.value)
    return (
        SignatureLine.objects.filter(contract__in=contracts)
        .select_related("contract")
        .defer("contract__content")
        .annotate(
            outcome=Subquery(latest.values("outcome")[:1]),
            back_on=Subquery(latest.values("come_back_on")[:1]),
            has_copy=Exists(Handover.objects.filter(line=OuterRef("pk"), document__isnull=True)),
            step_on=Subquery(steps.values("on")[:1]),
        )
    )


def my_contracts(space: Space) -> list[Mine]:
    """My lines, the newest version first. One query."""
    mine = Q(relative=space.tie) if space.tie else Q(voice="person")
    lines = lines_for(space.member).filter(mine, contract__person=space.person)
    found = []
    for line in lines.order_by("-contract__version")[:5]:
        line.contract.step_on = line.step_on
        found.append(Mine(line.contract, line.outcome, line.back_on, line.has_copy, line.required))
    return found


def persons_who_wait(member: Member) -> set[Any]:
    """Of the people around whom this relative is, those whose contract waits for their choice."""
    lines = lines_for(member).filter(relative__member=member, contract__state=TO_SIGN)
    return set(
        lines.exclude(signatures__outcome__in=FINAL).order_by().values_list("contract__person", flat=True)
    )


def its_name(space: Space) -> str:
    """« Mon contrat », « Le contrat d’Odette »: whoever signs for several people sees whose it is."""
    return _("Mon contrat") if space.is_self else _("Le contrat %s") % elide(space.person.called)


def words_of(mine: Mine, person: Person, *, is_self: bool) -> list[str]:
    """Where this version stands for me, in short sentences."""
    cares = _("Mes soins continuent.") if is_self else _("Les soins %s continuent.") % elide(person.called)
    if mine.open:
        return open_words(mine)
    if mine.state == TO_SIGN:
        return [_("J’ai choisi."), _("On attend le choix des autres.")]
    if mine.refused:
        told = [_("J’ai choisi de ne pas signer."), _("C’est mon droit."), cares]
        if mine.step_on is not None:
            told.append(_("L’équipe m’en reparle le %s.") % date_long(mine.step_on))
        return told
    if mine.state == REFUSED:
        return [_("Ce contrat n’est pas signé."), _("C’est un choix à respecter."), cares]
    if mine.state == IN_FORCE:
        told = [_("Le contrat est signé."), _("Il va jusqu’au %s.") % date_long(mine.contract.ends_on)]
        return [*told, _("Ma copie m’attend.")] if mine.copy_waits else told
    return [_("Ce contrat est fini."), cares]


def open_words(mine: Mine) -> list[str]:
    """What I already said, without a signature; and when the team comes back."""
    come = mine.back_on is not None and mine.back_on < today()
    back = (
        []
        if mine.back_on is None
        else [(_("L’équipe devait revenir le %s.") if come else _("L’équipe revient vers moi le %s.")) % date_long(mine.back_on)]
    )  # fmt: skip
    if mine.outcome == "oral":
        return [_("J’ai dit oui à voix haute."), *back]
    if mine.outcome == "not_now":
        return [_("J’ai choisi\u00a0: pas maintenant."), *back, _("Je peux signer quand je veux, ou non.")]
    return [_("Je peux le lire."), _("Je peux le signer, ou non.")]


@own_space("own_contract")
def own_contract(request: MemberRequest, space: Space) -> HttpResponse:
    """The contract of the day, on its own page; a sentence as long as there is none."""
    contracts = CareContract.objects.visible_to(space.member).filter(person=space.person)
    # A version taken back before anybody signed it says nothing of today.
    latest = contracts.exclude(state=ContractState.WITHDRAWN.value).first()
    if latest is not None and (url := link("contracts:read", latest.pk)):
        return redirect(url)
    return render(request, "home/own_contract.html", {"space": space})
