from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from avec.accounts.access import MemberRequest, members
from avec.accounts.policy import require
from avec.documents.actions import file_bytes
from avec.people.drafts import already_sent, kept, sent
from avec.people.journal import record_reading
from avec.people.models import CARE_ROLES, Person, today
from avec.people.policy import may_write
from avec.ui.words import elide

from ..actions import open_plan as new_plan
from ..actions import plan_of
from ..forms import PlanForm
from ..models import Attachment
from .page import show, to_record


@require_http_methods(["GET", "POST"])
@members(*CARE_ROLES)
def open_plan(request: MemberRequest, pk: UUID) -> HttpResponse:
    """Open the project of somebody who has none in progress."""
    person = get_object_or_404(Person.objects.visible_to(request.member), pk=pk)
    require(may_write(request.member, person))
    if already_sent(request) or plan_of(person) is not None:
        return to_record(person)
    draft = kept(request, f"plan:{person.pk}")
    title = _("Le projet %s") % elide(person.name)
    form = PlanForm(request.POST or None, initial=draft.initial(title=title, starts_on=today()))
    if request.method == "POST" and form.is_valid():
        stay = person.stays.filter(discharged_on__isnull=True).order_by("-admitted_on").first()
        new_plan(person, by=request.member, stay=stay, **form.cleaned_data)
        sent(request, draft.key)
        messages.success(
            request, _("Le projet est ouvert. Il commence par ce que %s demande.") % person.called
        )
        return to_record(person, "attentes")
    return show(request, "careplan/open_plan.html", person, form, draft)


@require_GET
@members()
def attachment(request: MemberRequest, pk: UUID) -> HttpResponse:
    """A file joined to the plan, for whoever reads what it is joined to. Saved, never opened in the page."""
    attachments = Attachment.objects.visible_to(request.member).select_related("file", "person")
    found = get_object_or_404(attachments, pk=pk)
    data = file_bytes(found.file)
    record_reading("attachment", found.person, by=request.member, obj=found)
    response = HttpResponse(data, content_type=found.file.content_type or "application/octet-stream")
    response.headers["Content-Disposition"] = (
        content_disposition_header(True, file_name(found)) or "attachment"
    )
    response.headers["X-Content-Type-Options"] = "nosniff"
    # Even opened by mistake, a received file runs nothing.
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


def file_name(found: Attachment) -> str:
    """The title as a file name, with the extension of its type."""
    endings = {"application/pdf": ".pdf", "image/png": ".png", "image/jpeg": ".jpg", "text/plain": ".txt"}
    name = (
        "".join(c if c.isalnum() or c in " -_.’'" else "-" for c in found.title).strip(" .")[:120]
        or "document"
    )
    ending = endings.get(found.file.content_type.split(";")[0].strip().lower(), "")
    return name if name.lower().endswith(ending) else name + ending
