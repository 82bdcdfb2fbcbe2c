from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from avec.accounts.vocabulary import worded
from avec.careplan.forms.parts import SHARED, radios
from avec.people.models import today
from avec.people.rules import Level
from avec.ui.forms import DayField, PlainForm, words_field

from ..actions import Seat
from ..models import ContextChoice
from ..seats import PERSON, Chair, Chairs

# A usual time to find an agreement, in days.
USUAL = 14
LONGEST = 366

PAST_DAY = gettext_lazy("Cette date est passée\u00a0: choisissez aujourd’hui ou plus tard.")
TOO_FAR = gettext_lazy("Une négociation a un temps limité\u00a0: un an au plus.")


def usual_deadline() -> Any:
    return today() + timedelta(days=USUAL)


def check_deadline(day: Any) -> Any:
    if day is not None and day < today():
        raise forms.ValidationError(PAST_DAY)
    if day is not None and (day - today()).days > LONGEST:
        raise forms.ValidationError(TOO_FAR)
    return day


class OpeningForm(PlainForm):
    """What is talked about, who sits, what everybody is after, until when."""

    title = forms.CharField(
        label=gettext_lazy("De quoi parle-t-on"),
        max_length=160,
        min_length=3,
        help_text=gettext_lazy("En quelques mots. Par exemple\u00a0: l’heure du lever."),
        error_messages={
            "required": gettext_lazy("Écrivez de quoi vous voulez parler."),
            "min_length": gettext_lazy("Écrivez de quoi vous voulez parler, en quelques mots."),
        },
    )
    context = radios(gettext_lazy("À quelle occasion"), ContextChoice.choices)
    situation = words_field(
        4,
        label=gettext_lazy("La situation"),
        help_text=gettext_lazy("Ce qui se passe aujourd’hui, sans dire qui a raison."),
        error_messages={"required": gettext_lazy("Écrivez ce qui se passe aujourd’hui.")},
    )
    parties = forms.MultipleChoiceField(
        label=gettext_lazy("Autour de la table"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        error_messages={"invalid_choice": gettext_lazy("Choisissez parmi les personnes de la liste.")},
    )
    speaks_for = forms.ChoiceField(label=gettext_lazy("Qui parle en son nom"), required=False)
    reason = words_field(
        2,
        label=gettext_lazy("Pourquoi"),
        required=False,
        max_length=1000,
    )
    aloud = forms.MultipleChoiceField(
        label=gettext_lazy("Qui répond de vive voix"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=gettext_lazy(
            "Sans appareil à soi\u00a0: quelqu’un de l’équipe écrit ses mots, et la page le dit."
        ),
    )
    facilitator = forms.ChoiceField(
        label=gettext_lazy("Qui anime la discussion"),
        required=False,
        help_text=gettext_lazy("Facultatif. Qui anime veille à ce que chacun parle."),
    )
    level = radios(gettext_lazy("Qui pourra lire cette négociation"), SHARED)
    aim = words_field(
        2,
        label=gettext_lazy("Le but commun"),
        required=False,
        max_length=1000,
        help_text=gettext_lazy(
            "Ce que tout le monde veut, en une phrase. Vous pouvez l’écrire plus tard, ensemble."
        ),
    )
    due_on = DayField(
        label=gettext_lazy("La date limite"),
        required=False,
        help_text=gettext_lazy("Deux semaines d’habitude. Chacun sait jusqu’à quand on en parle."),
    )
    points = words_field(
        4,
        label=gettext_lazy("Les premiers points à discuter"),
        required=False,
        help_text=gettext_lazy("Facultatif. Un point par ligne. Vous direz ensuite lesquels se négocient."),
    )

    def __init__(self, *args: Any, chairs: Chairs, narrowest: str = Level.C1.value, **kwargs: Any) -> None:
        """`narrowest`: the level of what it starts from; a negotiation is never shared wider."""
        super().__init__(*args, **kwargs)
        self.chairs, self.narrowest = chairs, narrowest
        free = [(one.key, one.label) for one in chairs.free]
        self._set("parties", free)
        self._set("aloud", [(one.key, one.label) for one in chairs.free if one.professional is None])
        others = [one for one in chairs.free if one.key != PERSON]
        self._set("speaks_for", [("", _("à choisir"))] + [(one.key, one.name) for one in others])
        team = [(one.key, one.name) for one in chairs.team if one.may_sit]
        self._set("facilitator", [("", _("personne en particulier")), *team])
        called = chairs.person.name
        absent = _("Si %s n’est pas là") % called
        self.fields["speaks_for"].help_text = absent + ", " + _("quelqu’un parle en son nom.")
        self.fields["reason"].help_text = _("Toujours écrit, et %s peut le lire.") % called
        if narrowest != Level.C1:
            self._set("level", [one for one in SHARED if one[0] == Level.C2])
            self.fields["level"].help_text = worded(
                _("Ce dont on part n’est pas partagé avec les proches\u00a0: la négociation non plus.")
            )

    def _set(self, name: str, choices: Sequence[tuple[str, Any]]) -> None:
        self.fields[name].choices = choices  # type: ignore[attr-defined]

    def clean_due_on(self) -> Any:
        return check_deadline(self.cleaned_data["due_on"])

    def clean_points(self) -> list[str]:
        lines = [line.strip(" -•\t") for line in self.cleaned_data["points"].splitlines()]
        found = list(dict.fromkeys(line for line in lines if line))
        for line in found:
            if len(line) > 250 or len(line) < 3:
                raise forms.ValidationError(_("Un point par ligne, de 3 à 250 caractères."))
        if len(found) > 40:
            raise forms.ValidationError(
                _("40 points au plus pour commencer\u00a0: vous en ajouterez ensuite.")
            )
        return found

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        seated = list(data.get("parties", []))
        if PERSON not in seated:
            self._check_absent(data, seated)
        if len(seated) < 2 and "parties" not in self.errors:
            self.add_error("parties", _("Il faut au moins deux personnes pour négocier."))
        narrow = [one.name for one in self.chairs.relatives if one.key in seated and one.narrow]
        if data.get("level") == Level.C2 and narrow:
            names = ", ".join(narrow)
            self.add_error(
                "level",
                worded(
                    _("%(names)s ne lit que ce que %%(short_the)s partage avec ses proches.")
                    % {"names": names}
                )
                + " "
                + _("Choisissez ce partage, ou ne l’invitez pas à cette table."),
            )
        data["parties"] = seated
        return data

    def _check_absent(self, data: dict[str, Any], seated: list[str]) -> None:
        """The person is not there: somebody speaks for them, who sits too, and the reason is written."""
        called = self.chairs.person.name
        key = data.get("speaks_for", "")
        if not key:
            self.add_error(
                "speaks_for",
                _("%s n’est pas à la table\u00a0: dites qui parle en son nom, ou cochez son nom.") % called,
            )
        elif key not in seated:
            seated.append(key)
        if len(data.get("reason", "").strip()) < 5 and "reason" not in self.errors:
            self.add_error("reason", _("Écrivez pourquoi %s n’est pas à la table.") % called)

    @property
    def seats(self) -> list[Seat]:
        """In the order of the voices: the person, relatives, the team."""
        data = self.cleaned_data
        absent = PERSON not in data["parties"]
        return [
            one.seat(
                speaks_aloud=one.key in data["aloud"],
                stands_for=data["reason"] if absent and one.key == data["speaks_for"] else "",
            )
            for one in self.chairs.free
            if one.key in data["parties"]
        ]

    @property
    def chosen_facilitator(self) -> Chair | None:
        return self.chairs.of(self.cleaned_data["facilitator"])
