from datetime import date

from django.db import transaction

from avec.accounts.models import Member
from avec.accounts.policy import require
from avec.people.journal import record
from avec.people.models import RelatedPerson

from ..models import (
    Goal,
    Position,
    SpokenVoice,
)
from ..policy import (
    may_take_position,
    may_write_down_for,
)
from ..rules import Stance
from ..voices import own_voice


@transaction.atomic
def take_position(
    goal: Goal,
    stance: Stance,
    *,
    by: Member,
    reason: str = "",
    voice: str = "",
    relative: RelatedPerson | None = None,
    ask_again_on: date | None = None,
) -> Position:
    """Say what one thinks of a goal; the earlier position stays in the history.

    The team writes its own position, or the one that the person or a relative said to them.
    """
    goal = Goal.objects.select_for_update(of=("self",)).select_related("plan", "person").get(pk=goal.pk)
    require(may_take_position(by, goal))
    spoken = own_voice(by, goal.person)
    if spoken is not None:
        voice, relative = spoken
    else:
        require(may_write_down_for(by, goal.person))
        voice = voice or SpokenVoice.PROFESSIONAL.value
        require(relative is None or relative.person_id == goal.person_id)
    # Somebody of the circle keeps one position, even once a judgment changed the voice they speak in.
    same = {"relative": relative} if relative is not None else {"voice": voice, "relative": None}
    Position.objects.filter(goal=goal, is_current=True, **same).update(is_current=False)
    position = Position.objects.create(
        goal=goal,
        voice=voice,
        relative=relative,
        stance=stance,
        reason=reason.strip(),
        ask_again_on=ask_again_on,
        by=by,
    )
    record("goal.position", position, by=by, person=goal.person, stance=str(stance))
    return position
