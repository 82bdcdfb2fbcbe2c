"""Finding a SERAFIN-PH code with everyday words: a page, or the list of a form."""

import re

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET

from avec.accounts.access import MemberRequest, members
from avec.people.models import CARE_ROLES

from .. import serafin
from ..forms.serafin import LISTS, serafin_choices
from .domains import STEERING

FIELD = re.compile(r"^id_[\w-]{1,60}$")
# Who writes plans, and who names the domains of the house: both have the field that searches here.
READERS = tuple(CARE_ROLES | set(STEERING))
FINDERS = {"besoins": serafin.find_need, "prestations": serafin.find_service}


@require_GET
@members(*READERS)
def search_serafin(request: MemberRequest) -> HttpResponse:
    """The codes these words lead to. `champ`: the list of a form to fill; else the page, whole list below."""
    which = request.GET.get("liste", "")
    which = which if which in LISTS else "besoins"
    field = request.GET.get("champ", "")
    words = " ".join(request.GET.get("mots" if field else "q", "").split())[:200]
    found = FINDERS[which](words)
    context = {
        "which": which,
        "words": words,
        "found": found,
        "told": told(words, len(found)),
        "branches": serafin.by_branch(LISTS[which]),
    }
    if field and FIELD.match(field):
        # The list itself comes along under its own name: what is chosen stays chosen.
        sent = (value for name, value in request.GET.items() if name != "mots")
        chosen = next((value for value in sent if value in LISTS[which]), "")
        return render(
            request,
            "careplan/serafin_options.html",
            context | {"field": field, "chosen": chosen, "choices": serafin_choices(which)},
        )
    part = "#found" if request.htmx else ""
    return render(request, f"careplan/serafin.html{part}", context | {"live": bool(part)})


def told(words: str, count: int) -> str:
    if not words:
        return ""
    if not count:
        return _("Aucun code trouvé. Essayez un autre mot, ou prenez dans toute la liste.")
    return (
        ngettext("%s code trouvé, en haut de la liste.", "%s codes trouvés, en haut de la liste.", count)
        % count
    )
