from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from avec.accounts.models import Member
from avec.accounts.policy import require
from avec.people.journal import record
from avec.people.models import RelatedPerson
from avec.people.rules import Level

from ..models import CarePlan, Divergence, DivergenceSide, Expectation, Goal, Need, SpokenVoice
from ..policy import may_close_divergence, may_note_divergence
from ..rules.divergences import (
    DivergenceRefused,
    Reading,
    check_closing,
    check_readings,
    check_sharing,
    place_of,
)


@dataclass(frozen=True)
class Side:
    """How one voice reads the situation: an expectation, a need, or its own words told to the team."""

    voice: str = ""
    words: str = ""
    relative: RelatedPerson | None = None
    expectation: Expectation | None = None
    need: Need | None = None

    @property
    def source(self) -> Expectation | Need | None:
        return self.expectation or self.need


@transaction.atomic
def note_divergence(
    plan: CarePlan,
    about: str,
    sides: Sequence[Side],
    *,
    by: Member,
    level: str = Level.C2.value,
    goal: Goal | None = None,
) -> Divergence:
    """Write down that voices do not read a situation alike. Raises DivergenceRefused with a sentence."""
    plan = CarePlan.objects.select_related("person").get(pk=plan.pk)
    require(may_note_divergence(by, plan))
    require(all(_within(plan, side) for side in sides) and (goal is None or goal.plan_id == plan.pk))
    require(_readable(by, sides))
    if not about.strip():
        raise DivergenceRefused("Écrivez à propos de quoi les voix diffèrent.")
    readings = [_reading_of(side, by) for side in sides]
    check_readings(readings)
    check_sharing(Level(level), readings)
    divergence = Divergence.objects.create(
        plan=plan,
        person_id=plan.person_id,
        establishment_id=plan.establishment_id,
        about=about.strip(),
        goal=goal,
        level=level,
        written_by=by,
    )
    for side in sorted(sides, key=lambda side: place_of(_voice_of_side(side))):
        _add_side(divergence, side, by)
    record("divergence.noted", divergence, by=by, person=plan.person, sides=len(sides))
    return divergence


def _within(plan: CarePlan, side: Side) -> bool:
    same_plan = side.source is None or side.source.plan_id == plan.pk
    return same_plan and (side.relative is None or side.relative.person_id == plan.person_id)


def _readable(by: Member, sides: Sequence[Side]) -> bool:
    """Nobody sets beside another what they cannot read themselves."""
    said = {side.expectation.pk for side in sides if side.expectation}
    needs = {side.need.pk for side in sides if side.need}
    return (not said or Expectation.objects.visible_to(by).filter(pk__in=said).count() == len(said)) and (
        not needs or Need.objects.visible_to(by).filter(pk__in=needs).count() == len(needs)
    )


def _voice_of_side(side: Side) -> str:
    if side.expectation is not None:
        return side.expectation.voice
    return SpokenVoice.PROFESSIONAL.value if side.need is not None else side.voice


def _reading_of(side: Side, by: Member) -> Reading:
    """The side as the rules weigh it."""
    source, voice = side.source, _voice_of_side(side)
    if side.expectation is not None:
        who = (
            side.expectation.relative_id or side.expectation.professional_id or side.expectation.origin_words
        )
    elif side.need is not None:
        who = side.need.written_by_id or "team"
    else:
        who = side.relative.pk if side.relative else by.pk if voice == SpokenVoice.PROFESSIONAL.value else ""
    level = Level(source.level) if source is not None else Level.C1
    return Reading(voice, str(who or ""), source.words if source is not None else side.words, level)


def _add_side(divergence: Divergence, side: Side, by: Member) -> None:
    """A side keeps its own words, or points at those already written: the same fact is written once."""
    expectation, need, voice = side.expectation, side.need, _voice_of_side(side)
    professional_id = by.pk if voice == SpokenVoice.PROFESSIONAL.value else None
    if expectation is not None:
        professional_id = expectation.professional_id
    elif need is not None:
        professional_id = need.written_by_id
    DivergenceSide.objects.create(
        divergence=divergence,
        voice=voice,
        relative=expectation.relative if expectation is not None else side.relative,
        professional_id=professional_id,
        words="" if side.source is not None else side.words.strip(),
        expectation=expectation,
        need=need,
    )


@transaction.atomic
def close_divergence(divergence: Divergence, words: str, *, by: Member) -> Divergence:
    """People talked: what they said stands beside the readings, which stay. Another day, another divergence."""
    divergence = (
        Divergence.objects.select_for_update(of=("self",))
        .select_related("person", "plan")
        .get(pk=divergence.pk)
    )
    require(may_close_divergence(by, divergence))
    if divergence.closed_at is not None:
        raise DivergenceRefused("Quelqu’un a déjà écrit ce que vous vous êtes dit : relisez-le.")
    check_closing(words)
    divergence.closed_at, divergence.closed_by = timezone.now(), by
    divergence.closed_words = words.strip()
    divergence.save(update_fields=["closed_at", "closed_by", "closed_words"])
    record("divergence.closed", divergence, by=by, person=divergence.person)
    return divergence
