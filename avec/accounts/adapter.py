"""What we decide otherwise than allauth: nobody signs up alone, and too many tries meet a clear page."""

import time
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.core.internal.ratelimit import respond_429
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .models import LAY_ROLES, Member
from .rules import is_sign_in_name


class ClosedAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Nobody makes an account alone: one is invited (access.md, deny by default)."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": gettext_lazy(
            "L’adresse ou le mot de passe ne va pas. Vérifiez les deux, ou demandez un nouveau mot de passe."
        ),
        "incorrect_password": gettext_lazy("Ce mot de passe ne va pas."),
        "enter_current_password": gettext_lazy("Ce n’est pas votre mot de passe actuel."),
        "incorrect_code": gettext_lazy("Ce code ne va pas. Attendez le suivant et essayez encore."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def populate_username(self, request: HttpRequest, user: Any) -> None:
        """Accounts have an address, no user name."""

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Who has just signed in does not prove it twice: a memory test less (WCAG 3.3.7, 3.3.8)."""
        records = get_authentication_records(self.request, self.request.user)
        if records and time.time() - records[-1]["at"] < settings.ACCOUNT_REAUTHENTICATION_TIMEOUT:
            return False
        return bool(super().is_reauthentication_required(app=app, **kwargs))

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Too many wrong passwords: a page that says how long to wait, the same for an unknown address."""
        try:
            super().pre_authenticate(request, **credentials)
        except ValidationError as refusal:
            raise ImmediateHttpResponse(respond_429(request)) from refusal

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """A sign-in name has no mailbox."""
        if not is_sign_in_name(email):
            super().send_mail(template_prefix, email, context)


class FactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": gettext_lazy("Ce code ne va pas. Attendez le suivant et essayez encore."),
        "cannot_delete_authenticator": gettext_lazy(
            "Il vous faut un deuxième moyen de vous reconnaître. Ajoutez-en un autre avant de retirer celui-ci."
        ),
    }

    def generate_authenticator_name(self, user: Any, type: Any) -> str:
        count = Authenticator.objects.filter(user_id=user.pk, type=type).count()
        return _("Clé d’accès %(number)s") % {"number": count + 1}

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        return dict(super().get_public_key_credential_rp_entity(), name="Avec")

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """Who must have a second factor keeps one."""
        others = Authenticator.objects.filter(user_id=authenticator.user_id).exclude(pk=authenticator.pk)
        if others.exclude(type=Authenticator.Type.RECOVERY_CODES).exists():
            return True
        staff = Member.objects.active().filter(user_id=authenticator.user_id).exclude(role__in=LAY_ROLES)
        return not staff.exists()
