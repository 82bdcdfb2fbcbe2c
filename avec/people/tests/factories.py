"""Establishments, members and persons for the tests of every room: small functions with plausible values."""

import itertools
from datetime import date, timedelta
from typing import Any

from django.test import Client
from django.utils import timezone

from avec.accounts.models import Establishment, Member, Role, Unit, User
from avec.people.models import CareTeamMember, Mandate, MandateKind, Person, RelatedPerson, Stay

PASSWORD = "avec-demo-2026"
number = itertools.count(1)


def days(count: int) -> date:
    """A day of the calendar, counted from today: days(-1) is yesterday."""
    return timezone.localdate() + timedelta(days=count)


def establishment(**fields: Any) -> Establishment:
    n = next(number)
    return Establishment.objects.create(
        **{"finess": f"99{n:07}", "name": f"Les Tilleuls {n}", "sector": "social_care"} | fields
    )


def unit(establishment: Establishment, name: str = "Les Acacias") -> Unit:
    return Unit.objects.get_or_create(establishment=establishment, name=name)[0]


def member(establishment: Establishment, role: str = Role.PROFESSIONAL.value, **fields: Any) -> Member:
    """Somebody's place in an establishment. A nurse unless said otherwise."""
    n = next(number)
    usual = {"given_name": "Sonia", "family_name": f"Benali{n}"}
    if role == Role.PROFESSIONAL.value:
        usual |= {"job": "infirmière", "national_id": f"8{n:011}"}
    return Member.objects.create(establishment=establishment, role=role, **usual | fields)


def person(establishment: Establishment, *, admitted_on: date | None = None, **fields: Any) -> Person:
    """Somebody who lives there since a month ago; with their own member (their own space)."""
    n = next(number)
    usual = {"given_names": "Odette", "family_name": f"Marcillac{n}", "birth_date": date(1943, 5, 2)}
    usual |= {"local_id": f"P{n:05}", "gender": "female", "room": f"{n}"}
    fields = usual | fields
    if "member" not in fields:
        fields["member"] = member(
            establishment,
            Role.PERSON.value,
            given_name=str(fields["given_names"]),
            family_name=str(fields["family_name"]),
        )
    created = Person.objects.create(establishment=establishment, **fields)
    Stay.objects.create(person=created, establishment=establishment, admitted_on=admitted_on or days(-30))
    return created


def in_team(person: Person, member: Member, **fields: Any) -> CareTeamMember:
    usual = {"starts_on": days(-20), "function": member.job}
    return CareTeamMember.objects.create(
        person=person, establishment=person.establishment, member=member, **usual | fields
    )


def relative(
    person: Person, kind: str | None = MandateKind.TRUSTED.value, *, mandate: Any = None, **fields: Any
) -> RelatedPerson:
    """Somebody of the circle, with an account and a mandate of this kind (None: no mandate at all)."""
    usual = {"given_name": "Claire", "family_name": f"Duval{next(number)}", "relation": "sa fille"}
    fields = usual | fields
    if "member" not in fields:
        fields["member"] = member(
            person.establishment,
            Role.RELATIVE.value,
            given_name=fields["given_name"],
            family_name=fields["family_name"],
        )
    tie = RelatedPerson.objects.create(person=person, establishment=person.establishment, **fields)
    if kind is not None:
        Mandate.objects.create(related_person=tie, kind=kind, **{"starts_on": days(-10)} | (mandate or {}))
    return tie


def account(member: Member) -> User:
    """The account of a member, made when there is none."""
    if member.user is None:
        member.user = User.objects.create_user(f"{member.pk}@exemple.test", PASSWORD)
        member.save(update_fields=["user"])
    if member.user.current_member_id != member.pk:
        member.user.current_member = member
        member.user.save(update_fields=["current_member"])
    return member.user


def sign_in(client: Client, member: Member) -> Client:
    """Enter as this member; staff with their second factor done, as allauth leaves it in the session."""
    client.force_login(account(member))
    session = client.session
    at = timezone.now().timestamp()
    session["account_authentication_methods"] = [
        {"method": "password", "at": at, "email": member.user.email if member.user else ""},
        {"method": "mfa", "at": at, "type": "totp"},
    ]
    # Whose ways they are, and since when: what a real sign-in leaves too.
    session["account_authentication_methods_user"] = str(member.user_id)
    session["avec_opened"] = session["avec_seen"] = at
    session.save()
    return client
