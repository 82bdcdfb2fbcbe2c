"""What the pages of who sits at the table share: their place, and one question a page.

Pages with words are apart from the table: what is being written is never swept away by somebody else's move.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from avec.accounts.access import MemberRequest, members
from avec.accounts.models import Role
from avec.people.drafts import Kept, already_sent, sent
from avec.people.journal import record_reading
from avec.ui.forms import form_status

from ..actions import MoveRefused
from ..mine import MyTable, my_table
from ..models import Party
from ..present import ShownConcession, ShownPoint, shown_table
from ..rules import Phase
from ..sitting import sitting_of
from .table import find

LAY = (Role.PERSON.value, Role.RELATIVE.value)


@dataclass(frozen=True)
class Place:
    """Where the reader sits, and what they read there."""

    request: MemberRequest
    table: MyTable
    party: Party

    @property
    def negotiation(self) -> Any:
        return self.table.shown.negotiation


@dataclass(frozen=True)
class Question:
    """One question: its title, short lines, the button; what is left of it in a draft; a point or an offer."""

    draft: Kept
    title: str
    submit: str
    lines: tuple[str, ...] = ()
    point: ShownPoint | None = None
    offer: ShownConcession | None = None
    part: str = ""


def from_my_place(*phases: Phase) -> Callable[[Callable[..., HttpResponse]], Callable[..., HttpResponse]]:
    """Open a page to who sits at the table, in these phases (all four when none is named); else back to the table."""

    def decorate(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        @members(*LAY)
        @wraps(view)
        def opened(request: MemberRequest, pk: UUID) -> HttpResponse:
            shown = shown_table(sitting_of(find(request, pk)), request.member)
            table = my_table(shown, easy=request.display.easy)
            if table.seat is None:
                raise Http404
            now = shown.sitting.table.phase
            late = now == Phase.CONCLUDED or (bool(phases) and now not in phases)
            again = already_sent(request)
            if late and request.method != "POST":
                messages.info(request, _("La discussion a avancé depuis. Voici où on en est."))
            if again or (late and request.method != "POST"):
                return redirect("negotiation:table", pk)
            return view(request, Place(request, table, table.seat.party))

        return opened

    return decorate


def ask(
    place: Place, question: Question, form: Form, do: Callable[[dict[str, Any]], Any], said: str
) -> HttpResponse:
    """One question, its answer, then back to the table. What the rules refuse is said on the form, words kept."""
    request, negotiation = place.request, place.negotiation
    if request.method == "POST" and form.is_valid():
        try:
            do(form.cleaned_data)
        except MoveRefused as refused:
            form.add_error(None, str(refused))
        else:
            sent(request, question.draft.key)
            messages.success(request, said)
            return redirect("negotiation:table", negotiation.pk)
    record_reading("negotiation", negotiation.person, by=request.member, obj=negotiation)
    context = {
        "person": negotiation.person,
        "negotiation": negotiation,
        "mine": place.table,
        "question": question,
        "form": form,
        "kept": question.draft,
        "once": request.POST.get("once") or str(uuid4()),
    }
    return render(request, "negotiation/own/ask.html", context, status=form_status(form))


def posted(request: MemberRequest) -> QueryDict | None:
    """What a form was sent with, even nothing at all; None when its page is only opened."""
    return request.POST if request.method == "POST" else None


def asked_point(place: Place) -> ShownPoint:
    """The point named in the address, or in the form."""
    given = place.request.GET.get("point") or place.request.POST.get("point")
    found = place.table.shown.point(given)
    if found is None:
        raise Http404
    return found


def asked_offer(place: Place) -> ShownConcession | None:
    """The concession named in the address; None when none is."""
    given = place.request.GET.get("pas", "")
    every = [one for point in place.table.shown.points for one in point.concessions]
    return next((one for one in every if str(one.number) == given), None)


def facing_point(place: Place, facing: ShownConcession) -> ShownPoint:
    found = place.table.shown.point(facing.concession.point)
    if found is None:
        raise Http404
    return found
