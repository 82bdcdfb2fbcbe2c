"""« Les mots de l’établissement »: what every page calls the person and the partner."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from avec.ui.forms import form_status

from ..access import MemberRequest, members
from ..actions import choose_words
from ..forms import WordsForm
from ..models import Role
from ..vocabulary import WORDS, Forms, Vocabulary, about, vocabulary

Example = tuple[str, list[str]]


def examples(words: Vocabulary) -> list[Example]:
    """The same three sentences of a woman, of a man, of nobody in particular; then three of partners."""
    of_one = [
        _("%(The)s dit ce qui compte pour %(them)s."),
        _("Les mots %(of_the)s restent tels quels."),
        _("L’équipe répond %(to_the)s."),
    ]
    of_partners = [
        _("%(Partner_a)s relit ce document."),
        _("L’avis %(partner_of_the)s est noté."),
        _("%(Partner_the_plural)s sont là à chaque réunion."),
    ]
    return [
        (_("D’une femme"), said(of_one, about(words, "female"))),
        (_("D’un homme"), said(of_one, about(words, "male"))),
        (_("De personne en particulier"), said(of_one, words)),
        (_("Des partenaires"), said(of_partners, words)),
    ]


def said(sentences: list[str], words: Vocabulary) -> list[str]:
    return [sentence % Forms(words) for sentence in sentences]


@members(Role.DIRECTOR.value, Role.ADMINISTRATOR.value)
def words(request: MemberRequest) -> HttpResponse:
    """Choose the words, and read what they give before keeping them."""
    house = request.member.establishment
    now = {"called": house.called, "partner_called": house.partner_called}
    form = WordsForm(request.POST or None, initial=now)
    if request.method == "POST" and form.is_valid() and "look" not in request.POST:
        choose_words(house, by=request.member, **form.cleaned_data)
        messages.success(request, _("Les pages emploient maintenant ces mots."))
        return redirect("accounts:words")
    shown = {name: request.POST.get(name) or request.GET.get(name) for name in now}
    chosen = {name: word if word in WORDS else now[name] for name, word in shown.items()}
    context = {"form": form, "examples": examples(vocabulary(**chosen))}
    return render(request, "accounts/words.html", context, status=form_status(form))
