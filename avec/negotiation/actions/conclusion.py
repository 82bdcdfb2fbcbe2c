from datetime import date

from django.db import transaction
from django.utils import timezone

from avec.accounts.models import Member
from avec.accounts.policy import require
from avec.people.journal import record

from ..effects import Made, into_the_plan
from ..models import Move, Negotiation, Outcome, Party
from ..policy import may_conclude, may_move_for
from ..rules import Answer, OutcomeKind, Phase, Verb
from ..sitting import Sitting, check_own_answer, lay, sit


@transaction.atomic
def answer_text(
    negotiation: Negotiation, party: Party, answer: Answer, *, by: Member, words: str = "", about: int = 0
) -> Move:
    """Answer the text read back: yes, yes with reservations, or no (`about`: the number of the text that was read)."""
    sitting = sit(negotiation)
    seat = sitting.parties[str(party.pk)]
    require(may_move_for(by, seat))
    check_own_answer(sitting, seat, by, Verb.ANSWER)
    move = lay(
        sitting, Verb.ANSWER, by=by, party=seat, about=about, words=words, detail={"answer": answer.value}
    )
    record(
        "negotiation.answered",
        sitting.negotiation,
        by=by,
        person=sitting.negotiation.person,
        answer=answer.value,
    )
    return move


@transaction.atomic
def conclude(
    negotiation: Negotiation,
    *,
    by: Member,
    seen: int | None = None,
    next_step: str = "",
    next_on: date | None = None,
    next_words: str = "",
) -> Negotiation:
    """Conclude: the outcomes are written, what was agreed goes into the plan, and nothing changes any more.

    Raises MoveRefused when somebody has not answered, when the next step of a partial agreement is missing, or
    when the plan does not take what was agreed.
    """
    sitting = sit(negotiation)
    negotiation = sitting.negotiation
    require(may_conclude(by, negotiation))
    result = sitting.table.result
    agreed = sitting.table.agreed
    lay(
        sitting,
        Verb.CONCLUDE,
        by=by,
        words=next_words,
        detail={
            "result": result.value,
            "next_step": next_step,
            "next_on": next_on.isoformat() if next_on else "",
            **({} if seen is None else {"seen": seen}),
        },
    )
    made = into_the_plan(sitting, agreed, by=by)
    _write_outcomes(sitting, {outcome.point for outcome in agreed}, made)
    negotiation.result, negotiation.next_step = result.value, next_step
    negotiation.next_on, negotiation.next_words = next_on, next_words.strip()
    negotiation.phase = Phase.CONCLUDED.value
    negotiation.concluded_at, negotiation.concluded_by = timezone.now(), by
    # Last of all: from here on the database refuses everything.
    negotiation.save(
        update_fields=[
            "result", "next_step", "next_on", "next_words", "phase", "concluded_at", "concluded_by",
        ]
    )  # fmt: skip
    record("negotiation.concluded", negotiation, by=by, person=negotiation.person, result=result.value)
    return negotiation


def _write_outcomes(sitting: Sitting, agreed: set[str], made: Made) -> None:
    """One line per negotiable point; one without an outcome (concluded as it stands) is still disagreed."""
    for point in sitting.table.negotiable_points:
        found = sitting.table.outcomes.get(point.key)
        Outcome.objects.create(
            negotiation=sitting.negotiation,
            point=sitting.points[point.key],
            kind=found.kind.value if found else OutcomeKind.DISAGREED.value,
            words=found.words if found else "",
            took_effect=point.key in agreed,
            goal=made.goals.get(point.key),
            activity=made.activities.get(point.key),
        )
