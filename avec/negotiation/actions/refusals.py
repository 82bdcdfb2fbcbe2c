from dataclasses import asdict, dataclass, replace
from datetime import date

from django.db import transaction

from avec.accounts.models import Member, Role
from avec.accounts.policy import require
from avec.careplan.models import CarePlan
from avec.people.journal import record
from avec.people.models import today
from avec.people.rules import Level

from ..models import AskedAgain, CareRefusal, RefusalNote, RefusalStance
from ..policy import may_ask_again, may_complete_refusal, may_note_refusal
from ..rules.refusals import RefusalRefused, check_day, check_refused_on, next_day

# These are the person's words: they read them, always.
SHARED = frozenset({Level.C1.value, Level.C2.value})


@dataclass(frozen=True)
class Followed:
    """What the team did of a refusal: explained, offered, told, and how care goes on."""

    information: str = ""
    alternatives: str = ""
    told: str = ""
    care_goes_on: str = ""

    def stripped(self) -> dict[str, str]:
        return {name: value.strip() for name, value in asdict(self).items()}


@dataclass(frozen=True)
class Refused:
    """A refusal as it is written down."""

    care: str
    words: str
    ask_again_on: date | None
    refused_on: date | None = None
    observed: bool = False
    followed: Followed = Followed()
    level: str = Level.C2.value


@transaction.atomic
def note_refusal(plan: CarePlan, refused: Refused, *, by: Member) -> CareRefusal:
    """Write down that the person says no to a care. It closes nothing: care goes on otherwise.

    The person writes their own words, and nothing for the team, which then adds what it explained.
    Raises RefusalRefused with a sentence.
    """
    plan = CarePlan.objects.select_related("person__establishment").get(pk=plan.pk)
    require(may_note_refusal(by, plan))
    now = today()
    own = by.role == Role.PERSON.value
    if own:
        refused = replace(refused, observed=False, refused_on=now, followed=Followed())
    refused_on = refused.refused_on or now
    check_refused_on(refused_on, now)
    _check_words(refused, own=own)
    refusal = CareRefusal.objects.create(
        plan=plan,
        person_id=plan.person_id,
        establishment_id=plan.establishment_id,
        care=refused.care.strip(),
        words=refused.words.strip(),
        observed=refused.observed,
        refused_on=refused_on,
        ask_again_on=check_day(refused.ask_again_on, now),
        level=refused.level,
        written_by=by,
        **refused.followed.stripped(),
    )
    record("refusal.noted", refusal, by=by, person=plan.person, level=refusal.level)
    return refusal


def _check_words(refused: Refused, *, own: bool) -> None:
    if not refused.care.strip():
        raise RefusalRefused("Écrivez quel soin est refusé.")
    if not refused.words.strip():
        raise RefusalRefused(
            "Écrivez ce que vous avez vu." if refused.observed else "Écrivez ses mots, tels quels."
        )
    if not own and not refused.followed.information.strip():
        raise RefusalRefused("Écrivez ce qui a été expliqué, ou qu’il reste à expliquer.")
    if refused.level not in SHARED:
        raise RefusalRefused(
            "Un refus se partage au moins avec qui refuse\u00a0: choisissez un des deux partages."
        )


@transaction.atomic
def complete_refusal(refusal: CareRefusal, followed: Followed, *, by: Member) -> RefusalNote:
    """Add what was explained, offered or told since; what was written before stays."""
    refusal = _held(refusal)
    require(may_complete_refusal(by, refusal))
    fields = followed.stripped()
    if not any(fields.values()):
        raise RefusalRefused("Écrivez au moins une des lignes.")
    note = RefusalNote.objects.create(refusal=refusal, by=by, **fields)
    record("refusal.completed", refusal, by=by, person=refusal.person)
    return note


@transaction.atomic
def ask_again(
    refusal: CareRefusal,
    stance: str,
    words: str = "",
    *,
    by: Member,
    ask_again_on: date | None = None,
    seen: int | None = None,
) -> AskedAgain:
    """It was asked again: the answer, in the person's words, and the day it is asked next unless it is yes.

    `seen`: how many answers the page showed. Raises RefusalRefused when another was noted meanwhile.
    """
    refusal = _held(refusal)
    require(may_ask_again(by, refusal))
    if seen is not None and refusal.asked_again.count() != seen:
        raise RefusalRefused(
            "Quelqu’un vient de noter une réponse. Relisez-la, puis envoyez la vôtre si besoin."
        )
    if stance not in RefusalStance.values:
        raise RefusalRefused("Choisissez une des réponses.")
    asked = AskedAgain.objects.create(
        refusal=refusal,
        stance=stance,
        words=words.strip(),
        ask_again_on=next_day(stance, ask_again_on, today()),
        by=by,
    )
    record("refusal.asked_again", refusal, by=by, person=refusal.person, stance=stance)
    return asked


def _held(refusal: CareRefusal) -> CareRefusal:
    """Held while its story grows: two answers at once are written one after the other."""
    rows = CareRefusal.objects.select_for_update(of=("self",)).select_related("person__establishment", "plan")
    return rows.get(pk=refusal.pk)
