"""A version as the pages show it: the same text, cut into what a template prints."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from avec.accounts.models import Member
from avec.careplan.models import CarePlan, StanceChoice
from avec.people.models import today
from avec.ui.words import date_long

from .models import CareContract, Signature, SignatureLine, State
from .negotiated import answer_words, groups_of, negotiated_facts
from .rules import (
    ClauseText,
    ContractText,
    NegotiatedText,
    PointText,
    VoicedText,
    from_data,
    full_sentences,
    usual_period,
)
from .signatories import parties_of
from .text import contract_text, goals_for_contract, level_of
from .told import choice_words


@dataclass(frozen=True)
class Reader:
    member: Member
    is_person: bool


@dataclass(frozen=True)
class ClauseShown:
    """One article in its two readings, and what the reader already chose for it."""

    text: ClauseText
    full: str
    chosen: str = ""

    @property
    def positions(self) -> list[dict[str, str]]:
        said = dict(StanceChoice.choices)
        return [
            {"voice": one.voice, "name": one.name, "stance": str(said[one.stance]), "reason": one.reason}
            for one in self.text.positions
        ]

    @property
    def term(self) -> str:
        return date_long(date.fromisoformat(self.text.due_on)) if self.text.due_on else ""


def clauses_shown(text: ContractText, chosen: Mapping[str, Any]) -> list[ClauseShown]:
    return [
        ClauseShown(
            clause, "\n".join(full_sentences(clause, text.called)), chosen.get(f"article-{clause.number}", "")
        )
        for clause in text.clauses
    ]


def answered_shown(text: ContractText) -> list[dict[str, str]]:
    """The expectations that are no article, with their dates in words."""
    return [
        {
            **vars(answered),
            "until_words": date_long(date.fromisoformat(answered.until)) if answered.until else "",
        }
        for answered in text.answered
    ]


@dataclass(frozen=True)
class NegotiatedShown:
    """A negotiation in its two readings."""

    text: NegotiatedText
    facts: list[str]
    groups: list[tuple[str, list[PointText]]]
    reserves: list[tuple[VoicedText, str]]


def negotiated_shown(text: ContractText) -> list[NegotiatedShown]:
    return [
        NegotiatedShown(
            one,
            list(negotiated_facts(one)),
            groups_of(one),
            [(said, answer_words(said)) for said in one.reserves],
        )
        for one in text.negotiated
    ]


@dataclass(frozen=True)
class SignerShown:
    line: SignatureLine
    state: str
    words: str
    signature: Signature | None


def signers(
    contract: CareContract, latest: Mapping[SignatureLine, Signature | None] | None = None
) -> list[SignerShown]:
    """Who signs, as what, and where they are."""
    if latest is None:
        latest = {line: next(iter(reversed(line.signatures.all())), None) for line in contract.lines.all()}
    shown = []
    for line, choice in latest.items():
        if choice is not None:
            state = choice_words(choice)
        elif contract.state == State.TO_SIGN.value:
            state = _("n’a pas encore choisi") if line.required else _("peut signer comme témoin")
        else:
            state = _("n’a pas signé")
        shown.append(SignerShown(line, state, choice.words if choice else "", choice))
    return shown


@dataclass(frozen=True)
class Preview:
    """What the contract would say today, and what differs from the version before."""

    clauses: list[ClauseShown]
    answered: list[dict[str, str]]
    negotiated: list[NegotiatedShown]
    text: ContractText
    added: list[str]
    removed: list[str]
    previous: CareContract | None
    not_asked: list[str]  # witnesses who do not read all that this contract says


def preview(plan: CarePlan) -> Preview:
    previous = (
        CareContract.objects.filter(person=plan.person, state=State.IN_FORCE.value)
        .order_by("-version")
        .first()
    )
    starts_on = today()
    ends_on, review_on = usual_period(starts_on)
    goals = list(goals_for_contract(plan))
    level, parties = level_of(plan, goals), parties_of(plan.person)
    text = contract_text(
        plan,
        goals=goals,
        parties=[party for party in parties if party.may_be_asked(level)],
        version=(previous.version + 1) if previous else 1,
        previous=previous,
        starts_on=starts_on,
        ends_on=ends_on,
        review_on=review_on,
    )
    before = (
        {clause.goal: clause.heading for clause in from_data(previous.content).clauses} if previous else {}
    )
    now = {clause.goal: clause.heading for clause in text.clauses}
    return Preview(
        clauses=clauses_shown(text, {}),
        answered=answered_shown(text),
        negotiated=negotiated_shown(text),
        text=text,
        added=[heading for goal, heading in now.items() if goal not in before] if previous else [],
        removed=[heading for goal, heading in before.items() if goal not in now],
        previous=previous,
        not_asked=[party.text.name for party in parties if not party.may_be_asked(level)],
    )
