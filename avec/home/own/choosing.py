"""A relative of several persons says whose space they open."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from avec.accounts.access import MemberRequest, members
from avec.accounts.models import Role
from avec.people.models import Person

from .contract import persons_who_wait
from .space import CHOSEN, as_uuid


@members(Role.RELATIVE.value)
def own_choose(request: MemberRequest) -> HttpResponse:
    """Each by name; and whose contract waits for this member's choice."""
    persons = Person.objects.visible_to(request.member)
    if request.method == "POST":
        request.session[CHOSEN] = str(get_object_or_404(persons, pk=as_uuid(request.POST.get("personne"))).pk)
        return redirect("home:own")
    waiting = persons_who_wait(request.member)
    context = {"persons": [(person, person.pk in waiting) for person in persons]}
    return render(request, "home/own_choose.html", context)
