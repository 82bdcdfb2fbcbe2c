"""The points on the table: added one after the other, said to be negotiable or not, explained, dropped."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from avec.accounts.access import MemberRequest, members
from avec.people.drafts import already_sent
from avec.people.journal import record
from avec.people.models import CARE_ROLES
from avec.people.rules import fold

from ..actions import MoveRefused, add_point, class_point, drop_point, explain
from ..forms.framing import ClassForm, DropForm, ExplainForm, HowForm, PointForm
from ..models import Ground, Negotiation, Point
from ..policy import may_lead
from ..present import shown_table
from ..rules import Nature, Phase
from ..sitting import Sitting, sitting_of
from .parts import led, show, to_table, tried
from .table import AROUND, find, point_of, table_page

# Shorter words, and these, are too common to bring two sentences together.
LEAST = 4
COMMON = frozenset(
    [
        "pour",
        "dans",
        "avec",
        "sans",
        "cette",
        "leur",
        "leurs",
        "votre",
        "vous",
        "nous",
        "notre",
        "tout",
        "tous",
        "toute",
        "plus",
        "quand",
        "comme",
        "chaque",
        "faire",
        "fait",
        "faut",
        "etre",
        "avoir",
        "sont",
        "elle",
        "elles",
        "dont",
        "mais",
        "aussi",
        "encore",
        "quel",
        "quels",
        "quelle",
        "quelles",
        "seul",
        "seule",
        "seulement",
    ]
)
ENDINGS = ("ent", "ez", "er", "es", "e", "s", "x")
SUGGESTED = 3


def grounds_of(sitting: Sitting) -> list[Ground]:
    """What the house says cannot be negotiated, still in use."""
    house = sitting.negotiation.establishment_id
    return list(Ground.objects.filter(establishment=house, retired_at__isnull=True))


def matching(words: str, grounds: Sequence[Ground]) -> list[Ground]:
    """The grounds that share words with a point, the closest first."""
    sought = meaning(words)
    weighed = [(len(sought & meaning(f"{one.words} {one.easy_words}")), one) for one in grounds]
    found = sorted((pair for pair in weighed if pair[0]), key=lambda pair: -pair[0])
    return [one for _weight, one in found[:SUGGESTED]]


def meaning(words: str) -> set[str]:
    """The words that count, without their ending: « fumer » meets « on fume »."""
    found = {word for word in fold(words).split() if len(word) >= LEAST} - COMMON
    return {next((word[: -len(end)] for end in ENDINGS if word.endswith(end)), word) for word in found}


@require_http_methods(["GET", "POST"])
@members(*AROUND)
def add(request: MemberRequest, pk: UUID) -> HttpResponse:
    """Put a point on the table; the field is ready for the next one.

    The frame holds the form itself. Later, it has a page of its own, beside the table.
    """
    negotiation = find(request, pk)
    sitting = sitting_of(negotiation)
    beside = sitting.table.phase != Phase.FRAME and not request.member.is_lay
    if already_sent(request):
        return ready_again(negotiation, beside)
    if request.method == "GET":
        if not may_lead(request.member, negotiation):
            return to_table(negotiation)
        return new_point(request, sitting) if beside else to_table(negotiation, "ajouter")
    form = PointForm(
        request.POST,
        framing=sitting.table.phase == Phase.FRAME or request.member.is_lay,
        leads=may_lead(request.member, negotiation),
    )
    if not form.is_valid():
        if beside:
            return new_point(request, sitting, form)
        return table_page(request, sitting, status=422, point_form=form)
    data = form.cleaned_data
    try:
        point = add_point(
            negotiation,
            data["words"],
            nature=data.get("nature", ""),
            source=data.get("source", ""),
            by=request.member,
        )
    except MoveRefused as refusal:
        if beside:
            form.add_error(None, str(refusal))
            return new_point(request, sitting, form)
        messages.error(request, str(refusal))
        return table_page(request, sitting_of(find(request, pk)), status=409, point_form=form)
    except PermissionDenied:
        with transaction.atomic():
            record("negotiation.refused", negotiation, by=request.member, person=negotiation.person)
        raise
    messages.success(request, _("Le point %s est sur la table.") % point.number)
    return ready_again(negotiation, beside)


def new_point(request: MemberRequest, sitting: Sitting, form: PointForm | None = None) -> HttpResponse:
    shown = shown_table(sitting, request.member)
    forms = {"point_form": form} if form is not None else {}
    return show(request, "negotiation/work/new_point.html", sitting, *forms.values(), shown=shown, **forms)


def ready_again(negotiation: Negotiation, beside: bool) -> HttpResponse:
    """Back where points are written, with the field of the next one in focus (`ajout` says so to the template)."""
    name = "negotiation:add_point" if beside else "negotiation:table"
    return redirect(reverse(name, args=[negotiation.pk]) + "?ajout=1")


@require_GET
@members(*CARE_ROLES)
def point(request: MemberRequest, pk: UUID, key: UUID) -> HttpResponse:
    """Everything that can be done with one point, beside the table."""
    sitting = led(request, pk)
    return page(request, sitting, point_of(sitting, key))


def page(request: MemberRequest, sitting: Sitting, one: Point, **forms: Any) -> HttpResponse:
    """The page of a point. `forms`: the one that comes back with something to mend."""
    if one.dropped_at is not None:
        messages.error(request, _("Ce point a été retiré."))
        return to_table(sitting.negotiation, "points")
    shown = shown_table(sitting, request.member)
    found = shown.point(one.pk)
    grounds = grounds_of(sitting)
    suggested = matching(one.words, grounds)
    usual = {
        "words": one.words,
        "nature": one.nature,
        "source": one.source,
        "ground": str(one.ground_id or ""),
    }
    chosen = next((each for each in grounds if str(each.pk) == request.GET.get("motif")), None)
    if chosen is not None and not one.how_of_id:
        usual |= {"nature": chosen.nature, "source": chosen.source, "ground": str(chosen.pk)}
    usual_how = {
        "words": one.ground.open_words.splitlines()[0][:250] if one.ground and one.ground.open_words else ""
    }
    context = {
        "shown": shown,
        "one": found,
        "chosen": chosen,
        "suggested": [each for each in suggested if each != one.ground],
        "next_unclassed": next((each for each in shown.unclassed if each.key != str(one.pk)), None),
        "may_how": one.nature == Nature.PRESCRIPTION,
        "class_form": ClassForm(initial=usual, grounds=grounds, how=bool(one.how_of_id)),
        "explain_form": ExplainForm(auto_id="explain_%s"),
        "how_form": HowForm(initial=usual_how, auto_id="how_%s"),
        "drop_form": DropForm(auto_id="drop_%s"),
        **forms,
    }
    return show(request, "negotiation/work/point.html", sitting, *forms.values(), **context)


@require_POST
@members(*CARE_ROLES)
def classify(request: MemberRequest, pk: UUID, key: UUID) -> HttpResponse:
    """Say what a point is; then the next one that waits, when asked."""
    sitting = led(request, pk)
    one = point_of(sitting, key)
    if already_sent(request):
        return to_table(sitting.negotiation, f"p{one.number}")
    form = ClassForm(request.POST, grounds=grounds_of(sitting), how=bool(one.how_of_id))
    if form.is_valid():
        data = form.cleaned_data

        def do() -> Point:
            words = data["words"] if data["words"] != one.words else ""
            return class_point(
                sitting.negotiation,
                one,
                data["nature"],
                source=data["source"],
                ground=form.chosen_ground,
                words=words,
                by=request.member,
            )

        if tried(request, sitting.negotiation, form, do):
            messages.success(request, _("Le point %s est classé.") % one.number)
            waiting = [
                other
                for other in sitting.live_points
                if sitting.table.points[str(other.pk)].negotiable is None and other.pk != one.pk
            ]
            if "next" in request.POST and waiting:
                return redirect("negotiation:point", pk, waiting[0].pk)
            return to_table(sitting.negotiation, f"p{one.number}")
    return page(request, sitting, one, class_form=form)


@require_POST
@members(*CARE_ROLES)
def explained(request: MemberRequest, pk: UUID, key: UUID) -> HttpResponse:
    """Note that it was explained to the person, how, and what they made of it."""
    sitting = led(request, pk)
    one = point_of(sitting, key)
    if already_sent(request):
        return to_table(sitting.negotiation, f"p{one.number}")
    form = ExplainForm(request.POST, auto_id="explain_%s")
    if form.is_valid():
        data = form.cleaned_data
        if tried(
            request,
            sitting.negotiation,
            form,
            lambda: explain(
                sitting.negotiation,
                one,
                understood=data["understood"],
                form=form.way_words,
                words=data["words"],
                by=request.member,
            ),
        ):
            messages.success(request, _("L’explication est notée."))
            return to_table(sitting.negotiation, f"p{one.number}")
    return page(request, sitting, one, explain_form=form)


@require_POST
@members(*CARE_ROLES)
def how(request: MemberRequest, pk: UUID, key: UUID) -> HttpResponse:
    """How a prescription is carried out opens as a point of its own, tied to it."""
    sitting = led(request, pk)
    one = point_of(sitting, key)
    if already_sent(request):
        return to_table(sitting.negotiation, "points")
    form = HowForm(request.POST, auto_id="how_%s")
    if form.is_valid():
        data = form.cleaned_data
        if tried(
            request,
            sitting.negotiation,
            form,
            lambda: add_point(
                sitting.negotiation, data["words"], nature=data["nature"], how_of=one, by=request.member
            ),
        ):
            messages.success(request, _("C’est un point de plus, qui se négocie."))
            return to_table(sitting.negotiation, "points")
    return page(request, sitting, one, how_form=form)


@require_POST
@members(*CARE_ROLES)
def drop(request: MemberRequest, pk: UUID, key: UUID) -> HttpResponse:
    """Take a point off the table, saying why."""
    sitting = led(request, pk)
    one = point_of(sitting, key)
    if already_sent(request):
        return to_table(sitting.negotiation, "points")
    form = DropForm(request.POST, auto_id="drop_%s")
    if form.is_valid():
        words = form.cleaned_data["words"]
        if tried(
            request,
            sitting.negotiation,
            form,
            lambda: drop_point(sitting.negotiation, one, words, by=request.member),
        ):
            messages.success(request, _("Le point %s est retiré de la table.") % one.number)
            return to_table(sitting.negotiation, "points")
    return page(request, sitting, one, drop_form=form)
