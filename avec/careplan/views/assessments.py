"""Needs and assessments: the page of a person, « Mon évaluation », and what becomes of it."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from avec.accounts.access import MemberRequest, members
from avec.accounts.models import Member, Role
from avec.accounts.policy import require
from avec.people.drafts import Kept, already_sent, forget_draft, kept, sent
from avec.people.journal import record_reading
from avec.people.models import CARE_ROLES, Person, teams_of, today
from avec.people.views.page import open_record

from ..actions.assessments import (
    AlreadyOpen,
    AssessmentRefused,
    Findings,
    assess_oneself,
    start_assessment,
)
from ..actions.assessments import change_assessment as save_assessment
from ..actions.assessments import validate_assessment as settle_assessment
from ..actions.assessments import withdraw_assessment as take_back
from ..actions.conflicts import OutOfDate
from ..actions.plans import plan_of
from ..forms.assessments import (
    ROWS,
    AssessmentForm,
    OwnAnswersForm,
    ReasonForm,
    rows_wanted,
)
from ..gathered_needs import (
    answers_told,
    assessments_of,
    by_discipline,
    files_of,
    need_rows,
    needs_of,
    series_of,
    state_of,
)
from ..models import Assessment, CarePlan, Expectation, Need, Questionnaire
from ..policy import (
    is_open,
    may_assess,
    may_assess_oneself,
    may_change_assessment,
    may_validate_assessment,
    may_withdraw_assessment,
)
from ..rules.questionnaires import Form, worded_score
from ..scales import form_of
from .page import asked_to_keep, conflict, merged, show

SAID = 6  # of the person's own words, beside the form


def to_assessments(person: Person, anchor: str = "") -> HttpResponse:
    address = reverse("careplan:assessments", args=[person.pk])
    return redirect(address + (f"#{anchor}" if anchor else ""))


def usable_scales(member: Member) -> list[Questionnaire]:
    found = Questionnaire.objects.filter(establishment=member.establishment_id, retired_at__isnull=True)
    return list(found.order_by("title", "version"))


@require_GET
@members(*CARE_ROLES)
def assessments(request: MemberRequest, pk: UUID) -> HttpResponse:
    """What was found by each, and what came of it. A constant number of queries."""
    person, _circle, head = open_record(request, pk, "careplan:assessments")
    member = request.member
    plans = CarePlan.objects.visible_to(member).filter(person=person).select_related("person")
    plan = (
        plans.annotate(inside=teams_of(member, "person_id", external=False)).order_by("-created_at").first()
    )
    record_reading("needs", person, by=member)
    found = assessments_of(member, person)
    files = files_of(member, plan) if plan else []
    rows = need_rows(needs_of(member, plan), files) if plan else []
    live = [row for row in rows if row.need.status == "active"]
    writes = plan is not None and plan.inside and is_open(plan)  # type: ignore[attr-defined]
    context = head | {
        "plan": plan,
        "writes": writes,
        "strengths": [row for row in live if row.need.is_strength],
        "needs": [row for row in live if not row.need.is_strength],
        "past": [row for row in rows if row.need.status != "active"],
        "groups": [
            (group, [(one, state_of(one)) for one in group.assessments]) for group in by_discipline(found)
        ],
        "series": [one for one in series_of(found) if len(one.lines) > 1],
        "files": files,
        "scales": usable_scales(member) if writes else [],
        "member": member,
    }
    return render(request, "careplan/assessments.html", context)


def words_beside(member: Member, plan: CarePlan) -> list[Expectation]:
    """What the person said themself, to have under the eyes while writing."""
    said = Expectation.objects.visible_to(member).filter(plan=plan, voice="person", withdrawn_at__isnull=True)
    return list(said.exclude(words="").order_by("-importance", "-said_on")[:SAID])


def asked_for(member: Member, wanted: str) -> Questionnaire | None:
    """The scale named in the address, if the house may use it."""
    if not wanted:
        return None
    return next((one for one in usable_scales(member) if str(one.pk) == wanted), None)


def findings_of(form: AssessmentForm) -> Findings:
    data = form.cleaned_data
    return Findings(
        discipline=data["discipline"],
        summary=data["summary"],
        method=data["how"],
        level=data["level"],
        assessed_on=data["assessed_on"],
        by_person=data.get("by_person", False),
        answers=form.answers(),
        found=form.found(),
    )


def typed(request: MemberRequest, several: list[str]) -> dict[str, Any]:
    """What is in the form now, to show it again with more lines."""
    return {
        name: values if name in several else values[-1] for name, values in request.POST.lists() if values
    }


def several_of(asked: Form | None) -> list[str]:
    return ["by_person", *AssessmentForm(asked=asked).several()] if asked else []


def page_of(
    request: MemberRequest, plan: CarePlan, form: AssessmentForm, draft: Kept, **context: Any
) -> HttpResponse:
    beside = words_beside(request.member, plan)
    more = form.count < rows_wanted(form.asked, form.count + ROWS, 0)
    return show(
        request,
        "careplan/assessment.html",
        plan.person,
        form,
        draft,
        plan=plan,
        said=beside,
        more=more,
        **context,
    )


@require_http_methods(["GET", "POST"])
@members(*CARE_ROLES)
def write_assessment(request: MemberRequest, pk: UUID) -> HttpResponse:
    """« Mon évaluation », new. One that is still open for this discipline is taken up again."""
    plan = get_object_or_404(CarePlan.objects.visible_to(request.member).select_related("person"), pk=pk)
    require(may_assess(request.member, plan))
    if already_sent(request):
        return to_assessments(plan.person)
    scale = asked_for(request.member, request.GET.get("grille", ""))
    asked = form_of(scale) if scale else None
    draft = kept(request, f"assessment:{scale.pk if scale else plan.pk}")
    several = several_of(asked)
    wanted = (draft.draft.fields if draft.draft else {}).get("rows", [request.POST.get("rows", "")])[-1]
    count = rows_wanted(asked, wanted, 0)
    usual = {"discipline": request.member.job, "assessed_on": today(), "level": "C2"}
    parts: dict[str, Any] = {"asked": asked, "count": count}
    if request.method == "POST" and "more" in request.POST:
        parts["count"] = rows_wanted(asked, count + ROWS, count)
        form = AssessmentForm(initial=typed(request, several), **parts)
        return page_of(request, plan, form, draft, scale=scale)
    form = AssessmentForm(request.POST or None, initial=draft.initial(several, **usual), **parts)
    if request.method == "POST" and form.is_valid():
        try:
            found = start_assessment(plan, findings_of(form), by=request.member, questionnaire=scale)
        except AlreadyOpen as there:
            words = _(
                "Vous avez déjà une évaluation en cours pour cette discipline. Continuez-la, ou changez la discipline ici."
            )
            form.add_error("discipline", words)
            return page_of(request, plan, form, draft, scale=scale, going_on=there.current)
        sent(request, draft.key)
        messages.success(request, _("C’est enregistré, en cours. Relisez, puis validez."))
        return redirect("careplan:assessment", found.pk)
    return page_of(request, plan, form, draft, scale=scale)


@require_http_methods(["GET", "POST"])
@members(*CARE_ROLES)
def change_assessment(request: MemberRequest, pk: UUID) -> HttpResponse:
    """Go on with one's own; when it was saved elsewhere meanwhile, both texts are shown."""
    assessment = found_or_404(request, pk)
    require(may_change_assessment(request.member, assessment))
    plan, scale = assessment.plan, assessment.form
    if already_sent(request):
        return redirect("careplan:assessment", assessment.pk)
    asked = form_of(scale) if scale else None
    draft = kept(request, f"assessment:{assessment.pk}")
    if asked_to_keep(request) == "theirs":
        forget_draft(request.member, draft.key)
        return redirect("careplan:assessment", assessment.pk)
    needs = list(Need.objects.filter(assessment=assessment, status="active"))
    several = several_of(asked)
    wanted = (draft.draft.fields if draft.draft else {}).get("rows", [request.POST.get("rows", "")])[-1]
    count = rows_wanted(asked, wanted or len(needs) + 1, len(needs))
    parts: dict[str, Any] = {"asked": asked, "count": count}
    usual = AssessmentForm.opened_on(assessment, needs, asked)
    if request.method == "POST" and "more" in request.POST:
        parts["count"] = rows_wanted(asked, count + ROWS, count)
        form = AssessmentForm(initial=typed(request, several), **parts)
        return page_of(request, plan, form, draft, scale=scale, assessment=assessment)
    form = AssessmentForm(request.POST or None, initial=draft.initial(several, **usual), **parts)
    if request.method == "POST" and asked_to_keep(request) == "both":
        both = merged(form, AssessmentForm(initial=usual, **parts), assessment.version)
        form = AssessmentForm(initial=both, **parts)
        return page_of(request, plan, form, draft, scale=scale, assessment=assessment, both=True)
    if request.method == "POST" and form.is_valid():
        try:
            version = form.cleaned_data["version"] or 0
            save_assessment(assessment, findings_of(form), version=version, by=request.member)
        except OutOfDate as clash:
            fresh = AssessmentForm(initial=usual, **parts)
            return conflict(request, plan.person, form, fresh, clash.current, request.path)
        sent(request, draft.key)
        messages.success(request, _("C’est enregistré, en cours. Relisez, puis validez."))
        return redirect("careplan:assessment", assessment.pk)
    return page_of(request, plan, form, draft, scale=scale, assessment=assessment)


def found_or_404(request: MemberRequest, pk: UUID) -> Assessment:
    people = ("plan__person", "person__establishment", "author", "responsible", "withdrawn_by", "form")
    return get_object_or_404(Assessment.objects.visible_to(request.member).select_related(*people), pk=pk)


@require_GET
@members(*CARE_ROLES)
def assessment(request: MemberRequest, pk: UUID) -> HttpResponse:
    """One assessment, to read; its author goes on with it or validates it."""
    found = found_or_404(request, pk)
    return read_page(request, found)


def read_page(
    request: MemberRequest, found: Assessment, refused: str = "", status: int = 200
) -> HttpResponse:
    member, plan = request.member, found.plan
    record_reading("needs", found.person, by=member, obj=found)
    needs = list(
        Need.objects.visible_to(member).filter(assessment=found).select_related("written_by", "assessment")
    )
    files = [one for one in files_of(member, plan) if one.assessment_id == found.pk or one.need_id]
    context = {
        "person": found.person,
        "assessment": found,
        "state": state_of(found),
        "rows": need_rows(needs, files),
        "answers": answers_told(found),
        "score_words": worded_score(form_of(found.form), found.score) if found.form else "",
        "files": [one for one in files if one.assessment_id == found.pk],
        "may_change": may_change_assessment(member, found),
        "may_validate": may_validate_assessment(member, found),
        "may_withdraw": may_withdraw_assessment(member, found),
        "writes": may_assess(member, plan),
        "member": member,
        "trainee": found.is_open and found.author_id == member.pk and member.role == Role.TRAINEE.value,
        "refused": refused,
    }
    return render(request, "careplan/assessment_read.html", context, status=status)


@require_POST
@members(*CARE_ROLES)
def validate_assessment(request: MemberRequest, pk: UUID) -> HttpResponse:
    """What was just read becomes final."""
    found = found_or_404(request, pk)
    if found.validated_at is not None and request.member.pk in {found.author_id, found.responsible_id}:
        return redirect("careplan:assessment", found.pk)  # a second press
    sent_with = request.POST.get("version", "")
    version = int(sent_with) if sent_with.isdecimal() and len(sent_with) < 10 else 0
    try:
        settle_assessment(found, version=version, by=request.member)
    except AssessmentRefused as refusal:
        return read_page(request, found, str(refusal), 422)
    except OutOfDate as clash:
        words = _("Cette évaluation a changé depuis que vous l’avez ouverte. Relisez-la avant de valider.")
        return read_page(request, clash.current, words, 409)
    messages.success(request, _("L’évaluation est validée. Elle ne change plus."))
    return redirect("careplan:assessment", found.pk)


@require_http_methods(["GET", "POST"])
@members(*CARE_ROLES)
def withdraw_assessment(request: MemberRequest, pk: UUID) -> HttpResponse:
    """Take it back, saying why. Its words stay."""
    found = found_or_404(request, pk)
    if already_sent(request):
        return redirect("careplan:assessment", found.pk)
    require(may_withdraw_assessment(request.member, found))
    draft = kept(request, f"withdraw:{found.pk}")
    form = ReasonForm(request.POST or None, initial=draft.initial())
    if request.method == "POST" and form.is_valid():
        try:
            take_back(found, form.cleaned_data["reason"], by=request.member)
        except AssessmentRefused as refusal:
            form.add_error("reason", str(refusal))
        else:
            sent(request, draft.key)
            messages.success(request, _("L’évaluation est retirée. Elle reste lisible, avec la raison."))
            return to_assessments(found.person)
    return show(
        request, "careplan/assessment_withdraw.html", found.person, form, draft, about=found, assessment=found
    )


@require_http_methods(["GET", "POST"])
@members(Role.PERSON.value)
def own_answers(request: MemberRequest, pk: UUID) -> HttpResponse:
    """The person answers a questionnaire made for them, in their own space."""
    person = get_object_or_404(Person.objects.visible_to(request.member))
    scales = Questionnaire.objects.filter(establishment=person.establishment_id, retired_at__isnull=True)
    scale = get_object_or_404(scales, pk=pk, for_person=True)
    plan = plan_of(person)
    require(plan is not None and may_assess_oneself(request.member, plan))
    assert plan is not None
    asked = form_of(scale)
    if already_sent(request):
        return redirect("home:own")
    draft = kept(request, f"own_answers:{scale.pk}")
    names = OwnAnswersForm(asked=asked).several()
    form = OwnAnswersForm(request.POST or None, initial=draft.initial(names), asked=asked)
    if request.method == "POST" and form.is_valid():
        assess_oneself(plan, scale, form.answers(), form.cleaned_data["words"], by=request.member)
        sent(request, draft.key)
        messages.success(request, _("Vos réponses sont envoyées à votre équipe."))
        return redirect("home:own")
    return show(request, "careplan/own_answers.html", person, form, draft, scale=scale)
