from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from avec.ui.forms import PlainForm, words_field

from ..models import Goal
from ..rules.goal_moves import HANDFUL, WAYS, GoalMove
from .goals import IMPORTANCE
from .parts import Named


class GoalMoveForm(PlainForm):
    """Why a goal is removed, put aside, reached or taken up again."""

    reason = words_field(
        3,
        label=gettext_lazy("Pourquoi ?"),
        max_length=1000,
        error_messages={"required": gettext_lazy("Écrivez pourquoi : cela restera dans l’historique.")},
    )

    def __init__(self, *args: Any, move: GoalMove, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].required = WAYS[move].says_why


class PrioritiesForm(PlainForm):
    """Which goals stay live; why the others wait."""

    keep = Named(
        label=gettext_lazy("Les objectifs qui restent en cours"), queryset=Goal.objects.none(), required=False
    )

    def __init__(self, *args: Any, goals: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.goals: Sequence[Goal] = list(goals)
        self.fields["keep"].queryset = goals  # type: ignore[attr-defined]
        for goal in self.goals:
            self.fields[reason_name(goal)] = forms.CharField(
                label=_("Pourquoi l’objectif %s attend") % goal.number,
                required=False,
                max_length=300,
                initial=_("D’autres comptent plus aujourd’hui."),
            )

    @property
    def reasons(self) -> dict[UUID, str]:
        """Each goal put aside, with why."""
        kept = {goal.pk for goal in self.cleaned_data["keep"]}
        return {goal.pk: self.cleaned_data[reason_name(goal)] for goal in self.goals if goal.pk not in kept}

    @property
    def rows(self) -> list[tuple[Any, str, forms.BoundField]]:
        """Each goal: its box, what weighs on the choice in a few words, and why it would wait."""
        return [
            (box, self.weighs(goal), self[reason_name(goal)])
            for goal, box in zip(self.goals, self["keep"], strict=True)
        ]

    def weighs(self, goal: Goal) -> str:
        parts = []
        if goal.priority:
            parts.append(_("priorité %s") % goal.priority)
        if goal.importance:
            words = {"how": dict(IMPORTANCE)[goal.importance], "called": goal.person.called}
            parts.append(_("compte %(how)s pour %(called)s") % words)
        return ", ".join(parts)

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        if "keep" in self.errors:
            return data
        chosen = set(data["keep"])
        kept = len(chosen)
        if kept > HANDFUL:
            left = kept - HANDFUL
            self.add_error(
                "keep",
                ngettext(
                    "Il en reste un de trop : décochez-en encore un, ou décidez plus tard.",
                    "Il en reste %(left)s de trop : décochez-les, ou décidez plus tard.",
                    left,
                )
                % {"left": left},
            )
        if not kept:
            self.add_error("keep", _("Gardez au moins un objectif."))
        for goal in self.goals:
            if goal not in chosen and not data.get(reason_name(goal)):
                self.add_error(reason_name(goal), _("Écrivez pourquoi cet objectif attend."))
        return data


def reason_name(goal: Goal) -> str:
    return f"reason_{goal.number}"
