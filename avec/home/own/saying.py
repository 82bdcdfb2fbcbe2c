"""Say something: in words, aloud or in pictures. Three ways of the same weight."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from avec.accounts.access import MemberRequest
from avec.careplan.actions import Said, plan_of, say, transcribe
from avec.careplan.models import CarePlan, Expectation, Questionnaire, WayChoice
from avec.careplan.policy import is_speaker, may_assess_oneself, may_transcribe
from avec.careplan.rules.hearing import HearingRefused
from avec.people.drafts import already_sent, kept, sent
from avec.people.rules import Level
from avec.ui.forms import form_status
from avec.ui.pictograms import pictos_as_words

from ..fates import who_answers
from ..forms import SayForm, TranscriptForm
from .space import Space, as_uuid, once, own_space, posted
from .words import my_words


@dataclass(frozen=True)
class Way:
    """A way to say something: its word in the address, its icon, its name."""

    code: str
    slug: str
    icon: str
    words: str | Promise


WAYS = (
    Way(WayChoice.VOICE.value, "parler", "mic", gettext_lazy("Parler")),
    Way(WayChoice.TEXT.value, "ecrire", "text", gettext_lazy("Écrire")),
    Way(WayChoice.PICTOS.value, "montrer", "image", gettext_lazy("Montrer")),
)


def way_asked(request: MemberRequest) -> Way | None:
    """The way chosen in the page before, or the one that the form was sent in (words, unless it says)."""
    if request.method == "POST":
        sent_in = request.POST.get("way") or WayChoice.TEXT.value
        return next((way for way in WAYS if way.code == sent_in), None)
    return next((way for way in WAYS if way.slug == request.GET.get("comment")), None)


@own_space("own_say")
def own_say(request: MemberRequest, space: Space) -> HttpResponse:
    """Choose how, then say it; then who will answer."""
    if "dit" in request.GET and request.method == "GET":
        return heard(request, space)
    if already_sent(request):
        return redirect("home:own_said")
    way, plan = way_asked(request), plan_of(space.person)
    who = who_answers(space.member, space.person)
    context: dict[str, Any] = {"space": space, "plan": plan, "who": who, "ways": WAYS, "way": way}
    if way is None or plan is None:
        asked = questions_for(request, plan)
        return render(request, "home/own_say.html", context | {"questions": asked})
    draft = kept(request, f"own_say_{way.code}:{space.person.pk}")
    form = SayForm(
        posted(request),
        request.FILES or None,
        initial=draft.initial(("pictos",)),
        way=way.code,
        may_share=space.is_self,
        holder=request.member.pk,
    )
    if request.method == "POST" and form.is_valid() and (said := kept_words(form, plan, request)):
        sent(request, draft.key)
        form.let_go()
        return redirect(f"{reverse('home:own_say')}?dit={said.pk}")
    context |= {"form": form, "kept": draft, "once": once(request)}
    return render(request, "home/own_say.html", context, status=form_status(form))


def questions_for(request: MemberRequest, plan: CarePlan | None) -> list[Questionnaire]:
    """The questionnaires of the house made for the person to answer, when they may answer now."""
    if plan is None or not may_assess_oneself(request.member, plan):
        return []
    made = Questionnaire.objects.filter(
        establishment=plan.establishment_id, for_person=True, retired_at__isnull=True
    )
    return list(made.order_by("title", "-version"))


def kept_words(form: SayForm, plan: CarePlan, request: MemberRequest) -> Expectation | None:
    """What was said, kept; None when the rules refuse it, and the form says why."""
    # A relative's words are for the person and the team; other relatives never read them (T27).
    said = {"level": Level.C1.value} | form.cleaned_data
    # Pictures alone are words too: what each of them is called, in the order chosen.
    said["words"] = said["words"].strip() or pictos_as_words(said.get("pictos", ()))
    try:
        return say(plan, Said(**said), by=request.member)
    except HearingRefused as refused:
        form.add_error(None, str(refused))
        return None


def heard(request: MemberRequest, space: Space) -> HttpResponse:
    said = get_object_or_404(my_words(space), pk=as_uuid(request.GET.get("dit")))
    context = {
        "space": space,
        "said": said,
        "who": who_answers(space.member, space.person),
        "not_wanted": said.kind == "not_wanted",
    }
    return render(request, "home/own_heard.html", context)


@own_space("own_said")
def own_write(request: MemberRequest, space: Space, pk: UUID) -> HttpResponse:
    """Write oneself what one said aloud: once, and the sound stays."""
    said = get_object_or_404(my_words(space), pk=pk, recording__isnull=False)
    if not is_speaker(request.member, said) or not may_transcribe(request.member, said):
        raise Http404
    if already_sent(request) or not said.waits_for_words:
        return redirect(to_words(pk))
    draft = kept(request, f"own_write:{pk}")
    form = TranscriptForm(posted(request), initial=draft.initial())
    if request.method == "POST" and form.is_valid():
        try:
            transcribe(said, form.cleaned_data["words"], by=request.member)
        except HearingRefused:
            messages.info(request, _("Quelqu’un vient d’écrire ces mots."))
        else:
            messages.success(request, _("Mes mots sont écrits."))
        sent(request, draft.key)
        return redirect(to_words(pk))
    context = {"space": space, "said": said, "form": form, "kept": draft, "once": once(request)}
    return render(request, "home/own_write.html", context, status=form_status(form))


def to_words(pk: UUID) -> str:
    return reverse("home:own_said") + f"#dit-{pk}"
