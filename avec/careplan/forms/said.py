from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from avec.ui.forms import PlainForm

STATES = [
    ("", gettext_lazy("toutes")),
    ("attend", gettext_lazy("sans réponse")),
    ("a_ecrire", gettext_lazy("de vive voix, à écrire")),
    ("a_reprendre", gettext_lazy("reportées : on en reparle maintenant")),
    ("repondue", gettext_lazy("avec une réponse")),
    ("retiree", gettext_lazy("retirées")),
]
VOICES = [
    ("", gettext_lazy("toutes")),
    ("person", ""),
    ("observed", gettext_lazy("ce que l’on a vu")),
    ("relative", gettext_lazy("ses proches")),
    ("representative", gettext_lazy("qui la ou le représente")),
    ("professional", gettext_lazy("l’équipe")),
]
NO_DOMAIN = "-"


class FindForm(PlainForm):
    """What narrows a long list of words. Anything unknown narrows nothing."""

    q = forms.CharField(label=gettext_lazy("Chercher dans ce qui a été dit"), required=False, max_length=100)
    voix = forms.ChoiceField(label=gettext_lazy("Voix"), choices=VOICES, required=False)
    domaine = forms.ChoiceField(label=gettext_lazy("Domaine"), required=False)
    etat = forms.ChoiceField(label=gettext_lazy("Réponse"), choices=STATES, required=False)
    par = forms.ChoiceField(
        label=gettext_lazy("Ranger"),
        choices=[("", gettext_lazy("par voix")), ("domaine", gettext_lazy("par domaine"))],
        required=False,
    )
    refus = forms.BooleanField(label=gettext_lazy("Seulement ce que l’on ne veut pas"), required=False)

    def __init__(self, *args: Any, called: str, domains: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["voix"].choices = [  # type: ignore[attr-defined]
            (code, called if code == "person" else words) for code, words in VOICES
        ]
        self.fields["domaine"].choices = [  # type: ignore[attr-defined]
            ("", _("tous")),
            *[(words, words) for words in domains],
            (NO_DOMAIN, _("pas rangées")),
        ]
