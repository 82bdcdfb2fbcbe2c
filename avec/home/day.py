from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render

from avec.accounts.access import MemberRequest, members


@members()
def day(request: MemberRequest) -> HttpResponse:
    return render(request, "home/day.html")


@members()
def record(request: MemberRequest, pk: UUID) -> HttpResponse:
    raise Http404


@members()
def thread(request: MemberRequest, pk: UUID) -> HttpResponse:
    raise Http404
