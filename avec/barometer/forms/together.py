import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from avec.ui.forms import PlainForm, words_field

from ..actions.together import Wording
from ..models import JointRating, SideChoice
from ..rules import LEVELS, NOT_CONCERNED, Side

LONGEST_NAME = 80
SIDES = ((SideChoice.USER.value, _("usagers")), (SideChoice.PROFESSIONAL.value, _("professionnels")))


class PresentForm(PlainForm):
    """Several names at once, as they are said around the table: between commas or one a line."""

    names = forms.CharField(
        label=_("Prénoms"),
        max_length=2000,
        help_text=_("Plusieurs à la fois\u00a0: séparez-les par une virgule."),
        error_messages={"required": _("Écrivez au moins un prénom.")},
    )
    side = forms.ChoiceField(
        label=_("De quel côté\u00a0?"),
        choices=SIDES,
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choisissez de quel côté."),
            "invalid_choice": _("Choisissez usagers ou professionnels."),
        },
    )

    def clean_names(self) -> list[str]:
        given = [" ".join(name.split()) for name in re.split(r"[,;\n]+", self.cleaned_data["names"])]
        names = [name for name in given if name]
        if not names:
            raise ValidationError(self.fields["names"].error_messages["required"])
        if any(len(name) > LONGEST_NAME for name in names):
            raise ValidationError(_("Un prénom suffit\u00a0: 80 caractères au plus pour chacun."))
        if len({name.casefold() for name in names}) < len(names):
            raise ValidationError(_("Le même prénom est écrit deux fois\u00a0: ajoutez une initiale."))
        return names

    def clean_side(self) -> Side:
        return Side(self.cleaned_data["side"])


def level_field(label: Any, **more: Any) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label,
        choices=[(str(level), str(level)) for level in LEVELS],
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choisissez une note, de 0 à 4."),
            "invalid_choice": _("Une note va de 0 à 4."),
        },
        **more,
    )


class AgreedForm(PlainForm):
    """One rating, agreed around the table. Nothing is chosen beforehand: what comes first would weigh."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    level = forms.ChoiceField(
        label=_("Notre note, tous ensemble"),
        choices=[*((str(level), str(level)) for level in LEVELS), (NOT_CONCERNED, _("Non concerné"))],
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choisissez une note, de 0 à 4, ou «\u00a0non concerné\u00a0»."),
            "invalid_choice": _("Une note va de 0 à 4."),
        },
    )
    words = words_field(
        2, label=_("Ce que nous en disons"), required=False, max_length=1000, help_text=_("Si vous voulez.")
    )

    def wording(self) -> Wording:
        level = self.cleaned_data["level"]
        return Wording(level=None if level == NOT_CONCERNED else int(level), words=self.cleaned_data["words"])


class ApartForm(PlainForm):
    """Both values and both words, where the group does not agree."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    user_level = level_field(_("La note des usagers"))
    user_words = words_field(2, label=_("Ce qu’en disent les usagers"), required=False, max_length=1000)
    professional_level = level_field(_("La note des professionnels"))
    professional_words = words_field(
        2, label=_("Ce qu’en disent les professionnels"), required=False, max_length=1000
    )

    def wording(self) -> Wording:
        data = self.cleaned_data
        return Wording(
            agreed=False,
            user_level=int(data["user_level"]),
            professional_level=int(data["professional_level"]),
            user_words=data["user_words"],
            professional_words=data["professional_words"],
        )


def opened_on(rating: JointRating | None) -> dict[str, Any]:
    """The words already written; never a level: it is chosen again, aloud."""
    if rating is None:
        return {"version": 0}
    names = ("version", "words", "user_words", "professional_words")
    return {name: getattr(rating, name) for name in names}
