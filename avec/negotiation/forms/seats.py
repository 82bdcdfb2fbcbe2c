"""In whose name somebody moves: their own, or that of who speaks aloud and is written down."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from avec.ui.forms import PlainForm

from ..present import ShownTable


class SeatForm(PlainForm):
    """A move of a party. Any party of the table is a valid answer: the action says who may, and the journal keeps it."""

    partie = forms.ChoiceField(
        label=_("Au nom de"),
        error_messages={
            "required": _("Dites au nom de qui vous écrivez."),
            "invalid_choice": _("Cette personne n’est plus à la table\u00a0: relisez la page."),
        },
    )

    def __init__(self, *args: Any, shown: ShownTable, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.seats = shown.my_seats
        everybody = [*shown.parties, *shown.gone]
        self.fields["partie"].choices = [(one.key, one.name) for one in everybody]  # type: ignore[attr-defined]

    @property
    def chosen(self) -> str:
        """The seat that the page shows as chosen: what was sent, else the only one there is."""
        sent = str(self["partie"].value() or "")
        return sent or (self.seats[0].key if len(self.seats) == 1 else "")
