"""What a record shows of everybody's words: exchanges, goals with their positions, activities."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from avec.accounts.models import Member
from avec.careplan.models import ActivityKind, CarePlan, Confirmation, Goal, StanceChoice
from avec.careplan.rules import (
    Counted,
    count_participation,
)
from avec.careplan.shown import Shown, shown
from avec.careplan.standing import Standing, standing_of
from avec.careplan.tensions import Tensions
from avec.careplan.words import Speaker, answered_by, position_speaker, short, speaker_of, when_said
from avec.contracts.models import CareContract, State
from avec.people.models import Person, today
from avec.ui.words import date_long, distance, elide

from .gather import Aim, Deed, Said
from .links import link
from .record_talks import Talk, Talks

# Beyond this, answered words are folded under « … autres attentes, avec leurs réponses ».
SHOWN = 6


@dataclass
class Exchange:
    """Somebody's words and their answer, as the page shows them."""

    said: Said
    speaker: Speaker
    when: str
    shown: Shown
    since: str = ""
    goal: Goal | None = None
    by: str = ""
    states: list[str] = field(default_factory=list)
    links: list[dict[str, Any]] = field(default_factory=list)
    late: bool = False  # said after the contract in progress was written
    may_answer: bool = False
    may_withdraw: bool = False
    talk: Talk | None = None

    @property
    def anchor(self) -> str:
        return f"attente-{self.said.expectation.pk}"

    @property
    def goal_anchor(self) -> str:
        return f"#objectif-{self.goal.number}" if self.goal else ""


@dataclass
class Voices:
    """The words of one side, those that wait first."""

    title: str
    anchor: str
    exchanges: list[Exchange]

    @property
    def shown(self) -> list[Exchange]:
        waiting = sum(1 for exchange in self.exchanges if exchange.said.waits)
        return self.exchanges[: max(SHOWN, waiting)]

    @property
    def more(self) -> list[Exchange]:
        return self.exchanges[len(self.shown) :]


@dataclass
class GoalCard:
    aim: Aim
    term: str
    origins: list[tuple[str, str]]
    stances: list[tuple[Speaker, str, str, str]]
    silent: str
    deeds: int
    standing: Standing
    talk: Talk | None = None

    @property
    def goal(self) -> Goal:
        return self.aim.goal


@dataclass
class Row:
    """A line of the table of activities."""

    deed: Deed
    goals: str
    who_when: str


@dataclass
class Record:
    """Everything gathered of one record, by kind."""

    person: Person
    plan: CarePlan
    member: Member
    said: Sequence[Said]
    aims: Sequence[Aim]
    deeds: Sequence[Deed]
    contracts: Sequence[CareContract]
    may_write: bool
    # Who saw it too, who reads the situation otherwise: only where a page shows them.
    confirmations: dict[UUID, list[Confirmation]] = field(default_factory=dict)
    tensions: Tensions = field(default_factory=Tensions)
    talks: Talks = field(default_factory=Talks)

    @property
    def live_aims(self) -> list[Aim]:
        return [aim for aim in self.aims if aim.live]

    @property
    def live_deeds(self) -> list[Deed]:
        return [deed for deed in self.deeds if deed.live]

    @property
    def here(self) -> list[Said]:
        """The words that were not taken back."""
        return [said for said in self.said if said.expectation.withdrawn_at is None]

    @property
    def waiting(self) -> int:
        return sum(1 for said in self.said if said.waits)

    @property
    def contract(self) -> CareContract | None:
        """The version to sign, else the one in force, else the latest that was not signed or that ended."""
        order = (State.TO_SIGN.value, State.IN_FORCE.value, State.REFUSED.value, State.ENDED.value)
        found = [contract for contract in self.contracts if contract.state in order]
        return min(found, key=lambda contract: order.index(contract.state)) if found else None

    def goal(self, pk: UUID | None) -> Goal | None:
        return next((aim.goal for aim in self.aims if aim.goal.pk == pk), None)

    @property
    def actions(self) -> list[Deed]:
        """What somebody does: means and services are not counted among them."""
        return [deed for deed in self.live_deeds if deed.activity.kind == ActivityKind.ACTION.value]

    def counted(self) -> Counted:
        return count_participation(deed.activity.participation for deed in self.actions)


# ───────── The words and their answers


def exchange_of(record: Record, said: Said) -> Exchange:
    expectation, answer = said.expectation, said.answer
    exchange = Exchange(
        said,
        speaker_of(expectation, record.person),
        when_said(expectation, record.person),
        shown(
            expectation,
            record.person,
            reader=record.member,
            confirmations=record.confirmations.get(expectation.pk, ()),
            tensions=record.tensions,
            may_write=record.may_write,
        ),
        may_answer=record.may_write and expectation.withdrawn_at is None and not expectation.waits_for_words,
        may_withdraw=record.may_write
        and expectation.withdrawn_at is None
        and expectation.written_by_id == record.member.pk,
        talk=record.talks.about(expectation.pk),
    )
    if answer is None:
        contract = record.contract
        exchange.late = contract is not None and expectation.written_at > contract.issued_at
        days = (today() - expectation.said_on).days
        exchange.since = (
            _("Sans réponse, dite aujourd’hui")
            if days < 1
            else _("Sans réponse depuis hier")
            if days == 1
            else _("Sans réponse depuis %s jours") % days
        )
        return exchange
    exchange.by = answered_by(answer)
    exchange.goal = record.goal(answer.goal_id)
    if exchange.goal is not None:
        exchange.states, exchange.links = follow(record, said, exchange.goal)
    return exchange


def follow(record: Record, said: Said, goal: Goal) -> tuple[list[str], list[dict[str, Any]]]:
    """The five steps from a sentence: what is done, where it stands, what comes."""
    contract = next((one for one in record.contracts if one.pk == said.contract), None)
    instead = contract is not None and contract.instead_at is not None  # type: ignore[attr-defined]
    # The individual document says the same: what it holds is done without a signature.
    signed = contract is not None and (contract.state == State.IN_FORCE.value or instead)
    count = sum(1 for deed in record.live_deeds if goal.pk in deed.goals)
    steps = [
        (
            _("Attente dite le %s") % date_long(said.expectation.said_on),
            link("home:thread", said.expectation.pk),
            True,
        ),
        talk_step(record.talks.about(said.expectation.pk, goal.pk)),
        (
            contract_words(contract, said.article, instead=instead),
            link("contracts:read", contract.pk, anchor=f"article-{said.article}") if contract else "",
            signed,
        ),
        (
            _("Aucune action pour l’instant")
            if not count
            else _("1 action prévue")
            if count == 1
            else _("%s actions prévues") % count,
            link("home:record", record.person.pk, anchor="actions") if count else "",
            signed and count > 0,
        ),
        (
            _("Évaluation prévue le %s") % date_long(goal.due_on)
            if goal.due_on
            else _("Pas encore de date d’évaluation"),
            "",
            False,
        ),
    ]
    now = next(place for place, (_label, _url, done) in enumerate(steps) if not done)
    states = ["done"] * now + ["now"] + ["todo"] * (len(steps) - now - 1)
    links = [
        {"label": label, "url": url, "current": place == now}
        for place, (label, url, _done) in enumerate(steps)
    ]
    return states, links


def talk_step(talk: Talk | None) -> tuple[str, str, bool]:
    """The second of the five steps: the thread waits there as long as one negotiates."""
    if talk is None:
        return _("Pas de négociation ouverte"), "", True
    if talk.running:
        return _("En négociation\u00a0: %s") % talk.state.lower(), talk.url, False
    assert talk.concluded_on is not None
    return _("Négociation conclue le %s") % date_long(talk.concluded_on), talk.url, True


def contract_words(contract: CareContract | None, article: int | None, *, instead: bool = False) -> str:
    """`instead`: the individual document was written with the same content."""
    if contract is None:
        return _("Pas encore dans un contrat")
    if instead and contract.state in {State.REFUSED.value, State.TO_SIGN.value}:
        return _("Document individuel (DIPC), article %s") % article
    states = {
        State.TO_SIGN.value: _("Contrat, article %s, à signer"),
        State.IN_FORCE.value: _("Contrat, article %s, signé"),
        State.REFUSED.value: _("Contrat, article %s, non signé"),
        State.ENDED.value: _("Contrat terminé, article %s"),
    }
    return states.get(contract.state, _("Contrat précédent, article %s")) % article


def voices_of(record: Record) -> tuple[list[Voices], list[Exchange]]:
    """The person's words first, then what was seen, then the circle's, then the team's; and those taken back."""
    exchanges = [exchange_of(record, said) for said in record.said]
    exchanges.sort(key=lambda one: (not one.said.waits, -one.said.expectation.said_on.toordinal()))
    back = [one for one in exchanges if one.said.expectation.withdrawn_at is not None]

    def said_by(*voices: str) -> list[Exchange]:
        return [one for one in exchanges if one not in back and one.said.expectation.voice in voices]

    own = Voices("", "attentes", [one for one in said_by("person") if not one.shown.not_wanted])
    refused = _("Ce %s ne veut pas") % elide(record.person.called, "que")
    others = [
        Voices(refused, "ne-veut-pas", [one for one in said_by("person") if one.shown.not_wanted]),
        Voices(_("Ce que l’on a vu"), "observe", said_by("observed")),
        Voices(_("Ce que ses proches demandent"), "proches", said_by("relative", "representative")),
        Voices(_("Ce que l’équipe propose"), "propositions", said_by("professional")),
    ]
    return [own, *[side for side in others if side.exchanges]], back


# ───────── Goals, activities


def goal_card(record: Record, aim: Aim) -> GoalCard:
    goal = aim.goal
    origins = [
        (f"#attente-{said.expectation.pk}", short(said.expectation.words))
        for said in record.said
        if goal.pk in said.goals
    ]
    stances = []
    order = ["person", "relative", "representative", "professional"]
    for position in sorted(
        aim.positions, key=lambda one: order.index(one.voice) if one.voice in order else 9
    ):
        note = _("le %s") % date_long(timezone.localdate(position.at))
        if position.ask_again_on:
            note += ", " + _("à redemander le %s") % date_long(position.ask_again_on)
        label = str(StanceChoice(position.stance).label)
        stances.append((position_speaker(position, record.person), label, position.reason, note))
    voices = {position.voice for position in aim.positions}
    missing = [
        name
        for voice, name in (("person", record.person.called), ("professional", _("l’équipe")))
        if voice not in voices
    ]
    return GoalCard(
        aim,
        term_words(goal.due_on),
        origins,
        stances,
        _("On ne sait pas encore ce qu’en pense %s.") % _(" ni ").join(missing) if missing else "",
        sum(1 for deed in record.live_deeds if goal.pk in deed.goals),
        standing_of(goal, aim.evaluations, record.person),
        record.talks.about(goal.pk),
    )


def term_words(due_on: date | None) -> str:
    if due_on is None:
        return ""
    if due_on < today():
        return _("Terme : %(day)s, %(distance)s : à évaluer") % {
            "day": date_long(due_on),
            "distance": distance(due_on, today()),
        }
    return _("Terme : %(day)s, %(distance)s") % {
        "day": date_long(due_on),
        "distance": distance(due_on, today()),
    }


def row_of(record: Record, deed: Deed) -> Row:
    activity = deed.activity
    numbers = sorted(aim.goal.number for aim in record.aims if aim.goal.pk in deed.goals)
    goals = ""
    if numbers:
        word = _("objectif %s") if len(numbers) == 1 else _("objectifs %s")
        goals = word % ", ".join(map(str, numbers))
    who = activity.performer or (activity.owner.name if activity.owner else "")
    return Row(deed, goals, ", ".join(part for part in (who, activity.rhythm, activity.place) if part))
