from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from avec.accounts.access import MemberRequest, members
from avec.audit.models import Entry

from ..journal import record_reading
from ..models import CARE_ROLES
from ..readers import readings_of
from .page import open_record

PER_PAGE = 25


@require_GET
@members(*CARE_ROLES)
def readers(request: MemberRequest, pk: UUID) -> HttpResponse:
    person, _circle, head = open_record(request, pk, "people:readers")
    entries = Entry.objects.filter(establishment_id=person.establishment_id)
    lines = entries.about(person.pk).readings().order_by("-id")
    page = Paginator(lines, PER_PAGE).get_page(request.GET.get("page"))
    readings = readings_of(person, page.object_list)
    record_reading("readers", person, by=request.member)
    return render(request, "people/readers.html", head | {"page": page, "readings": readings})
