from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from avec.people.models import today
from avec.ui.forms import DayField, PlainForm

from ..actions import Plan
from ..models import Barometer, Campaign, Group
from ..rules import INSIDE, Kind, kind_fits_group

LARGEST = 10_000  # people asked on one side: more than any house
USERS_NEEDED = gettext_lazy("Écrivez à combien d’usagers vous demandez.")
PROFESSIONALS_NEEDED = gettext_lazy("Écrivez à combien de professionnels vous demandez.")


@dataclass(frozen=True)
class Protection:
    """One kind of protection as the form shows it: what happens, in plain words; why it cannot be chosen here."""

    kind: str
    title: str
    lines: list[str]
    why_not: str = ""


def protections(*, pair: bool) -> list[Protection]:
    words = {
        Kind.ANONYMOUS: (
            _("Anonyme"),
            [
                _("Personne ne saura qui a répondu quoi\u00a0: ni nom, ni compte, ni adresse, ni heure."),
                _("On voit des totaux, à partir de 5 réponses d’un côté. Au-dessous, rien n’est montré."),
                _("Une fois comptées, les réponses sont effacées\u00a0: il ne reste que les totaux."),
            ],
        ),
        Kind.PSEUDONYMOUS: (
            _("Avec un code"),
            [
                _("Chacun invente un code, ne le dit à personne, et le redonne la fois suivante."),
                _("On voit si les mêmes personnes ont changé d’avis, sans savoir qui elles sont."),
                _(
                    "Les réponses restent gardées avec une trace brouillée du code. On ne voit que des totaux, à partir de 5."
                ),
            ],
        ),
        Kind.NAMED: (
            _("Avec les noms"),
            [
                _("Pour deux personnes qui l’ont choisi toutes les deux."),
                _(
                    "Chacune lit ce que l’autre a répondu, quand les deux ont répondu. Personne d’autre ne le lit."
                ),
                _("Les réponses restent gardées, avec les deux noms."),
            ],
        ),
    }
    return [
        Protection(kind.value, title, lines, kind_fits_group(kind, pair=pair))
        for kind, (title, lines) in words.items()
    ]


def protection_of(campaign: Campaign) -> Protection:
    return next(one for one in protections(pair=campaign.group.is_pair) if one.kind == campaign.kind)


def _number(label: Any, required: Any, **kwargs: Any) -> forms.IntegerField:
    return forms.IntegerField(
        label=label,
        min_value=1,
        max_value=LARGEST,
        error_messages={
            "required": required,
            "invalid": gettext_lazy("Écrivez un nombre, par exemple 12."),
            "min_value": gettext_lazy("Il faut au moins une personne de chaque côté."),
            "max_value": gettext_lazy("Écrivez un nombre plus petit."),
        },
        **kwargs,
    )


class CampaignForm(PlainForm):
    """A campaign before it opens. Of a pair: two people, with their names."""

    barometer = forms.ModelChoiceField(
        label=gettext_lazy("Le baromètre"),
        queryset=Barometer.objects.none(),
        empty_label=None,
        error_messages={"required": gettext_lazy("Choisissez un baromètre.")},
    )
    title = forms.CharField(
        label=gettext_lazy("Son nom"),
        max_length=120,
        error_messages={"required": gettext_lazy("Donnez un nom\u00a0: le mois et l’année suffisent.")},
    )
    opens_on = DayField(
        label=gettext_lazy("Premier jour"),
        error_messages={"required": gettext_lazy("Écrivez le premier jour.")},
    )
    closes_on = DayField(
        label=gettext_lazy("Dernier jour"),
        error_messages={"required": gettext_lazy("Écrivez le dernier jour.")},
    )
    asked_users = _number(
        gettext_lazy("Usagers"),
        USERS_NEEDED,
        help_text=gettext_lazy("Patients ou résidents, proches, représentants des usagers."),
    )
    asked_professionals = _number(
        gettext_lazy("Professionnels"),
        PROFESSIONALS_NEEDED,
        help_text=gettext_lazy("Tous les métiers\u00a0: soin, cuisine, ménage, bureau, direction…"),
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("La protection des réponses"),
        widget=forms.RadioSelect,
        choices=[(kind.value, kind.value) for kind in Kind],
        error_messages={
            "required": gettext_lazy("Choisissez comment les réponses sont protégées."),
            "invalid_choice": gettext_lazy("Choisissez une des trois protections."),
        },
    )

    def __init__(self, *args: Any, group: Group, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.group = group
        rows = Barometer.objects.order_by("code", "version")
        self.fields["barometer"].queryset = rows  # type: ignore[attr-defined]
        if rows.count() < 2:
            self.fields["barometer"].widget = forms.HiddenInput()
        if group.is_pair:
            del self.fields["asked_users"], self.fields["asked_professionals"]

    def clean_kind(self) -> str:
        kind: str = self.cleaned_data["kind"]
        refusal = kind_fits_group(Kind(kind), pair=self.group.is_pair)
        if refusal:
            raise forms.ValidationError(refusal)
        return kind

    def clean_closes_on(self) -> date:
        day: date = self.cleaned_data["closes_on"]
        if day < today():
            raise forms.ValidationError(_("Ce jour est passé\u00a0: écrivez une date à venir."))
        return day

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        opens, closes = data.get("opens_on"), data.get("closes_on")
        if opens and closes and closes < opens:
            self.add_error(
                "closes_on", _("Le dernier jour est avant le premier\u00a0: changez l’un des deux.")
            )
        return data

    def plan(self) -> Plan:
        data = self.cleaned_data
        return Plan(
            barometer=data["barometer"],
            title=data["title"],
            kind=Kind(data["kind"]),
            opens_on=data["opens_on"],
            closes_on=data["closes_on"],
            asked_users=data.get("asked_users", 1),
            asked_professionals=data.get("asked_professionals", 1),
        )


class WidenForm(PlainForm):
    """A campaign that is open: a later last day, more people asked."""

    closes_on = DayField(
        label=gettext_lazy("Dernier jour"),
        help_text=gettext_lazy("Jour compris. Une date plus lointaine."),
        error_messages={"required": gettext_lazy("Écrivez le dernier jour.")},
    )
    asked_users = _number(gettext_lazy("Usagers à qui demander"), USERS_NEEDED)
    asked_professionals = _number(gettext_lazy("Professionnels à qui demander"), PROFESSIONALS_NEEDED)

    def __init__(self, *args: Any, campaign: Campaign, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.campaign = campaign
        if campaign.group.is_pair:
            del self.fields["asked_users"], self.fields["asked_professionals"]

    def clean_closes_on(self) -> date:
        day: date = self.cleaned_data["closes_on"]
        if day < self.campaign.closes_on:
            raise forms.ValidationError(_("Pour finir plus tôt, revenez et choisissez « Fermer »."))
        return day

    def _grown(self, name: str) -> int:
        number: int = self.cleaned_data[name]
        if number < getattr(self.campaign, name):
            raise forms.ValidationError(
                _("Des cartes ont pu être données\u00a0: ce nombre peut seulement grandir.")
            )
        return number

    def clean_asked_users(self) -> int:
        return self._grown("asked_users")

    def clean_asked_professionals(self) -> int:
        return self._grown("asked_professionals")

    def given(self) -> dict[str, Any]:
        return {"asked_users": 1, "asked_professionals": 1} | self.cleaned_data


def few(campaign: Campaign) -> list[str]:
    """The sides, in words, on which too few are asked for anything to be shown."""
    if campaign.group.is_pair:
        return []
    sides = ((campaign.asked_users, _("usagers")), (campaign.asked_professionals, _("professionnels")))
    return [words for asked, words in sides if asked < INSIDE]
