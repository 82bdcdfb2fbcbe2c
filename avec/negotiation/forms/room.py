from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from avec.ui.forms import PlainForm

from ..present import ShownTable


class RoomForm(PlainForm):
    """Before the screen is shown: who is in the room, and that nothing else is open."""

    present = forms.MultipleChoiceField(
        label=_("Qui est dans la pièce\u00a0?"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": _("Cochez les personnes qui sont là."),
            "invalid_choice": _("Cette personne n’est plus à la table\u00a0: relisez la page."),
        },
    )
    others = forms.CharField(
        label=_("Quelqu’un d’autre est là"),
        max_length=250,
        required=False,
        help_text=_(
            "Qui ne négocie pas et peut lire l’écran\u00a0: son nom, et pourquoi. Sinon, laissez vide."
        ),
    )
    closed = forms.BooleanField(
        label=_("J’ai fermé les autres dossiers, et tourné l’écran vers les personnes présentes."),
        error_messages={"required": _("Fermez d’abord les autres dossiers, puis cochez.")},
    )

    def __init__(self, *args: Any, shown: ShownTable, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["present"].choices = [(one.key, one.name) for one in shown.parties]  # type: ignore[attr-defined]
