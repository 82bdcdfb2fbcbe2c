from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import perform_password_login
from allauth.account.models import Login
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from ..access import MemberRequest, anyone
from ..actions import AddressTaken, InvitationOver, accept_invitation
from ..forms import AcceptForm
from ..models import Invitation, User


@anyone("whoever holds the link has no account yet")
@never_cache
@sensitive_post_parameters("password", "again")
def invitation(request: MemberRequest, token: str) -> HttpResponse:
    """Open one's account with the link of a card or a mail. Reading the page uses nothing up."""
    found = (
        Invitation.objects.usable().of_token(token).select_related("member__establishment", "member__user")
    )
    usable = found.first()
    if usable is None:
        return over(request, token)
    if request.user.is_authenticated:
        # On a shared computer the card would go to whoever is signed in there.
        return render(
            request, "accounts/invitation_leave.html", {"establishment": usable.member.establishment}
        )
    form = AcceptForm(usable.member, request.POST or None)
    if form.is_valid():
        try:
            user = accepted(request, token, form)
        except AddressTaken:
            form.add_error(
                "email", _("Avec cette adresse, ce mot de passe ne va pas. Corrigez l’un ou l’autre.")
            )
        except InvitationOver:
            return over(request, token)
        else:
            return entered(request, user)
    context = {"form": form, "establishment": usable.member.establishment, "invitation": usable}
    return render(request, "accounts/invitation.html", context)


def accepted(request: MemberRequest, token: str, form: AcceptForm) -> User:
    """A new account, or the one that this address and this password already open (tries are counted)."""
    email, password = form.cleaned_data.get("email", ""), form.cleaned_data["password"]
    try:
        return accept_invitation(token, email=email, password=password)
    except AddressTaken:
        account = get_adapter().authenticate(request, email=email, password=password)
        if account is None:
            raise
        try:
            return accept_invitation(token, account=account)
        except PermissionDenied as refusal:
            raise AddressTaken from refusal


def entered(request: MemberRequest, user: User) -> HttpResponse:
    """Straight in, by the same door as every day: an account with a second factor is asked for it."""
    answer: HttpResponse = perform_password_login(request, {"email": user.email}, Login(user=user))
    return answer


def over(request: MemberRequest, token: str) -> HttpResponse:
    """The same page for a link that was used, is too old or never existed; only the status tells machines apart."""
    status = 410 if Invitation.objects.of_token(token).exists() else 404
    return render(request, "accounts/invitation_over.html", status=status)
