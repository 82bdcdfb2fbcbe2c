from django.http import HttpResponse
from django.shortcuts import render

from avec.accounts.access import MemberRequest, members


@members("unit_manager", "director", "quality")
def figures(request: MemberRequest) -> HttpResponse:
    return render(request, "home/figures.html")
