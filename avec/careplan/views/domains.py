"""The domains of life as the house names them: a list that unit managers, directors and quality keep."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from avec.accounts.access import MemberRequest, members
from avec.accounts.models import Member, Role
from avec.accounts.policy import require
from avec.people.drafts import already_sent
from avec.ui.forms import form_status

from .. import serafin
from ..actions import add_domain, add_usual_domains, move_domain, rename_domain, retire_domain
from ..forms.domains import DomainForm
from ..models import Domain
from ..policy import may_edit_domains
from ..rules.domains import USUAL, DomainRefused

STEERING = (Role.UNIT_MANAGER.value, Role.DIRECTOR.value, Role.QUALITY.value)


def domains_of(member: Member) -> list[Domain]:
    """The domains in use in this member's house, in its order."""
    return list(Domain.objects.filter(establishment=member.establishment_id, retired_at__isnull=True))


@require_http_methods(["GET", "POST"])
@members(*STEERING)
def domains(request: MemberRequest) -> HttpResponse:
    """The list, and a form to add one; the usual list in one press."""
    require(may_edit_domains(request.member))
    if already_sent(request):
        return redirect("careplan:domains")
    if request.method == "POST" and "usual" in request.POST:
        added = add_usual_domains(by=request.member)
        messages.success(
            request,
            ngettext("%s domaine est ajouté.", "%s domaines sont ajoutés.", added) % added
            if added
            else _("La liste contient déjà tous ces domaines."),
        )
        return redirect("careplan:domains")
    form = DomainForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            add_domain(form.cleaned_data["words"], form.cleaned_data["serafin"], by=request.member)
        except DomainRefused as refused:
            form.add_error("words", str(refused))
        else:
            messages.success(request, _("Le domaine est ajouté à la fin de la liste."))
            return redirect("careplan:domains")
    rows = [(domain, serafin.label(domain.serafin)) for domain in domains_of(request.member)]
    context = {"form": form, "rows": rows, "usual": [words for words, _code in USUAL]}
    return render(request, "careplan/domains.html", context, status=form_status(form))


@require_http_methods(["GET", "POST"])
@members(*STEERING)
def change_domain(request: MemberRequest, pk: UUID) -> HttpResponse:
    """Rename it, move it, or stop offering it. What was said under it keeps its name."""
    mine = Domain.objects.filter(establishment=request.member.establishment_id, retired_at__isnull=True)
    domain = get_object_or_404(mine, pk=pk)
    require(may_edit_domains(request.member))
    if request.method == "POST" and (asked := request.POST.get("do", "")):
        try:
            do(asked, domain, request.member)
        except DomainRefused as refused:
            messages.error(request, str(refused))
        else:
            if asked == "retire":
                messages.success(request, _("Ce domaine n’est plus proposé. Ce qui y est rangé le garde."))
        return redirect("careplan:domains")
    form = DomainForm(request.POST or None, initial={"words": domain.words, "serafin": domain.serafin})
    if request.method == "POST" and form.is_valid():
        try:
            rename_domain(domain, form.cleaned_data["words"], form.cleaned_data["serafin"], by=request.member)
        except DomainRefused as refused:
            form.add_error("words", str(refused))
        else:
            messages.success(request, _("Le domaine est enregistré."))
            return redirect("careplan:domains")
    context = {"form": form, "domain": domain}
    return render(request, "careplan/domain.html", context, status=form_status(form))


def do(asked: str, domain: Domain, member: Member) -> None:
    if asked == "retire":
        retire_domain(domain, by=member)
    elif asked in {"up", "down"}:
        move_domain(domain, up=asked == "up", by=member)
