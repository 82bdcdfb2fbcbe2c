"""The end of a negotiation as its page shows it: the text, the answers, what concluding changes, what came of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from avec.accounts.models import Member
from avec.careplan.models import Activity, Goal
from avec.careplan.policy import is_open
from avec.people.policy import may_validate
from avec.ui.words import date_long

from .changes import Change, change_of
from .effects import obstacles
from .forms.conclusion import AnswerForm, ConcludeForm
from .models import Negotiation, Outcome
from .present import ShownParty, ShownPoint, ShownTable
from .rules import Answer, Becomes, Result
from .text import ReadBack, kept_text, read_back

ANSWER_WORDS: dict[str, Any] = {
    Answer.YES: lambda: _("Oui"),
    Answer.RESERVATIONS: lambda: _("Oui, avec des réserves"),
    Answer.NO: lambda: _("Non"),
}


@dataclass(frozen=True)
class Answered:
    """What one party answered, in its own words, and whose hand wrote it. Empty while it is waited for."""

    who: ShownParty
    position: str
    words: str = ""
    when: str = ""
    form: AnswerForm | None = None

    @property
    def waits(self) -> bool:
        return self.who.answered is None


@dataclass(frozen=True)
class Closing:
    """What is read before concluding. `changes`: what would go into the plan today, point by point."""

    text: ReadBack
    answers: list[Answered]
    result: Result
    to_explain: list[ShownPoint]
    changes: list[tuple[int, Change]] = field(default_factory=list)
    obstacles: list[str] = field(default_factory=list)
    form: ConcludeForm | None = None

    @property
    def waited_for(self) -> list[Answered]:
        return [one for one in self.answers if one.waits]

    @property
    def against(self) -> list[Answered]:
        return [one for one in self.answers if one.who.answered and one.who.answered.answer == Answer.NO]

    @property
    def ready(self) -> bool:
        return not self.waited_for and not self.obstacles


def answers_of(shown: ShownTable, forms: Mapping[str, AnswerForm] | None = None) -> list[Answered]:
    """Every party still at the table; those that left before answering are told in the history."""
    rows = []
    for who in shown.parties:
        form = (forms or {}).get(who.key)
        if who.answered is None:
            rows.append(Answered(who, _("Pas encore de réponse"), form=form))
            continue
        move = shown.sitting.move_at(who.answered.number)
        when = _("le %s") % date_long(timezone.localdate(move.at))
        if move.aloud:
            when = _("%(when)s, dit de vive voix, noté par %(name)s") % {"when": when, "name": move.by.name}
        rows.append(Answered(who, ANSWER_WORDS[who.answered.answer](), who.answered.words, when, form))
    return rows


def answer_forms(shown: ShownTable) -> dict[str, AnswerForm]:
    """One for each seat this reader answers from."""
    read = shown.sitting.table.read_back
    return {
        seat.key: AnswerForm(
            party=seat.key,
            initial={
                "party": seat.key,
                "read": read,
                "answer": seat.answered.answer.value if seat.answered else "",
                "words": seat.answered.words if seat.answered else "",
            },
        )
        for seat in shown.my_seats
    }


def closing_of(
    shown: ShownTable, answer_form: AnswerForm | None = None, conclude_form: ConcludeForm | None = None
) -> Closing:
    """`answer_form`, `conclude_form`: the form that comes back with something to mend."""
    sitting, table = shown.sitting, shown.sitting.table
    forms = answer_forms(shown)
    if answer_form is not None:
        forms[answer_form.prefix.removeprefix("r-") if answer_form.prefix else ""] = answer_form
    called = sitting.negotiation.person.called
    changes = [
        (sitting.points[one.point].number, change_of(one.becomes, one.fields, called))
        for one in table.agreed
        if one.becomes != Becomes.NOTHING
    ]
    form = None
    if shown.may_conclude:
        usual = {"seen": shown.version}
        form = conclude_form or ConcludeForm(total=table.result == Result.TOTAL, initial=usual)
    return Closing(
        text=kept_text(sitting) or read_back(sitting),
        answers=answers_of(shown, forms),
        result=table.result,
        to_explain=[one for one in shown.fixed if not one.explained],
        changes=changes,
        obstacles=list(obstacles(sitting, table.agreed, by=shown.member)) if shown.may_conclude else [],
        form=form,
    )


@dataclass(frozen=True)
class Made:
    """What one point gave. `goal`, `activity`: only those that this reader reads."""

    outcome: Outcome
    change: Change | None
    goal: Goal | None
    activity: Activity | None


@dataclass(frozen=True)
class Closed:
    """A concluded negotiation, as one reader reads it."""

    text: ReadBack
    answers: list[Answered]
    made: list[Made]
    may_prepare: bool

    @property
    def nothing_made(self) -> bool:
        return not any(one.goal or one.activity for one in self.made)


def closed_of(shown: ShownTable) -> Closed:
    """In three queries: the outcomes, and what of the plan this reader reads."""
    sitting, negotiation = shown.sitting, shown.negotiation
    return Closed(
        text=kept_text(sitting) or read_back(sitting),
        answers=answers_of(shown),
        made=made_of(shown, negotiation, shown.member),
        may_prepare=may_validate(shown.member, negotiation.person) and is_open(negotiation.plan),
    )


def made_of(shown: ShownTable, negotiation: Negotiation, member: Member) -> list[Made]:
    outcomes = list(Outcome.objects.filter(negotiation=negotiation).select_related("point"))
    goals = Goal.objects.visible_to(member).in_bulk([one.goal_id for one in outcomes if one.goal_id])
    activities = Activity.objects.visible_to(member).in_bulk(
        [one.activity_id for one in outcomes if one.activity_id]
    )
    settled = shown.sitting.table.outcomes
    called = negotiation.person.called
    rows = []
    for one in outcomes:
        kept = settled.get(str(one.point_id))
        change = change_of(kept.becomes, kept.fields, called) if kept and one.took_effect else None
        rows.append(
            Made(
                one,
                change if change and change.said else None,
                goals.get(one.goal_id) if one.goal_id else None,
                activities.get(one.activity_id) if one.activity_id else None,
            )
        )
    return rows
