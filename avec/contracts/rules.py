"""The care contract: generated from the plan, never retyped.

One content, two readings (full and easy-to-read), one fingerprint, one
signature. The content is plain data: what is shown, printed, sealed and
verified is built from it and from nothing else. Source: domain.md §6; seed 000
(« contrat de soins »).
"""

import calendar
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from avec.ui.words import elide

SCHEMA = "avec.contract.1"

# Read out and ticked by the person before they choose (domain.md §6).
RIGHTS = (
    ("no", "Je peux dire non à un soin."),
    ("change", "Je peux changer d’avis."),
    ("team", "Quelqu’un peut venir avec moi."),
    ("say", "Je peux me plaindre."),
)
IS_NOT = (
    "Ce contrat de soins est un outil de travail commun. Il ne remplace pas le contrat de séjour. "
    "Il n’est pas un programme de soins psychiatriques. Il n’enlève aucun droit."
)


class Outcome(StrEnum):
    """What a signatory chose. None is an error, none blocks care."""

    SIGNED = "signed"
    RESERVATIONS = "reservations"
    ORAL = "oral"
    NOT_NOW = "not_now"
    REFUSED = "refused"


# After one of these the line is closed; the others leave it open.
FINAL = frozenset({Outcome.SIGNED, Outcome.RESERVATIONS, Outcome.REFUSED})
AGREED = frozenset({Outcome.SIGNED, Outcome.RESERVATIONS})


class ContractState(StrEnum):
    TO_SIGN = "to_sign"
    IN_FORCE = "in_force"
    REFUSED = "refused"


class SigningRefused(ValueError):
    """A choice that cannot be taken as it is. The message is for the screen."""


def next_state(required: Sequence[Outcome | None]) -> ContractState:
    """The contract's state from the latest choice on each required line (None: nothing yet).

    In force when every required signatory signed, with or without reservations;
    refused as soon as one of them chose not to sign.
    """
    if any(outcome == Outcome.REFUSED for outcome in required):
        return ContractState.REFUSED
    if required and all(outcome in AGREED for outcome in required):
        return ContractState.IN_FORCE
    return ContractState.TO_SIGN


def lacks(
    outcome: Outcome,
    *,
    words: str,
    rights_read: Sequence[str],
    stances: Sequence[str],
    is_person: bool,
) -> dict[str, str]:
    """What a choice lacks, a sentence for each part of it; empty when it can be taken.

    The person reads their rights before signing; reservations are words, or an
    article to which one did not say a plain yes; signing without reservation
    goes with no such article.
    """
    missing = {}
    reserved = any(stance != "agrees" for stance in stances)
    if outcome in AGREED and is_person and any(right not in rights_read for right, _ in RIGHTS):
        missing["rights"] = "Cochez vos 4 droits. Ils se lisent avant de signer."
    if outcome == Outcome.SIGNED and reserved:
        missing["outcome"] = (
            "Vous n’êtes pas d’accord avec tous les articles. Vous pouvez signer avec vos réserves."
        )
    if outcome == Outcome.RESERVATIONS and not words.strip() and not reserved:
        missing["words"] = "Écrivez vos réserves : elles seront dans le contrat."
    return missing


def check_choice(outcome: Outcome, **parts: Any) -> None:
    """Refuse a choice that lacks something (`lacks`), with all that it lacks."""
    if missing := lacks(outcome, **parts):
        raise SigningRefused(" ".join(missing.values()))


def add_months(day: date, months: int) -> date:
    """The same day some months later; the last day of the month when it does not exist there."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def usual_period(starts_on: date) -> tuple[date, date]:
    """(end, review): one year less a day, the review a month before the end (CASF D311: every 12 months)."""
    ends_on = add_months(starts_on, 12) - timedelta(days=1)
    return ends_on, add_months(starts_on, 11)


@dataclass(frozen=True)
class OriginText:
    """The sentence that an article comes from: whose, which words, said when (ISO date)."""

    expectation: str
    voice: str
    name: str
    words: str
    said_on: str
    kind: str = "wish"


@dataclass(frozen=True)
class ActivityText:
    """Who does what, when, and with how much of the person in it."""

    title: str
    performer: str
    rhythm: str
    place: str
    participation: str


@dataclass(frozen=True)
class PositionText:
    voice: str
    name: str
    stance: str
    reason: str


@dataclass(frozen=True)
class ClauseText:
    """One article: a goal, its term and priority, its activities, whose words it comes from, who agrees."""

    number: int
    goal: str
    heading: str
    statement: str
    easy: tuple[str, ...]
    picto: str
    due_on: str
    priority: int
    expected_result: str
    activities: tuple[ActivityText, ...]
    origins: tuple[OriginText, ...]
    positions: tuple[PositionText, ...]


@dataclass(frozen=True)
class AnsweredText:
    """An expectation that is no article: postponed, or not possible and why."""

    expectation: str
    voice: str
    name: str
    words: str
    reply: str
    reason: str
    instead: str
    until: str


@dataclass(frozen=True)
class VoicedText:
    """Somebody's own words, kept where there was no agreement; `answer`: what they said to the text read back."""

    voice: str
    name: str
    words: str
    answer: str = ""


@dataclass(frozen=True)
class PointText:
    """One point that was talked over. `kind`: agreed, set_aside, disagreed, or fixed (not negotiable)."""

    number: int
    words: str
    kind: str
    said: str
    voices: tuple[VoicedText, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class NegotiatedText:
    """A negotiation that was concluded since the contract before, in its two readings."""

    negotiation: str
    title: str
    concluded_on: str
    result: str
    points: tuple[PointText, ...]
    reserves: tuple[VoicedText, ...]  # those who did not say a plain yes, and why
    next_step: str
    next_on: str
    easy: tuple[str, ...]


@dataclass(frozen=True)
class PartyText:
    voice: str
    name: str
    capacity: str
    required: bool = True


@dataclass(frozen=True)
class ContractText:
    """Everything a version says. Dates are ISO strings, identifiers are texts: nothing to interpret."""

    version: int
    previous: str
    establishment: str
    finess: str
    person: str
    person_name: str
    called: str
    starts_on: str
    ends_on: str
    review_on: str
    balance: tuple[str, ...]
    parties: tuple[PartyText, ...]
    clauses: tuple[ClauseText, ...]
    answered: tuple[AnsweredText, ...]
    rights: tuple[str, ...] = tuple(words for _, words in RIGHTS)
    is_not: str = IS_NOT
    schema: str = SCHEMA
    notes: tuple[str, ...] = field(default=())
    negotiated: tuple[NegotiatedText, ...] = ()


def as_data(text: ContractText) -> dict[str, Any]:
    """Plain data for the database and the fingerprint: lists in place of tuples.

    A contract in which nothing was negotiated says what it always said: its fingerprint does not move.
    """

    def plain(value: Any) -> Any:
        if isinstance(value, Mapping):
            return {key: plain(inner) for key, inner in value.items()}
        if isinstance(value, tuple | list):
            return [plain(inner) for inner in value]
        return value

    data: dict[str, Any] = plain(asdict(text))
    if not text.negotiated:
        del data["negotiated"]
    return data


def from_data(data: Mapping[str, Any]) -> ContractText:
    """The text of a stored version. Raises KeyError or TypeError when the data is not one."""
    clauses = tuple(
        ClauseText(
            **{
                **clause,
                "easy": tuple(clause["easy"]),
                "activities": tuple(ActivityText(**activity) for activity in clause["activities"]),
                "origins": tuple(OriginText(**origin) for origin in clause["origins"]),
                "positions": tuple(PositionText(**position) for position in clause["positions"]),
            }
        )
        for clause in data["clauses"]
    )
    return ContractText(
        **{
            **data,
            "balance": tuple(data["balance"]),
            "parties": tuple(PartyText(**party) for party in data["parties"]),
            "clauses": clauses,
            "answered": tuple(AnsweredText(**answered) for answered in data["answered"]),
            "rights": tuple(data["rights"]),
            "notes": tuple(data["notes"]),
            "negotiated": tuple(_negotiated(one) for one in data.get("negotiated", ())),
        }
    )


def _negotiated(data: Mapping[str, Any]) -> NegotiatedText:
    points = tuple(
        PointText(
            **{
                **point,
                "voices": tuple(VoicedText(**voiced) for voiced in point["voices"]),
                "notes": tuple(point["notes"]),
            }
        )
        for point in data["points"]
    )
    return NegotiatedText(
        **{
            **data,
            "points": points,
            "reserves": tuple(VoicedText(**voiced) for voiced in data["reserves"]),
            "easy": tuple(data["easy"]),
        }
    )


def easy_activity(activity: ActivityText) -> tuple[str, ...]:
    """An activity in short sentences, one idea each."""
    who = activity.performer or "l’équipe"
    if who.startswith(("L’", "Le ", "La ", "Les ")):
        who = who[0].lower() + who[1:]
    what = activity.title.rstrip(".")
    said = {
        "by": f"{what} : vous le faites vous-même.",
        "with": f"{what} : vous le faites avec {who}.",
        "presence": f"{what} : {who} le fait avec vous à côté.",
        "for": f"{what} : {who} le fait pour vous.",
    }.get(activity.participation, f"{what}.")
    lines = [said]
    if activity.rhythm:
        lines.append(
            f"C’est {activity.rhythm}." if not activity.rhythm[:1].isupper() else f"{activity.rhythm}."
        )
    return tuple(lines)


def full_sentences(clause: ClauseText, called: str) -> tuple[str, ...]:
    """An article in full: the goal, then each activity, with how much of the person (`called`) is in it."""
    share = {
        "by": f"par {called}",
        "with": f"avec {called}",
        "presence": f"en présence {elide(called)}",
        "for": f"pour {called}",
    }
    lines = [clause.statement]
    if clause.expected_result:
        lines.append(f"On saura que c’est atteint quand : {clause.expected_result}")
    for activity in clause.activities:
        details = [part for part in (activity.performer, activity.rhythm, activity.place) if part]
        if activity.participation:
            details.append(share[activity.participation])
        lines.append(f"{activity.title}{' : ' if details else ''}{', '.join(details)}.")
    return tuple(lines)
