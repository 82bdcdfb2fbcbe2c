"""« Ce qui ne se négocie pas ici »: the house's list, with its sources, read again by somebody on a date.

Everybody of staff reads it; who steers the house keeps it.
"""

from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from avec.accounts.access import MemberRequest, members
from avec.accounts.models import Member, Role
from avec.accounts.policy import require
from avec.people.clash import OutOfDate, asked_to_keep, clash_of, hidden_values, merged
from avec.people.drafts import already_sent, kept, sent
from avec.people.models import today
from avec.ui.forms import form_status

from ..actions import add_ground as write_ground
from ..actions import (
    add_usual_grounds,
    review_ground,
    take_back_ground,
)
from ..actions import change_ground as save_ground
from ..actions import retire_ground as withdraw_ground
from ..forms.grounds import CountryForm, GroundForm, ReviewForm, ground_initial, review_initial
from ..models import Ground, NatureChoice
from ..policy import READING_GROUNDS, may_keep_grounds, may_read_grounds
from ..rules.grounds import NATURES, GroundRefused, Review, review_of
from ..rules.usual import COUNTRIES

STEERING = (Role.UNIT_MANAGER.value, Role.DIRECTOR.value, Role.QUALITY.value)


def told(ground: Ground) -> dict[str, Any]:
    """One line of the list, with where its review stands."""
    review = review_of(ground.reviewed_on, ground.review_by, today())
    return {"ground": ground, "review": review.value, "overdue": review == Review.OVERDUE}


@require_GET
@members(*READING_GROUNDS)
def grounds(request: MemberRequest) -> HttpResponse:
    """The list, by where each line comes from. One query, however long."""
    member = request.member
    require(may_read_grounds(member))
    found = list(Ground.objects.filter(establishment=member.establishment_id).select_related("reviewed_by"))
    live = [told(one) for one in found if one.retired_at is None]
    groups = [
        (NatureChoice(nature.value).label, rows)
        for nature in NATURES
        if (rows := [row for row in live if row["ground"].nature == nature.value])
    ]
    usual = [(label, [one.words for one in lines]) for label, lines in COUNTRIES.values()]
    context = {
        "groups": groups,
        "retired": [one for one in found if one.retired_at is not None],
        "overdue": sum(1 for row in live if row["overdue"]),
        "unchecked": sum(1 for row in live if not row["ground"].checked),
        "may_keep": may_keep_grounds(member, member.establishment),
        "country_form": CountryForm(),
        "usual": usual,
        "once": str(uuid4()),
    }
    return render(request, "negotiation/work/grounds.html", context)


@require_POST
@members(*STEERING)
def load_grounds(request: MemberRequest) -> HttpResponse:
    """The usual list of a country, in one press: what the house has already stays as it chose."""
    if already_sent(request):
        return redirect("negotiation:grounds")
    form = CountryForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Choisissez un pays."))
        return redirect("negotiation:grounds")
    added = add_usual_grounds(form.cleaned_data["country"], by=request.member)
    said = ngettext(
        "%s motif est ajouté, à vérifier à la source.",
        "%s motifs sont ajoutés, à vérifier à la source.",
        added,
    )
    messages.success(request, said % added if added else _("La liste contient déjà tous ces motifs."))
    return redirect("negotiation:grounds")


@require_http_methods(["GET", "POST"])
@members(*STEERING)
def add_ground(request: MemberRequest) -> HttpResponse:
    member = request.member
    require(may_keep_grounds(member, member.establishment))
    if already_sent(request):
        return redirect("negotiation:grounds")
    draft = kept(request, f"ground:{member.establishment_id}")
    form = GroundForm(request.POST if request.method == "POST" else None, initial=draft.initial())
    if request.method == "POST" and form.is_valid():
        try:
            write_ground(form.grounded, by=member)
        except GroundRefused as refused:
            form.add_error(None, str(refused))
        else:
            sent(request, draft.key)
            messages.success(request, _("Le motif est dans la liste, à vérifier à la source."))
            return redirect("negotiation:grounds")
    return show(request, form, draft)


def show(request: MemberRequest, form: Any, draft: Any = None, **context: Any) -> HttpResponse:
    context = {"form": form, "kept": draft, "ground": None} | context
    context["once"] = request.POST.get("once") or str(uuid4())
    return render(request, "negotiation/work/ground.html", context, status=form_status(form))


def mine(member: Member, pk: UUID) -> Ground:
    """A ground of the member's own house; not found otherwise."""
    found = Ground.objects.filter(
        establishment=member.establishment_id, retired_at__isnull=True
    ).select_related("reviewed_by")
    return get_object_or_404(found, pk=pk)


@require_http_methods(["GET", "POST"])
@members(*STEERING)
def change_ground(request: MemberRequest, pk: UUID) -> HttpResponse:
    """Change its words. Two people at once: both texts are shown, nothing is lost."""
    ground = mine(request.member, pk)
    require(may_keep_grounds(request.member, request.member.establishment))
    if already_sent(request) or asked_to_keep(request) == "theirs":
        return redirect("negotiation:grounds")
    usual = ground_initial(ground)
    draft = kept(request, f"ground:{ground.pk}")
    form = GroundForm(request.POST if request.method == "POST" else None, initial=draft.initial(**usual))
    if request.method == "POST" and asked_to_keep(request) == "both":
        both = merged(form, GroundForm(initial=usual), ground.version)
        return show(request, GroundForm(initial=both), draft, ground=ground, both=True)
    if request.method == "POST" and form.is_valid():
        try:
            save_ground(ground, form.grounded, version=form.cleaned_data["version"] or 0, by=request.member)
        except OutOfDate as late:
            fresh = GroundForm(initial=ground_initial(late.current))
            return clashed(request, form, fresh, late.current)
        except GroundRefused as refused:
            form.add_error(None, str(refused))
        else:
            sent(request, draft.key)
            messages.success(request, _("Le motif est enregistré."))
            return redirect("negotiation:grounds")
    return show(request, form, draft, ground=ground)


def clashed(request: MemberRequest, form: GroundForm, fresh: GroundForm, current: Ground) -> HttpResponse:
    """Somebody saved in the meantime: both texts, nothing saved yet."""
    context = {
        "clash": clash_of(form, fresh),
        "sent": hidden_values(request.POST, request.POST.lists()),
        "version": current.version,
        "ground": current,
        "back": request.path,
    }
    return render(request, "negotiation/work/ground_conflict.html", context, status=409)


@require_http_methods(["GET", "POST"])
@members(*STEERING)
def check_ground(request: MemberRequest, pk: UUID) -> HttpResponse:
    """Read it again: on which day, at source or not, and until when it holds."""
    ground = mine(request.member, pk)
    require(may_keep_grounds(request.member, request.member.establishment))
    if already_sent(request):
        return redirect("negotiation:grounds")
    form = ReviewForm(request.POST if request.method == "POST" else None, initial=review_initial(ground))
    status = None
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            review_ground(
                ground,
                version=data["version"] or 0,
                reviewed_on=data["reviewed_on"],
                review_by=data["review_by"],
                checked=data["checked"],
                by=request.member,
            )
        except OutOfDate as late:
            # What is read is what is dated: the text as it is now, and the press again.
            again = request.POST.copy()
            again["version"] = str(late.current.version)
            form, ground, status = ReviewForm(again), late.current, 409
            form.add_error(
                None,
                _("Quelqu’un a changé ce motif pendant que vous le lisiez. Relisez-le, puis enregistrez."),
            )
        except GroundRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("La relecture est datée."))
            return redirect("negotiation:grounds")
    context = {
        "form": form,
        "row": told(ground),
        "ground": ground,
        "once": str(uuid4()) if status else request.POST.get("once") or str(uuid4()),
    }
    return render(request, "negotiation/work/ground_review.html", context, status=status or form_status(form))


@require_POST
@members(*STEERING)
def retire_ground(request: MemberRequest, pk: UUID) -> HttpResponse:
    """No longer offered; the points that quote it keep it."""
    # Whatever became of it since: pressed twice, it is said in a sentence.
    ground = get_object_or_404(Ground, establishment=request.member.establishment_id, pk=pk)
    try:
        if "back" in request.POST:
            take_back_ground(ground, by=request.member)
            messages.success(request, _("Ce motif est de nouveau dans la liste."))
        else:
            withdraw_ground(ground, by=request.member)
            messages.success(
                request, _("Ce motif n’est plus proposé. Les négociations qui le citent le gardent.")
            )
    except GroundRefused as refused:
        messages.error(request, str(refused))
    return redirect("negotiation:grounds")
