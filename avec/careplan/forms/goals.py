from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from avec.people.models import CareTeamMember, today
from avec.ui.forms import DayField, PlainForm, words_field

from ..models import (
    Expectation,
    Goal,
    GoalStatus,
    Need,
)
from .parts import Named, level_field, radios, team_choices


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
    easy_words = words_field(
        3,
        label=gettext_lazy("En facile à lire"),
        required=False,
        max_length=1000,
        help_text=gettext_lazy(
            "Une phrase courte par ligne, en disant « vous » : elle sera dans le contrat."
        ),
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
        2, label=gettext_lazy("On saura que c’est atteint quand"), required=False, max_length=1000
    )
    strategy = words_field(2, label=gettext_lazy("Comment s’y prendre"), required=False, max_length=2000)
    referent = forms.ChoiceField(label=gettext_lazy("Qui veille à cet objectif"), required=False)
    expectations = Named(
        label=gettext_lazy("Vient de ces attentes"), queryset=Expectation.objects.none(), required=False
    )
    needs = Named(label=gettext_lazy("Vient de ces besoins"), queryset=Need.objects.none(), required=False)
    level = level_field()
    status = radios(gettext_lazy("Où il en est"), GoalStatus.choices)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    field_order = (
        "statement",
        "title",
        "expectations",
        "needs",
        "due_on",
        "priority",
        "easy_words",
        "expected_result",
        "strategy",
        "referent",
        "status",
        "level",
    )

    def __init__(
        self,
        *args: Any,
        offered: dict[str, Any],
        team: Sequence[CareTeamMember],
        goal: Goal | None = None,
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
        if goal is None:
            del self.fields["status"]

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
        return data | {"referent_id": UUID(referent) if referent else None}
