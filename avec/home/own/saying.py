"""Say something in one's own words."""

from uuid import uuid4

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from avec.accounts.access import MemberRequest
from avec.careplan.actions import Said, plan_of, say
from avec.people.drafts import already_sent, kept, sent
from avec.people.rules import Level
from avec.ui.forms import form_status

from ..fates import who_answers
from ..forms import SayAndShareForm, SayForm
from .space import Space, as_uuid, own_space
from .words import my_words


@own_space("own_say")
def own_say(request: MemberRequest, space: Space) -> HttpResponse:
    """Say something in one's own words; then who will answer."""
    if "dit" in request.GET:
        return heard(request, space)
    if already_sent(request):
        return redirect("home:own_said")
    plan = plan_of(space.person)
    draft = kept(request, f"own_say:{space.person.pk}")
    form = (SayAndShareForm if space.is_self else SayForm)(request.POST or None, initial=draft.initial())
    if plan is not None and form.is_valid():
        # A relative's words are for the person and the team; other relatives never read them (T27).
        said = Said(**{"level": Level.C1.value} | form.cleaned_data)
        expectation = say(plan, said, by=request.member)
        sent(request, draft.key)
        return redirect(f"{reverse('home:own_say')}?dit={expectation.pk}")
    context = {"space": space, "form": form, "plan": plan, "who": who_answers(space.member, space.person)}
    once = request.POST.get("once") or str(uuid4())
    return render(
        request, "home/own_say.html", context | {"kept": draft, "once": once}, status=form_status(form)
    )


def heard(request: MemberRequest, space: Space) -> HttpResponse:
    said = get_object_or_404(my_words(space), pk=as_uuid(request.GET.get("dit")))
    who = who_answers(space.member, space.person)
    return render(
        request,
        "home/own_heard.html",
        {"space": space, "said": said, "who": who, "not_wanted": said.kind == "not_wanted"},
    )
