"""« La table des délais »: what is counted, from which day, with its source and its weight."""

from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from avec.accounts.access import MemberRequest, members
from avec.people.clash import OutOfDate
from avec.people.drafts import already_sent
from avec.ui.forms import form_status

from ..actions import add_deadline as new_deadline
from ..actions import bring_back_deadline, load_profile, retire_deadline
from ..actions import change_deadline as save_deadline
from ..forms import DeadlineForm, ProfileForm, deadline_initial
from ..models import Deadline, ProfileChoice
from ..policy import COUNTING, SEEING, may_change_table
from ..table import profile_of, table_of
from ..words import delay_words, law_words


def told(row: Deadline) -> dict[str, Any]:
    return {"row": row, "delay": delay_words(row), "law": law_words(row.as_row())}


@require_GET
@members(*SEEING)
def table(request: MemberRequest) -> HttpResponse:
    rows = table_of(request.member.establishment_id)
    context = {
        "rows": [told(row) for row in rows if row.active],
        "retired": [told(row) for row in rows if not row.active],
        "profile": ProfileChoice(profile_of(request.member.establishment_id)).label,
        "to_check": sum(1 for row in rows if row.active and row.to_check),
        "may_change": may_change_table(request.member, request.member.establishment_id),
    }
    return render(request, "clocks/table.html", context)


def row_of(request: MemberRequest, pk: UUID) -> Deadline:
    """A row of the house's own table, in the database or shipped."""
    found = next((row for row in table_of(request.member.establishment_id) if row.pk == pk), None)
    if found is None:
        raise Http404
    return found


def show(request: MemberRequest, form: Any, **context: Any) -> HttpResponse:
    once = request.POST.get("once") or str(uuid4())
    return render(
        request, "clocks/deadline.html", context | {"form": form, "once": once}, status=form_status(form)
    )


@require_http_methods(["GET", "POST"])
@members(*sorted(COUNTING))
def add_deadline(request: MemberRequest) -> HttpResponse:
    if already_sent(request):
        return redirect("clocks:table")
    usual = {"weight": "house", "span": "days", "anchor": "admission", "warn_days": 7, "evidence": "written"}
    form = DeadlineForm(request.POST or None, initial=usual | {"source": _("Règle de la maison")})
    if request.method == "POST" and form.is_valid():
        row = new_deadline(request.member.establishment, by=request.member, **form.fields_of_deadline())
        messages.success(request, _("« %s » est dans la table.") % row.label)
        return redirect("clocks:table")
    return show(request, form, row=None)


@require_http_methods(["GET", "POST"])
@members(*sorted(COUNTING))
def change_deadline(request: MemberRequest, pk: UUID) -> HttpResponse:
    row = row_of(request, pk)
    if already_sent(request):
        return redirect("clocks:table")
    form = DeadlineForm(request.POST or None, initial=deadline_initial(row))
    clash = None
    if request.method == "POST" and form.is_valid():
        try:
            saved = save_deadline(
                row,
                version=form.cleaned_data["version"] or 0,
                by=request.member,
                **form.fields_of_deadline(),
            )
        except OutOfDate as late:
            # What was typed stays, what is saved is shown beside it; sending again keeps what was typed.
            clash = late.current
            again = request.POST.copy()
            again["version"] = str(clash.version)
            form = DeadlineForm(again, initial=deadline_initial(row))
            form.add_error(
                None, _("Quelqu’un a enregistré ce délai entre-temps. Comparez, puis enregistrez.")
            )
        else:
            messages.success(request, _("« %s » est enregistré.") % saved.label)
            return redirect("clocks:table")
    return show(request, form, row=row, clash=told(clash) if clash else None)


@require_http_methods(["GET", "POST"])
@members(*sorted(COUNTING))
def retire(request: MemberRequest, pk: UUID) -> HttpResponse:
    """Stop counting a row, or count it again: asked once before."""
    row = row_of(request, pk)
    if request.method == "POST":
        if row.active:
            retire_deadline(row, by=request.member)
            messages.success(request, _("« %s » n’est plus compté. Ses preuves restent.") % row.label)
        else:
            bring_back_deadline(row, by=request.member)
            messages.success(request, _("« %s » est compté de nouveau.") % row.label)
        return redirect("clocks:table")
    return render(request, "clocks/retire.html", {"row": row, "delay": delay_words(row)})


@require_http_methods(["GET", "POST"])
@members(*sorted(COUNTING))
def profile(request: MemberRequest) -> HttpResponse:
    """Start again from a country's table."""
    now = profile_of(request.member.establishment_id)
    form = ProfileForm(request.POST or None, initial={"profile": now})
    if request.method == "POST" and form.is_valid():
        load_profile(request.member.establishment, form.cleaned_data["profile"], by=request.member)
        label = ProfileChoice(form.cleaned_data["profile"]).label
        messages.success(request, _("La table « %s » est chargée. Relisez les lignes à vérifier.") % label)
        return redirect("clocks:table")
    return render(
        request,
        "clocks/profile.html",
        {"form": form, "now": ProfileChoice(now).label},
        status=form_status(form),
    )
