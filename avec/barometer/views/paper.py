"""Cards and paper forms are printed; what comes back on paper is copied, one after the other, by somebody named."""

from dataclasses import dataclass
from typing import Any, cast
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.core import signing
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from avec.accounts.access import MemberRequest, members
from avec.accounts.policy import require
from avec.contracts.site import site_url
from avec.documents.serving import pdf_response
from avec.people.drafts import already_sent
from avec.ui.forms import form_status

from ..actions import CampaignRefused, CardsRefused, give_cards
from ..answering import Fate
from ..cards import NoCardLeft, are_given, tokens_of
from ..copying import UnknownCode, copy_paper
from ..forms.paper import CopyForm, FormsForm, PrintForm
from ..journal import record_reading
from ..models import Campaign
from ..policy import may_lead
from ..printed import A_PAGE, Layout, forms_pdf, slips_pdf
from ..rules import Phase, Side
from ..standing import state_words
from .ways import campaign_of, frame_of, once_of

MADE = "barometer.made"
AN_HOUR = 3600


def led(request: MemberRequest, pk: UUID) -> Campaign:
    """A campaign of a group that this member leads. A pair has no paper: each opens their own card."""
    campaign = campaign_of(request, pk)
    require(may_lead(request.member, campaign.group) and not campaign.group.is_pair)
    return campaign


@dataclass(frozen=True)
class Made:
    """What was asked for and given: enough to make its sheet again, for an hour, by who leads the group."""

    request_id: str
    side: Side
    count: int
    on: str  # « slips », or the layout of the forms

    def signed(self, campaign: Campaign) -> str:
        return signing.dumps(
            [self.request_id, self.side.value, self.count, self.on], salt=f"{MADE}.{campaign.pk.hex}"
        )


def made_of(campaign: Campaign, signed: str) -> Made | None:
    try:
        request_id, side, count, on = signing.loads(signed, salt=f"{MADE}.{campaign.pk.hex}", max_age=AN_HOUR)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    return Made(request_id, Side(side), count, on)


@require_GET
@members()
def cards(request: MemberRequest, pk: UUID) -> HttpResponse:
    """How many cards, how many forms, for which side; and those just made, to open and print."""
    campaign = led(request, pk)
    record_reading("cards", campaign, by=request.member)
    return show(request, campaign, new_slips(), new_papers())


def new_slips(data: Any = None) -> PrintForm:
    return PrintForm(data, auto_id="card_%s")


def new_papers(data: Any = None) -> FormsForm:
    return FormsForm(data, auto_id="form_%s", initial={"layout": "wheel"})


def show(request: MemberRequest, campaign: Campaign, slips: PrintForm, papers: FormsForm) -> HttpResponse:
    phase = campaign.course.phase(timezone.now())
    signed = request.GET.get("faites", "")
    context = {
        "frame": frame_of(request.member),
        "campaign": campaign,
        "slips": slips,
        "papers": papers,
        "asked": {side.value: campaign.asked(side.value) for side in Side},
        "open": phase == Phase.OPEN,
        "draft": phase == Phase.DRAFT,
        "state": state_words(campaign),
        "site": site_url(),
        "once": once_of(request),
        "a_page": A_PAGE,
        "made": made_of(campaign, signed) if signed else None,
        "signed": signed,
    }
    return render(request, "barometer/paper/cards.html", context, status=form_status(slips, papers))


@require_http_methods(["GET", "POST"])
@members()
def cards_pdf(request: MemberRequest, pk: UUID) -> HttpResponse:
    """POST gives the cards; GET makes their sheet, as long as its link holds and nothing is counted."""
    campaign = led(request, pk)
    if request.method == "GET":
        return sheet_of(request, campaign)
    form = new_slips(request.POST)
    return given(request, campaign, form, on="slips") or show(request, campaign, form, new_papers())


@require_http_methods(["GET", "POST"])
@members()
def paper_forms(request: MemberRequest, pk: UUID) -> HttpResponse:
    """The same for the forms to fill in by hand, each with its own card."""
    campaign = led(request, pk)
    if request.method == "GET":
        return redirect(reverse("barometer:cards", args=[pk]) + "#formulaires")
    form = new_papers(request.POST)
    on = form.cleaned_data["layout"] if form.is_valid() else ""
    return given(request, campaign, form, on=on) or show(request, campaign, new_slips(), form)


def given(request: MemberRequest, campaign: Campaign, form: PrintForm, *, on: str) -> HttpResponse | None:
    """Give what is asked for and lead to it; None when it cannot be, and why is said in the form.

    The same form sent twice leads to the same cards: `already_sent` is not asked.
    """
    if not form.is_valid():
        return None
    made = Made(once_of(request)[:64], Side(form.cleaned_data["side"]), form.cleaned_data["count"], on)
    try:
        give_cards(
            campaign, made.side, made.count, request_id=f"{made.request_id}:{on}", on=on, by=request.member
        )
    except CardsRefused as refusal:
        form.add_error("count", str(refusal))
    except CampaignRefused as refusal:
        form.add_error(None, str(refusal))
    else:
        address = reverse("barometer:cards", args=[campaign.pk])
        return redirect(f"{address}?{urlencode({'faites': made.signed(campaign)})}")
    return None


def sheet_of(request: MemberRequest, campaign: Campaign) -> HttpResponse:
    made = made_of(campaign, request.GET.get("faites", ""))
    if made is None:
        return redirect("barometer:cards", campaign.pk)
    tokens = tokens_of(f"{made.request_id}:{made.on}", campaign, made.side, made.count)
    if not are_given(campaign, made.side, tokens):
        messages.warning(
            request,
            _("Ces cartes ne servent plus\u00a0: les réponses sont comptées, ou la campagne est annulée."),
        )
        return redirect("barometer:cards", campaign.pk)
    record_reading("cards_sheet", campaign, by=request.member)
    if made.on == "slips":
        content, what = slips_pdf(campaign, made.side, tokens), _("cartes")
    else:
        content, what = forms_pdf(campaign, made.side, tokens, cast(Layout, made.on)), _("formulaires")
    of = _("usagers") if made.side == Side.USER else _("professionnels")
    return pdf_response(content, f"{what}-{of}")


@require_http_methods(["GET", "POST"])
@members(restored=False)
def type_form(request: MemberRequest, pk: UUID) -> HttpResponse:
    """Copy one paper, then the next. No draft keeps it, and the page never says how many were copied."""
    campaign = led(request, pk)
    if already_sent(request):
        return redirect("barometer:type_form", pk)
    now = timezone.now()
    if not campaign.course.takes_paper(now):
        messages.warning(
            request,
            _("Les papiers se saisissent du premier jour jusqu’à ce que les réponses soient comptées."),
        )
        return redirect("barometer:campaign", pk)
    form = CopyForm(request.POST or None, campaign=campaign)
    if request.method == "POST" and form.is_valid() and copied(request, campaign, form):
        messages.success(request, _("Ce papier est saisi. Passez au suivant, ou arrêtez-vous là."))
        return redirect("barometer:type_form", pk)
    # The page opens again after each paper: its reading is not noted, it would say when each was copied.
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
            None,
            _(
                "Les réponses viennent d’être comptées, ou la campagne n’est pas commencée\u00a0: rien n’est gardé."
            ),
        )
    return form.is_valid()
