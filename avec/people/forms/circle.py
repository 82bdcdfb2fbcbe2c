import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from avec.ui.forms import DayField, PlainForm, words_field
from avec.ui.words import elide

from ..models import MandateKind, MandateOrigin, Person, today
from ..rules import HAS_ORIGIN, MAY_BE_WIDER, MAY_CO_SIGN, Kind, fold, grown_up_on
from .parts import civility_field, keep_choice, short

PHONE = re.compile(r"^[0-9 +().\-/]{4,40}$")


class RelativeForm(PlainForm):
    """Somebody around the person, and how to reach them."""

    civility = civility_field()
    given_name = short(gettext_lazy("Prénom"))
    family_name = short(
        gettext_lazy("Nom"), required=True, error_messages={"required": gettext_lazy("Écrivez le nom.")}
    )
    relation = short(
        gettext_lazy("Lien"),
        help_text=gettext_lazy("Comme on le dit : sa fille, un voisin, son ami…"),
    )
    phone = short(gettext_lazy("Téléphone"), 40)
    email = forms.EmailField(
        label=gettext_lazy("Adresse électronique"),
        required=False,
        max_length=254,
        error_messages={"invalid": gettext_lazy("Écrivez une adresse, par exemple claire@exemple.fr.")},
    )
    comment = words_field(
        2,
        label=gettext_lazy("Précision"),
        required=False,
        max_length=500,
        help_text=gettext_lazy("Quand l’appeler, ce qu’il faut savoir pour la joindre."),
    )
    version = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, named: frozenset[str] = frozenset(), **kwargs: Any) -> None:
        """`named`: who is in the circle already, as `key_of` says it."""
        super().__init__(*args, **kwargs)
        self.named = named
        keep_choice(self, "civility")

    def clean_phone(self) -> str:
        phone: str = self.cleaned_data["phone"].strip()
        if phone and not PHONE.match(phone):
            raise forms.ValidationError(_("Écrivez un numéro, par exemple 06 12 34 56 78."))
        return phone

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        if (
            key_of(data.get("given_name", ""), data.get("family_name", ""), data.get("relation", ""))
            in self.named
        ):
            self.add_error(
                "family_name",
                _("Cette personne est déjà dans le cercle, avec le même lien. Changez sa ligne plutôt."),
            )
        return data

    def fields_of_relative(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if name != "version"}


def key_of(given_name: str, family_name: str, relation: str) -> str:
    """A father and a son may bear the same name: the relation tells them apart."""
    return fold(f"{given_name} {family_name}") + "/" + fold(relation)


@dataclass(frozen=True)
class Explained:
    """A kind of mandate, and what it opens in one plain sentence, with the text it comes from."""

    kind: str
    name: str
    opens: str
    source: str


def kinds_explained(called: str) -> list[Explained]:
    """The texts are those of the access policy: to be confirmed by the establishment's data-protection officer."""
    names = {"called": called, "of": elide(called), "that": elide(called, "que")}
    civil = _("Code civil, article")
    health = _("Code de la santé publique, article")
    said = {
        Kind.CARER: (
            _("Proche aidant"),
            _(
                "Lit ce %(that)s partage avec ses proches, et parle en son propre nom. "
                "Il faut l’accord écrit %(of)s."
            ),
            f"{health} L1110-4",
        ),
        Kind.TRUSTED: (
            _("Personne de confiance"),
            _(
                "Accompagne %(called)s et lit ce qui est partagé avec ses proches. Il faut une désignation écrite."
            ),
            _("Code de l’action sociale et des familles, article L311-5-1") + f". {health} L1111-6",
        ),
        Kind.REPRESENTATION: (
            _("Représentation (tutelle, habilitation)"),
            _("Un jugement lui demande de représenter %(called)s : lit ce qui est partagé avec %(called)s."),
            f"{civil} 459",
        ),
        Kind.ASSISTANCE: (
            _("Assistance (curatelle)"),
            _(
                "Un jugement lui demande d’assister %(called)s : lit ce qui est partagé avec ses proches, "
                "et plus si %(called)s le dit expressément."
            ),
            f"{civil} 459",
        ),
        Kind.PROPERTY: (
            _("Protection des biens seulement"),
            _("Un jugement pour les biens seulement : ne lit rien du dossier."),
            f"{civil} 425",
        ),
        Kind.PARENT: (
            _("Autorité parentale"),
            _("Parent d’un enfant mineur : lit ce qui est partagé avec %(called)s, jusqu’à ses 18 ans."),
            f"{civil} 371-1. {health} L1111-5",
        ),
    }
    return [
        Explained(kind.value, name, opens % names, source) for kind, (name, opens, source) in said.items()
    ]


class MandateForm(PlainForm):
    """What somebody may do, from when to when, and who allowed it."""

    kind = forms.ChoiceField(
        label=gettext_lazy("Quel mandat ?"),
        choices=MandateKind.choices,
        widget=forms.RadioSelect,
        error_messages={
            "required": gettext_lazy("Choisissez un mandat."),
            "invalid_choice": gettext_lazy("Choisissez un mandat de la liste."),
        },
    )
    origin = forms.ChoiceField(
        label=gettext_lazy("D’où vient ce mandat ?"),
        choices=MandateOrigin.choices,
        widget=forms.RadioSelect,
        required=False,
        help_text=gettext_lazy(
            "Pour une assistance ou une représentation. Cela décide qui signe le contrat."
        ),
        error_messages={"invalid_choice": gettext_lazy("Choisissez d’où vient ce mandat.")},
    )
    agreed = forms.BooleanField(
        label=gettext_lazy("L’accord ou la désignation écrite est dans nos mains"),
        required=False,
        help_text=gettext_lazy("Pour un proche aidant ou une personne de confiance."),
    )
    wider = forms.BooleanField(
        required=False,
    )
    co_signs = forms.BooleanField(
        required=False,
    )
    starts_on = DayField(
        label=gettext_lazy("Depuis le"),
        help_text=gettext_lazy("Le jour de l’accord, de la désignation ou du jugement."),
        error_messages={"required": gettext_lazy("Écrivez la date de l’accord ou du jugement.")},
    )
    ends_on = DayField(
        label=gettext_lazy("Jusqu’au"),
        required=False,
        help_text=gettext_lazy(
            "Jour compris. Vide s’il n’y a pas de date de fin : un jugement en a presque toujours une."
        ),
    )
    words = short(
        gettext_lazy("En clair"),
        200,
        help_text=gettext_lazy("Comme on le dit : « son curateur », « désignée le 3 mars »."),
    )
    version = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, person: Person, kind: str = "", **kwargs: Any) -> None:
        """`kind`: the mandate that is being mended; it does not become another one."""
        super().__init__(*args, **kwargs)
        self.person, self.fixed = person, kind
        called = person.called
        self.fields["wider"].label = _("%s en a dit plus, expressément") % called
        self.fields["wider"].help_text = (
            _(
                "Personne de confiance : mandat exprès pour demander le dossier. "
                "Assistance : accord pour lire tout ce qui est partagé avec %s."
            )
            % called
        )
        self.fields["co_signs"].label = _("Le jugement demande sa signature à côté de celle %s") % elide(
            called
        )
        self.fields["co_signs"].help_text = _("Pour une assistance (curatelle). %s signe toujours.") % called
        if kind:
            del self.fields["kind"], self.fields["agreed"]
            if Kind(kind) not in MAY_BE_WIDER:
                del self.fields["wider"]
            if Kind(kind) not in MAY_CO_SIGN:
                del self.fields["co_signs"]
            if Kind(kind) not in HAS_ORIGIN:
                del self.fields["origin"]

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        kind = Kind(self.fixed or data["kind"]) if self.fixed or data.get("kind") else None
        starts, ends = data.get("starts_on"), data.get("ends_on")
        if starts and ends and ends < starts:
            self.add_error(
                "ends_on", _("La fin est avant le début : écrivez une date de fin le même jour ou après.")
            )
        if kind is None:
            return data
        if kind in {Kind.CARER, Kind.TRUSTED} and not self.fixed and not data.get("agreed"):
            self.add_error(
                "agreed",
                _("Il faut un écrit %s. Quand vous l’avez, cochez cette ligne.") % elide(self.person.called),
            )
        if kind not in HAS_ORIGIN:
            # Hidden with the other kinds: what was chosen there before says nothing any more.
            if "origin" in data:
                data["origin"] = ""
        elif not data.get("origin") and "origin" not in self.errors:
            self.add_error("origin", _("Choisissez d’où vient ce mandat : cela décide qui signe le contrat."))
        if data.get("wider") and kind not in MAY_BE_WIDER:
            self.add_error(
                "wider",
                _("Cette ligne ne vaut que pour une personne de confiance ou une assistance : décochez-la."),
            )
        if data.get("co_signs") and kind not in MAY_CO_SIGN:
            self.add_error("co_signs", _("Cette ligne ne vaut que pour une assistance : décochez-la."))
        born: date | None = self.person.birth_date
        grown = grown_up_on(born) if born is not None else None
        if kind == Kind.PARENT and grown and grown > today() and "ends_on" in data and ends is None:
            data["ends_on"] = grown - timedelta(days=1)
        return data

    def fields_of_mandate(self) -> dict[str, Any]:
        return {
            name: value
            for name, value in self.cleaned_data.items()
            if name not in {"kind", "agreed", "version"}
        }


class EndMandateForm(PlainForm):
    how = forms.ChoiceField(
        label=gettext_lazy("Comment se termine-t-il ?"),
        choices=[
            ("now", gettext_lazy("Il est retiré maintenant : plus rien n’est ouvert")),
            ("on", gettext_lazy("Il se termine à une date")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choisissez comment il se termine.")},
    )
    ends_on = DayField(
        label=gettext_lazy("Dernier jour"),
        required=False,
        help_text=gettext_lazy("Jour compris, par exemple la date de fin du jugement."),
    )

    def __init__(self, *args: Any, starts_on: date | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.starts_on = starts_on

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        if data.get("how") != "on" or "ends_on" not in data:
            return data
        if data["ends_on"] is None:
            self.add_error("ends_on", _("Écrivez le dernier jour du mandat."))
        elif self.starts_on and data["ends_on"] < self.starts_on:
            self.add_error(
                "ends_on", _("La fin est avant le début : écrivez une date de fin le même jour ou après.")
            )
        return data

    def last_day(self) -> date | None:
        """None: at once."""
        return self.cleaned_data["ends_on"] if self.cleaned_data["how"] == "on" else None
