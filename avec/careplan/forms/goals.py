from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from avec.people.models import CareTeamMember, Person, today
from avec.ui.forms import DayField, PlainForm, words_field
from avec.ui.words import nbsp

from ..models import (
    Expectation,
    Goal,
    Need,
)
from ..rules.gas import LEVEL_WORDS
from ..standing import signed
from .easy import easy_words_field, picto_field
from .parts import Named, level_field, team_choices

# Each level beside 0, which is what was expected.
LEVEL_FIELDS = {"level_m2": -2, "level_m1": -1, "level_p1": 1, "level_p2": 2}
IMPORTANCE: list[tuple[int, Any]] = [
    (1, gettext_lazy("un peu")),
    (2, gettext_lazy("beaucoup")),
    (3, gettext_lazy("énormément")),
]
DIFFICULTY: list[tuple[int, Any]] = [
    (1, gettext_lazy("un peu")),
    (2, gettext_lazy("assez")),
    (3, gettext_lazy("très")),
]


def level_words_field(level: int) -> forms.CharField:
    return words_field(
        1,
        label=nbsp(f"{signed(level)} : {LEVEL_WORDS[level]}"),
        required=False,
        max_length=300,
        empty_value="",
    )


def grade_field(label: Any, grades: list[tuple[int, Any]], hint: Any) -> forms.TypedChoiceField:
    """1 to 3, or nothing: together they weigh a goal in the figure that professionals read."""
    return forms.TypedChoiceField(
        label=label,
        help_text=hint,
        choices=[("", gettext_lazy("pas dit")), *grades],
        coerce=int,
        empty_value=None,
        required=False,
        widget=forms.RadioSelect,
    )


class GoalFields(PlainForm):
    """What every goal must say; the rest can wait."""

    statement = words_field(
        2,
        label=gettext_lazy("Objectif, en une seule idée"),
        max_length=1000,
        error_messages={"required": gettext_lazy("Écrivez l’objectif.")},
    )
    due_on = DayField(
        label=gettext_lazy("Terme"),
        help_text=gettext_lazy("Le jour où l’on regardera ensemble où l’on en est."),
        error_messages={"required": gettext_lazy("Écrivez la date du terme.")},
    )
    priority = forms.IntegerField(
        label=gettext_lazy("Priorité"),
        min_value=1,
        max_value=99,
        help_text=gettext_lazy("1 passe avant 2."),
        error_messages={
            "required": gettext_lazy("Écrivez une priorité : 1 passe avant 2."),
            "invalid": gettext_lazy("Écrivez un nombre, à partir de 1."),
            "min_value": gettext_lazy("Écrivez un nombre, à partir de 1."),
            "max_value": gettext_lazy("Écrivez un nombre jusqu’à 99."),
        },
    )
    easy_words = easy_words_field(
        gettext_lazy("Une phrase courte par ligne, en disant « vous » : elle sera dans le contrat.")
    )

    def clean_due_on(self) -> Any:
        day = self.cleaned_data["due_on"]
        # A term already there may be in the past: it asks for an evaluation, not for another date.
        if day and day <= today() and day != self.initial.get("due_on"):
            raise forms.ValidationError(_("Écrivez une date à venir : c’est ce jour-là qu’on en parlera."))
        return day


class GoalForm(GoalFields):
    title = forms.CharField(
        label=gettext_lazy("Titre court"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("Quelques mots, pour le contrat. Par exemple : Le jardin, le matin."),
    )
    expected_result = words_field(
        2,
        label=gettext_lazy("On saura que c’est atteint quand"),
        required=False,
        max_length=1000,
        help_text=gettext_lazy("Ce que chacun pourra voir ou entendre, au terme."),
    )
    level_m2 = level_words_field(-2)
    level_m1 = level_words_field(-1)
    level_p1 = level_words_field(1)
    level_p2 = level_words_field(2)
    importance = grade_field(
        gettext_lazy("Combien cela compte"), IMPORTANCE, gettext_lazy("C’est à demander.")
    )
    difficulty = grade_field(
        gettext_lazy("Difficile à atteindre ?"), DIFFICULTY, gettext_lazy("C’est l’équipe qui le dit.")
    )
    picto = picto_field()
    strategy = words_field(2, label=gettext_lazy("Comment s’y prendre"), required=False, max_length=2000)
    referent = forms.ChoiceField(label=gettext_lazy("Qui veille à cet objectif"), required=False)
    expectations = Named(
        label=gettext_lazy("Vient de ces attentes"), queryset=Expectation.objects.none(), required=False
    )
    needs = Named(label=gettext_lazy("Vient de ces besoins"), queryset=Need.objects.none(), required=False)
    level = level_field()
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    field_order = (
        "statement",
        "title",
        "expectations",
        "needs",
        "due_on",
        "priority",
        "expected_result",
        *LEVEL_FIELDS,
        "importance",
        "difficulty",
        "easy_words",
        "picto",
        "strategy",
        "referent",
        "level",
    )

    def __init__(
        self,
        *args: Any,
        offered: dict[str, Any],
        team: Sequence[CareTeamMember],
        goal: Goal | None = None,
        person: Person | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.goal = goal
        for name in ("expectations", "needs"):
            if offered[name]:
                self.fields[name].queryset = offered[name]  # type: ignore[attr-defined]
            else:
                del self.fields[name]
        choices = team_choices(team)
        if goal is not None and goal.referent is not None and str(goal.referent_id) not in dict(choices):
            choices.append((str(goal.referent_id), goal.referent.name))
        self.fields["referent"].choices = choices  # type: ignore[attr-defined]
        if person is not None:
            self.fields["importance"].label = _("Combien cela compte pour %s") % person.called

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        origin = data.get("expectations") or data.get("needs")
        offers = [name for name in ("expectations", "needs") if name in self.fields]
        if offers and not origin and not self.errors.keys() & set(offers):
            self.add_error(offers[0], _("Dites d’où vient cet objectif : une attente, ou un besoin."))
        return data

    def fields_of_goal(self) -> dict[str, Any]:
        data = dict(self.cleaned_data)
        referent = data.pop("referent")
        for name in ("version", "expectations", "needs"):
            data.pop(name, None)
        worded = {str(level): data.pop(name).strip() for name, level in LEVEL_FIELDS.items()}
        if any(worded.values()):
            # What was expected is the level 0: it is written once, as the criterion.
            worded["0"] = data["expected_result"].strip()
        data["worded_levels"] = {level: words for level, words in worded.items() if words}
        return data | {"referent_id": UUID(referent) if referent else None}
