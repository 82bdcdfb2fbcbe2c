from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from avec.accounts.wording import worded_lazy
from avec.people.banner import Around
from avec.people.models import Person
from avec.ui.forms import PlainForm, words_field

from ..actions import Carried, Decision
from ..models import Goal, StepChoice
from ..rules import WITH_REASON, Move, Step, reopenable
from .parts import marked, people_around, radios


class MoveForm(PlainForm):
    """Why the plan moves, when somebody will want to know."""

    to = radios(gettext_lazy("L’étape à rouvrir"))
    reason = words_field(
        3,
        label=gettext_lazy("Pourquoi"),
        max_length=1000,
        help_text=worded_lazy(gettext_lazy("Une phrase, avec des mots que %(short_the)s peut lire.")),
        error_messages={"required": gettext_lazy("Écrivez pourquoi, en une phrase.")},
    )

    def __init__(self, *args: Any, move: Move, step: Step, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if move == Move.REOPEN:
            words = {one: str(StepChoice(one.value).label) for one in reopenable(step)}
            self.fields["to"].choices = [  # type: ignore[attr-defined]
                (one.value, label[:1].upper() + label[1:]) for one, label in words.items()
            ]
        else:
            del self.fields["to"]
        if move not in WITH_REASON:
            del self.fields["reason"]

    def clean_reason(self) -> str:
        reason = str(self.cleaned_data["reason"]).strip()
        if len(reason) < 10:
            raise forms.ValidationError(_("Écrivez pourquoi, en une phrase\u00a0: quelques mots de plus."))
        return reason

    @property
    def chosen_step(self) -> Step | None:
        to = self.cleaned_data.get("to")
        return Step(to) if to else None


class BalanceForm(PlainForm):
    """What came of the plan, in one voice."""

    who = radios(gettext_lazy("Qui parle ?"), error_messages={"required": gettext_lazy("Dites qui parle.")})
    words = words_field(
        4,
        label=gettext_lazy("Ce que cela a donné"),
        max_length=4000,
        help_text=gettext_lazy("Ce qui a changé, ce qui compte encore, ce qui manque."),
        error_messages={"required": gettext_lazy("Écrivez ce que cela a donné.")},
    )

    def __init__(self, *args: Any, person: Person, circle: list[Around], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.circle = {str(around.relative.pk): around for around in circle}
        self.fields["who"].choices = [  # type: ignore[attr-defined]
            ("person", marked("person", _("%s, dit à l’équipe") % person.called)),
            ("observed", marked("observed", _("Personne n’a parlé\u00a0: vu pour %s") % person.called)),
            *people_around(circle),
            ("professional", marked("professional", _("L’équipe"))),
        ]


DECISIONS = [
    (Decision.KEEP.value, gettext_lazy("continue tel quel")),
    (Decision.ADJUST.value, gettext_lazy("continue, à réécrire ensemble")),
    (Decision.STOP.value, gettext_lazy("s’arrête")),
]


class RenewalForm(PlainForm):
    """What becomes of each goal: three choices of the same weight, none made beforehand."""

    title = forms.CharField(
        label=gettext_lazy("Titre du prochain projet"),
        max_length=250,
        error_messages={"required": gettext_lazy("Donnez un titre au projet.")},
    )

    def __init__(self, *args: Any, goals: list[Goal], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.goals = goals
        for goal in goals:
            self.fields[f"goal-{goal.pk}"] = radios(
                _("Objectif %(number)s. %(words)s") % {"number": goal.number, "words": goal.statement},
                DECISIONS,
                error_messages={"required": _("Dites ce que devient l’objectif %s.") % goal.number},
            )
            self.fields[f"why-{goal.pk}"] = words_field(
                2,
                label=_("S’il s’arrête, pourquoi"),
                required=False,
                max_length=1000,
            )

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        for goal in self.goals:
            stops = data.get(f"goal-{goal.pk}") == Decision.STOP.value
            if stops and len(str(data.get(f"why-{goal.pk}", "")).strip()) < 10:
                self.add_error(f"why-{goal.pk}", _("Écrivez pourquoi il s’arrête, en une phrase."))
        return data

    @property
    def rows(self) -> list[tuple[Goal, forms.BoundField, forms.BoundField]]:
        return [(goal, self[f"goal-{goal.pk}"], self[f"why-{goal.pk}"]) for goal in self.goals]

    def decisions(self) -> dict[Any, Carried]:
        return {
            goal.pk: Carried(
                Decision(self.cleaned_data[f"goal-{goal.pk}"]), self.cleaned_data[f"why-{goal.pk}"]
            )
            for goal in self.goals
        }
