"""A table set for the tests: the person, their daughter and their nurse; reached through the actions."""

from dataclasses import dataclass
from typing import Any

from avec.accounts.models import Member, Role
from avec.careplan.models import CarePlan
from avec.careplan.tests.factories import days, establishment, in_team, member, person, plan, relative
from avec.negotiation.actions import (
    Opening,
    Seat,
    accept_aim,
    add_point,
    go_on,
    open_negotiation,
    say_stake,
)
from avec.negotiation.models import Negotiation, Party, Point
from avec.people.models import Person, RelatedPerson


@dataclass
class Around:
    """Everybody around one negotiation."""

    nurse: Member
    resident: Member
    daughter: Member
    person: Person
    relative: RelatedPerson
    plan: CarePlan
    negotiation: Negotiation
    points: list[Point]

    def seat(self, who: Member) -> Party:
        return next(
            party
            for party in Party.objects.filter(negotiation=self.negotiation).select_related(
                "relative", "negotiation__person"
            )
            if who.pk
            in {
                party.professional_id,
                party.relative.member_id if party.relative else None,
                self.resident.pk if party.voice == "person" else None,
            }
        )

    @property
    def everybody(self) -> list[Member]:
        return [self.resident, self.daughter, self.nurse]


def around(points: int = 2, **opening: Any) -> Around:
    """A negotiation being framed: an aim, a deadline, negotiable points."""
    house = establishment()
    nurse = member(house, job="infirmière")
    someone = person(house)
    resident = member(house, role=Role.PERSON)
    someone.member = resident
    someone.save()
    in_team(someone, nurse, is_referent=True)
    daughter = member(house, role=Role.RELATIVE)
    kin = relative(someone, "carer", member=daughter)
    one = plan(someone, nurse)
    usual = {
        "title": "L’heure du lever",
        "situation": "La toilette se fait à 7 heures, trop tôt.",
        "aim": "Trouver une heure qui convient à chacun",
        "due_on": days(14),
    }
    negotiation = open_negotiation(
        one,
        Opening(**usual | opening),
        [Seat(), Seat(relative=kin), Seat(professional=nurse)],
        by=nurse,
    )
    laid = [
        add_point(negotiation, f"Point numéro {number}", nature="organisation", by=nurse)
        for number in range(1, points + 1)
    ]
    negotiation.refresh_from_db()
    return Around(nurse, resident, daughter, someone, kin, one, negotiation, laid)


def explored(found: Around) -> Around:
    """The same, once everybody accepted the aim: stakes are next."""
    for who in found.everybody:
        accept_aim(found.negotiation, found.seat(who), by=who)
    go_on(found.negotiation, by=found.nurse)
    return found


def negotiated(found: Around) -> Around:
    """The same, once everybody said what matters: positions are next."""
    explored(found)
    for who in found.everybody:
        say_stake(found.negotiation, found.seat(who), "Dormir, et ne pas courir", by=who)
    go_on(found.negotiation, by=found.nurse)
    return found
