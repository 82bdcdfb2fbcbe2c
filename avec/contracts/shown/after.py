"""What follows: a choice not to sign, the individual document, the end of the contract. Said to the person first."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from avec.accounts.models import Member
from avec.accounts.vocabulary import worded
from avec.people.models import Person, today
from avec.people.policy import may_validate
from avec.ui.words import date_long, elide

from ..models import (
    CareContract,
    ContractEnd,
    IndividualDocument,
    NextChoice,
    NextStep,
    Signature,
    State,
)
from ..policy import (
    is_short_stay,
    may_end,
    may_negotiate,
    may_prepare,
    may_write_individual,
    signatory_of,
    still_in_course,
)
from ..rules import Outcome, lapsed


@dataclass(frozen=True)
class StepShown:
    """What was decided, in short sentences, with the team's own words under them."""

    sentences: list[str]
    step: NextStep
    negotiate: bool = False  # the reader may open the negotiation from here


@dataclass(frozen=True)
class AfterShown:
    """What the page of a version says of what follows. Empty parts are not shown."""

    chosen: list[str] = field(default_factory=list)  # who chose not to sign: it is their right, care goes on
    steps: list[StepShown] = field(default_factory=list)
    may_decide: bool = False  # the team says what comes next
    negotiate: bool = False
    prepare: bool = False
    document: IndividualDocument | None = None
    document_says: list[str] = field(default_factory=list)
    write_document: bool = False
    short: bool = False
    end: ContractEnd | None = None
    end_says: list[str] = field(default_factory=list)
    may_end: bool = False
    past: bool = False  # its term went by, and nobody said what comes next
    may_ask: bool = False  # the person, who may say that they want it to stop


def on_page(contract: CareContract, member: Member) -> dict[str, Any]:
    """Its part of the page of a version."""
    to_you = contract.person.member_id == member.pk
    team = may_validate(member, contract.person)
    document = IndividualDocument.objects.filter(contract=contract).select_related("by").first()
    if contract.state == State.REFUSED.value:
        shown = after_refusal(contract, member, document, to_you=to_you, team=team)
    elif contract.state == State.TO_SIGN.value:
        short = is_short_stay(contract.person)
        shown = AfterShown(
            document=document,
            document_says=document_words(document, to_you=to_you),
            short=short,
            write_document=short and document is None and may_write_individual(member, contract),
        )
    elif contract.state == State.IN_FORCE.value:
        ends = may_end(member, contract)
        shown = AfterShown(
            may_end=ends, past=ends and lapsed(contract.ends_on, today()), may_ask=to_you, document=document,
            document_says=document_words(document, to_you=to_you),
        )  # fmt: skip
    else:
        end = ContractEnd.objects.filter(contract=contract).select_related("by").first()
        shown = AfterShown(
            end=end, end_says=end_words(end), document=document,
            document_says=document_words(document, to_you=to_you),
        )  # fmt: skip
    return {"after": shown}


def after_refusal(
    contract: CareContract, member: Member, document: IndividualDocument | None, *, to_you: bool, team: bool
) -> AfterShown:
    steps = NextStep.objects.filter(contract=contract).select_related("by").order_by("on", "at")
    negotiate = may_negotiate(member, contract)
    return AfterShown(
        chosen=chosen_words(contract, member, to_you=to_you),
        steps=[
            StepShown(
                step_words(step, contract.person, to_you=to_you),
                step,
                negotiate and step.what == NextChoice.NEGOTIATE.value,
            )
            for step in steps
        ],
        may_decide=team,
        negotiate=negotiate,
        prepare=may_prepare(member, contract.plan),
        document=document,
        document_says=document_words(document, to_you=to_you),
        write_document=document is None and may_write_individual(member, contract),
    )


def chosen_words(contract: CareContract, member: Member, *, to_you: bool) -> list[str]:
    """« Vous avez choisi de ne pas signer. C’est votre droit. Vos soins continuent. »"""
    refusals = Signature.objects.filter(
        line__contract=contract, line__required=True, outcome=Outcome.REFUSED.value
    ).select_related("line__member", "line__relative__member")
    sentences = []
    for refusal in refusals:
        line = refusal.line
        line.contract = contract
        if signatory_of(line) == member:
            sentences += [_("Vous avez choisi de ne pas signer."), _("C’est votre droit.")]
        else:
            name = contract.person.called if line.voice == "person" else line.name
            sentences += [_("%s a choisi de ne pas signer.") % name, _("C’est son droit.")]
    goes_on = (
        _("Vos soins continuent.")
        if to_you
        else _("Les soins %s continuent.") % elide(contract.person.called)
    )
    former = still_in_course(contract)
    if former is not None:
        sentences.append(_("La version %s, signée, reste en cours.") % former.version)
    return [*sentences, goes_on]


def step_words(step: NextStep, person: Person, *, to_you: bool) -> list[str]:
    """What was decided, a sentence for each idea; a day that went by is said so."""
    day = date_long(step.on) if step.on else ""
    gone = step.on is not None and step.on < today()
    when = (_("C’était prévu le %s.") if gone else _("C’est prévu le %s.")) % day
    if step.what == NextChoice.TALK.value and not gone:
        if to_you:
            return [_("L’équipe vous en reparle le %s.") % day]
        return [_("L’équipe en reparle avec %(name)s le %(day)s.") % {"name": person.called, "day": day}]
    said: dict[str, Sequence[str]] = {
        NextChoice.TALK.value: [
            _("L’équipe vous en reparle.") if to_you else _("L’équipe en reparle avec %s.") % person.called
        ],
        NextChoice.NEGOTIATE.value: [_("Nous négocions ce qui ne va pas.")],
        NextChoice.MEDIATOR.value: [
            _("Nous demandons une médiation."),
            _("Quelqu’un nous aide à nous mettre d’accord."),
        ],
        NextChoice.QUALIFIED.value: [
            _("Nous appelons une personne qualifiée."),
            _("Elle ne travaille pas ici."),
            _("Elle vous aide à défendre vos droits.")
            if to_you
            else _("Elle aide %s à défendre ses droits.") % person.called,
        ],
        NextChoice.DOCUMENT.value: [
            _("Nous écrivons un document individuel."),
            _("Il dit la même chose que ce contrat."),
            _("Personne ne le signe."),
        ],
    }
    return [*said[step.what], when]


def document_words(document: IndividualDocument | None, *, to_you: bool) -> list[str]:
    if document is None:
        return []
    return [
        _("Un document individuel est écrit, le %s.") % date_long(timezone.localdate(document.at)),
        _("Il dit la même chose que ce contrat."),
        _("L’établissement s’engage seul."),
        _("Personne ne le signe."),
        _("Il ne vous enlève aucun droit.") if to_you else _("Il n’enlève aucun droit."),
    ]


def end_words(end: ContractEnd | None) -> list[str]:
    """« Ce contrat est terminé depuis le 3 mars 2027. » and why."""
    if end is None:
        return []
    return [
        _("Ce contrat est terminé depuis le %s.") % date_long(end.on),
        why_ended(end),
        _("Rien n’est effacé."),
    ]


def why_ended(end: ContractEnd) -> str:
    """The reason, in a sentence."""
    return {
        "term": _("Il est arrivé à son terme."),
        "wish": worded(_("%(Short_the)s l’a demandé.")),
        "left": worded(_("%(Short_the)s a quitté l’établissement.")),
        "died": _("C’est à cause d’un décès."),
        "changed": _("La situation a trop changé."),
    }.get(end.why, "")
