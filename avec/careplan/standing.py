"""Where goals stand, voice by voice: the rows that the pages and the record show.

Voices are in the one order of every page, and never merged. What was seen for
somebody who does not speak stands on their side of the gap, under its own mark.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from django.utils.translation import gettext as _

from avec.accounts.models import Member
from avec.people.models import Person
from avec.ui.words import date_long

from .models import CarePlan, Evaluation, Goal, SpokenVoice
from .rules.gas import LEVEL_WORDS, LEVELS, Gap, Scored, explain, gap, t_score, weight_of
from .words import Speaker, relative_speaker, team

# The order of voices, everywhere.
VOICES = ("person", "observed", "relative", "representative", "professional")
PERSON_SIDE = ("person", "observed")


def signed(value: int) -> str:
    """« −2 », « 0 », « +1 », as a level is written."""
    return f"{value:+d}".replace("-", "−") if value else "0"


def level_words(value: int) -> str:
    """« +1, plus que prévu »."""
    return f"{signed(value)}, {LEVEL_WORDS[value]}"


def worded_level(goal: Goal, value: int | None) -> str:
    """What this level would look like, as it was worded beforehand."""
    if value is None:
        return ""
    return str(goal.worded_levels.get(str(value), "") or (goal.expected_result if value == 0 else ""))


def worded_levels(goal: Goal) -> list[tuple[str, str]]:
    """Each level with its words, from −2 to +2; empty when none was worded."""
    if not any(goal.worded_levels.values()):
        return []
    return [(signed(level), worded_level(goal, level)) for level in LEVELS]


@dataclass(frozen=True)
class Heard:
    """One evaluation as it is shown: whose voice, the level in words, their words, when and written by whom."""

    evaluation: Evaluation
    speaker: Speaker
    level: str
    worded: str
    when: str

    @property
    def value(self) -> int | None:
        return self.evaluation.value

    @property
    def words(self) -> str:
        return self.evaluation.words

    @property
    def quoted(self) -> bool:
        """Somebody's own words; what a professional notes is theirs to write plainly."""
        return self.evaluation.voice not in {"professional", "observed"}


@dataclass
class Standing:
    """One goal: what each voice last said, the gap between the two sides, and everything said before."""

    goal: Goal
    latest: list[Heard] = field(default_factory=list)
    earlier: list[Heard] = field(default_factory=list)
    gap: Gap | None = None

    @property
    def said(self) -> list[Heard]:
        """Every evaluation, the latest first."""
        every = [*self.latest, *self.earlier]
        return sorted(every, key=lambda one: (one.evaluation.evaluated_on, one.evaluation.at), reverse=True)

    def side(self, *voices: str) -> Evaluation | None:
        """What a side last said: the person's own word first, then what was seen for them."""
        found = {heard.evaluation.voice: heard.evaluation for heard in reversed(self.latest)}
        return next((found[voice] for voice in voices if voice in found), None)

    @property
    def person_value(self) -> int | None:
        return value_of(self.side(*PERSON_SIDE))

    @property
    def professional_value(self) -> int | None:
        return value_of(self.side("professional"))

    @property
    def both(self) -> bool:
        """Two levels that can be drawn on one scale."""
        return self.person_value is not None and self.professional_value is not None

    @property
    def levels(self) -> list[tuple[str, str]]:
        return worded_levels(self.goal)


def value_of(evaluation: Evaluation | None) -> int | None:
    return evaluation.value if evaluation is not None else None


def evaluations_of(member: Member, plan: CarePlan) -> dict[UUID, list[Evaluation]]:
    """The evaluations of a plan that this member reads, by goal, the latest first. One query."""
    found: dict[UUID, list[Evaluation]] = defaultdict(list)
    rows = Evaluation.objects.visible_to(member).filter(goal__plan=plan).select_related("relative", "by")
    for evaluation in rows:
        found[evaluation.goal_id].append(evaluation)
    return found


def standing_of(goal: Goal, evaluations: Iterable[Evaluation], person: Person) -> Standing:
    """`evaluations`: the latest first, as `evaluations_of` gives them."""
    standing = Standing(goal)
    met = set()
    for evaluation in evaluations:
        who = (evaluation.voice, evaluation.relative_id)
        (standing.earlier if who in met else standing.latest).append(heard(goal, evaluation, person))
        met.add(who)
    standing.latest.sort(key=lambda one: VOICES.index(one.evaluation.voice))
    if standing.latest:
        standing.gap = gap(standing.person_value, standing.professional_value, called=person.called)
    return standing


def heard(goal: Goal, evaluation: Evaluation, person: Person) -> Heard:
    level = level_words(evaluation.value) if evaluation.value is not None else _("sans niveau, en mots")
    return Heard(
        evaluation,
        evaluator(evaluation, person),
        level,
        worded_level(goal, evaluation.value),
        when_evaluated(evaluation, person),
    )


def evaluator(evaluation: Evaluation, person: Person) -> Speaker:
    if evaluation.voice == SpokenVoice.PERSON.value:
        return Speaker("person", person.called)
    if evaluation.voice == SpokenVoice.OBSERVED.value:
        seen_by = evaluation.by.name if evaluation.by else ""
        return Speaker("observed", person.called, _("vu par %s") % seen_by if seen_by else _("observé"))
    if evaluation.relative is not None:
        return relative_speaker(evaluation.relative, evaluation.voice)
    if evaluation.by is not None and not evaluation.by.is_lay:
        return Speaker("professional", evaluation.by.name, evaluation.by.job)
    return team()


def when_evaluated(evaluation: Evaluation, person: Person) -> str:
    """« le 5 novembre 2026, dit à l’équipe, noté par Sonia Benali »: a trace of whoever typed another's words."""
    day = _("le %s") % date_long(evaluation.evaluated_on)
    way = way_told(evaluation)
    return f"{day}, {way}" if way else day


def way_told(evaluation: Evaluation) -> str:
    """« dans son espace », or told to the team and written down by whom; nothing for one's own evaluation."""
    by = evaluation.by
    if by is None or evaluation.voice in {"professional", "observed"}:
        return ""
    return _("dans son espace") if by.is_lay else _("dit à l’équipe, noté par %s") % by.name


# ───────── The weighted figure, for professionals only


@dataclass(frozen=True)
class Score:
    """The T-score of one voice, with what it is made of and what it says."""

    voice: str
    value: str
    count: int
    sentences: list[str]


@dataclass(frozen=True)
class Weight:
    """What one goal weighs, and where each voice puts it."""

    goal: Goal
    weight: int
    person: str
    professional: str


def score_of(voice: str, standings: Sequence[Standing]) -> Score | None:
    """One voice alone: nothing of another voice enters its figure; what was only seen is not the person's."""
    scores = [
        Scored(evaluation.value, weight_of(standing.goal.importance, standing.goal.difficulty))
        for standing in standings
        if (evaluation := standing.side(voice)) is not None and evaluation.value is not None
    ]
    if not scores:
        return None
    value = f"{round(t_score(scores), 1):.1f}".replace(".", ",").removesuffix(",0")
    return Score(voice, value, len(scores), explain(scores))


def weights_of(standings: Sequence[Standing]) -> list[Weight]:
    return [
        Weight(
            standing.goal,
            weight_of(standing.goal.importance, standing.goal.difficulty),
            said(standing.side("person")),
            said(standing.side("professional")),
        )
        for standing in standings
    ]


def said(evaluation: Evaluation | None) -> str:
    return signed(evaluation.value) if evaluation is not None and evaluation.value is not None else "–"
