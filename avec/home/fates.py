"""What became of somebody's words, said back to them: one state, then short lines."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _

from avec.accounts.models import Member
from avec.careplan.models import LIVE_GOALS, Answer, Expectation, Goal
from avec.careplan.policy import is_open
from avec.careplan.rules.wording.reading import sentences as cut
from avec.careplan.words import not_written_yet
from avec.contracts.models import CareContract, Clause, State
from avec.people.models import CareTeamMember, Person, in_force, today
from avec.people.rules import Level
from avec.ui.words import date_long


@dataclass(frozen=True)
class Fate:
    """Words, and what became of them as their reader may know it. `kind`: wait, team or joint."""

    said: Expectation
    kind: str
    state: str
    lines: tuple[str, ...] = ()
    goal: Goal | None = None
    by: str = ""
    mine: bool = False

    @property
    def shared(self) -> bool:
        return self.said.level == Level.C1

    @property
    def is_author(self) -> bool:
        """Only who wrote the words may open them wider."""
        return self.mine and self.said.is_written_by_person

    @property
    def asks_opinion(self) -> bool:
        """A goal that is over, or of a closed plan, is no longer a question."""
        goal = self.goal
        return goal is not None and goal.status in LIVE_GOALS and is_open(goal.plan)

    @property
    def unsaid(self) -> str:
        """What stands for a voice that nobody wrote down yet."""
        return not_written_yet(self.said)

    @property
    def picto(self) -> str:
        return self.goal.picto if self.goal else ""


def readable_goals(member: Member, person: Person) -> dict[UUID, Goal]:
    """The goals this member reads, with the positions taken on each."""
    goals = Goal.objects.visible_to(member).filter(person=person).select_related("plan")
    goals = goals.prefetch_related("positions__relative")
    return {goal.pk: goal for goal in goals}


def agreed_by(goal: Goal) -> set[str]:
    """The voices that said yes to a goal, each for itself."""
    return {p.voice for p in goal.positions.all() if p.is_current and p.stance == "agrees"}


def signed_goals(member: Member, person: Person) -> set[UUID]:
    """The goals that everyone signed together: an article of a contract in force."""
    contracts = CareContract.objects.visible_to(member).filter(person=person, state=State.IN_FORCE.value)
    return set(Clause.objects.filter(contract__in=contracts).values_list("goal_id", flat=True))


def fate_of(
    said: Expectation,
    goals: Mapping[UUID, Goal],
    signed: set[UUID],
    who_answers: str,
    *,
    mine: bool,
    easy: bool,
) -> Fate:
    answer = said.current_answer
    must_answer = (_("%s doit me répondre.") if mine else _("%s doit répondre.")) % who_answers
    if answer is None and said.waits_for_words:
        # The sound is kept; nobody answers what nobody has written down.
        return Fate(said, "wait", _("C’est gardé"), (_("Quelqu’un l’écrira."), must_answer), mine=mine)
    if answer is None:
        waits = _("J’attends une réponse") if mine else _("Pas encore de réponse")
        return Fate(said, "wait", waits, (must_answer,), mine=mine)
    by = (answer.by.given_name or answer.by.name) if answer.by else ""
    reason, instead = sentences(answer.reason), sentences(answer.instead)
    if answer.reply == "taken_up":
        # The answer may lead to a goal that this reader does not read.
        goal = goals.get(answer.goal_id) if answer.goal_id else None
        words = sentences((easy and goal.easy_words) or goal.statement) if goal else ()
        voice = "person" if said.voice == "observed" else said.voice
        # « Ensemble » is never computed from two separate yeses: both signed the same article.
        if goal and goal.pk in signed and {voice, "professional"} <= agreed_by(goal):
            agreed = (
                _("Nous sommes d’accord") if mine else _("%s et l’équipe sont d’accord") % said.person.called
            )
            return Fate(said, "joint", agreed, words, goal, by, mine)
        return Fate(said, "team", _("L’équipe a dit oui"), words or reason, goal, by, mine)
    if answer.reply == "negotiated":
        return Fate(said, "team", _("Nous cherchons un accord ensemble"), reason, None, by, mine)
    if answer.reply == "postponed":
        day = date_long(answer.until) if answer.until else ""
        again = _("On en reparle le %s") if not day_has_come(answer) else _("On devait en reparler le %s")
        return Fate(said, "wait", again % day, reason, None, by, mine)
    instead_lines = (_("À la place :"), *instead) if instead else ()
    return Fate(said, "team", _("Pas possible, voici pourquoi"), (*reason, *instead_lines), None, by, mine)


def day_has_come(answer: Answer) -> bool:
    return answer.until is not None and answer.until < today()


def sentences(text: str) -> tuple[str, ...]:
    """One line a sentence, as it was typed or cut there."""
    kept = re.sub(r"(\d) h\b( (?=\d))?", lambda hour: hour[0].replace(" ", "\u00a0"), text)
    lines = (line.strip() for line in kept.splitlines() if line.strip())
    return tuple(one for line in lines for one in cut(line) or [line])


def fates_of(
    words: Iterable[Expectation], member: Member, person: Person, mine: Iterable[UUID], *, easy: bool
) -> list[Fate]:
    goals, who, own = readable_goals(member, person), who_answers(member, person), set(mine)
    signed = signed_goals(member, person)
    return [fate_of(said, goals, signed, who, mine=said.pk in own, easy=easy) for said in words]


def who_answers(member: Member, person: Person) -> str:
    """Who owes the answer: the referent by name, else the team."""
    referent = (
        CareTeamMember.objects.visible_to(member)
        .filter(in_force(), person=person, is_referent=True)
        .select_related("member")
        .first()
    )
    return (referent.member.given_name or referent.member.name) if referent else _("L’équipe")
