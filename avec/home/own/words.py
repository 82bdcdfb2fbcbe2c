"""What was said, with what became of it; words taken back, hidden or shown."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from avec.accounts.access import MemberRequest
from avec.careplan.actions import share_expectation, withdraw_expectation
from avec.careplan.models import Expectation
from avec.careplan.policy import may_share, may_withdraw
from avec.people.rules import Level

from ..fates import Fate, fates_of
from .space import Space, own_space


def my_words(space: Space) -> QuerySet[Expectation]:
    """What this member said, or what was seen and written for the person; withdrawn words left out."""
    words = visible_words(space)
    if space.tie is None:
        return words.filter(voice__in=["person", "observed"])
    return words.filter(relative=space.tie)


def shared_words(space: Space) -> QuerySet[Expectation]:
    """For a relative: what the person said and shares. Other relatives' words are never there (T27)."""
    return visible_words(space).filter(voice__in=["person", "observed"])


def visible_words(space: Space) -> QuerySet[Expectation]:
    return (
        Expectation.objects.visible_to(space.member)
        .filter(person=space.person, withdrawn_at__isnull=True)
        .select_related("person", "plan", "relative", "professional", "current_answer__by")
    )


def told(space: Space, *lists: QuerySet[Expectation], limit: int | None = None) -> list[list[Fate]]:
    """Each list of words with what became of them, at one cost; the first to read are those that still wait."""
    found = [sorted(words, key=lambda said: said.current_answer_id is not None)[:limit] for words in lists]
    every = [said for words in found for said in words]
    mine = [said.pk for said in every if space.tie is None or said.relative_id == space.tie.pk]
    fates = iter(fates_of(every, space.member, space.person, mine, easy=space.easy))
    return [[next(fates) for _said in words] for words in found]


@own_space("own_said")
def own_said(request: MemberRequest, space: Space) -> HttpResponse:
    """Everything I said; for a relative, what the person shares too."""
    lists = [my_words(space)] if space.is_self else [my_words(space), shared_words(space)]
    context: dict[str, Any] = dict(zip(("words", "shared"), told(space, *lists), strict=False))
    context["space"] = space
    return render(request, "home/own_said.html", context)


@own_space("own_said")
def own_withdraw(request: MemberRequest, space: Space, pk: UUID) -> HttpResponse:
    """Take back one's own words, after being told what it means."""
    said = get_object_or_404(my_words(space), pk=pk)
    if not may_withdraw(request.member, said):
        raise Http404
    if request.method == "POST":
        withdraw_expectation(said, by=request.member)
        messages.success(request, _("Vos mots sont retirés. Ils restent dans l’historique."))
        return redirect("home:own_said")
    return render(request, "home/own_withdraw.html", {"space": space, "said": said})


@own_space("own_said")
def own_share(request: MemberRequest, space: Space, pk: UUID) -> HttpResponse:
    """Hide one's own words from relatives, or share them again."""
    said = get_object_or_404(my_words(space), pk=pk)
    to = Level.C2 if said.level == Level.C1 else Level.C1
    if not space.is_self or not may_share(request.member, said, to):
        raise Http404
    if request.method == "POST":
        share_expectation(said, to, by=request.member)
        hidden = to == Level.C2
        messages.success(
            request,
            _("C’est fait. Vos proches ne lisent plus ces mots.")
            if hidden
            else _("C’est fait. Vos proches autorisés lisent ces mots."),
        )
        return redirect("home:own_said")
    return render(request, "home/own_share.html", {"space": space, "said": said, "hides": to == Level.C2})
