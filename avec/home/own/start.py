"""The first page of own space."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from avec.accounts.access import MemberRequest
from avec.people.models import today

from ..readers import last_readers
from .contract import contract_to_choose
from .space import Space, own_space
from .words import my_words, shared_words, told


@own_space("own")
def own(request: MemberRequest, space: Space) -> HttpResponse:
    context: dict[str, Any] = {"space": space, "now": today(), "contract_url": contract_to_choose(space)}
    context["words"] = told(space, my_words(space), 3)
    if space.is_self:
        context["readers"] = last_readers(space.person, 3)
    else:
        context["shared"] = told(space, shared_words(space), 3)
    return render(request, "home/own.html", context)
