"""One criterion on the screen of the joint session: what each side answered, what the group says, who says yes."""

from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST
from django_htmx.http import HttpResponseClientRedirect

from avec.accounts.access import MemberRequest, members
from avec.people.clash import OutOfDate, asked_to_keep
from avec.people.drafts import already_sent
from avec.ui.forms import form_status

from ..actions.together import (
    TogetherRefused,
    Wording,
    say_together,
    say_yes,
    take_yes_back,
)
from ..forms.together import AgreedForm, ApartForm, opened_on
from ..journal import record_reading
from ..models import Campaign, JointRating
from ..policy import may_lead
from ..rules import LEVELS, NOT_CONCERNED
from ..shown.sitting import Sitting, confirmed_by, gap_words, side_lines
from .together import find, order_of, sitting_at, to_criterion


@require_http_methods(["GET", "POST"])
@members()
def joint(request: MemberRequest, pk: UUID, criterion: str) -> HttpResponse:
    """One criterion: what each side answered, then what the group says of it, agreed or apart."""
    campaign = find(request, pk)
    if criterion not in campaign.barometer.instrument.codes:
        raise Http404
    order = order_of(request)
    rating = JointRating.objects.filter(session_id=pk, criterion=criterion).first()
    opened = opened_on(rating)
    if request.method == "GET" or request.method == "HEAD":
        return criterion_page(
            request, campaign, criterion, AgreedForm(initial=opened), apart_form(initial=opened)
        )
    if already_sent(request):
        return redirect(to_criterion(pk, criterion, order, "accord"))
    apart = request.POST.get("way") == "apart"
    agreed_form = AgreedForm(None if apart else request.POST, initial=opened)
    form: AgreedForm | ApartForm = apart_form(request.POST) if apart else agreed_form
    if form.is_valid():
        if asked_to_keep(request) == "both" and rating is not None:
            return both_kept(request, campaign, criterion, form, rating)
        try:
            say_together(
                campaign, criterion, form.wording(), version=form.cleaned_data["version"], by=request.member
            )
        except OutOfDate as clash:
            return clash_page(request, campaign, criterion, form, clash.current)
        except TogetherRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect(to_criterion(pk, criterion, order, "accord"))
    other = form if isinstance(form, ApartForm) else apart_form(initial=opened)
    return criterion_page(request, campaign, criterion, agreed_form, other)


def apart_form(*args: Any, **kwargs: Any) -> ApartForm:
    return ApartForm(*args, auto_id="apart_%s", **kwargs)


def criterion_page(
    request: MemberRequest,
    campaign: Campaign,
    code: str,
    agreed: AgreedForm,
    apart: ApartForm,
    *,
    both: bool = False,
) -> HttpResponse:
    record_reading("together", campaign, by=request.member)
    sitting = sitting_at(campaign)
    if sitting.session is None:
        return redirect("barometer:together", campaign.pk)
    context = criterion_context(request, sitting, code) | {
        "agreed": agreed,
        "apart": apart,
        "both": both,
        "unsaved": unsaved(sitting, agreed, apart),
        "once": str(uuid4()),
        "levels": level_picks(sitting, code, agreed),
    }
    return render(request, "barometer/together/joint.html", context, status=form_status(agreed, apart))


def unsaved(sitting: Sitting, *forms: AgreedForm | ApartForm) -> str:
    """What was sent once the session had closed on another screen: shown, so that it is not lost."""
    sent = [form for form in forms if form.is_bound and "version" in form.cleaned_data]
    complete = [form for form in sent if not set(form.errors) - {"__all__"}]
    return in_words(complete[0].wording()) if sitting.is_closed and complete else ""


def level_picks(sitting: Sitting, code: str, form: AgreedForm) -> list[tuple[str, str, str, bool]]:
    """(value, what is read, anchor, chosen in what was just sent)."""
    point = sitting.point(code)
    assert point is not None
    chosen = str(form["level"].value() or "")
    picks = [
        (str(level), str(level), point.criterion.anchors[level], chosen == str(level)) for level in LEVELS
    ]
    return [*picks, (NOT_CONCERNED, _("Non concerné"), "", chosen == NOT_CONCERNED)]


def criterion_context(request: MemberRequest, sitting: Sitting, code: str) -> dict[str, Any]:
    order = order_of(request)
    points = sitting.ordered(order)
    here = next(place for place, point in enumerate(points) if point.criterion.code == code)
    point, campaign = points[here], sitting.campaign
    instrument = campaign.barometer.instrument
    lines = side_lines(sitting, point.row)
    yes = confirmed_by(point.rating) if point.rating else set()

    def way(place: int) -> str:
        inside = 0 <= place < len(points)
        return to_criterion(campaign.pk, points[place].criterion.code, order) if inside else ""

    return {
        "campaign": campaign,
        "sitting": sitting,
        "point": point,
        "criterion": point.criterion,
        "quadrant": next(one.label for one in instrument.quadrants if one.code == point.criterion.quadrant),
        "place": here + 1,
        "count": len(points),
        "before": way(here - 1),
        "after": way(here + 1),
        "order": order,
        # Swapped into the page by the last yes, the way on takes the focus.
        "swapped": bool(request.htmx),
        "lines": lines,
        "gap": gap_words(sitting, point.row),
        "pair": campaign.group.is_pair,
        "level_range": list(LEVELS),
        "may_lead": may_lead(request.member, campaign.group) and not sitting.is_closed,
        "voices": [(v, name, [(one, one.pk in yes) for one in there]) for v, name, there in sitting.sides],
        "waiting": [one.name for one in sitting.present if one.pk not in yes],
    }


def in_words(wording: Wording) -> str:
    """A wording as the page of two texts shows it."""
    if wording.agreed:
        level = _("non concerné") if wording.level is None else str(wording.level)
        return "\n".join(filter(None, [_("Note commune\u00a0: %s") % level, wording.words]))
    return "\n".join(
        filter(
            None,
            [
                _("Usagers\u00a0: %s") % wording.user_level,
                wording.user_words,
                _("Professionnels\u00a0: %s") % wording.professional_level,
                wording.professional_words,
            ],
        )
    )


def clash_page(
    request: MemberRequest,
    campaign: Campaign,
    code: str,
    form: AgreedForm | ApartForm,
    current: JointRating,
) -> HttpResponse:
    """Another screen wrote in the meantime: both texts, nothing lost, nothing saved yet."""
    record_reading("together", campaign, by=request.member)
    left_out = {"csrfmiddlewaretoken", "version", "keep", "once"}
    context = {
        "campaign": campaign,
        "criterion": next(one for one in campaign.barometer.instrument.criteria if one.code == code),
        "mine": in_words(form.wording()),
        "theirs": in_words(Wording.of(current)),
        "sent": [(name, value) for name, value in request.POST.items() if name not in left_out],
        "version": current.version,
        "back": to_criterion(campaign.pk, code, order_of(request), "accord"),
        "once": str(uuid4()),
    }
    return render(request, "barometer/together/clash.html", context, status=409)


def both_kept(
    request: MemberRequest,
    campaign: Campaign,
    code: str,
    form: AgreedForm | ApartForm,
    rating: JointRating,
) -> HttpResponse:
    """Both texts in the same form, to read again; the level is chosen again, aloud."""
    kept = opened_on(rating)
    for name in ("words", "user_words", "professional_words"):
        mine = form.cleaned_data.get(name, "")
        if mine and mine != kept[name]:
            kept[name] = "\n".join(filter(None, [mine, kept[name]]))
    return criterion_page(
        request, campaign, code, AgreedForm(initial=kept), apart_form(initial=kept), both=True
    )


@require_POST
@members()
def confirm(request: MemberRequest, pk: UUID, criterion: str) -> HttpResponse:
    """Somebody present says yes, or takes it back; or everybody does."""
    campaign = find(request, pk)
    address = to_criterion(pk, criterion, order_of(request), "accord")
    try:
        changed(request, campaign, criterion)
    except (OutOfDate, JointRating.DoesNotExist):
        messages.error(request, _("Ce qui est écrit a changé entre-temps. Relisez, puis redites oui."))
    except TogetherRefused as refusal:
        messages.error(request, str(refusal))
    else:
        if request.htmx:
            context = criterion_context(request, sitting_at(campaign), criterion)
            return render(request, "barometer/together/joint.html#accord", context)
    return HttpResponseClientRedirect(address) if request.htmx else redirect(address)


def changed(request: MemberRequest, campaign: Campaign, criterion: str) -> None:
    given = request.POST.get("version", "")
    version = int(given) if given.isdecimal() and len(given) < 9 else 0
    if taken := as_id(request.POST.get("no", "")):
        take_yes_back(campaign, criterion, taken, version=version, by=request.member)
    else:
        who = None if "all" in request.POST else [as_id(request.POST.get("yes", ""))]
        say_yes(campaign, criterion, who, version=version, by=request.member)


def as_id(given: str) -> UUID | None:
    try:
        return UUID(given)
    except ValueError:
        return None
