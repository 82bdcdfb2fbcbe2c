"""The establishment, the person, the circle, the professionals — found, or made."""

from typing import Any
from uuid import uuid5

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from avec.accounts.models import Establishment, Member, Role
from avec.interop.importing.work import Work, of
from avec.interop.numbers import number_of
from avec.interop.records import (
    ParsedEstablishment,
    ParsedPerson,
    ParsedProfessional,
    ParsedRelative,
    ParsedStay,
    ParsedTeamMember,
)
from avec.interop.report import PersonLine
from avec.interop.rules import EXPORTS, FileRefused, PersonNumber, fold_words, owner_of
from avec.people.models import CARE_ROLES, CareTeamMember, Person, RelatedPerson, Stay

# The number of an establishment whose file gives none starts so: it can never be taken for a FINESS.
NO_FINESS = "SF"


def write_people(work: Work) -> None:
    for person in work.records.persons:
        work.persons[person.key] = _person(work, person)
    for relative in work.records.relatives:
        work.relatives[relative.key] = _relative(work, relative)
    for stay in work.records.stays:
        _stay(work, stay)
    for tie in work.records.team:
        _team_of_circle(work, tie)


# The establishment


def _establishment(work: Work, parsed: ParsedPerson) -> Establishment:
    finess = parsed.finess or _finess_elsewhere(work)
    told = _told(work, finess)
    if not finess:
        known = _known_by_ins(parsed)
        if known is not None:
            return known
        finess = _made_up_number(work, told)
    if finess not in work.establishments:
        work.establishments[finess] = _settle_establishment(work, finess, told)
    return work.establishments[finess]


def _settle_establishment(work: Work, finess: str, told: ParsedEstablishment | None) -> Establishment:
    found = Establishment.objects.filter(finess=finess).first()
    name = told.name if told else ""
    if found is None and not name:
        name = _nameless(finess)
        work.ignore(name, _("le fichier ne donne pas le nom de l’établissement"))
    fields = {"name": name}
    if found is not None and name and found.name == _nameless(finess):
        # The name made up for want of one gives way to the true one.
        found.name = name
        found.save(update_fields=["name"])
        work.report.completed.append(f"{finess} : {name}")
    establishment: Establishment = work.settle(
        "establishment", finess, found, Establishment, fields, finess=finess, is_demo=_stays_demo()
    )
    return establishment


def _nameless(finess: str) -> str:
    return _("Établissement %(finess)s") % {"finess": finess}


def _stays_demo() -> bool:
    """Among demo establishments, one more of them: a real one would close the demo. In an empty database, the
    server says which it is."""
    if not Establishment.objects.exists():
        return bool(settings.AVEC_DEMO)
    return not Establishment.objects.filter(is_demo=False).exists()


def _finess_elsewhere(work: Work) -> str:
    """The FINESS of the only numbered structure, or the one in the numbers of the plan's parts."""
    records = work.records
    told = {one.finess for one in records.establishments if one.finess}
    numbers = [one.identifier for one in records.plans] + [one.identifier for one in records.expectations]
    numbers += [one.identifier for one in records.goals] + [one.identifier for one in records.activities]
    told |= {owner.finess for number in numbers if (owner := owner_of(number))}
    return told.pop() if len(told) == 1 else ""


def _told(work: Work, finess: str) -> ParsedEstablishment | None:
    """What the file says of this structure."""
    told = work.records.establishments
    numbered = next((one for one in told if finess and one.finess == finess), None)
    if numbered is not None:
        return numbered
    return told[0] if len(told) == 1 and not told[0].finess else None


def _known_by_ins(parsed: ParsedPerson) -> Establishment | None:
    if not parsed.ins:
        return None
    persons = list(Person.objects.filter(ins=parsed.ins, ins_system=parsed.ins_system)[:2])
    return persons[0].establishment if len(persons) == 1 else None


def _made_up_number(work: Work, told: ParsedEstablishment | None) -> str:
    name = told.name if told else ""
    number = f"{NO_FINESS}{uuid5(EXPORTS, name).hex[:12]}"
    work.ignore(
        name or _("Établissement"),
        _(
            "pas de numéro FINESS dans le fichier\u00a0: un numéro provisoire le remplace, à corriger avant tout envoi"
        ),
    )
    return number


# The person


def _person(work: Work, parsed: ParsedPerson) -> Person:
    if not parsed.family_name:
        raise FileRefused(_("Une personne de ce fichier n’a pas de nom\u00a0: rien n’est importé."))
    establishment = _establishment(work, parsed)
    if work.by is not None and work.by.establishment_id != establishment.pk:
        raise FileRefused(
            _("Ce fichier vient d’un autre établissement que le vôtre\u00a0: rien n’est importé.")
        )
    label = f"{parsed.given_names} {parsed.family_name}".strip()
    local_id = parsed.local_id or f"F{uuid5(EXPORTS, parsed.ins or parsed.key).hex[:10].upper()}"
    found = _known_person(parsed, local_id, establishment)
    if found is None and not parsed.local_id:
        why = _("pas de numéro dans l’établissement\u00a0: %(number)s lui est donné")
        work.ignore(label, why % {"number": local_id})
    names = (
        "ins ins_system identity_status civility family_name birth_name given_names used_name birth_date"
        " birth_order birth_place_code"
    )
    fields = {name: getattr(parsed, name) for name in names.split()}
    fields["gender"] = found.gender if found and parsed.gender == "unknown" else parsed.gender
    person: Person = work.settle(
        "person",
        label,
        found,
        Person,
        fields,
        complete=frozenset(names.split()) - {"birth_order"},
        establishment=establishment,
        local_id=local_id,
    )
    work.report.persons.append(PersonLine(person.name, person.national_identifier, found is None))
    return person


def _known_person(parsed: ParsedPerson, local_id: str, establishment: Establishment) -> Person | None:
    persons = Person.objects.filter(establishment=establishment).select_related("establishment")
    found = persons.filter(local_id=local_id).first()
    if found is None and parsed.ins and not parsed.local_id:
        found = persons.filter(ins=parsed.ins, ins_system=parsed.ins_system).first()
    if found is not None and _somebody_else(found, parsed):
        number = PersonNumber(establishment.finess, local_id)
        raise FileRefused(
            _("Le numéro %(number)s est déjà celui de quelqu’un d’autre ici\u00a0: rien n’est importé.")
            % {"number": number}
        )
    return found


def _somebody_else(found: Person, parsed: ParsedPerson) -> bool:
    """The same number, but two people: no name in common, or another birth date and another name."""
    ours, theirs = (
        fold_words(f"{found.family_name} {found.birth_name}"),
        fold_words(f"{parsed.family_name} {parsed.birth_name}"),
    )
    family = bool(set(ours) & set(theirs))
    given = bool(set(fold_words(found.given_names)) & set(fold_words(parsed.given_names)))
    born_otherwise = found.birth_date and parsed.birth_date and found.birth_date != parsed.birth_date
    return not (family or given) or bool(born_otherwise and not (family and given))


def _relative(work: Work, parsed: ParsedRelative) -> RelatedPerson:
    person = work.persons[parsed.person]
    names = "civility given_name relation role_code relation_code protection_code phone email comment"
    fields = {name: getattr(parsed, name) for name in names.split()}
    fields["family_name"] = parsed.family_name or parsed.relation or _("Proche")
    shelf = work.shelf(RelatedPerson, "name", person=person)
    label = f"{parsed.given_name} {fields['family_name']}".strip()
    relative: RelatedPerson = work.settle(
        "relative",
        label,
        shelf.find(parsed.identifier, label),
        RelatedPerson,
        fields,
        identifier=parsed.identifier,
        identifier_system=parsed.identifier_system,
        **of(person),
    )
    shelf.add(relative)
    return relative


def _stay(work: Work, parsed: ParsedStay) -> None:
    person = work.persons[parsed.person]
    found = Stay.objects.filter(person=person, admitted_on=parsed.admitted_on).first()
    fields = {"admitted_on": parsed.admitted_on, "discharged_on": parsed.discharged_on}
    work.settle("stay", str(parsed.admitted_on), found, Stay, fields, **of(person))


# Professionals: members without an account


def member_of(work: Work, key: str, person: Person) -> Member | None:
    """The professional of the file, as a member of the person's establishment."""
    if not key:
        return None
    place = (key, person.establishment_id)
    if place not in work.members:
        work.members[place] = _member(work, work.professionals[key], person)
    return work.members[place]


def _member(work: Work, parsed: ParsedProfessional, person: Person) -> Member:
    staff = _staff(work, person)
    family = parsed.family_name or parsed.national_id or _("Professionnel non nommé")
    names = {"given_name": parsed.given_name, "family_name": family}
    unnumbered = f"{parsed.given_name} {family}"
    member: Member = work.settle(
        "professional",
        f"{parsed.given_name} {family}".strip(),
        staff.get(parsed.national_id or unnumbered),
        Member,
        {**names, "civility": parsed.civility, "job": parsed.job},
        establishment_id=person.establishment_id,
        national_id=parsed.national_id,
        role=Role.PROFESSIONAL.value,
    )
    staff.setdefault(parsed.national_id or unnumbered, member)
    return member


def _staff(work: Work, person: Person) -> dict[str, Member]:
    """The professionals of the house by their number; those who came without one, by their name too."""
    if person.establishment_id not in work.staff:
        members = Member.objects.filter(establishment_id=person.establishment_id, role__in=CARE_ROLES)
        known = work.staff[person.establishment_id] = {}
        for member in members.select_related("establishment").order_by("pk"):
            known.setdefault(number_of(member), member)
            if not member.national_id:
                known.setdefault(f"{member.given_name} {member.family_name}", member)
    return work.staff[person.establishment_id]


def enter_team(work: Work, member: Member | None, person: Person, **fields: Any) -> None:
    """Whoever acts in the plan is in the team. Somebody who was in it, even before, is left as they are."""
    if member is None or CareTeamMember.objects.filter(person=person, member=member).exists():
        return
    given = {"function": member.job, "starts_on": timezone.localdate()} | fields
    CareTeamMember.objects.create(member=member, **given, **of(person))
    work.report.created["team"] += 1


def _team_of_circle(work: Work, parsed: ParsedTeamMember) -> None:
    person = work.persons[parsed.person]
    given = {"starts_on": parsed.starts_on, "ends_on": parsed.ends_on, "function": parsed.function}
    member = member_of(work, parsed.professional, person)
    enter_team(work, member, person, **{name: value for name, value in given.items() if value})
