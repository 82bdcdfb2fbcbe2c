from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from avec.ui.forms import DayField, PlainForm

from ..models import today
from ..rules import DatesRefused

ARRIVED_NEEDED = {"required": gettext_lazy("Écrivez la date d’arrivée.")}
LEFT_NEEDED = {"required": gettext_lazy("Écrivez la date de départ.")}
AHEAD = 366


def dates_in_words(refused: DatesRefused) -> str:
    """A fault of dates, said so that one knows what to do."""
    return {
        "end_before_start": _("La fin est avant le début : écrivez une date de fin le même jour ou après."),
        "before_birth": _("L’arrivée est avant la naissance : vérifiez les deux dates."),
        "overlap": _("Ces dates chevauchent un autre séjour : vérifiez les dates de départ et d’arrivée."),
        "already_left": _("Un départ est déjà noté pour ce séjour. Vous pouvez en corriger la date."),
        "already_revoked": _("Ce mandat est déjà retiré. Notez-en un autre s’il a été redonné."),
        "already_ended": _("Cette place dans l’équipe est déjà terminée."),
        "grown_up": _("L’autorité parentale s’arrête à 18 ans : cette personne est majeure."),
        "ends_after_grown_up": _(
            "L’autorité parentale s’arrête la veille des 18 ans : écrivez une fin plus proche."
        ),
    }[str(refused)]


def not_too_far(form: forms.Form, name: str) -> Any:
    day = form.cleaned_data[name]
    if day is not None and (day - today()).days > AHEAD:
        raise forms.ValidationError(_("Écrivez une date d’ici un an au plus."))
    return day


class DepartureForm(PlainForm):
    discharged_on = DayField(label=gettext_lazy("Date de départ"), error_messages=LEFT_NEEDED)

    def clean_discharged_on(self) -> Any:
        return not_too_far(self, "discharged_on")


class ReturnForm(PlainForm):
    admitted_on = DayField(label=gettext_lazy("Date de retour"), error_messages=ARRIVED_NEEDED)
    interview_on = DayField(label=gettext_lazy("Entretien d’admission"), required=False)
    short = forms.BooleanField(label=gettext_lazy("Séjour de moins de deux mois par an"), required=False)

    def clean_admitted_on(self) -> Any:
        return not_too_far(self, "admitted_on")


class StayForm(PlainForm):
    admitted_on = DayField(label=gettext_lazy("Date d’arrivée"), error_messages=ARRIVED_NEEDED)
    discharged_on = DayField(
        label=gettext_lazy("Date de départ"),
        required=False,
        help_text=gettext_lazy("Vide : le séjour continue."),
    )
    interview_on = DayField(label=gettext_lazy("Entretien d’admission"), required=False)
    short = forms.BooleanField(label=gettext_lazy("Séjour de moins de deux mois par an"), required=False)

    def clean_admitted_on(self) -> Any:
        return not_too_far(self, "admitted_on")

    def clean_discharged_on(self) -> Any:
        return not_too_far(self, "discharged_on")
