from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from avec.accounts.wording import worded_lazy
from avec.careplan.forms.parts import radios
from avec.ui.forms import DayField, PlainForm, words_field

from ..models import Ground, NatureChoice, PhaseChoice
from ..rules import NOT_NEGOTIABLE, PHASES, Phase, Understood, is_negotiable
from ..seats import Chair, Chairs
from .opening import check_deadline

NATURES: dict[str, Any] = dict(NatureChoice.choices)
OPEN_NATURES = [(key, NATURES[key]) for key in NATURES if is_negotiable(key)]
FIXED_NATURES = [(key, NATURES[key]) for key in NATURES if not is_negotiable(key)]
# How something that cannot be negotiated was explained; kept in words.
WAYS: list[tuple[str, Any]] = [
    ("aloud", gettext_lazy("de vive voix")),
    ("easy", gettext_lazy("avec un écrit facile à lire")),
    ("drawing", gettext_lazy("avec un dessin ou des images")),
    ("showing", gettext_lazy("en montrant sur place")),
    ("with", gettext_lazy("avec l’aide d’un proche ou d’un interprète")),
]
UNDERSTOOD: list[tuple[str, Any]] = [
    (Understood.YES.value, gettext_lazy("compris")),
    (Understood.IN_PART.value, gettext_lazy("compris en partie")),
    (Understood.NO.value, gettext_lazy("pas compris")),
    (Understood.NOT_SAID.value, gettext_lazy("on ne sait pas")),
]
NEEDS_SOURCE = gettext_lazy("Écrivez d’où vient cette règle\u00a0: le texte, ou qui a prescrit et quand.")


class AimForm(PlainForm):
    words = words_field(
        2,
        label=gettext_lazy("Le but commun"),
        max_length=1000,
        help_text=gettext_lazy("Ce que tout le monde veut, en une phrase."),
        error_messages={"required": gettext_lazy("Écrivez le but commun, en une phrase.")},
    )


class RefuseAimForm(PlainForm):
    words = words_field(
        2,
        label=gettext_lazy("Ce qui ne convient pas dans ce but"),
        max_length=1000,
        error_messages={"required": gettext_lazy("Écrivez ce qui ne convient pas dans ce but.")},
    )


class DeadlineForm(PlainForm):
    due_on = DayField(
        label=gettext_lazy("La date limite"),
        error_messages={"required": gettext_lazy("Choisissez une date limite.")},
    )

    def clean_due_on(self) -> Any:
        return check_deadline(self.cleaned_data["due_on"])


class ExtendForm(DeadlineForm):
    words = words_field(
        2,
        label=gettext_lazy("Pourquoi il faut plus de temps"),
        max_length=1000,
        min_length=5,
        help_text=gettext_lazy("Tout le monde autour de la table le lira."),
        error_messages={
            "required": gettext_lazy("Écrivez pourquoi il faut plus de temps."),
            "min_length": gettext_lazy("Écrivez pourquoi il faut plus de temps, en quelques mots."),
        },
    )


class ReopenForm(PlainForm):
    to = radios(gettext_lazy("À quelle étape revenir"))
    words = words_field(
        2,
        label=gettext_lazy("Pourquoi vous y revenez"),
        max_length=1000,
        min_length=5,
        help_text=gettext_lazy("Tout le monde autour de la table le lira."),
        error_messages={
            "required": gettext_lazy("Écrivez pourquoi vous y revenez."),
            "min_length": gettext_lazy("Écrivez pourquoi vous y revenez, en quelques mots."),
        },
    )

    def __init__(self, *args: Any, phase: Phase, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        passed = PHASES[: PHASES.index(phase)] if phase in PHASES else ()
        self.fields["to"].choices = [  # type: ignore[attr-defined]
            (one.value, str(PhaseChoice(one.value).label).capitalize()) for one in passed
        ]


class SeatForm(PlainForm):
    """Ask somebody to the table."""

    who = radios(gettext_lazy("Qui"))
    aloud = forms.BooleanField(
        label=gettext_lazy("Répond de vive voix\u00a0: quelqu’un de l’équipe écrit ses mots"), required=False
    )
    stands_for = words_field(2, label="", required=False, max_length=1000)

    def __init__(self, *args: Any, chairs: Chairs, person_is_here: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.chairs = chairs
        offered: Sequence[Chair] = [one for one in chairs.free if one.v != "person" or not person_is_here]
        self.fields["who"].choices = [(one.key, one.label) for one in offered]  # type: ignore[attr-defined]
        self.offered = offered
        called = chairs.person.name
        self.fields["stands_for"].label = _("Parle au nom de %s, qui n’est pas là\u00a0: pourquoi") % called
        self.fields["stands_for"].help_text = _("À laisser vide si cette personne parle pour elle-même.")
        if person_is_here:
            del self.fields["stands_for"]

    def clean_stands_for(self) -> str:
        words: str = self.cleaned_data["stands_for"].strip()
        if words and len(words) < 5:
            raise forms.ValidationError(_("Écrivez pourquoi, en quelques mots."))
        return words

    @property
    def chair(self) -> Chair:
        found = self.chairs.of(self.cleaned_data["who"])
        assert found is not None
        return found


class LeaveForm(PlainForm):
    words = words_field(
        2,
        label=gettext_lazy("Pourquoi"),
        max_length=1000,
        min_length=5,
        help_text=gettext_lazy("Ce qui a été dit reste écrit. Tout le monde lira cette raison."),
        error_messages={
            "required": gettext_lazy("Écrivez pourquoi cette personne quitte la négociation."),
            "min_length": gettext_lazy("Écrivez pourquoi, en quelques mots."),
        },
    )


class FacilitatorForm(PlainForm):
    facilitator = forms.ChoiceField(label=gettext_lazy("Qui anime la discussion"), required=False)

    def __init__(self, *args: Any, chairs: Chairs, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.chairs = chairs
        self.fields["facilitator"].choices = [  # type: ignore[attr-defined]
            ("", _("personne en particulier")),
            *((one.key, one.name) for one in chairs.team if one.may_sit),
        ]


def nature_choices(empty: Any) -> list[Any]:
    return [
        ("", empty),
        (_("Cela se négocie"), OPEN_NATURES),
        (_("Cela ne se négocie pas"), FIXED_NATURES),
    ]


class SourcedForm(PlainForm):
    """What a point is, and where it comes from when it is not negotiated: a rule of the house's list, or in words."""

    def __init__(self, *args: Any, grounds: Sequence[Ground] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.grounds = {str(one.pk): one for one in grounds}
        if "ground" in self.fields:
            self.fields["ground"].choices = [  # type: ignore[attr-defined]
                ("", _("aucun de la liste")),
                *((key, f"{one.words} ({one.source})") for key, one in self.grounds.items()),
            ]

    @property
    def chosen_ground(self) -> Ground | None:
        return self.grounds.get(self.cleaned_data.get("ground", ""))

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        ground = self.chosen_ground
        if ground is not None and not data.get("nature"):
            data["nature"] = ground.nature
        nature = data.get("nature", "")
        if ground is not None and nature != ground.nature:
            data["ground"] = ""
            ground = None
        unsourced = nature in NOT_NEGOTIABLE and not ground and len(data.get("source", "").strip()) < 3
        if unsourced and "source" not in self.errors:
            self.add_error("source", NEEDS_SOURCE)
        if nature and is_negotiable(nature):
            data["source"] = ""
        return data


class PointForm(SourcedForm):
    """A new point, in one line. In the frame, what it is can be said later."""

    words = forms.CharField(
        label=gettext_lazy("Un point à discuter"),
        max_length=250,
        min_length=3,
        error_messages={
            "required": gettext_lazy("Écrivez le point à discuter."),
            "min_length": gettext_lazy("Écrivez le point à discuter, en quelques mots."),
        },
    )
    nature = forms.ChoiceField(label=gettext_lazy("Ce que c’est"), required=False)
    source = forms.CharField(
        label=gettext_lazy("D’où cela vient, si cela ne se négocie pas"),
        max_length=250,
        required=False,
        help_text=gettext_lazy("Le texte et son article, ou qui a prescrit et quand."),
    )

    def __init__(self, *args: Any, framing: bool = True, leads: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not leads:
            del self.fields["source"]
        later = _("à dire plus tard") if framing else _("à choisir")
        self.fields["nature"].choices = nature_choices(later)  # type: ignore[attr-defined]
        if not leads:
            self.fields["nature"].choices = [("", later)]  # type: ignore[attr-defined]
        elif not framing:
            self.fields["nature"].required = True
            self.fields["nature"].error_messages["required"] = _("Dites si ce point se négocie.")


class ClassForm(SourcedForm):
    """What a point is; its words may be made clearer."""

    words = forms.CharField(
        label=gettext_lazy("Le point"),
        max_length=250,
        min_length=3,
        error_messages={
            "required": gettext_lazy("Écrivez le point à discuter."),
            "min_length": gettext_lazy("Écrivez le point à discuter, en quelques mots."),
        },
    )
    nature = forms.ChoiceField(
        label=gettext_lazy("Ce que c’est"),
        widget=forms.RadioSelect,
        error_messages={
            "required": gettext_lazy("Dites ce que c’est\u00a0: cela se négocie, ou non et pourquoi.")
        },
    )
    ground = forms.ChoiceField(label=gettext_lazy("Un motif de la maison"), required=False)
    source = forms.CharField(
        label=gettext_lazy("D’où cela vient"),
        max_length=250,
        required=False,
        help_text=gettext_lazy(
            "Obligatoire quand cela ne se négocie pas\u00a0: le texte et son article, ou qui a prescrit et quand."
        ),
    )

    def __init__(self, *args: Any, how: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fixed = [] if how else FIXED_NATURES
        self.fields["nature"].choices = [*OPEN_NATURES, *fixed]  # type: ignore[attr-defined]

    @property
    def open_natures(self) -> list[Any]:
        return [one for one in self["nature"] if is_negotiable(one.data["value"])]

    @property
    def fixed_natures(self) -> list[Any]:
        return [one for one in self["nature"] if not is_negotiable(one.data["value"])]


class HowForm(PlainForm):
    """How a prescription is carried out: a point of its own, which is negotiated."""

    words = forms.CharField(
        label=gettext_lazy("Ce qui reste à discuter autour"),
        max_length=250,
        min_length=3,
        help_text=gettext_lazy("L’heure, le lieu, qui, dans quel ordre."),
        error_messages={
            "required": gettext_lazy("Écrivez ce qui reste à discuter."),
            "min_length": gettext_lazy("Écrivez ce qui reste à discuter, en quelques mots."),
        },
    )
    nature = radios(gettext_lazy("Ce que c’est"), OPEN_NATURES)


class ExplainForm(PlainForm):
    """What was explained to the person, how, and what they made of it."""

    form = radios(
        gettext_lazy("Comment cela a été expliqué"),
        WAYS,
        error_messages={"required": gettext_lazy("Dites comment cela a été expliqué.")},
    )
    understood = radios(
        gettext_lazy("Est-ce compris\u00a0?"),
        UNDERSTOOD,
        error_messages={"required": gettext_lazy("Dites si l’explication a été comprise.")},
    )
    words = words_field(
        2,
        label=gettext_lazy("Ses mots"),
        required=False,
        max_length=1000,
        help_text=worded_lazy(gettext_lazy("Ce que %(short_the)s en a dit, tel quel.")),
    )

    @property
    def way_words(self) -> str:
        return str(dict(WAYS)[self.cleaned_data["form"]])


class DropForm(PlainForm):
    words = words_field(
        2,
        label=gettext_lazy("Pourquoi ce point est retiré"),
        max_length=1000,
        min_length=5,
        help_text=gettext_lazy("Ce qui a été dit reste dans l’histoire."),
        error_messages={
            "required": gettext_lazy("Écrivez pourquoi ce point est retiré."),
            "min_length": gettext_lazy("Écrivez pourquoi, en quelques mots."),
        },
    )
