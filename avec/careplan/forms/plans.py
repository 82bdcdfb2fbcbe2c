from django import forms
from django.utils.translation import gettext_lazy

from avec.ui.forms import DayField, PlainForm

from ..models import (
    PlanKind,
)


class PlanForm(PlainForm):
    title = forms.CharField(
        label=gettext_lazy("Titre du projet"),
        max_length=250,
        error_messages={"required": gettext_lazy("Donnez un titre au projet.")},
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("Type de projet"),
        required=False,
        choices=[("", gettext_lazy("à préciser plus tard")), *PlanKind.choices],
    )
    starts_on = DayField(label=gettext_lazy("Début"))
