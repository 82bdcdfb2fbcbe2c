"""Three of allauth's pages, where ours do a little more."""

from typing import Any

from allauth.account.adapter import get_adapter as get_account_adapter
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.internal.flows import post_authentication
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.views import ActivateTOTPView
from allauth.mfa.webauthn.views import AddWebAuthnView, RemoveWebAuthnView
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect


def note_factor(request: HttpRequest, type: str) -> None:
    """A factor that was just shown to work counts for this session: no second proof a minute later."""
    newest = Authenticator.objects.filter(user=request.user, type=type).order_by("-pk").first()
    if newest is not None:
        post_authentication(request, newest)


class ActivateApp(ActivateTOTPView):  # type: ignore[misc]
    def form_valid(self, form: Any) -> HttpResponse:
        response: HttpResponse = super().form_valid(form)
        note_factor(self.request, Authenticator.Type.TOTP)
        return response


class AddKey(AddWebAuthnView):  # type: ignore[misc]
    # A key that signs in alone spares the password: proposed first, and may be unticked.
    initial = {"passwordless": True}

    def form_valid(self, form: Any) -> HttpResponse:
        response: HttpResponse = super().form_valid(form)
        note_factor(self.request, Authenticator.Type.WEBAUTHN)
        return response


class RemoveKey(RemoveWebAuthnView):  # type: ignore[misc]
    def form_valid(self, form: Any) -> HttpResponse:
        if not get_adapter().can_delete_authenticator(self.get_object()):
            sentence = get_adapter().error_messages["cannot_delete_authenticator"]
            get_account_adapter().add_message(self.request, messages.ERROR, message=str(sentence))
            return HttpResponseRedirect(self.get_success_url())
        response: HttpResponse = super().form_valid(form)
        return response
