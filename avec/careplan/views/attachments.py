"""Joining a file to the plan or to one of its lines, and taking it back."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from avec.accounts.access import MemberRequest, members
from avec.accounts.models import Member
from avec.accounts.policy import require
from avec.documents.actions import FileRefused
from avec.people.drafts import already_sent, kept, sent
from avec.people.models import CARE_ROLES

from ..actions.attachments import AttachmentRefused
from ..actions.attachments import attach as join
from ..actions.attachments import withdraw_attachment as take_back
from ..forms.assessments import ReasonForm
from ..forms.attachments import AttachmentForm
from ..models import Activity, Assessment, Attachment, CarePlan, Expectation, Goal, Need
from ..policy import may_attach, may_withdraw_attachment
from ..words import short
from .assessments import to_assessments
from .page import show

# What a file may be joined to, as the address names it.
LINES: dict[str, Any] = {
    "attente": Expectation,
    "besoin": Need,
    "evaluation": Assessment,
    "objectif": Goal,
    "action": Activity,
}


def line_asked(member: Member, plan: CarePlan, asked: str) -> Any:
    """« besoin:<id> »: a line of this plan that the member reads; nothing for the plan itself."""
    if not asked:
        return None
    kind, _sep, pk = asked.partition(":")
    try:
        found = LINES[kind].objects.visible_to(member).filter(plan=plan, pk=UUID(pk)).first()
    except (KeyError, ValueError):
        found = None
    if found is None:
        raise Http404
    return found


def words_of(line: Any) -> str:
    if isinstance(line, Goal):
        return short(line.statement, 120)
    if isinstance(line, Activity):
        return short(line.title, 120)
    return short(getattr(line, "words", "") or str(line), 120)


@require_http_methods(["GET", "POST"])
@members(*CARE_ROLES)
def attach(request: MemberRequest, pk: UUID) -> HttpResponse:
    """Join a file. `?a=besoin:<id>`: to this line, never shared more widely than it."""
    plan = get_object_or_404(CarePlan.objects.visible_to(request.member).select_related("person"), pk=pk)
    require(may_attach(request.member, plan))
    if already_sent(request):
        return to_assessments(plan.person, "pieces")
    line = line_asked(request.member, plan, request.GET.get("a", ""))
    draft = kept(request, f"attach:{line.pk if line else plan.pk}")
    form = AttachmentForm(
        request.POST or None,
        request.FILES or None,
        initial=draft.initial(),
        level=line.level if line else "",
    )
    if request.method == "POST" and form.is_valid():
        received = form.cleaned_data["file"]
        try:
            join(
                plan,
                title=form.cleaned_data["title"] or received.title,
                content_type=received.content_type,
                content=received.content,
                level=form.cleaned_data["level"],
                by=request.member,
                line=line,
            )
        except FileRefused as refusal:
            form.add_error("file", str(refusal))
        except AttachmentRefused as refusal:
            form.add_error("level", str(refusal))
        else:
            sent(request, draft.key)
            messages.success(request, _("Le fichier est joint."))
            return to_assessments(plan.person, "pieces")
    return show(
        request,
        "careplan/attach.html",
        plan.person,
        form,
        draft,
        about=line or plan,
        plan=plan,
        line_words=words_of(line) if line else "",
    )


@require_http_methods(["GET", "POST"])
@members(*CARE_ROLES)
def withdraw_attachment(request: MemberRequest, pk: UUID) -> HttpResponse:
    """Take it back, saying why: it is shown to nobody any more."""
    attachments = Attachment.objects.visible_to(request.member).select_related("plan", "person")
    if already_sent(request):
        again = get_object_or_404(Attachment.objects.filter(withdrawn_by=request.member), pk=pk)
        return to_assessments(again.person, "pieces")
    found = get_object_or_404(attachments, pk=pk)
    require(may_withdraw_attachment(request.member, found))
    draft = kept(request, f"withdraw:{found.pk}")
    form = ReasonForm(request.POST or None, initial=draft.initial())
    if request.method == "POST" and form.is_valid():
        try:
            take_back(found, form.cleaned_data["reason"], by=request.member)
        except AttachmentRefused as refusal:
            form.add_error("reason", str(refusal))
        else:
            sent(request, draft.key)
            messages.success(request, _("Le fichier est retiré. Personne ne le voit plus."))
            return to_assessments(found.person, "pieces")
    return show(
        request, "careplan/attachment_withdraw.html", found.person, form, draft, about=found, attachment=found
    )
