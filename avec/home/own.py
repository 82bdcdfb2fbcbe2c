from django.http import HttpResponse
from django.shortcuts import render

from avec.accounts.access import MemberRequest, members
from avec.accounts.models import Role

LAY = (Role.PERSON.value, Role.RELATIVE.value)


@members(*LAY)
def own(request: MemberRequest) -> HttpResponse:
    return render(request, "home/own.html")


own_say = own_said = own_goals = own_team = own_readers = own
