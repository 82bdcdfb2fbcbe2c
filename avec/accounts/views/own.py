from dataclasses import asdict

from allauth.mfa.models import Authenticator
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from ..access import MemberRequest, anyone, signed_in
from ..display import Look, choice, keep_choice
from ..forms import DisplayForm
from ..middleware import place_of
from ..mine import choose_place
from ..models import Reading
from ..policy import may_choose_words

FRAMES = {True: "ui/frame_own.html", False: "ui/frame_work.html"}


def frame_of(request: MemberRequest) -> str:
    """The frame one lives in; the plain one before one has a place."""
    return FRAMES[request.member.is_lay] if request.member else "ui/frame_plain.html"


def safe_next(request: MemberRequest, otherwise: str) -> str:
    target = request.POST.get("next") or request.GET.get("next") or ""
    ours = url_has_allowed_host_and_scheme(target, {request.get_host()}, require_https=request.is_secure())
    return target if ours else otherwise


@signed_in
def account(request: MemberRequest) -> HttpResponse:
    """Who I am here, how I sign in, how my pages look."""
    factors = list(Authenticator.objects.filter(user=request.user).order_by("created_at"))
    codes = next((each.wrap() for each in factors if each.type == Authenticator.Type.RECOVERY_CODES), None)
    places = (
        request.user.members.active().select_related("establishment", "unit").order_by("establishment__name")
    )
    return render(
        request,
        "accounts/account.html",
        {
            "frame": frame_of(request),
            "places": places,
            "keys": [each for each in factors if each.type == Authenticator.Type.WEBAUTHN],
            "app": next((each for each in factors if each.type == Authenticator.Type.TOTP), None),
            "codes_left": len(codes.get_unused_codes()) if codes else 0,
            "has_codes": codes is not None,
            "may_choose_words": request.member is not None
            and may_choose_words(request.member, request.member.establishment),
        },
    )


@anyone("the sign-in page must be readable too")
def display(request: MemberRequest) -> HttpResponse:
    """How pages look and read: each choice shown by an example, kept at once."""
    look = asdict(choice(request))
    if not look["reading"]:
        look["reading"] = (Reading.EASY if request.display.easy else Reading.FULL).value
    form = DisplayForm(request.POST or None, initial=look)
    if request.method == "POST" and form.is_valid():
        response = HttpResponseRedirect(safe_next(request, request.path))
        keep_choice(request, response, Look(**form.cleaned_data))
        messages.success(request, _("Vos choix sont gardés."))
        return response
    context = {"frame": frame_of(request), "form": form, "back": safe_next(request, "")}
    return render(request, "accounts/display.html", context)


@signed_in
def places(request: MemberRequest) -> HttpResponse:
    """Choose the place to work from, among one's own."""
    mine = (
        request.user.members.active().select_related("establishment", "unit").order_by("establishment__name")
    )
    if request.method == "POST":
        try:
            member = get_object_or_404(mine, pk=request.POST.get("place"))
        except ValidationError:  # not even an identifier
            raise Http404 from None
        choose_place(request.user, member)
        return redirect("home:index")
    return render(
        request, "accounts/places.html", {"places": mine, "current": request.user.current_member_id}
    )


@signed_in
def second_factor(request: MemberRequest) -> HttpResponse:
    """Why this page and not the one asked for: no place, no second factor yet, or a code still to type."""
    if request.member is not None:
        return redirect("home:index")
    if place_of(request) is None:
        if request.user.members.active().exists():
            return redirect("accounts:places")
        return render(request, "accounts/no_place.html")
    factors = Authenticator.objects.filter(user=request.user).exclude(type=Authenticator.Type.RECOVERY_CODES)
    types = set(factors.values_list("type", flat=True))
    return render(
        request,
        "accounts/second_factor.html",
        {"has_app": Authenticator.Type.TOTP in types, "has_key": Authenticator.Type.WEBAUTHN in types},
    )
