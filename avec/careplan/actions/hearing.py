from collections.abc import Sequence
from datetime import date

from django.db import transaction
from django.utils import timezone

from avec.accounts.models import Member
from avec.accounts.policy import require
from avec.people.journal import record
from avec.people.models import RelatedPerson, today

from ..models import CarePlan, Confirmation, Expectation
from ..policy import may_confirm, may_note_ways, may_transcribe
from ..rules.hearing import Way, check_confirmation, check_transcript, check_ways, ways_seen
from .conflicts import OutOfDate


@transaction.atomic
def transcribe(expectation: Expectation, words: str, *, by: Member) -> Expectation:
    """Write down what was said aloud, under one's name, once. Raises HearingRefused with a sentence."""
    expectation = (
        Expectation.objects.select_for_update(of=("self",))
        .select_related("person", "plan", "relative")
        .get(pk=expectation.pk)
    )
    require(may_transcribe(by, expectation))
    check_transcript(words, expectation.words)
    expectation.words = words.strip()
    expectation.transcribed_by, expectation.transcribed_at = by, timezone.now()
    expectation.save(update_fields=["words", "transcribed_by", "transcribed_at"])
    record("expectation.transcribed", expectation, by=by, person=expectation.person)
    return expectation


@transaction.atomic
def confirm_observation(
    expectation: Expectation,
    *,
    by: Member,
    words: str = "",
    seen_on: date | None = None,
    relative: RelatedPerson | None = None,
) -> Confirmation:
    """Somebody else saw the same thing: `by`, or somebody of the circle who told it to them."""
    expectation = (
        Expectation.objects.select_for_update(of=("self",))
        .select_related("person", "plan")
        .get(pk=expectation.pk)
    )
    require(may_confirm(by, expectation))
    require(relative is None or relative.person_id == expectation.person_id)
    same = {"relative": relative} if relative else {"relative": None, "by": by}
    check_confirmation(
        by_who_saw=relative is None and by.pk in {expectation.professional_id, expectation.written_by_id},
        already=expectation.confirmations.filter(**same).exists(),
        in_the_future=seen_on is not None and seen_on > today(),
    )
    confirmation = Confirmation.objects.create(
        expectation=expectation, relative=relative, words=words.strip(), seen_on=seen_on, by=by
    )
    record("expectation.confirmed", confirmation, by=by, person=expectation.person)
    return confirmation


@transaction.atomic
def note_ways(plan: CarePlan, ways: Sequence[str], words: str, *, seen: str, by: Member) -> CarePlan:
    """Say what was tried to hear somebody who does not speak, and what came of it.

    `seen`: what the author had before their eyes (`ways_seen`). Raises OutOfDate when it changed since.
    """
    plan = CarePlan.objects.select_for_update(of=("self",)).select_related("person").get(pk=plan.pk)
    require(may_note_ways(by, plan))
    check_ways(ways, words)
    if seen != ways_seen(plan.ways_tried, plan.ways_words):
        raise OutOfDate(plan)
    plan.ways_tried = [way.value for way in Way if way.value in ways]
    plan.ways_words = words.strip()
    plan.save(update_fields=["ways_tried", "ways_words"])
    record("plan.ways", plan, by=by, person=plan.person, ways=plan.ways_tried)
    return plan
