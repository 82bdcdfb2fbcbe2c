from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from avec.accounts.models import Member
from avec.accounts.policy import require
from avec.careplan.models import CarePlan, Divergence, Expectation, Goal
from avec.careplan.voices import voice_of
from avec.people.journal import record
from avec.people.models import RelatedPerson
from avec.people.policy import may
from avec.people.rules import Deed, Level

from ..models import CareRefusal, ContextChoice, Move, Negotiation, Party, Point
from ..policy import (
    has_seat,
    may_choose_aloud,
    may_lead,
    may_move_for,
    may_open,
    may_remove,
    may_write_for_team,
)
from ..rules import Answer, MoveRefused, Phase, Verb
from ..sitting import Sitting, check_own_answer, lay, sit, sitting_of
from ..text import lay_text


@dataclass(frozen=True)
class Seat:
    """Somebody to seat: the person (neither), somebody of the circle, or a professional of the team."""

    relative: RelatedPerson | None = None
    professional: Member | None = None
    capacity: str = ""
    stands_for: str = ""
    speaks_aloud: bool = False


@dataclass(frozen=True)
class Opening:
    """What a negotiation opens with; what it starts from is at most one of the last ones."""

    title: str
    situation: str
    context: str = ContextChoice.PLAN.value
    level: str = Level.C1.value
    aim: str = ""
    due_on: date | None = None
    facilitator: Member | None = None
    goal: Goal | None = None
    expectation: Expectation | None = None
    divergence: Divergence | None = None
    refusal: CareRefusal | None = None
    contract: UUID | None = None
    clause_words: str = ""
    continues: Negotiation | None = None
    # The first points to talk about, in words: what each is will be said at the table.
    points: tuple[str, ...] = ()


@transaction.atomic
def open_negotiation(plan: CarePlan, opening: Opening, seats: Sequence[Seat], *, by: Member) -> Negotiation:
    """Open a negotiation with its first parties. Raises MoveRefused with a sentence.

    The person, or a relative, sits with the team's referent: the team frames the rest with them.
    """
    plan = (
        CarePlan.objects.select_for_update(of=("self",))
        .select_related("person__establishment")
        .get(pk=plan.pk)
    )
    require(may_open(by, plan))
    require(may_write_for_team(by, plan.person) or opening.facilitator is None)
    require(_within(plan, opening, by))
    if len(opening.title.strip()) < 3:
        raise MoveRefused("Écrivez de quoi vous voulez parler.")
    negotiation = Negotiation.objects.create(
        plan=plan,
        person=plan.person,
        establishment_id=plan.establishment_id,
        title=opening.title.strip(),
        context=opening.context,
        situation=opening.situation.strip(),
        goal=opening.goal,
        expectation=opening.expectation,
        divergence=opening.divergence,
        refusal=opening.refusal,
        contract=opening.contract,
        clause_words=opening.clause_words.strip(),
        continues=opening.continues,
        facilitator=opening.facilitator,
        level=opening.level,
        written_by=by,
    )
    sitting = sitting_of(negotiation)
    for seat in seats:
        _seat(sitting, seat, by=by)
    if opening.aim.strip():
        lay(sitting, Verb.AIM, by=by, words=opening.aim)
    if opening.due_on is not None:
        lay(sitting, Verb.DEADLINE, by=by, detail={"due_on": opening.due_on.isoformat()})
    for words in opening.points:
        _lay_point(sitting, words, by=by)
    record("negotiation.opened", negotiation, by=by, person=plan.person, parties=len(seats))
    return negotiation


def _within(plan: CarePlan, opening: Opening, by: Member) -> bool:
    """What it starts from is of the same plan, is read by who opens it, and is not shared wider than it was."""
    sources = [opening.goal, opening.expectation, opening.divergence, opening.refusal, opening.continues]
    for source in sources:
        if source is None:
            continue
        if source.person_id != plan.person_id or source.level > opening.level:
            return False
        if not type(source).objects.visible_to(by).filter(pk=source.pk).exists():
            return False
    return True


def _seat(sitting: Sitting, seat: Seat, *, by: Member) -> Party:
    """Put somebody at the table, who reads what is said there."""
    negotiation = sitting.negotiation
    if seat.relative is not None:
        require(seat.relative.person_id == negotiation.person_id)
        name, voice = seat.relative.name, voice_of(seat.relative)
        _reads(seat.relative.member, negotiation, name)
    elif seat.professional is not None:
        require(seat.professional.establishment_id == negotiation.establishment_id)
        name, voice = seat.professional.name, "professional"
        _reads(seat.professional, negotiation, name)
    else:
        name, voice = negotiation.person.called, "person"
    before = next((party for party in sitting.parties.values() if _same(party, seat)), None)
    if before is not None and before.left_at is None:
        raise MoveRefused("Cette personne est déjà à la table.")
    # Somebody who left comes back to their own seat: what they had said is still theirs.
    party = before or Party(negotiation=negotiation, position=len(sitting.parties))
    fields = {
        "voice": voice,
        "relative": seat.relative,
        "professional": seat.professional,
        "left_at": None,
        "name": name,
        "capacity": seat.capacity.strip()
        or (seat.relative.relation if seat.relative else seat.professional.job if seat.professional else ""),
        "stands_for": seat.stands_for.strip(),
        # A professional answers for themself: nobody is let write in their name (T48).
        "speaks_aloud": seat.speaks_aloud and seat.professional is None,
    }
    for field, value in fields.items():
        setattr(party, field, value)
    party.save()
    sitting.parties[str(party.pk)] = party
    lay(
        sitting,
        Verb.JOIN,
        by=by,
        party=party,
        detail={"voice": voice, "stands_for": party.stands_for, "name": party.name},
    )
    return party


def _lay_point(sitting: Sitting, words: str, *, by: Member) -> None:
    point = Point(negotiation=sitting.negotiation, number=len(sitting.points) + 1, words=words.strip())
    detail = {"nature": "", "source": "", "how_of": ""}
    lay(sitting, Verb.ADD_POINT, by=by, point=point, words=point.words, detail=detail)
    sitting.points[str(point.pk)] = point


def _reads(member: Member | None, negotiation: Negotiation, name: str) -> None:
    """Nobody sits at a table whose words they may not read: their mandate, or their place in the team, says so."""
    if member is not None and not may(member, Deed.SPEAK, negotiation.person, Level(negotiation.level)):
        raise MoveRefused(
            f"{name} ne peut pas lire cette négociation\u00a0: vérifiez son mandat, ou le partage choisi."
        )


def _same(party: Party, seat: Seat) -> bool:
    if seat.relative is not None:
        return party.relative_id == seat.relative.pk
    if seat.professional is not None:
        return party.professional_id == seat.professional.pk
    return party.voice == "person"


@transaction.atomic
def add_party(negotiation: Negotiation, seat: Seat, *, by: Member) -> Party:
    """Seat one more party while the talk is being framed."""
    sitting = sit(negotiation)
    require(may_lead(by, sitting.negotiation))
    party = _seat(sitting, seat, by=by)
    record(
        "negotiation.joined",
        sitting.negotiation,
        by=by,
        person=sitting.negotiation.person,
        party=str(party.pk),
    )
    return party


@transaction.atomic
def leave(negotiation: Negotiation, party: Party, reason: str, *, by: Member) -> Move:
    """A party leaves the table, or is taken off it: what it said stays. The reason is read by everybody.

    Nobody is taken off because of their no: it would turn into an agreement. The positions are taken up again
    first, and another text is read.
    """
    sitting = sit(negotiation)
    seat = sitting.parties[str(party.pk)]
    require(may_remove(by, seat))
    answered = sitting.table.answers.get(str(seat.pk))
    said_no = answered is not None and answered.answer == Answer.NO
    if said_no and sitting.table.phase == Phase.CONCLUDE and not has_seat(by, seat):
        raise MoveRefused(
            f"{seat.name} a dit non à ce texte\u00a0: rouvrez d’abord les positions, puis relisez un autre texte."
        )
    move = lay(sitting, Verb.LEAVE, by=by, party=seat, words=reason)
    seat.left_at = timezone.now()
    seat.save(update_fields=["left_at"])
    if sitting.table.phase == Phase.CONCLUDE:
        # The text named who was there: those who stay answer it again, knowing that somebody left.
        lay_text(sitting, by)
    record(
        "negotiation.left", sitting.negotiation, by=by, person=sitting.negotiation.person, party=str(seat.pk)
    )
    return move


@transaction.atomic
def choose_aloud(negotiation: Negotiation, party: Party, aloud: bool, *, by: Member) -> Party:
    """Say whether a party answers on its own device, or aloud with somebody who writes it down."""
    sitting = sit(negotiation)
    seat = sitting.parties[str(party.pk)]
    require(may_choose_aloud(by, seat))
    if seat.speaks_aloud == aloud:
        return seat
    # Who may write in somebody's name is told to everybody at the table.
    lay(sitting, Verb.ALOUD, by=by, party=seat, detail={"aloud": aloud})
    seat.speaks_aloud = aloud
    seat.save(update_fields=["speaks_aloud"])
    record(
        "negotiation.aloud",
        sitting.negotiation,
        by=by,
        person=sitting.negotiation.person,
        party=str(seat.pk),
        aloud=aloud,
    )
    return seat


@transaction.atomic
def choose_facilitator(negotiation: Negotiation, facilitator: Member | None, *, by: Member) -> Negotiation:
    """Somebody of the team makes sure that everybody speaks; or nobody. They read what is said there."""
    sitting = sit(negotiation)
    require(may_lead(by, sitting.negotiation))
    require(facilitator is None or may_lead(facilitator, sitting.negotiation))
    sitting.negotiation.facilitator = facilitator
    sitting.negotiation.save(update_fields=["facilitator"])
    record(
        "negotiation.facilitator",
        sitting.negotiation,
        by=by,
        person=sitting.negotiation.person,
        facilitator=str(facilitator.pk) if facilitator else "",
    )
    return sitting.negotiation


@transaction.atomic
def set_aim(negotiation: Negotiation, words: str, *, by: Member) -> Move:
    """Write the common aim; written again, everybody is asked again."""
    sitting = sit(negotiation)
    require(may_lead(by, sitting.negotiation))
    move = lay(sitting, Verb.AIM, by=by, words=words)
    record("negotiation.aim", sitting.negotiation, by=by, person=sitting.negotiation.person)
    return move


@transaction.atomic
def accept_aim(negotiation: Negotiation, party: Party, *, by: Member, about: int = 0) -> Move:
    """This party accepts the common aim that it read (`about`: the number of the move that wrote it)."""
    sitting = sit(negotiation)
    seat = sitting.parties[str(party.pk)]
    require(may_move_for(by, seat))
    check_own_answer(sitting, seat, by, Verb.ACCEPT_AIM, Verb.REFUSE_AIM)
    move = lay(sitting, Verb.ACCEPT_AIM, by=by, party=seat, about=about)
    record("negotiation.aim_accepted", sitting.negotiation, by=by, person=sitting.negotiation.person)
    return move


@transaction.atomic
def refuse_aim(negotiation: Negotiation, party: Party, words: str, *, by: Member, about: int = 0) -> Move:
    """This party does not accept the common aim, and says what does not fit."""
    sitting = sit(negotiation)
    seat = sitting.parties[str(party.pk)]
    require(may_move_for(by, seat))
    check_own_answer(sitting, seat, by, Verb.ACCEPT_AIM, Verb.REFUSE_AIM)
    move = lay(sitting, Verb.REFUSE_AIM, by=by, party=seat, about=about, words=words)
    record("negotiation.aim_refused", sitting.negotiation, by=by, person=sitting.negotiation.person)
    return move


@transaction.atomic
def set_deadline(negotiation: Negotiation, due_on: date, *, by: Member) -> Move:
    sitting = sit(negotiation)
    require(may_lead(by, sitting.negotiation))
    move = lay(sitting, Verb.DEADLINE, by=by, detail={"due_on": due_on.isoformat()})
    record("negotiation.deadline", sitting.negotiation, by=by, person=sitting.negotiation.person)
    return move


@transaction.atomic
def extend(negotiation: Negotiation, due_on: date, reason: str, *, by: Member) -> Move:
    """Give it more time, and say why."""
    sitting = sit(negotiation)
    require(may_lead(by, sitting.negotiation))
    move = lay(sitting, Verb.EXTEND, by=by, words=reason, detail={"due_on": due_on.isoformat()})
    record("negotiation.extended", sitting.negotiation, by=by, person=sitting.negotiation.person)
    return move
