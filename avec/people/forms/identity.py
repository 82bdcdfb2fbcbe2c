import re
from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from avec.accounts.models import Establishment, Member, Role, Unit
from avec.ui.forms import DayField, words_field

from ..models import Gender, today
from ..rules import Identity, age
from .parts import PartedForm, civility_field, keep_choice, short

NUMBER = re.compile(r"^[\w.-]+$")
OLDEST = 125
# How far ahead an arrival is prepared: the interview and its notice come before it.
AHEAD = 366


class IdentityFields(PartedForm):
    """Who the person is, as the house writes it down."""

    civility = civility_field()
    given_names = short(
        gettext_lazy("Prénoms"),
        200,
        required=True,
        help_text=gettext_lazy("Dans l’ordre de l’état civil, séparés par une espace."),
        error_messages={"required": gettext_lazy("Écrivez au moins un prénom.")},
    )
    family_name = short(
        gettext_lazy("Nom de famille"),
        required=True,
        error_messages={"required": gettext_lazy("Écrivez le nom de famille.")},
    )
    birth_name = short(gettext_lazy("Nom de naissance"), help_text=gettext_lazy("S’il est différent."))
    used_name = short(
        gettext_lazy("Comment on l’appelle"),
        help_text=gettext_lazy("Le nom de tous les jours, au choix de qui le porte. Vide : son prénom."),
    )
    gender = forms.ChoiceField(
        label=gettext_lazy("Sexe administratif"),
        choices=Gender.choices,
        widget=forms.RadioSelect,
        help_text=gettext_lazy(
            "Les phrases s’accordent avec. Non précisé : elles conviennent à tout le monde."
        ),
        error_messages={"required": gettext_lazy("Choisissez une ligne.")},
    )
    birth_date = DayField(
        label=gettext_lazy("Date de naissance"),
        required=False,
        help_text=gettext_lazy("Vide si on ne la connaît pas encore."),
    )
    unit = forms.ChoiceField(
        label=gettext_lazy("Unité"),
        required=False,
        error_messages={"invalid_choice": gettext_lazy("Choisissez une unité de la liste.")},
    )
    room = short(gettext_lazy("Chambre"), 40)
    local_id = short(gettext_lazy("Numéro dans l’établissement"), 40)
    communication = words_field(
        3,
        label=gettext_lazy("Pour se parler"),
        required=False,
        max_length=1000,
        help_text=gettext_lazy("Ce qui aide : parler en face, des phrases courtes, un appareil, des images…"),
    )
    easy_read = forms.BooleanField(label=gettext_lazy("Lit en version facile"), required=False)

    def __init__(self, *args: Any, house: Establishment, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        units = Unit.objects.filter(establishment=house).order_by("name")
        choices = [(str(unit.pk), unit.name) for unit in units]
        self.fields["unit"].choices = [("", _("sans unité")), *choices]  # type: ignore[attr-defined]
        keep_choice(self, "civility")

    def clean_birth_date(self) -> date | None:
        born: date | None = self.cleaned_data["birth_date"]
        if born is not None and born > today():
            raise forms.ValidationError(_("Écrivez une date de naissance passée."))
        if born is not None and age(born, today()) > OLDEST:
            raise forms.ValidationError(_("Vérifiez l’année : cette date fait plus de %s ans.") % OLDEST)
        return born

    def clean_local_id(self) -> str:
        number: str = self.cleaned_data["local_id"].strip()
        if number and not NUMBER.match(number):
            raise forms.ValidationError(
                _("Écrivez ce numéro avec des lettres, des chiffres, des points et des tirets seulement.")
            )
        return number

    def fields_of_person(self) -> dict[str, Any]:
        names = (
            "civility",
            "given_names",
            "family_name",
            "birth_name",
            "used_name",
            "gender",
            "birth_date",
            "room",
            "local_id",
            "communication",
            "easy_read",
        )
        unit = self.cleaned_data["unit"]
        return {name: self.cleaned_data[name] for name in names} | {"unit_id": UUID(unit) if unit else None}

    def identity(self) -> Identity:
        data = self.cleaned_data
        return Identity(data["family_name"], data["given_names"], data["birth_name"], data.get("birth_date"))


WHO = (
    gettext_lazy("Son identité"),
    ("given_names", "family_name", "birth_name", "used_name", "birth_date", "civility", "gender"),
)
TALK = (gettext_lazy("Pour se parler"), ("communication", "easy_read"))


class IdentityForm(IdentityFields):
    version = forms.CharField(widget=forms.HiddenInput, required=False)
    parts_of = (WHO, (gettext_lazy("Sa place ici"), ("unit", "room", "local_id")), TALK)

    def clean_local_id(self) -> str:
        number = super().clean_local_id()
        if not number:
            raise forms.ValidationError(_("Écrivez le numéro dans l’établissement."))
        return number


class AdmissionForm(IdentityFields):
    admitted_on = DayField(
        label=gettext_lazy("Date d’arrivée"),
        help_text=gettext_lazy("Les délais comptent à partir de ce jour."),
        error_messages={"required": gettext_lazy("Écrivez la date d’arrivée.")},
    )
    interview_on = DayField(
        label=gettext_lazy("Entretien d’admission"),
        required=False,
        help_text=gettext_lazy("L’information sur la personne de confiance est due huit jours avant."),
    )
    short = forms.BooleanField(label=gettext_lazy("Séjour de moins de deux mois par an"), required=False)
    joins = forms.BooleanField(
        label=gettext_lazy("Je fais partie de son équipe"),
        required=False,
        help_text=gettext_lazy("Sinon, vous nommez l’équipe ensuite, sans ouvrir le dossier."),
    )
    referent = forms.BooleanField(
        label=gettext_lazy("Je fais référence pour l’équipe"),
        required=False,
        help_text=gettext_lazy("Cela peut changer ensuite."),
    )
    parts_of = (
        WHO,
        (
            gettext_lazy("Son arrivée"),
            ("admitted_on", "interview_on", "short", "unit", "room", "local_id"),
        ),
        TALK,
        (gettext_lazy("L’équipe"), ("joins", "referent")),
    )

    def __init__(self, *args: Any, by: Member, **kwargs: Any) -> None:
        super().__init__(*args, house=by.establishment, **kwargs)
        self.by = by
        self.fields["local_id"].help_text = _("Proposé. Gardez-le, ou écrivez celui de la maison.")
        if by.role != Role.UNIT_MANAGER.value:
            del self.fields["joins"]

    def clean_admitted_on(self) -> date:
        day: date = self.cleaned_data["admitted_on"]
        if (day - today()).days > AHEAD:
            raise forms.ValidationError(_("Écrivez une date d’ici un an au plus."))
        return day

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        born, day = data.get("birth_date"), data.get("admitted_on")
        if born and day and day < born:
            self.add_error("admitted_on", _("L’arrivée est avant la naissance : vérifiez les deux dates."))
        data["joins"] = data.get("joins", False) if "joins" in self.fields else True
        if data["joins"]:
            return data
        if data.get("referent"):
            self.add_error("referent", _("Pour faire référence, cochez aussi que vous êtes de l’équipe."))
        if self.by.unit_id is None:
            self.add_error("joins", _("Cochez cette ligne : vous n’avez pas d’unité dont nommer l’équipe."))
        elif "unit" in data and data["unit"] != str(self.by.unit_id):
            self.add_error("unit", _("Pour nommer l’équipe sans en faire partie, choisissez votre unité."))
        return data
