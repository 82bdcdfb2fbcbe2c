"""Who is asked to sign a contract: the house's table, applied to the measure in force and to the person's circle."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID, uuid5

from django.utils.translation import gettext as _

from avec.people.models import (
    CareTeamMember,
    Mandate,
    MandateKind,
    MandateOrigin,
    Person,
    RelatedPerson,
    in_force,
)
from avec.people.rules import Level

from .models import SigningRule
from .rules import (
    Demand,
    Measure,
    PartyText,
    Row,
    Signatory,
    asked_of,
    measure_of,
    signs_as,
    table_of,
    usual_rows,
)

SPACE = UUID("0b6f1a7e-6c1d-4a57-9a55-5f6e7b1c2d90")
# The measure that a mandate makes, from what it allows and where it comes from.
MEASURES = {
    MandateKind.ASSISTANCE.value: Measure.ASSISTANCE,
    MandateKind.REPRESENTATION.value: Measure.REPRESENTATION,
    MandateKind.PROPERTY.value: Measure.PROPERTY,
    MandateKind.PARENT.value: Measure.MINOR,
}
OF_FAMILY = {
    MandateKind.ASSISTANCE.value: Measure.FAMILY_ASSISTANCE,
    MandateKind.REPRESENTATION.value: Measure.FAMILY_REPRESENTATION,
}
SIGNATORIES = {
    MandateKind.ASSISTANCE.value: Signatory.GUARDIAN,
    MandateKind.REPRESENTATION.value: Signatory.GUARDIAN,
    MandateKind.PARENT.value: Signatory.PARENT,
    MandateKind.TRUSTED.value: Signatory.TRUSTED,
    MandateKind.CARER.value: Signatory.CARER,
}
VOICES = {
    Signatory.PERSON: "person",
    Signatory.TEAM: "professional",
    Signatory.GUARDIAN: "representative",
    Signatory.PARENT: "representative",
    Signatory.TRUSTED: "relative",
    Signatory.CARER: "relative",
}


@dataclass
class Party:
    """Who signs: the text shown, and who it is for the database."""

    text: PartyText
    professional: CareTeamMember | None = None
    relative: RelatedPerson | None = None

    def may_be_asked(self, level: str) -> bool:
        """A witness signs what their mandate lets them read; who must sign by judgment reads what they sign."""
        return level == Level.C1 or self.relative is None or self.text.required

    @property
    def key(self) -> str:
        """How a draft names somebody it adds."""
        if self.relative is not None:
            return f"relative:{self.relative.pk}"
        return f"team:{self.professional.pk}" if self.professional is not None else "person"

    @property
    def signatory_pk(self) -> UUID | None:
        """The relative or the member that a line of theirs names; None for the person."""
        if self.relative is not None:
            return self.relative.pk
        return self.professional.member_id if self.professional is not None else None


def rule_key(establishment_id: UUID, row: Row) -> UUID:
    return uuid5(SPACE, f"{establishment_id}:{row.measure.value}:{row.signatory.value}")


def shipped_rules(establishment_id: UUID) -> list[SigningRule]:
    """The usual table for this establishment, not written."""
    return [
        SigningRule(
            pk=rule_key(establishment_id, row),
            establishment_id=establishment_id,
            measure=row.measure.value,
            signatory=row.signatory.value,
            demand=row.demand.value,
            source=row.source,
            to_check=row.to_check,
        )
        for row in usual_rows()
    ]


def rules_of(establishment_id: UUID) -> list[SigningRule]:
    """Every row of the house's table, in the order of the usual one. One query."""
    written = {
        (rule.measure, rule.signatory): rule
        for rule in SigningRule.objects.filter(establishment_id=establishment_id).select_related("revised_by")
    }
    return [written.get((rule.measure, rule.signatory), rule) for rule in shipped_rules(establishment_id)]


def as_rows(rules: Iterable[SigningRule]) -> list[Row]:
    return [
        Row(Measure(rule.measure), Signatory(rule.signatory), Demand(rule.demand), rule.source, rule.to_check)
        for rule in rules
    ]


def mandates_of(person: Person) -> list[Mandate]:
    """Those in force today, the heaviest first."""
    return list(
        Mandate.objects.filter(related_person__person=person)
        .in_force()
        .select_related("related_person")
        .order_by("kind", "starts_on", "pk")
    )


def made_by(mandate: Mandate) -> Measure:
    """The measure that this mandate makes, NONE for a trusted person or a carer."""
    if mandate.kind in OF_FAMILY and mandate.origin == MandateOrigin.FAMILY.value:
        return OF_FAMILY[mandate.kind]
    if mandate.kind in OF_FAMILY and mandate.origin == MandateOrigin.FUTURE.value:
        return Measure.FUTURE
    return MEASURES.get(mandate.kind, Measure.NONE)


def measure_for(mandates: Sequence[Mandate]) -> Measure:
    """The protection measure in force."""
    return measure_of(made_by(mandate) for mandate in mandates)


def parties_of(person: Person, added: Sequence[str] = ()) -> list[Party]:
    """Who signs, the team first, then the person, then those of their circle.

    `added`: whom the draft asks besides (`Party.key`): they may sign, and nothing waits for them.
    """
    mandates = mandates_of(person)
    measure = measure_for(mandates)
    table = table_of(as_rows(rules_of(person.establishment_id)))
    team = list(
        CareTeamMember.objects.filter(in_force(), person=person, external=False)
        .select_related("member", "person")
        .order_by("-is_referent", "starts_on", "pk")
    )
    parties = []
    referent = next((one for one in team if one.is_referent), None)
    if referent is not None:
        parties.append(of_team(referent, asked=True))
    circle_asked: dict[str, Party] = {}
    for mandate in mandates:
        party = of_mandate(mandate, measure, table, person)
        # Who holds two mandates signs once, as what is most asked of them.
        if party is not None and (
            party.key not in circle_asked
            or (party.text.required and not circle_asked[party.key].text.required)
        ):
            circle_asked[party.key] = party
    # Where nobody is asked to sign for who is represented, the contract waits for the person.
    required = asked_of(Signatory.PERSON, measure, table).required or not any(
        party.text.required for party in circle_asked.values()
    )
    capacity = person.establishment.words.known(person.gender).one
    parties.append(Party(party_text(Signatory.PERSON, person.name, capacity, required, "", person)))
    parties += circle_asked.values()
    asked = {party.key for party in parties}
    circle = {
        f"relative:{mandate.related_person_id}": mandate
        for mandate in mandates
        if mandate.kind != MandateKind.PROPERTY.value
    }
    for key in added:
        if key in asked:
            continue
        colleague = next((one for one in team if f"team:{one.pk}" == key), None)
        if colleague is not None:
            parties.append(of_team(colleague, asked=False))
        elif key in circle:
            parties.append(witness(circle[key], person))
        asked.add(key)
    return parties


def party_text(
    signatory: Signatory, name: str, capacity: str, required: bool, one_of: str, person: Person
) -> PartyText:
    return PartyText(
        voice=VOICES[signatory],
        name=name,
        capacity=capacity,
        required=required,
        signatory=signatory.value,
        one_of=one_of,
        says=signs_as(name, capacity, signatory, person=person.name),
    )


def of_team(place: CareTeamMember, *, asked: bool) -> Party:
    """The referent signs for the team; a colleague that the draft adds signs beside."""
    job = place.function or place.member.job
    capacity = (_("%(job)s, pour l’équipe") % {"job": job} if job else _("pour l’équipe")) if asked else job
    return Party(
        party_text(
            Signatory.TEAM, place.member.name, capacity or _("professionnel"), asked, "", place.person
        ),
        professional=place,
    )


def capacity_of(mandate: Mandate) -> str:
    words = mandate.words or str(mandate)
    return ", ".join(dict.fromkeys(word for word in (mandate.related_person.relation, words) if word))


def of_mandate(
    mandate: Mandate, measure: Measure, table: dict[tuple[Measure, Signatory], Demand], person: Person
) -> Party | None:
    """What the table asks of who holds this mandate, if anything."""
    signatory = SIGNATORIES.get(mandate.kind)
    if signatory is None:
        return None
    # Somebody who only assists is not asked as somebody who represents: each follows their own measure.
    followed = made_by(mandate) if signatory == Signatory.GUARDIAN else measure
    asked = asked_of(signatory, followed, table, judged=mandate.co_signs)
    if not asked.asked:
        return None
    return Party(
        party_text(
            signatory,
            mandate.related_person.name,
            capacity_of(mandate),
            asked.required,
            asked.one_of,
            person,
        ),
        relative=mandate.related_person,
    )


def witness(mandate: Mandate, person: Person) -> Party:
    """Somebody of the circle that the draft adds: they may sign, nothing waits for them."""
    signatory = SIGNATORIES.get(mandate.kind, Signatory.CARER)
    return Party(
        party_text(signatory, mandate.related_person.name, capacity_of(mandate), False, "", person),
        relative=mandate.related_person,
    )


def may_be_added(person: Person, parties: Sequence[Party]) -> list[Party]:
    """Colleagues and those of the circle who could be asked to sign as well."""
    asked = {party.key for party in parties}
    team = CareTeamMember.objects.filter(in_force(), person=person, external=False).select_related(
        "member", "person__establishment"
    )
    others = [of_team(place, asked=False) for place in team.order_by("starts_on", "pk")]
    others += [
        witness(mandate, person)
        for mandate in mandates_of(person)
        if mandate.kind != MandateKind.PROPERTY.value
    ]
    unique = {party.key: party for party in others if party.key not in asked}
    return list(unique.values())
