"""Who may do what with a person's record.

One decision (`may`), from the relationship to the person; each room's policy
turns it into sentences (`may_answer`, `may_sign`). The set form, for lists, is
`visible_to`; a test holds the two together on random worlds.
"""

from django.db.models import Exists

from avec.accounts.models import Member, Role

from .models import (
    CARE_ROLES,
    CareTeamMember,
    Mandate,
    MandateKind,
    Objection,
    Person,
    RelatedPerson,
    in_force,
    today,
)
from .rules import Deed, Kind, Level, Relationship, Standing, may_do, readable_levels


def relationships_of(member: Member, person: Person) -> tuple[tuple[Relationship, ...], bool]:
    """The ties between a member and a person, and whether the person objected. One query at most."""
    if member.role == Role.PERSON.value:
        return ((Relationship(Kind.SELF),) if person.member_id == member.pk else ()), False
    if member.role in CARE_ROLES:
        objected = Objection.objects.filter(in_force(), member=member, person=person)
        ties = CareTeamMember.objects.filter(member=member, person=person).annotate(objected=Exists(objected))
        rows = list(ties)
        return (
            tuple(
                Relationship(
                    Kind.EXTERNAL if tie.external else Kind.TEAM,
                    tie.starts_on,
                    tie.ends_on,
                    consent=tie.consent_withdrawn_on is None,
                )
                for tie in rows
            ),
            any(tie.objected for tie in rows),  # type: ignore[attr-defined]
        )
    if member.role == Role.RELATIVE.value:
        mandates = Mandate.objects.filter(related_person__member=member, related_person__person=person)
        return (
            tuple(
                Relationship(
                    Kind(mandate.kind),
                    mandate.starts_on,
                    mandate.ends_on,
                    revoked=mandate.revoked_on is not None,
                    wider=mandate.wider,
                )
                for mandate in mandates
            ),
            False,
        )
    return (), False


def standing_of(member: Member | None, person: Person) -> Standing:
    """Everything that a decision needs to know of this member before this person's record."""
    if member is None:
        return Standing(same_establishment=False)
    relationships, objected = relationships_of(member, person)
    return Standing(
        same_establishment=member.establishment_id == person.establishment_id,
        member_active=member.is_active,
        trainee=member.role == Role.TRAINEE.value,
        relationships=relationships,
        objection=objected,
        limited=person.limited_on is not None,
    )


def may(
    member: Member | None, deed: Deed, person: Person, level: Level = Level.C1, *, named: bool = False
) -> bool:
    """The one decision: may this member do this deed on an element of this level in this person's record, today?"""
    return may_do(standing_of(member, person), deed, level, today(), named=named)


def may_read(member: Member | None, person: Person) -> bool:
    """Is this record open to the member, at whatever level?"""
    return bool(readable_levels(standing_of(member, person), today()))


def may_speak(member: Member | None, person: Person) -> bool:
    """Add words to the record: one's own, or the person's, written down for them by the team."""
    return may(member, Deed.SPEAK, person)


def may_write(member: Member | None, person: Person) -> bool:
    """Write for the team: answers, goals, activities."""
    return may(member, Deed.WRITE, person)


def may_validate(member: Member | None, person: Person) -> bool:
    """Issue a contract or close a step; a trainee never does it alone (T16)."""
    return may(member, Deed.VALIDATE, person)


def may_invite_around(member: Member | None, person: Person) -> bool:
    """Invite the person, or somebody of their circle: the team, never a trainee alone."""
    return may_validate(member, person)


def may_invite_relative(member: Member | None, relative: RelatedPerson) -> bool:
    """A relative is invited once a mandate in force opens something to them: never for the tie alone."""
    if not may_invite_around(member, relative.person):
        return False
    mandates = Mandate.objects.filter(in_force(), related_person=relative, revoked_on__isnull=True)
    return mandates.exclude(kind=MandateKind.PROPERTY.value).exists()


# What the person gave, the person takes back; a judgment or the law is not theirs to revoke.
GIVEN = (MandateKind.CARER.value, MandateKind.TRUSTED.value)


def may_choose_readers(member: Member | None, person: Person) -> bool:
    """Take back what a relative reads, or object to a reader of the team: the person, alone (T11, T23)."""
    return member is not None and member.role == Role.PERSON.value and may_read(member, person)


# Who admits: somebody who accompanies, or the manager of a unit; a trainee never does it alone.
ADMITTING = frozenset({Role.PROFESSIONAL.value, Role.UNIT_MANAGER.value})


def may_admit(member: Member | None) -> bool:
    """Welcome somebody new: this opens no record that exists already."""
    return member is not None and member.is_active and member.role in ADMITTING


def may_ask_to_join(member: Member | None, person: Person) -> bool:
    """Ask the team of somebody already here: asking opens nothing (T02)."""
    return may_admit(member) and member is not None and member.establishment_id == person.establishment_id


def may_change_identity(member: Member | None, person: Person) -> bool:
    """Mend who the person is: whoever writes for the team."""
    return may_write(member, person)


def may_note_stay(member: Member | None, person: Person) -> bool:
    """Note a departure or a return: legal delays depend on it, so never a trainee alone."""
    return may_validate(member, person)


def may_note_circle(member: Member | None, person: Person) -> bool:
    """Write down who is around the person and how to reach them: this opens nothing."""
    return may_write(member, person)


def may_note_mandate(member: Member | None, person: Person) -> bool:
    """Write down a mandate: it opens the record to somebody, so never a trainee alone."""
    return may_validate(member, person)


def leads(member: Member | None, person: Person) -> bool:
    """Is this the manager of the person's unit? They name the team and read nothing of the record (T39)."""
    return (
        member is not None
        and member.is_active
        and member.role == Role.UNIT_MANAGER.value
        and member.establishment_id == person.establishment_id
        and member.unit_id is not None
        and member.unit_id == person.unit_id
        and person.limited_on is None
        and not objects_to(person, member)
    )


def objects_to(person: Person, member: Member) -> bool:
    """Does the person not want this professional? It beats everything, their place in the team too (T11)."""
    return Objection.objects.filter(in_force(), person=person, member=member).exists()


def is_referent(member: Member, person: Person) -> bool:
    ties = CareTeamMember.objects.filter(in_force(), person=person, member=member, is_referent=True)
    return ties.filter(external=False).exists()


def has_referent(person: Person) -> bool:
    ties = CareTeamMember.objects.filter(in_force(), person=person, is_referent=True)
    return ties.filter(external=False).exists()


def may_add_to_team(member: Member | None, person: Person) -> bool:
    """Anybody of the team may add a colleague; the manager of the unit names the first."""
    return may_validate(member, person) or leads(member, person)


def may_join(by: Member | None, colleague: Member, person: Person) -> bool:
    """Add this colleague: somebody else than oneself, who accompanies here, and whom the person did not refuse.

    Nobody lets themself in (T02): not even the manager who names the team.
    """
    return (
        may_add_to_team(by, person)
        and by is not None
        and colleague.pk != by.pk
        and colleague.establishment_id == person.establishment_id
        and colleague.role in CARE_ROLES
        and colleague.is_active
        and not objects_to(person, colleague)
    )


def may_remove_from_team(member: Member | None, person: Person) -> bool:
    """Remove others: a referent of the person, or the manager of the unit."""
    if member is None:
        return False
    return (may_validate(member, person) and is_referent(member, person)) or leads(member, person)


def may_end_place(member: Member | None, tie: CareTeamMember) -> bool:
    """Leave a team oneself, or remove somebody from it."""
    if member is None:
        return False
    leaving = member.pk == tie.member_id and may_read(member, tie.person)
    return leaving or may_remove_from_team(member, tie.person)


def may_change_place(member: Member | None, tie: CareTeamMember) -> bool:
    """Say who is referent and what each does. While nobody is referent, anybody of the team may name one."""
    if may_remove_from_team(member, tie.person):
        return True
    return may_validate(member, tie.person) and not has_referent(tie.person)
