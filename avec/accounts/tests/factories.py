"""Establishments, members and accounts, for the tests of this room."""

from itertools import count
from typing import Any

from django.test import Client
from django.utils import timezone

from avec.accounts.models import Establishment, Member, Role, User

PASSWORD = "une phrase assez longue"
number = count(1)


def establishment(**fields: Any) -> Establishment:
    at = next(number)
    return Establishment.objects.create(**{"finess": f"{at:09}", "name": f"Les Tilleuls {at}"} | fields)


def member(place: Establishment | None = None, role: str = Role.PROFESSIONAL.value, **fields: Any) -> Member:
    usual = {"given_name": "Sonia", "family_name": f"Benali{next(number)}"}
    return Member.objects.create(establishment=place or establishment(), role=role, **usual | fields)


def account(of: Member, email: str = "") -> User:
    user = User.objects.create_user(email or f"compte{next(number)}@exemple.test", PASSWORD)
    of.user = user
    of.save(update_fields=["user"])
    return user


def entered(client: Client, of: Member, *, factor: bool = True) -> Client:
    """Signed in, with or without the second factor, as allauth leaves it."""
    user = of.user or account(of)
    user.current_member = of
    user.save()
    client.force_login(user)
    session = client.session
    at = timezone.now().timestamp()
    ways = [{"method": "password", "at": at}] + (
        [{"method": "mfa", "at": at, "type": "totp"}] if factor else []
    )
    session["account_authentication_methods"] = ways
    session["account_authentication_methods_user"] = str(user.pk)
    session.save()
    return client
