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
            any(tie.objected for tie in rows),
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
