from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from avec.accounts.models import Member
from avec.accounts.policy import require
from avec.documents.actions import store_file
from avec.documents.forms import Received
from avec.documents.models import StoredFile
from avec.people.journal import record
from avec.people.models import Person, RelatedPerson, today
from avec.people.rules import Level
from avec.ui.pictograms import pictos_as_words

from ..models import (
    LIVE_GOALS,
    Answer,
    CarePlan,
    Expectation,
    Goal,
    SpokenVoice,
    WayChoice,
)
from ..policy import (
    may_answer,
    may_say,
    may_share,
    may_withdraw,
    may_write_down_for,
)
from ..rules import AnswerRefused, Reply, check_answer
from ..rules.hearing import check_said
from ..voices import own_voice
from .goals import write_goal


@dataclass(frozen=True)
class Said:
    """What was said: by whom, in which words, how much it matters, and shared with whom."""

    words: str
    voice: str = SpokenVoice.PERSON.value
    kind: str = "wish"
    importance: int | None = None
    said_on: date | None = None
    situation: str = ""
    level: str = "C1"
    relative: RelatedPerson | None = None
    comment: str = ""
    # Aloud: the sound is kept, and the words may come later. In pictures: their names, in the order chosen.
    way: str = WayChoice.TEXT.value
    recording: Received | None = None
    pictos: Sequence[str] = ()
    # A domain of the house in its own words, and a need of the SERAFIN-PH list.
    domain: str = ""
    serafin: str = ""


@transaction.atomic
def say(plan: CarePlan, said: Said, *, by: Member) -> Expectation:
    """Add an expectation: one's own words, or somebody's words written down by the team.

    The voice is decided here from who is speaking: nobody types in another's name.
    Raises HearingRefused or FileRefused, with a sentence, when nothing was brought or the sound is none.
    """
    person = plan.person
    require(may_say(by, person))
    voice, relative = said.voice, said.relative
    spoken = own_voice(by, person)
    if spoken is not None:
        voice, relative = spoken
    else:
        require(may_write_down_for(by, person))
        require(relative is None or relative.person_id == person.pk)
    words = said.words.strip() or (pictos_as_words(said.pictos) if said.way == WayChoice.PICTOS.value else "")
    has_sound = said.way == WayChoice.VOICE.value and said.recording is not None
    check_said(words=words, way=said.way, has_sound=has_sound, pictos=said.pictos)
    typed_by = by if has_sound and words else None
    expectation = Expectation.objects.create(
        plan=plan,
        person=person,
        establishment_id=person.establishment_id,
        voice=voice,
        relative=relative,
        professional=by if voice in {SpokenVoice.PROFESSIONAL.value, SpokenVoice.OBSERVED.value} else None,
        kind=said.kind,
        words=words,
        way=said.way,
        pictos=list(said.pictos) if said.way == WayChoice.PICTOS.value else [],
        recording=_keep_sound(said.recording, person) if has_sound else None,
        transcribed_by=typed_by,
        transcribed_at=timezone.now() if typed_by else None,
        domain=said.domain,
        serafin=said.serafin,
        comment=said.comment,
        importance=said.importance,
        said_on=said.said_on or today(),
        situation=said.situation,
        level=said.level,
        written_by=by,
    )
    record("expectation.said", expectation, by=by, person=person)
    return expectation


def _keep_sound(sound: Received | None, person: Person) -> StoredFile | None:
    """The voice as it came, for ever, under a title that quotes nobody."""
    if sound is None:
        return None
    return store_file(
        title="Message de vive voix",
        content_type=sound.content_type,
        content=sound.content,
        establishment_id=person.establishment_id,
        subject_id=person.pk,
    )


@transaction.atomic
def withdraw_expectation(expectation: Expectation, *, by: Member) -> None:
    """Take words back: they leave the screens of the day and stay in the history."""
    expectation = Expectation.objects.select_for_update(of=("self",)).get(pk=expectation.pk)
    require(may_withdraw(by, expectation))
    expectation.withdrawn_at = expectation.withdrawn_at or timezone.now()
    expectation.save(update_fields=["withdrawn_at"])
    record("expectation.withdrawn", expectation, by=by, person=expectation.person)


@transaction.atomic
def share_expectation(expectation: Expectation, level: Level, *, by: Member) -> None:
    """Choose who reads one's words. At once: whoever may no longer read them finds nothing (T23)."""
    expectation = (
        Expectation.objects.select_for_update(of=("self",)).select_related("person").get(pk=expectation.pk)
    )
    require(may_share(by, expectation, level))
    before, expectation.level = expectation.level, level.value
    expectation.save(update_fields=["level"])
    record(
        "expectation.shared", expectation, by=by, person=expectation.person, before=before, after=level.value
    )


@dataclass(frozen=True)
class Replied:
    """An answer as written: its kind, and what that kind must say."""

    reply: str
    reason: str = ""
    instead: str = ""
    until: date | None = None
    goal: Goal | None = None
    # The fields of a goal written together with the answer.
    new_goal: dict[str, Any] | None = None


@transaction.atomic
def answer_expectation(expectation: Expectation, replied: Replied, *, by: Member) -> Answer:
    """Answer somebody's words. Raises AnswerRefused, with a sentence, when the answer leads nowhere."""
    expectation = (
        Expectation.objects.select_for_update(of=("self",))
        .select_related("person", "plan")
        .get(pk=expectation.pk)
    )
    require(may_answer(by, expectation))
    goal = replied.goal
    require(goal is None or goal.plan_id == expectation.plan_id)
    if expectation.withdrawn_at is not None:
        raise AnswerRefused("Ces mots ont été retirés par qui les avait dits.")
    if expectation.waits_for_words:
        raise AnswerRefused("Écoutez ce message et écrivez ce qui y est dit : la réponse vient après.")
    if replied.new_goal is not None and goal is None:
        goal = write_goal(expectation.plan, by=by, **replied.new_goal)
    check_answer(Reply(replied.reply), reason=replied.reason, goal=goal, until=replied.until, today=today())
    answer = Answer.objects.create(
        expectation=expectation,
        reply=replied.reply,
        goal=goal,
        reason=replied.reason.strip(),
        instead=replied.instead.strip(),
        until=replied.until,
        by=by,
    )
    before = expectation.current_answer
    expectation.current_answer = answer
    expectation.save(update_fields=["current_answer"])
    if goal is not None:
        goal.expectations.add(expectation)
    elif before is not None and before.goal is not None and before.goal.status in LIVE_GOALS:
        # A goal no longer comes from words that are now put off or declined: the contract would say both.
        before.goal.expectations.remove(expectation)
    record("expectation.answered", answer, by=by, person=expectation.person, reply=replied.reply)
    return answer
