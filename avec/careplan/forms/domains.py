from django import forms
from django.utils.translation import gettext_lazy

from avec.ui.forms import PlainForm

from .serafin import SerafinField


class DomainForm(PlainForm):
    """A domain of life as the house names it."""

    words = forms.CharField(
        label=gettext_lazy("Nom du domaine"),
        max_length=120,
        help_text=gettext_lazy(
            "Des mots que tout le monde comprend. Par exemple : Mes journées, mes sorties."
        ),
        error_messages={"required": gettext_lazy("Écrivez le nom du domaine.")},
    )
    serafin = SerafinField("besoins")
