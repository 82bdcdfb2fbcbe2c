from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from avec.people.banner import Around
from avec.people.models import Person, today
from avec.ui.forms import DayField, PlainForm, words_field

from ..models import Goal
from ..rules.gas import FACES, LEVELS
from ..standing import level_words, worded_level
from .parts import Choices, marked, people_around, radios

# Nobody is forced to give a number.
NO_LEVEL = "none"


def faced(level: int, goal: Goal | None) -> SafeString:
    """A level with its face, its words, and what it looks like when somebody worded it beforehand."""
    worded = worded_level(goal, level) if goal is not None else ""
    return format_html(
        '<svg class="face" aria-hidden="true" focusable="false"><use href="#face-{}"></use></svg> {}{}',
        FACES[level].key,
        level_words(level),
        format_html("<small>{}</small>", worded) if worded else "",
    )


def to_level(value: str) -> int | None:
    return None if value == NO_LEVEL else int(value)


def level_choice(goal: Goal | None = None) -> forms.TypedChoiceField:
    """−2 to +2, or no level at all: none is chosen beforehand."""
    return forms.TypedChoiceField(
        label=gettext_lazy("Où en est-on ?"),
        choices=[
            *[(str(level), faced(level, goal)) for level in LEVELS],
            (NO_LEVEL, gettext_lazy("sans niveau, en mots seulement")),
        ],
        coerce=to_level,
        empty_value=None,
        required=False,
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": gettext_lazy("Choisissez un niveau de la liste.")},
    )


class SpeakerForm(PlainForm):
    """Who says it, and when: what the forms of evaluation share."""

    who = radios(gettext_lazy("Qui le dit ?"), error_messages={"required": gettext_lazy("Dites qui.")})
    evaluated_on = DayField(
        label=gettext_lazy("Le"), error_messages={"required": gettext_lazy("Écrivez quel jour.")}
    )

    def __init__(self, *args: Any, person: Person, circle: Sequence[Around], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.circle = {str(around.relative.pk): around for around in circle}
        self.fields["who"].choices = speakers(person, circle)  # type: ignore[attr-defined]

    def clean_evaluated_on(self) -> Any:
        day = self.cleaned_data["evaluated_on"]
        if day > today():
            raise forms.ValidationError(_("Ce jour est à venir : écrivez le jour où cela a été dit."))
        return day

    @property
    def voice(self) -> dict[str, Any]:
        """The voice and, for somebody of the circle, who: as `evaluate_goal` takes them."""
        who = self.cleaned_data["who"]
        someone = self.circle.get(who)
        return {
            "voice": someone.voice if someone else who,
            "relative": someone.relative if someone else None,
        }


def speakers(person: Person, circle: Iterable[Around]) -> Choices:
    return [
        ("person", marked("person", _("%s, dit à l’équipe") % person.called)),
        (
            "observed",
            marked("observed", _("vu par l’équipe, pour %s qui ne peut pas le dire") % person.called),
        ),
        *people_around(circle),
        ("professional", marked("professional", _("L’équipe : ce que je vois, moi"))),
    ]


class EvaluationForm(SpeakerForm):
    """Where one goal stands, as one voice says it."""

    words = words_field(
        3,
        label=gettext_lazy("Dans ses mots"),
        required=False,
        max_length=2000,
        help_text=gettext_lazy("Les mots de qui parle, tels quels."),
    )

    def __init__(self, *args: Any, goal: Goal, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["value"] = level_choice(goal)
        self.order_fields(["who", "value", "words", "evaluated_on"])

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        says = data.get("value") is not None or data.get("words")
        if not says and not self.errors.keys() & {"value", "words"}:
            self.add_error("value", _("Choisissez un niveau, ou dites-le en mots."))
        return data


class ReviewForm(SpeakerForm):
    """Several goals in one sitting, by one voice; what is left blank is left as it was."""

    def __init__(self, *args: Any, goals: Sequence[Goal], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.goals = list(goals)
        for goal in self.goals:
            self.fields[f"value_{goal.number}"] = level_choice(goal)
            self.fields[f"words_{goal.number}"] = words_field(
                2, label=gettext_lazy("En mots"), required=False, max_length=2000
            )

    @property
    def rows(self) -> list[tuple[Goal, forms.BoundField, forms.BoundField]]:
        return [(goal, self[f"value_{goal.number}"], self[f"words_{goal.number}"]) for goal in self.goals]

    @property
    def said_of(self) -> dict[Goal, dict[str, Any]]:
        """The goals of which something was said."""
        found = {goal: self.said(goal) for goal in self.goals}
        return {goal: said for goal, said in found.items() if said["value"] is not None or said["words"]}

    def said(self, goal: Goal) -> dict[str, Any]:
        data = self.cleaned_data
        return {
            "value": data.get(f"value_{goal.number}"),
            "words": data.get(f"words_{goal.number}", "").strip(),
        }

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        if self.errors:
            return data
        if not self.said_of:
            self.add_error(None, _("Dites où en est au moins un objectif, avec un niveau ou des mots."))
        return data
