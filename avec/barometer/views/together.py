"""The joint session on one screen: who is there, the criteria and their state, the end. Everybody in the room reads it."""

from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from avec.accounts.access import MemberRequest, members
from avec.accounts.policy import require
from avec.people.drafts import already_sent
from avec.ui.forms import form_status

from ..actions.together import (
    TogetherRefused,
    attend,
    close_session,
    leave,
    open_session,
)
from ..forms.together import PresentForm
from ..journal import record_reading
from ..models import Campaign, JointSession
from ..policy import may_lead, may_read_words
from ..rules import TALK
from ..shown.decided import decisions_of
from ..shown.picture import picture_of
from ..shown.sitting import BY_GAP, Sitting, sitting_of
from .ways import counted_of


def find(request: MemberRequest, pk: UUID) -> Campaign:
    """The campaign, counted, of a group this member belongs to: what is said together stays in the group."""
    campaign = counted_of(request, pk)
    require(may_read_words(request.member, campaign))
    return campaign


def sitting_at(campaign: Campaign) -> Sitting:
    return sitting_of(campaign, picture_of(campaign, words=True))


def order_of(request: MemberRequest) -> str:
    """In the order of the sheet, or the widest gaps first: it follows from page to page."""
    return BY_GAP if BY_GAP in {request.GET.get("ordre"), request.POST.get("ordre")} else ""


def to_criterion(pk: UUID, criterion: str, order: str, anchor: str = "") -> str:
    address = reverse("barometer:joint", args=[pk, criterion])
    return address + (f"?ordre={order}" if order else "") + (f"#{anchor}" if anchor else "")


@require_http_methods(["GET", "POST"])
@members()
def together(request: MemberRequest, pk: UUID) -> HttpResponse:
    """Who is here, and the criteria with their state. A POST begins the session."""
    campaign = find(request, pk)
    if request.method == "POST":
        open_session(campaign, by=request.member)
        return redirect("barometer:together", pk)
    return page(request, campaign, PresentForm())


def page(request: MemberRequest, campaign: Campaign, form: PresentForm) -> HttpResponse:
    record_reading("together", campaign, by=request.member)
    sitting = sitting_at(campaign)
    instrument = campaign.barometer.instrument
    context = {
        "campaign": campaign,
        "sitting": sitting,
        "may_lead": may_lead(request.member, campaign.group) and not sitting.is_closed,
        "may_decide": may_lead(request.member, campaign.group),
        "form": form,
        "once": str(uuid4()),
        "quadrants": [
            (quadrant, [point for point in sitting.points if point.criterion.quadrant == quadrant.code])
            for quadrant in instrument.quadrants
        ],
        "wide": len(sitting.picture.to_talk_about),
        "talk": int(TALK),
        "first_gap": next_in(sitting, BY_GAP),
        "first": next_in(sitting, ""),
        "begun": any(point.rating for point in sitting.points),
        "left": len(sitting.unsettled),
        "decided": decisions_of(campaign, timezone.localdate()),
    }
    return render(request, "barometer/together/together.html", context, status=form_status(form))


def next_in(sitting: Sitting, order: str) -> str:
    """The first criterion that nothing holds for yet, in this order."""
    points = sitting.ordered(order)
    return next((point for point in points if not point.holds), points[0]).criterion.code


@require_POST
@members()
def attendees(request: MemberRequest, pk: UUID) -> HttpResponse:
    """Write who came, or who goes."""
    campaign = find(request, pk)
    form = PresentForm(None if "leave" in request.POST else request.POST)
    if already_sent(request):
        return redirect(reverse("barometer:together", args=[pk]) + "#la")
    try:
        if "leave" in request.POST:
            goes(request, campaign)
        elif form.is_valid():
            attend(campaign, form.cleaned_data["side"], form.cleaned_data["names"], by=request.member)
        else:
            return page(request, campaign, form)
    except TogetherRefused as refusal:
        if not form.is_bound or not JointSession.objects.filter(pk=pk, closed_at=None).exists():
            messages.error(request, str(refusal))
            return redirect("barometer:together", pk)
        form.add_error("names", str(refusal))
        return page(request, campaign, form)
    return redirect(reverse("barometer:together", args=[pk]) + "#la")


def goes(request: MemberRequest, campaign: Campaign) -> None:
    sitting = sitting_at(campaign)
    attendee = next((one for one in sitting.present if str(one.pk) == request.POST["leave"]), None)
    if attendee is None:
        return
    held = leave(campaign, attendee, by=request.member)
    if held:
        messages.info(
            request,
            ngettext(
                "Une note attendait encore cette personne\u00a0: tous ceux qui restent avaient dit oui, elle tient.",
                "%s notes attendaient encore cette personne\u00a0: tous ceux qui restent avaient dit oui, elles tiennent.",
                len(held),
            ).replace("%s", str(len(held))),
        )


@require_http_methods(["GET", "POST"])
@members()
def close_together(request: MemberRequest, pk: UUID) -> HttpResponse:
    """The end of the session, said before it is done: it does not open again."""
    campaign = find(request, pk)
    require(may_lead(request.member, campaign.group))
    sitting = sitting_at(campaign)
    if sitting.session is None or sitting.is_closed:
        return redirect("barometer:together", pk)
    if request.method == "POST":
        try:
            close_session(campaign, by=request.member)
        except TogetherRefused as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("La séance est close. Ce que vous avez dit ensemble est gardé."))
        return redirect("barometer:together", pk)
    record_reading("together", campaign, by=request.member)
    return render(request, "barometer/together/close.html", {"campaign": campaign, "sitting": sitting})
