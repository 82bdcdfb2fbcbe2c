"""A goal as own space shows it: what I said of it, then what the others say.

The person speaks first. What the team says of a goal stands folded away until they
have said theirs, or open it themself: nobody is asked a question with somebody
else's answer before their eyes. Two voices stand side by side, a sentence says how
they differ, and no figure is ever made of them.
"""

from dataclasses import dataclass, field
from uuid import UUID

from django.db.models import Prefetch, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from avec.careplan.facts import AROUND_TERM
from avec.careplan.models import Evaluation, Expectation, Goal, Position
from avec.careplan.rules import OPEN_STEPS, Stance
from avec.careplan.rules.gas import FACES, LEVEL_WORDS, Direction, gap
from avec.careplan.standing import evaluator, worded_level
from avec.careplan.words import Speaker, position_speaker
from avec.people.models import today
from avec.ui.words import date_long

from ..fates import sentences
from ..forms import STANCES
from .space import Space

OPEN = [step.value for step in OPEN_STEPS]


@dataclass(frozen=True)
class Seen:
    """One evaluation: whose, the face and its words, what this level looks like, their own words, when."""

    evaluation: Evaluation
    speaker: Speaker
    face: str = ""
    level: str = ""
    worded: str = ""

    @property
    def words(self) -> str:
        return self.evaluation.words

    @property
    def when(self) -> str:
        return _("le %s") % date_long(self.evaluation.evaluated_on)


@dataclass(frozen=True)
class Held:
    """One position: whose, in words, why, when."""

    position: Position
    speaker: Speaker
    stance: str

    @property
    def why(self) -> str:
        return self.position.reason

    @property
    def when(self) -> str:
        return _("le %s") % date_long(timezone.localdate(self.position.at))


@dataclass
class Aim:
    """A goal, what this member said of it (the latest first), and the latest of each other voice."""

    space: Space
    goal: Goal
    my_stances: list[Held] = field(default_factory=list)
    my_levels: list[Seen] = field(default_factory=list)
    stances: list[Held] = field(default_factory=list)
    levels: list[Seen] = field(default_factory=list)

    @property
    def lines(self) -> tuple[str, ...]:
        return sentences((self.space.easy and self.goal.easy_words) or self.goal.statement)

    @property
    def other_version(self) -> tuple[str, ...]:
        """The version that is not shown first, when there are two."""
        if not self.goal.easy_words:
            return ()
        return sentences(self.goal.statement if self.space.easy else self.goal.easy_words)

    @property
    def title(self) -> str:
        return self.goal.title or self.lines[0]

    @property
    def more_lines(self) -> tuple[str, ...]:
        """What the title does not say already."""
        return self.lines if self.goal.title else self.lines[1:]

    @property
    def origins(self) -> list[Expectation]:
        return list(self.goal.from_words)  # type: ignore[attr-defined]

    @property
    def stance(self) -> Held | None:
        return self.my_stances[0] if self.my_stances else None

    @property
    def level(self) -> Seen | None:
        return self.my_levels[0] if self.my_levels else None

    @property
    def asks_stance(self) -> bool:
        """Not said yet, or it is the day to be asked again."""
        if self.stance is None:
            return True
        again = self.stance.position.ask_again_on
        return again is not None and again <= today()

    @property
    def asks_level(self) -> bool:
        """The date of the goal has come, and I did not say where I am around it."""
        due = self.goal.due_on
        if due is None or due > today():
            return False
        return self.level is None or self.level.evaluation.evaluated_on < due - AROUND_TERM

    @property
    def next(self) -> tuple[str, str]:
        """The one thing to do with this goal now: its address and its words."""
        if self.asks_stance:
            return reverse("home:own_position", args=[self.goal.pk]), _("Dire mon avis")
        if self.asks_level:
            return reverse("home:own_evaluate", args=[self.goal.pk]), where_words(self.space)
        return reverse("home:own_goal", args=[self.goal.pk]), _("Voir cet objectif")

    @property
    def others_shown(self) -> bool:
        """Are the others' evaluations open at once? A relative comes to read; the person speaks first.

        Once the person said theirs, the others' open beside it, as long as they speak of the same moment:
        what the team wrote since is folded again until the person speaks again, or opens it.
        """
        if not self.space.is_self:
            return True
        if self.level is None or not self.levels:
            return False
        latest = max(one.evaluation.evaluated_on for one in self.levels)
        return latest <= self.level.evaluation.evaluated_on + AROUND_TERM

    @property
    def apart(self) -> str:
        """How the person and the team differ, in a plain sentence; "" when one of them gave no level."""
        team = next((one for one in self.levels if one.evaluation.voice == "professional"), None)
        person = (
            self.level
            if self.space.is_self
            else next((one for one in self.levels if one.evaluation.voice == "person"), None)
        )
        if team is None or person is None:
            return ""
        values = person.evaluation.value, team.evaluation.value
        if None in values:
            return ""
        found = gap(*values, called=self.space.person.called)
        if not self.space.is_self or found.steps is None:
            return found.words
        if found.direction == Direction.SAME:
            return _("L’équipe et moi, nous voyons la même chose.")
        far = abs(found.steps) > 1
        if found.direction == Direction.BETTER:
            return (
                _("Pour moi, ça va beaucoup mieux que pour l’équipe.")
                if far
                else _("Pour moi, ça va mieux que pour l’équipe.")
            )
        return (
            _("Pour moi, ça va beaucoup moins bien que pour l’équipe.")
            if far
            else _("Pour moi, ça va moins bien que pour l’équipe.")
        )


def where_words(space: Space) -> str:
    return _("Dire où j’en suis") if space.is_self else _("Dire où on en est")


def open_goals(space: Space) -> QuerySet[Goal]:
    goals = Goal.objects.visible_to(space.member).live()
    return goals.filter(person=space.person, plan__step__in=OPEN).select_related("plan", "person")


def aims_of(space: Space, goals: QuerySet[Goal]) -> list[Aim]:
    """Each goal with its voices, as this member reads them: the same queries however many goals."""
    member = space.member
    stances = Position.objects.visible_to(member).select_related("relative", "by").order_by("-at")
    levels = Evaluation.objects.visible_to(member).select_related("relative", "by")
    words = Expectation.objects.visible_to(member).filter(withdrawn_at__isnull=True)
    found = goals.prefetch_related(
        Prefetch("positions", stances, to_attr="stances"),
        Prefetch("evaluations", levels, to_attr="levels"),
        Prefetch("expectations", words.select_related("person", "relative"), to_attr="from_words"),
    )
    return [aim_of(space, goal) for goal in found]


def aim_of(space: Space, goal: Goal) -> Aim:
    aim = Aim(space, goal)
    for position in goal.stances:  # type: ignore[attr-defined]
        held = Held(position, position_speaker(position, space.person), str(STANCES[Stance(position.stance)]))
        if space.said_by_me(position.voice, position.relative_id):
            aim.my_stances.append(held)
        elif position.is_current:
            aim.stances.append(held)
    met: set[tuple[str, UUID | None]] = set()
    for evaluation in goal.levels:  # type: ignore[attr-defined]
        who = (evaluation.voice, evaluation.relative_id)
        if space.said_by_me(*who):
            aim.my_levels.append(seen(space, goal, evaluation))
        elif who not in met:
            met.add(who)
            aim.levels.append(seen(space, goal, evaluation))
    aim.stances.sort(key=lambda one: ORDER.index(one.position.voice))
    aim.levels.sort(key=lambda one: ORDER.index(one.evaluation.voice))
    return aim


# The order of voices, everywhere.
ORDER = ("person", "observed", "relative", "representative", "professional")


def seen(space: Space, goal: Goal, evaluation: Evaluation) -> Seen:
    """Who lives it chooses a face; the team says how far it is from what was expected."""
    value = evaluation.value
    by_team = evaluation.voice in {"professional", "observed"}
    if value is None:
        face, level = "", _("en mots seulement")
    else:
        face, level = ("", LEVEL_WORDS[value]) if by_team else (FACES[value].key, FACES[value].words)
    return Seen(evaluation, evaluator(evaluation, space.person), face, level, worded_level(goal, value))
