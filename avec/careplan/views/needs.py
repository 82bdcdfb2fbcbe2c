"""A need or a strength noted alone, changed, commented, ended."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from avec.accounts.access import MemberRequest, members
from avec.accounts.policy import require
from avec.people.drafts import already_sent, forget_draft, kept, sent
from avec.people.models import CARE_ROLES

from ..actions.conflicts import OutOfDate
from ..actions.needs import NeedRefused, comment_need, end_need
from ..actions.needs import change_need as save_need
from ..actions.needs import write_need as add_need
from ..forms.assessments import FollowForm, FoundForm
from ..models import CarePlan, Need, NeedStatus
from ..policy import may_assess, may_change_need, may_follow_need
from .assessments import to_assessments, words_beside
from .page import asked_to_keep, conflict, merged, show


@require_http_methods(["GET", "POST"])
@members(*CARE_ROLES)
def write_need(request: MemberRequest, pk: UUID) -> HttpResponse:
    """Note a need or a strength without an assessment."""
    plan = get_object_or_404(CarePlan.objects.visible_to(request.member).select_related("person"), pk=pk)
    require(may_assess(request.member, plan))
    if already_sent(request):
        return to_assessments(plan.person, "besoins")
    draft = kept(request, f"need:{plan.pk}")
    form = FoundForm(request.POST or None, initial=draft.initial(level="C2"))
    if request.method == "POST" and form.is_valid():
        add_need(plan, form.found(), by=request.member)
        sent(request, draft.key)
        messages.success(request, _("C’est noté."))
        return to_assessments(plan.person, "besoins")
    beside = words_beside(request.member, plan)
    return show(request, "careplan/need.html", plan.person, form, draft, plan=plan, said=beside)


def found_or_404(request: MemberRequest, pk: UUID) -> Need:
    people = ("plan__person", "person", "assessment", "written_by")
    return get_object_or_404(Need.objects.visible_to(request.member).select_related(*people), pk=pk)


@require_http_methods(["GET", "POST"])
@members(*CARE_ROLES)
def change_need(request: MemberRequest, pk: UUID) -> HttpResponse:
    """Say it otherwise; when it was saved meanwhile, both texts are shown."""
    need = found_or_404(request, pk)
    require(may_change_need(request.member, need))
    if already_sent(request):
        return to_assessments(need.person, f"besoin-{need.pk}")
    draft = kept(request, f"need:{need.pk}")
    if asked_to_keep(request) == "theirs":
        forget_draft(request.member, draft.key)
        return to_assessments(need.person, f"besoin-{need.pk}")
    usual = FoundForm.initial_of(need)
    form = FoundForm(request.POST or None, initial=draft.initial(**usual))
    if request.method == "POST" and asked_to_keep(request) == "both":
        both = merged(form, FoundForm(initial=usual), need.version)
        form = FoundForm(initial=both)
    elif request.method == "POST" and form.is_valid():
        try:
            save_need(need, form.found(), version=form.cleaned_data["version"] or 0, by=request.member)
        except OutOfDate as clash:
            fresh = FoundForm(initial=FoundForm.initial_of(clash.current))
            return conflict(request, need.person, form, fresh, clash.current, request.path)
        sent(request, draft.key)
        messages.success(request, _("C’est enregistré."))
        return to_assessments(need.person, f"besoin-{need.pk}")
    beside = words_beside(request.member, need.plan)
    return show(
        request,
        "careplan/need.html",
        need.person,
        form,
        draft,
        about=need,
        plan=need.plan,
        need=need,
        said=beside,
    )


@require_http_methods(["GET", "POST"])
@members(*CARE_ROLES)
def follow_need(request: MemberRequest, pk: UUID) -> HttpResponse:
    """Comment on it, or say that it is covered or no longer true."""
    need = found_or_404(request, pk)
    if already_sent(request):
        return to_assessments(need.person, "besoins")
    require(may_follow_need(request.member, need))
    draft = kept(request, f"follow:{need.pk}")
    form = FollowForm(request.POST or None, initial=draft.initial())
    if request.method == "POST" and form.is_valid():
        becomes, words = form.cleaned_data["becomes"], form.cleaned_data["words"]
        try:
            if becomes == NeedStatus.ACTIVE.value:
                comment_need(need, words, by=request.member)
            else:
                end_need(need, NeedStatus(becomes), words, by=request.member)
        except NeedRefused as refusal:
            form.add_error("words", str(refusal))
        else:
            sent(request, draft.key)
            messages.success(request, _("C’est noté."))
            return to_assessments(need.person, "besoins")
    return show(request, "careplan/need_follow.html", need.person, form, draft, about=need, need=need)
