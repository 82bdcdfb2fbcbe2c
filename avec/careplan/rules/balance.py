"""What came of a plan: its balance, for the review and for the next plan.

What we believe: each voice has its own balance. The person's and the team's are
counted side by side, never averaged; a goal that they see differently is shown as
such. What happens to a goal next is decided by people: keep, adjust and stop are
equal choices, and none is chosen beforehand. The « faire avec » figure is told
with its history, and is nobody's score.
"""

from collections import deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from avec.accounts.vocabulary import worded
from avec.ui.words import date_long, nbsp, pluralise_fr

from .gas import Direction, Gap, gap
from .participation import Counted, count_participation

PERSON, PROFESSIONAL, OBSERVED = "person", "professional", "observed"
# Goals that are still ours to keep, adjust or stop.
LIVE = frozenset({"planned", "active"})
REMOVED = "cancelled"


class Outcome(StrEnum):
    """What one voice says came of a goal."""

    REACHED = "reached"
    IN_PART = "in_part"
    NOT_REACHED = "not_reached"
    IN_WORDS = "in_words"
    NOT_EVALUATED = "not_evaluated"


OUTCOME_WORDS = {
    Outcome.REACHED: "atteint,atteints",
    Outcome.IN_PART: "atteint en partie,atteints en partie",
    Outcome.NOT_REACHED: "pas atteint,pas atteints",
    Outcome.IN_WORDS: "raconté en mots,racontés en mots",
    Outcome.NOT_EVALUATED: "pas encore évalué,pas encore évalués",
}


class Next(StrEnum):
    """What people may decide of a goal. No order of merit, and none is the default."""

    KEEP = "keep"
    ADJUST = "adjust"
    STOP = "stop"


NEXT_WORDS = {Next.KEEP: "On le garde", Next.ADJUST: "On l’ajuste", Next.STOP: "On l’arrête"}


@dataclass(frozen=True)
class Seen:
    """One evaluation of a goal: whose, at which level if they gave one (−2…+2), on which day."""

    voice: str
    value: int | None
    on: date
    words: str = ""
    name: str = ""  # of a relative or a representative: there may be several


@dataclass(frozen=True)
class EvaluatedGoal:
    """What the balance needs to know of one goal."""

    number: int
    statement: str
    status: str
    due_on: date | None = None
    seen: Sequence[Seen] = ()
    participations: Sequence[str] = ()  # of its activities


@dataclass(frozen=True)
class GoalBalance:
    """What came of one goal, in each voice."""

    number: int
    statement: str
    outcomes: dict[tuple[str, str], Outcome]  # by voice and name; the person and the team always there
    gap: Gap
    past_term: bool
    counted: Counted
    sentences: list[str]
    choices: tuple[Next, ...] = field(default=())

    @property
    def seen_differently(self) -> bool:
        return self.gap.direction in (Direction.BETTER, Direction.WORSE)

    @property
    def silent(self) -> list[str]:
        """Which of the two voices has not evaluated it."""
        return [
            voice for voice in (PERSON, PROFESSIONAL) if self.outcomes[voice, ""] == Outcome.NOT_EVALUATED
        ]


@dataclass(frozen=True)
class Tally:
    """How one voice sees the goals, counted."""

    voice: str
    name: str
    counts: dict[Outcome, int]


@dataclass(frozen=True)
class PlanBalance:
    """What came of a plan: each goal, each voice's count, and the whole in sentences."""

    goals: list[GoalBalance]
    tallies: list[Tally]
    removed: int
    counted: Counted
    sentences: list[str]


def outcome_of(seen: Seen | None) -> Outcome:
    """0 is what was expected: from there on it is reached; −1 is part of the way; −2 is not reached."""
    if seen is None:
        return Outcome.NOT_EVALUATED
    if seen.value is None:
        return Outcome.IN_WORDS if seen.words.strip() else Outcome.NOT_EVALUATED
    if seen.value >= 0:
        return Outcome.REACHED
    return Outcome.IN_PART if seen.value == -1 else Outcome.NOT_REACHED


def latest(seen: Iterable[Seen]) -> dict[tuple[str, str], Seen]:
    """The latest evaluation of each voice; of two on one day, the one given last."""
    kept: dict[tuple[str, str], Seen] = {}
    for one in seen:
        # Only relatives are several: the team and the person have one voice each.
        key = (one.voice, "" if one.voice in (PERSON, PROFESSIONAL) else one.name)
        if key not in kept or one.on >= kept[key].on:
            kept[key] = one
    return kept


def balance_of_goal(goal: EvaluatedGoal, *, today: date, called: str, team: str = "l’équipe") -> GoalBalance:
    """What came of one goal, in each voice, and the choices that people have."""
    kept = latest(goal.seen)
    person, professional = kept.get((PERSON, "")), kept.get((PROFESSIONAL, ""))
    outcomes = {(PERSON, ""): outcome_of(person), (PROFESSIONAL, ""): outcome_of(professional)}
    outcomes |= {key: outcome_of(one) for key, one in kept.items()}
    between = gap(
        person.value if person else None,
        professional.value if professional else None,
        called=called,
        team=team,
    )
    past_term = goal.due_on is not None and goal.due_on < today and goal.status in LIVE
    sentences = [
        f"Pour {who} : {_one(outcome)}{_when(kept.get(key))}."
        for key, outcome in outcomes.items()
        for who in [_speaker(key, called, team)]
    ]
    if between.steps:
        sentences.append(between.words)
    if past_term and goal.due_on is not None:
        sentences.append(f"Son terme était le {date_long(goal.due_on)}.")
    counted = count_participation(goal.participations)
    return GoalBalance(
        goal.number,
        goal.statement,
        outcomes,
        between,
        past_term,
        counted,
        [nbsp(sentence) for sentence in sentences],
        tuple(Next) if goal.status in LIVE else (),
    )


def _one(outcome: Outcome) -> str:
    return OUTCOME_WORDS[outcome].partition(",")[0]


def _when(seen: Seen | None) -> str:
    return f", le {date_long(seen.on)}" if outcome_of(seen) != Outcome.NOT_EVALUATED and seen else ""


def _speaker(key: tuple[str, str], called: str, team: str) -> str:
    voice, name = key
    if voice == OBSERVED:
        return f"{called}, vu par {name}" if name else f"{called}, d’après ce qui a été observé"
    return {PERSON: called, PROFESSIONAL: team}.get(voice) or name or "l’entourage"


def balance_of_plan(
    goals: Sequence[EvaluatedGoal],
    *,
    today: date,
    called: str,
    team: str = "l’équipe",
    participations: Iterable[str] | None = None,
) -> PlanBalance:
    """The balance of a plan. `participations`: of all its activities, where some serve no goal or several."""
    kept = [goal for goal in goals if goal.status != REMOVED]
    found = [balance_of_goal(goal, today=today, called=called, team=team) for goal in kept]
    removed = len(goals) - len(kept)
    if participations is None:
        participations = [one for goal in kept for one in goal.participations]
    counted = count_participation(participations)
    tallies = _tallies(found)
    sentences = [
        *_how_many(len(kept), removed),
        *(_tally_words(tally, called, team) for tally in tallies),
        *_between(found, called, team),
        *_together(counted),
    ]
    return PlanBalance(found, tallies, removed, counted, [nbsp(sentence) for sentence in sentences])


def _tallies(goals: Sequence[GoalBalance]) -> list[Tally]:
    """The person first, then the team, then whoever else spoke."""
    if not goals:
        return []
    keys = dict.fromkeys([(PERSON, ""), (PROFESSIONAL, "")])
    keys |= dict.fromkeys(key for goal in goals for key in goal.outcomes)
    tallies = []
    for key in keys:
        said = [goal.outcomes[key] for goal in goals if key in goal.outcomes]
        tallies.append(Tally(*key, {outcome: said.count(outcome) for outcome in Outcome}))
    return tallies


def _how_many(kept: int, removed: int) -> list[str]:
    sentences = [f"{kept} objectif{pluralise_fr(kept)}." if kept else "Aucun objectif."]
    if removed:
        sentences.append(f"{removed} objectif{pluralise_fr(removed)} retiré{pluralise_fr(removed)}.")
    return sentences


def _tally_words(tally: Tally, called: str, team: str) -> str:
    counts = [
        f"{count} {pluralise_fr(count, OUTCOME_WORDS[outcome])}"
        for outcome, count in tally.counts.items()
        if count
    ]
    return f"Pour {_speaker((tally.voice, tally.name), called, team)} : {', '.join(counts)}."


def _between(goals: Sequence[GoalBalance], called: str, team: str) -> list[str]:
    sentences = []
    apart = sum(goal.seen_differently for goal in goals)
    if apart:
        sentences.append(
            f"Sur {apart} objectif{pluralise_fr(apart)}, {called} et {team} ne voient pas la même chose."
        )
    late = sum(goal.past_term and bool(goal.silent) for goal in goals)
    if late:
        verb = pluralise_fr(late, "a passé son,ont passé leur")
        sentences.append(f"{late} objectif{pluralise_fr(late)} {verb} terme sans avoir les deux évaluations.")
    return sentences


def _together(counted: Counted) -> list[str]:
    sentences = []
    if counted.total:
        verb = pluralise_fr(counted.together, "est faite,sont faites")
        sentences.append(
            f"{counted.together} action{pluralise_fr(counted.together)} sur {counted.total} "
            + worded(f"{verb} par %(short_the)s ou avec %(them)s.")
        )
    if counted.unsaid:
        s = pluralise_fr(counted.unsaid)
        sentences.append(
            f"{counted.unsaid} action{s} ne {pluralise_fr(counted.unsaid, 'dit,disent')} pas "
            + worded("comment %(short_the)s y prend part.")
        )
    return sentences


@dataclass(frozen=True)
class Change:
    """From that moment on, an activity is done that way (« » when it does not say); or it has ended."""

    activity: str
    at: datetime  # in local time: the day counted is the one on the wall
    participation: str = ""
    ended: bool = False


@dataclass(frozen=True)
class OnDay:
    """The « faire avec » figure as it was at the end of a day."""

    day: date
    counted: Counted


def participation_over_time(changes: Iterable[Change], days: Iterable[date]) -> list[OnDay]:
    """The « faire avec » figure on each day asked, in order, from the history of the activities."""
    waiting = deque(sorted(changes, key=lambda change: change.at))
    running: dict[str, str] = {}
    found = []
    for day in sorted(set(days)):
        while waiting and waiting[0].at.date() <= day:
            change = waiting.popleft()
            if change.ended:
                running.pop(change.activity, None)
            else:
                running[change.activity] = change.participation
        found.append(OnDay(day, count_participation(running.values())))
    return found
