"""A version as the pages show it: the same text, cut into what a template prints."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext as _

from avec.accounts.models import Member
from avec.careplan.models import StanceChoice
from avec.ui.words import date_long

from .models import CareContract, Signature, SignatureLine, State
from .negotiated import answer_words, groups_of, negotiated_facts
from .rules import (
    COME_BACK_DAYS,
    ClauseText,
    ContractText,
    NegotiatedText,
    Outcome,
    PointText,
    VoicedText,
    Waited,
    full_sentences,
    waits,
)
from .told import choice_words, no_choice_words


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
            state = no_choice_words(line)
        shown.append(SignerShown(line, state, choice.words if choice else "", choice))
    return shown


def still_waited(latest: Mapping[SignatureLine, Signature | None]) -> list[str]:
    """Whom the contract still waits for, by name: those who must sign, and have not made a final choice."""
    asked = {line: choice for line, choice in latest.items() if line.required}
    waiting = waits(
        [Waited(Outcome(choice.outcome) if choice else None, line.one_of) for line, choice in asked.items()]
    )
    return [line.name for line, waited in zip(asked, waiting, strict=True) if waited]


def come_back_by(outcome: Outcome, said: str, day: date) -> date | None:
    """By when the team comes back after this choice, made on this day; `said`: the day that was chosen."""
    if said:
        return date.fromisoformat(said)
    return day + timedelta(days=COME_BACK_DAYS) if outcome == Outcome.ORAL else None


def says_of(text: ContractText, line: SignatureLine) -> str:
    """« Je signe en mon nom… », as this version says it; an older one says nothing."""
    return next(
        (
            party.says
            for party in text.parties
            if (party.voice, party.name, party.capacity) == (line.voice, line.name, line.capacity)
        ),
        "",
    )
