"""The texts beside the contract: noting that one exists, its file, striking what was noted by mistake."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from avec.accounts.access import MemberRequest, members
from avec.accounts.policy import require
from avec.documents.actions import FileRefused
from avec.documents.serving import file_response, is_first_part
from avec.people.drafts import already_sent, kept, sent
from avec.people.journal import record_reading
from avec.people.models import CARE_ROLES, Person
from avec.people.views.page import found_person, once, show

from ..actions import AfterRefused
from ..actions import cancel_beside as strike
from ..actions import set_beside as note
from ..forms.beside import BesideForm
from ..models import BesideChoice, TextBeside
from ..policy import may_set_beside


def to_contracts(person: Person) -> HttpResponse:
    return redirect(reverse("contracts:history", args=[person.pk]) + "#a-cote")


@require_http_methods(["GET", "POST"])
@members(*CARE_ROLES)
def set_beside(request: MemberRequest, pk: UUID) -> HttpResponse:
    """Note that a stay contract or a programme of care exists. `?quoi=stay`: which one."""
    person = found_person(request, pk)
    require(may_set_beside(request.member, person))
    if already_sent(request):
        return to_contracts(person)
    draft = kept(request, f"beside:{person.pk}")
    asked = request.GET.get("quoi", "")
    kind = asked if asked in BesideChoice.values else ""
    form = BesideForm(
        request.POST or None, request.FILES or None, initial=draft.initial(kind=kind, level="C2")
    )
    if request.method == "POST" and form.is_valid():
        received = form.cleaned_data["file"]
        document = received and {
            "title": received.title,
            "content_type": received.content_type,
            "content": received.content,
        }
        try:
            text = note(
                person,
                form.cleaned_data["kind"],
                dated_on=form.cleaned_data["dated_on"],
                words=form.cleaned_data["words"],
                level=form.cleaned_data["level"],
                document=document,
                by=request.member,
            )
        except FileRefused as refusal:
            form.add_error("file", str(refusal))
        except AfterRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            sent(request, draft.key)
            messages.success(request, _("C’est noté : %s.") % text.get_kind_display())
            return to_contracts(person)
    return show(
        request, "contracts/beside/set.html", person, form, draft, "form",
        heading=_("Un texte à côté du contrat"), submit=_("Noter qu’il existe"),
        back=reverse("contracts:history", args=[person.pk]) + "#a-cote", back_words=_("Revenir aux contrats"),
    )  # fmt: skip


def visible_text(request: MemberRequest, pk: UUID) -> TextBeside:
    texts = TextBeside.objects.visible_to(request.member).filter(cancelled_at__isnull=True)
    return get_object_or_404(texts.select_related("person__establishment", "file"), pk=pk)


@require_GET
@members()
def beside_file(request: MemberRequest, pk: UUID) -> HttpResponse:
    """Its file, as it came in."""
    text = visible_text(request, pk)
    if text.file is None:
        raise Http404
    if is_first_part(request):
        record_reading("text_beside", text.person, by=request.member, obj=text)
    return file_response(request, text.file)


@require_http_methods(["GET", "POST"])
@members(*CARE_ROLES)
def cancel_beside(request: MemberRequest, pk: UUID) -> HttpResponse:
    """Noted by mistake: asked once before, and kept in the journal."""
    if already_sent(request):
        again = get_object_or_404(TextBeside.objects.filter(cancelled_by=request.member), pk=pk)
        return to_contracts(again.person)
    text = visible_text(request, pk)
    require(may_set_beside(request.member, text.person))
    if request.method == "POST":
        strike(text, by=request.member)
        messages.success(request, _("C’est annulé. Le journal garde la trace."))
        return to_contracts(text.person)
    record_reading("form", text.person, by=request.member, obj=text)
    context = {"person": text.person, "text": text, "once": once(request)}
    return render(request, "contracts/beside/cancel.html", context)
