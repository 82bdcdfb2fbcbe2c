from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from avec.accounts.models import Member, Role
from avec.ui.forms import DayField, PlainForm
from avec.ui.words import elide

from ..models import CareTeamMember, today
from .parts import short


class PlaceForm(PlainForm):
    """A colleague's place in the team."""

    function = short(
        gettext_lazy("Fonction"),
    )
    is_referent = forms.BooleanField(
        label=gettext_lazy("Fait référence pour l’équipe"),
        required=False,
        help_text=gettext_lazy("Veille sur le projet, et peut faire sortir quelqu’un de l’équipe."),
    )
    external = forms.BooleanField(
        label=gettext_lazy("Vient du dehors"),
        required=False,
    )
    consent = forms.BooleanField(
        required=False,
        help_text=gettext_lazy("Demandé pour quelqu’un du dehors (code de la santé publique, L1110-4)."),
    )
    starts_on = DayField(
        label=gettext_lazy("À partir du"),
        error_messages={"required": gettext_lazy("Écrivez la date de début.")},
    )
    ends_on = DayField(
        label=gettext_lazy("Jusqu’au"),
        required=False,
        help_text=gettext_lazy("Jour compris. Vide : sans date de fin."),
    )

    def __init__(
        self,
        *args: Any,
        called: str,
        colleague: Member,
        place: CareTeamMember | None = None,
        **kwargs: Any,
    ) -> None:
        """`called`: what the person is called every day."""
        super().__init__(*args, **kwargs)
        self.called = called
        self.fields["function"].help_text = _("Auprès %s : infirmier de jour, éducatrice…") % elide(called)
        self.fields["external"].help_text = (
            _(
                "Un médecin traitant, une infirmière libérale… : lit ce qui est partagé avec %s, "
                "pas les notes de l’équipe."
            )
            % called
        )
        self.fields["consent"].label = _("%s est d’accord pour ce partage") % called
        if place is not None:
            for name in ("external", "consent", "starts_on", "ends_on"):
                del self.fields[name]
        if colleague.role == Role.TRAINEE.value or (place is not None and place.external):
            del self.fields["is_referent"]

    def clean_starts_on(self) -> date:
        day: date = self.cleaned_data["starts_on"]
        # Access to yesterday has no meaning; the past of a team is what its journal says.
        if day < today():
            raise forms.ValidationError(_("Écrivez la date du jour, ou une date à venir."))
        return day

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        if data.get("external") and not data.get("consent"):
            self.add_error(
                "consent", _("Demandez d’abord son accord à %s, puis cochez cette ligne.") % self.called
            )
        if data.get("external") and data.get("is_referent"):
            self.add_error(
                "is_referent", _("Quelqu’un du dehors ne fait pas référence : décochez une des deux lignes.")
            )
        starts, ends = data.get("starts_on"), data.get("ends_on")
        if starts and ends and ends < starts:
            self.add_error(
                "ends_on", _("La fin est avant le début : écrivez une date de fin le même jour ou après.")
            )
        return data

    def fields_of_place(self) -> dict[str, Any]:
        given = {name: value for name, value in self.cleaned_data.items() if name != "consent"}
        return {"is_referent": False} | given


class EndPlaceForm(PlainForm):
    how = forms.ChoiceField(
        label=gettext_lazy("Quand ?"),
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choisissez quand.")},
    )
    last_day = DayField(
        label=gettext_lazy("Dernier jour"),
        required=False,
        help_text=gettext_lazy("Le dossier reste ouvert jusqu’à la fin de ce jour."),
    )

    def __init__(self, *args: Any, called: str, external: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [
            ("now", _("Tout de suite : le dossier se ferme maintenant")),
            ("on", _("À la fin d’un jour")),
        ]
        if external:
            choices.insert(
                0, ("consent", _("%s retire son accord : le dossier se ferme maintenant") % called)
            )
        self.fields["how"].choices = choices  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        if data.get("how") == "on" and "last_day" in data:
            if data["last_day"] is None:
                self.add_error("last_day", _("Écrivez le dernier jour."))
            elif data["last_day"] < today():
                self.add_error(
                    "last_day",
                    _(
                        "Écrivez la date du jour ou une date à venir. Pour fermer maintenant, choisissez « Tout de suite »."
                    ),
                )
        return data

    def day(self) -> date:
        """The last day that the record is open: yesterday closes it now."""
        if self.cleaned_data["how"] == "on":
            last: date = self.cleaned_data["last_day"]
            return last
        return today() - timedelta(days=1)
