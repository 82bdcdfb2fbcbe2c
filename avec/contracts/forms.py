from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from avec.careplan.models import StanceChoice

from .models import OutcomeChoice
from .rules import RIGHTS, Outcome, usual_period

MAX_PDF = 25 * 1024 * 1024
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
ARTICLE_CHOICES = [
    (StanceChoice.AGREES.value, _("Je suis d’accord")),
    (StanceChoice.IN_PART.value, _("En partie")),
    (StanceChoice.DISAGREES.value, _("Je ne suis pas d’accord")),
]


class PeriodForm(forms.Form):
    """From when to when the contract runs, and when it is read again together."""

    starts_on = forms.DateField(
        label=_("Le contrat commence le"), widget=forms.DateInput(attrs={"type": "date"})
    )
    ends_on = forms.DateField(label=_("Il finit le"), widget=forms.DateInput(attrs={"type": "date"}))
    review_on = forms.DateField(
        label=_("Nous le relisons ensemble avant le"),
        help_text=_("Au moins une fois par an, et à chaque changement important de la vie."),
        widget=forms.DateInput(attrs={"type": "date"}),
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        ends_on, review_on = usual_period(today)
        kwargs.setdefault("initial", {"starts_on": today, "ends_on": ends_on, "review_on": review_on})
        super().__init__(*args, **kwargs)
        # A date field shows what a browser's own calendar reads.
        for field in self.fields.values():
            field.widget.format = "%Y-%m-%d"

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        starts_on, ends_on, review_on = (data.get(name) for name in ("starts_on", "ends_on", "review_on"))
        if starts_on and ends_on and ends_on <= starts_on:
            self.add_error("ends_on", _("Écrivez une date de fin après la date de début."))
        elif starts_on and ends_on and (ends_on - starts_on).days > 366:
            self.add_error("ends_on", _("Un contrat dure un an au plus : écrivez une date plus proche."))
        elif starts_on and review_on and ends_on and not starts_on < review_on <= ends_on:
            self.add_error("review_on", _("Écrivez une date entre le début et la fin du contrat."))
        return data


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
        error_messages={"required": _("Écrivez votre mot de passe : il dit que c’est bien vous.")},
    )


class VerifyForm(forms.Form):
    document = forms.FileField(
        label=_("Le contrat, en PDF"),
        widget=forms.ClearableFileInput(attrs={"accept": "application/pdf,.pdf"}),
        error_messages={
            "required": _("Choisissez un fichier."),
            "empty": _("Ce fichier est vide. Choisissez-en un autre."),
        },
    )

    def clean_document(self) -> UploadedFile[Any]:
        document: UploadedFile[Any] = self.cleaned_data["document"]
        if document.size and document.size > MAX_PDF:
            raise forms.ValidationError(_("Ce fichier est trop lourd : il dépasse 25 Mo."))
        return document
