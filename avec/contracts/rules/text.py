"""The care contract: generated from the plan, never retyped.

One content, two readings (full and easy-to-read), one fingerprint, one
signature. The content is plain data: what is shown, printed, sealed and
verified is built from it and from nothing else. Source: domain.md §6; seed 000
(« contrat de soins »).
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from avec.ui.words import elide

from .signing import RIGHTS

SCHEMA = "avec.contract.1"

IS_NOT = (
    "Ce contrat de soins est un outil de travail commun. Il ne remplace pas le contrat de séjour. "
    "Il n’est pas un programme de soins psychiatriques. Il n’enlève aucun droit."
)


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
    means: str = ""
    # Its own easy words; in the first contracts, they were among those of the article.
    easy: tuple[str, ...] = ()
    picto: str = ""


@dataclass(frozen=True)
class WeekText:
    """What happens on one day of an ordinary week, or apart from it: each with its hour or part of the day."""

    heading: str
    items: tuple[str, ...]


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
    """Who signs. `says`: « Je signe en mon nom… », the sentence of their line."""

    voice: str
    name: str
    capacity: str
    required: bool = True
    signatory: str = ""
    one_of: str = ""
    says: str = ""


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
    why: str = ""  # why a contract in force is amended
    schedule: tuple[WeekText, ...] = ()
    schedule_easy: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()  # goals of the plan that are not in this version, by their heading

    @property
    def easy_week(self) -> list[tuple[str, list[str]]]:
        """The easy week by day: a line that ends with « : » opens one."""
        days: list[tuple[str, list[str]]] = []
        for line in self.schedule_easy:
            if line.endswith(":"):
                days.append((line, []))
            elif days:
                days[-1][1].append(line)
        return days


# Parts that came after the first contracts: a text without them is written as it always was.
LATER = {
    "negotiated", "why", "schedule", "schedule_easy", "left_out",
    "means", "easy", "picto", "signatory", "one_of", "says",
}  # fmt: skip


def as_data(text: ContractText) -> dict[str, Any]:
    """Plain data for the database and the fingerprint: lists in place of tuples.

    A text that says nothing new is written as before: the fingerprint of what was signed does not move.
    """
    data: dict[str, Any] = _plain(asdict(text))
    for part in (
        data,
        *data["parties"],
        *(one for clause in data["clauses"] for one in clause["activities"]),
    ):
        for name in LATER & part.keys():
            if not part[name]:
                del part[name]
    return data


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _plain(inner) for key, inner in value.items()}
    if isinstance(value, tuple | list):
        return [_plain(inner) for inner in value]
    return value


def from_data(data: Mapping[str, Any]) -> ContractText:
    """The text of a stored version. Raises KeyError or TypeError when the data is not one."""
    clauses = tuple(
        ClauseText(
            **{
                **clause,
                "easy": tuple(clause["easy"]),
                "activities": tuple(
                    ActivityText(**{**activity, "easy": tuple(activity.get("easy", ()))})
                    for activity in clause["activities"]
                ),
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
            "schedule": tuple(
                WeekText(day["heading"], tuple(day["items"])) for day in data.get("schedule", ())
            ),
            "schedule_easy": tuple(data.get("schedule_easy", ())),
            "left_out": tuple(data.get("left_out", ())),
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
        lines.append(
            f"{activity.title}{' : ' if details else ''}{', '.join(details)}.{means_words(activity)}"
        )
    return tuple(lines)


def means_words(activity: ActivityText) -> str:
    """« Moyens : un déambulateur, une chaise. », its lines on one."""
    things = ", ".join(line.strip(" ,;.") for line in activity.means.splitlines() if line.strip(" ,;."))
    return f" Moyens : {things}." if things else ""
