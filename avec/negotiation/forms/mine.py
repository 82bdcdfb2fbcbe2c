"""The forms of the person, and of those around them, at the table: « je », one question a page, nothing chosen beforehand."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from avec.ui.forms import PlainForm, words_field

from ..mine import ANSWERS
from ..rules import LONGEST, Answer

TOO_LONG = _("C’est trop long pour une fois. Gardez le plus important.")


def my_words(label: Any, needed: Any = "", **kwargs: Any) -> forms.CharField:
    """My own words; without `needed`, they may be left empty."""
    kwargs.setdefault("max_length", LONGEST)
    said = {"required": needed, "max_length": TOO_LONG}
    return words_field(
        rows=kwargs.pop("rows", 4), label=label, required=bool(needed), error_messages=said, **kwargs
    )


class StakeForm(PlainForm):
    words = my_words(
        _("Ce qui compte pour moi"), _("Écrivez ce qui compte, ou choisissez de ne pas le dire.")
    )


class PositionForm(PlainForm):
    words = my_words(_("Ce que je demande"), _("Écrivez ce que vous demandez, en quelques mots."))


class OpinionForm(PlainForm):
    """On what cannot be negotiated: no concession, but the person's own words."""

    words = my_words(_("Ce que j’en pense"), _("Écrivez ce que vous en pensez."))


class OfferForm(PlainForm):
    was = my_words(
        _("Ce que je demandais"), _("Écrivez d’où vous partez\u00a0: ce que vous demandiez."), rows=3
    )
    becomes = my_words(_("Ce que je propose maintenant"), _("Écrivez ce que vous proposez."), rows=3)


class DeclineForm(PlainForm):
    words = my_words(_("Pourquoi"), help_text=_("Je peux ne rien écrire."), rows=3)


class WithdrawForm(PlainForm):
    words = my_words(_("Pourquoi"), help_text=_("Je peux ne rien écrire."), rows=3)


class AimForm(PlainForm):
    words = my_words(_("Ce qui ne me convient pas"), _("Écrivez ce qui ne va pas dans ce but."))


class PointForm(PlainForm):
    words = my_words(
        _("Je voudrais aussi parler de"), _("Écrivez de quoi vous voulez parler."), max_length=250, rows=3
    )


class LeaveForm(PlainForm):
    words = my_words(
        _("Pourquoi je pars"),
        _("Écrivez pourquoi, en quelques mots."),
        rows=3,
    )


class AnswerForm(PlainForm):
    """Three answers of the same size; the text that was read goes with the answer."""

    answer = forms.ChoiceField(
        label=_("Ma réponse\u00a0:"),
        help_text=_("Avec des réserves\u00a0: je dis oui, mais une chose me gêne. Je l’écris."),
        choices=[(answer.value, words) for answer, words in ANSWERS.items()],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choisissez\u00a0: oui, oui avec des réserves, ou non.")},
    )
    words = my_words(_("Mes réserves, ou pourquoi"), help_text=_("Si je dis oui, je peux ne rien écrire."))
    read = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def clean(self) -> dict[str, Any]:
        found = self.cleaned_data
        if found.get("answer") == Answer.RESERVATIONS.value and len(found.get("words", "").strip()) < 2:
            self.add_error("words", _("Écrivez vos réserves, en quelques mots."))
        return found
