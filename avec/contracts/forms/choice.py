from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from avec.careplan.models import StanceChoice

from ..models import OutcomeChoice
from ..rules import RIGHTS, Outcome

# Every choice looks the same, none is chosen beforehand (design.md, no nudge).
OUTCOMES = [
    (Outcome.SIGNED.value, _("Je signe"), _("Je suis d’accord avec tout le contrat."), "sign"),
    (
        Outcome.RESERVATIONS.value,
        _("Je signe, avec mes réserves"),
        _("Mes réserves sont écrites dans le contrat."),
        "note",
    ),
    (
        Outcome.ORAL.value,
        _("Je dis oui à voix haute"),
        _("L’équipe note mon accord. Elle revient pour la signature."),
        "talk",
    ),
    (Outcome.NOT_NOW.value, _("Pas maintenant"), _("Le contrat m’attend. Rien ne presse."), "clock"),
    (Outcome.REFUSED.value, _("Je refuse"), _("J’écris pourquoi, si je veux. Nous en reparlons."), "no"),
]
# Never from one's own space: somebody has to see it made.
MARK = (
    Outcome.MARK.value,
    _("Je fais une croix, devant témoin"),
    _("Une croix ou un signe. Une autre personne me voit le faire."),
    "cross",
)
ARTICLE_CHOICES = [
    (StanceChoice.AGREES.value, _("Je suis d’accord")),
    (StanceChoice.IN_PART.value, _("En partie")),
    (StanceChoice.DISAGREES.value, _("Je ne suis pas d’accord")),
]


class ChoiceForm(forms.Form):
    """What a signatory chose: one outcome, their word on each article, the rights they read."""

    outcome = forms.ChoiceField(
        label=_("Mon choix"),
        choices=OutcomeChoice.choices,
        error_messages={"required": _("Choisissez une des réponses.")},
    )
    words = forms.CharField(
        label=_("Ce que je veux ajouter"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    reading = forms.ChoiceField(choices=[("full", ""), ("easy", "")], required=False)
    rights = forms.MultipleChoiceField(choices=RIGHTS, required=False)

    def __init__(self, *args: Any, numbers: list[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.numbers = numbers
        for number in numbers:
            self.fields[f"article-{number}"] = forms.ChoiceField(choices=ARTICLE_CHOICES, required=False)

    def articles(self) -> dict[str, str]:
        return {
            str(number): self.cleaned_data[f"article-{number}"]
            for number in self.numbers
            if self.cleaned_data.get(f"article-{number}")
        }


class ConfirmForm(forms.Form):
    """It is really me: the password, typed again. Pasting and password managers work."""

    password = forms.CharField(
        label=_("Mon mot de passe"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        error_messages={"required": _("Écrivez votre mot de passe\u00a0: il dit que c’est bien vous.")},
    )
