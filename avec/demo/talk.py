"""One negotiation of the demonstration, told move by move."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from avec.accounts.models import Member
from avec.careplan.actions import plan_of
from avec.careplan.models import CarePlan, Goal
from avec.negotiation.actions import (
    Opening,
    Seat,
    accept,
    accept_aim,
    add_point,
    answer_text,
    conclude,
    decline,
    explain,
    go_on,
    keep_stake,
    offer,
    open_negotiation,
    refuse_aim,
    say_stake,
    settle,
    take_position,
)
from avec.negotiation.models import Negotiation, Party, Point
from avec.negotiation.rules import Answer, Becomes, OutcomeKind
from avec.people.models import Person, RelatedPerson

from .house import House


class Talk:
    """One negotiation. Each method is one move, made from its own seat or written down by who leads."""

    def __init__(
        self, house: House, plan: CarePlan, by: Member, seats: Iterable[Seat], **opening: Any
    ) -> None:
        self.house, self.by = house, by
        self.negotiation: Negotiation = open_negotiation(plan, Opening(**opening), list(seats), by=by)
        self.points: dict[int, Point] = {}

    def seat(self, name: str) -> Party:
        """By the beginning of the name shown at the table."""
        return Party.objects.select_related("relative", "professional").get(
            negotiation=self.negotiation, name__startswith=name
        )

    def hand(self, seat: Party) -> Member:
        """Whose hand writes: the party's own, or for who speaks aloud, who leads."""
        if seat.speaks_aloud:
            return self.by
        if seat.professional is not None:
            return seat.professional
        member = seat.relative.member if seat.relative is not None else self.negotiation.person.member
        assert member is not None
        return member

    def point(self, words: str, nature: str = "", **more: Any) -> Point:
        point = add_point(self.negotiation, words, nature=nature, by=self.by, **more)
        self.points[point.number] = point
        return point

    def aim_accepted(self, *names: str) -> None:
        for name in names:
            seat = self.seat(name)
            accept_aim(self.negotiation, seat, by=self.hand(seat))

    def aim_refused(self, name: str, words: str) -> None:
        seat = self.seat(name)
        refuse_aim(self.negotiation, seat, words, by=self.hand(seat))

    def matters(self, name: str, words: str = "") -> None:
        """What matters to somebody; without words, they chose not to say."""
        seat = self.seat(name)
        if words:
            say_stake(self.negotiation, seat, words, by=self.hand(seat))
        else:
            keep_stake(self.negotiation, seat, by=self.hand(seat))

    def asks(self, name: str, number: int, words: str) -> None:
        seat = self.seat(name)
        take_position(self.negotiation, seat, self.points[number], words, by=self.hand(seat))

    def moves(self, name: str, number: int, was: str, becomes: str, in_return_for: int = 0) -> int:
        seat = self.seat(name)
        made = offer(
            self.negotiation,
            seat,
            self.points[number],
            was=was,
            becomes=becomes,
            in_return_for=in_return_for,
            by=self.hand(seat),
        )
        return made.number

    def accepted(self, concession: int, *names: str) -> None:
        for name in names:
            seat = self.seat(name)
            accept(self.negotiation, seat, concession, by=self.hand(seat))

    def declined(self, concession: int, name: str, words: str = "") -> None:
        seat = self.seat(name)
        decline(self.negotiation, seat, concession, by=self.hand(seat), words=words)

    def explained(self, number: int, understood: str, words: str = "", form: str = "de vive voix") -> None:
        explain(
            self.negotiation, self.points[number], by=self.by, understood=understood, form=form, words=words
        )

    def agreed(self, number: int, words: str, becomes: Becomes = Becomes.NOTHING, **fields: Any) -> None:
        settle(
            self.negotiation,
            self.points[number],
            OutcomeKind.AGREED,
            words,
            becomes=becomes,
            fields=fields,
            by=self.by,
        )

    def set_aside(self, number: int, words: str) -> None:
        settle(self.negotiation, self.points[number], OutcomeKind.SET_ASIDE, words, by=self.by)

    def goes_on(self) -> None:
        go_on(self.negotiation, by=self.by)

    def answers(self, name: str, answer: Answer = Answer.YES, words: str = "") -> None:
        seat = self.seat(name)
        answer_text(self.negotiation, seat, answer, by=self.hand(seat), words=words)

    def concluded(
        self, next_step: str = "", next_on: date | None = None, next_words: str = ""
    ) -> Negotiation:
        return conclude(
            self.negotiation, by=self.by, next_step=next_step, next_on=next_on, next_words=next_words
        )

    def goal(self, number: int) -> Goal:
        """The goal that a point became, once concluded."""
        return Goal.objects.get(negotiated_in__point=self.points[number])


def somebody(house: House, family_name: str) -> tuple[Person, CarePlan]:
    """A person of the house, whose own story is told elsewhere, and their plan of the day."""
    person = Person.objects.get(establishment=house.establishment, family_name=family_name)
    plan = plan_of(person)
    assert plan is not None
    return person, plan


def kin(person: Person, given_name: str) -> RelatedPerson:
    return RelatedPerson.objects.get(person=person, given_name=given_name)
