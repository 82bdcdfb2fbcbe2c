"""Cards and paper forms are printed; what comes back on paper is copied, one after the other, by somebody named."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from avec.accounts.access import MemberRequest, members
from avec.accounts.policy import require
from avec.contracts.site import site_url
from avec.people.drafts import already_sent
from avec.ui.forms import form_status

from ..actions import CampaignRefused, CardsRefused, give_cards
from ..answering import Fate
from ..cards import NoCardLeft, left
from ..copying import UnknownCode, copy_paper
from ..forms.paper import CopyForm, FormsForm, PrintForm
from ..journal import record_reading
from ..models import Campaign
from ..policy import may_lead
from ..printed import A_PAGE, forms_pdf, slips_pdf
from ..rules import Phase, Side
from ..standing import state_words
from .ways import campaign_of, frame_of, link, once_of


def led(request: MemberRequest, pk: UUID) -> Campaign:
    """A campaign of a group that this member leads. A pair has no paper: each opens their own card."""
    campaign = campaign_of(request, pk)
    require(may_lead(request.member, campaign.group) and not campaign.group.is_pair)
    return campaign


@require_GET
@members()
def cards(request: MemberRequest, pk: UUID) -> HttpResponse:
    """How many cards, how many forms, for which side."""
    campaign = led(request, pk)
    record_reading("cards", campaign, by=request.member)
    return show(
        request,
        campaign,
        PrintForm(auto_id="card_%s"),
        FormsForm(auto_id="form_%s", initial={"layout": "wheel"}),
    )


def show(request: MemberRequest, campaign: Campaign, slips: PrintForm, papers: FormsForm) -> HttpResponse:
    phase = campaign.course.phase(timezone.now())
    context = {
        "frame": frame_of(request.member),
        "campaign": campaign,
        "slips": slips,
        "papers": papers,
        "left": {side.value: left(campaign, side) for side in Side},
        "open": phase == Phase.OPEN,
        "draft": phase == Phase.DRAFT,
        "state": state_words(campaign),
        "site": site_url(),
        "once": once_of(request),
        "a_page": A_PAGE,
        "widen": link("edit_campaign", campaign.pk),
    }
    return render(request, "barometer/paper/cards.html", context, status=form_status(slips, papers))


@require_http_methods(["GET", "POST"])
@members()
def cards_pdf(request: MemberRequest, pk: UUID) -> HttpResponse:
    """The slips to cut out. Asked for: what is printed is given, and nothing gives it again."""
    campaign = led(request, pk)
    if request.method == "GET":
        return redirect("barometer:cards", pk)
    form = PrintForm(request.POST, auto_id="card_%s")
    tokens = given(request, campaign, form, on="slips")
    if not tokens:
        return show(request, campaign, form, FormsForm(auto_id="form_%s", initial={"layout": "wheel"}))
    side = Side(form.cleaned_data["side"])
    return sheet(slips_pdf(campaign, side, tokens), _("cartes"), side)


@require_http_methods(["GET", "POST"])
@members()
def paper_forms(request: MemberRequest, pk: UUID) -> HttpResponse:
    """The forms to fill in by hand, each with its own card."""
    campaign = led(request, pk)
    if request.method == "GET":
        return redirect(reverse("barometer:cards", args=[pk]) + "#formulaires")
    form = FormsForm(request.POST, auto_id="form_%s")
    tokens = given(request, campaign, form, on="forms")
    if not tokens:
        return show(request, campaign, PrintForm(auto_id="card_%s"), form)
    side = Side(form.cleaned_data["side"])
    return sheet(forms_pdf(campaign, side, tokens, form.cleaned_data["layout"]), _("formulaires"), side)


def given(request: MemberRequest, campaign: Campaign, form: PrintForm, *, on: str) -> list[str]:
    """The tokens asked for, or none, and why is said in the form. The same form sent twice gives the same."""
    if not form.is_valid():
        return []
    side, count = Side(form.cleaned_data["side"]), form.cleaned_data["count"]
    try:
        return give_cards(campaign, side, count, request_id=once_of(request)[:64], on=on, by=request.member)
    except CardsRefused as refusal:
        form.add_error("count", str(refusal))
    except CampaignRefused as refusal:
        form.add_error(None, str(refusal))
    return []


def sheet(content: bytes, what: str, side: Side) -> HttpResponse:
    response = HttpResponse(content, content_type="application/pdf")
    of = _("usagers") if side == Side.USER else _("professionnels")
    response.headers["Content-Disposition"] = (
        content_disposition_header(True, f"{what}-{of}.pdf") or "attachment"
    )
    # Cards are worth an answer: no cache keeps them.
    response.headers["Cache-Control"] = "private, no-store"
    return response


@require_http_methods(["GET", "POST"])
@members(restored=False)
def type_form(request: MemberRequest, pk: UUID) -> HttpResponse:
    """Copy one paper, then the next. No draft keeps it, and the page never says how many were copied."""
    campaign = led(request, pk)
    if already_sent(request):
        return redirect("barometer:type_form", pk)
    now = timezone.now()
    if not campaign.course.takes_paper(now):
        messages.warning(request, _("Les papiers se saisissent du premier jour au dépouillement."))
        return redirect("barometer:campaign", pk)
    form = CopyForm(request.POST or None, campaign=campaign)
    if request.method == "POST" and form.is_valid() and copied(request, campaign, form):
        messages.success(request, _("Ce papier est saisi. Passez au suivant, ou arrêtez-vous là."))
        return redirect("barometer:type_form", pk)
    if request.method == "GET":
        record_reading("paper_form", campaign, by=request.member)
    context: dict[str, Any] = {
        "frame": frame_of(request.member),
        "campaign": campaign,
        "form": form,
        "rows": list(form.rows()),
        "levels": campaign.barometer.instrument.levels,
        "once": once_of(request),
        "open_side": bool(form.is_bound and (form["side"].value() or form["side"].errors)),
    }
    return render(request, "barometer/paper/type.html", context, status=form_status(form))


def copied(request: MemberRequest, campaign: Campaign, form: CopyForm) -> bool:
    found = form.cleaned_data
    words = found.get("words", "")
    try:
        fate = copy_paper(
            campaign,
            found["ratings"],
            token=found["code"],
            side=Side(found["side"]) if found["side"] and not found["code"] else None,
            part=found["part"],
            code=found.get("own_code", ""),
            comments=[("", words)] if words else [],
            by=request.member,
        )
    except UnknownCode:
        form.add_error("code", _("Ce code n’est pas de cette campagne. Relisez-le, en haut du papier."))
        return False
    except NoCardLeft:
        form.add_error(
            "side",
            _(
                "Toutes les cartes de ce côté sont données\u00a0: un papier sans code ne peut plus entrer. "
                "Si la campagne est ouverte, demandez à plus de monde."
            ),
        )
        return False
    if fate == Fate.ALREADY:
        form.add_error(
            "code",
            _(
                "Ce code a déjà servi, par téléphone ou sur papier\u00a0: une carte, une réponse. Rien n’est changé."
            ),
        )
    elif fate not in {Fate.KEPT, Fate.KEPT_LATE}:
        form.add_error(
            None, _("La campagne vient d’être dépouillée ou n’est pas commencée\u00a0: rien n’est gardé.")
        )
    return form.is_valid()
