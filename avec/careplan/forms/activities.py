from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from avec.accounts.wording import worded_lazy
from avec.people.models import CareTeamMember, Person
from avec.ui.forms import PlainForm, words_field
from avec.ui.words import elide

from ..models import (
    Activity,
    ActivityStatus,
    Goal,
    ParticipationChoice,
)
from .parts import Choices, Named, level_field, radios, team_choices


class ActivityForm(PlainForm):
    title = forms.CharField(
        label=gettext_lazy("Ce qu’on fait"),
        max_length=250,
        error_messages={"required": gettext_lazy("Écrivez ce qu’on fait.")},
    )
    participation = radios(
        worded_lazy(gettext_lazy("La part %(short_of_the)s")),
        error_messages={"required": worded_lazy(gettext_lazy("Dites comment %(short_the)s y prend part."))},
    )
    performer = forms.CharField(
        label=gettext_lazy("Qui le fait"),
        max_length=250,
        help_text=gettext_lazy("Par exemple : l’aide-soignante et sa sœur."),
        error_messages={"required": gettext_lazy("Écrivez qui le fait.")},
    )
    rhythm = forms.CharField(
        label=gettext_lazy("Quand, à quel rythme"),
        max_length=250,
        required=False,
        help_text=gettext_lazy("Par exemple : chaque matin, le lundi."),
    )
    place = forms.CharField(label=gettext_lazy("Où"), max_length=120, required=False)
    goals = Named(label=gettext_lazy("Pour ces objectifs"), queryset=Goal.objects.none(), required=False)
    owner = forms.ChoiceField(label=gettext_lazy("Qui y veille dans l’équipe"), required=False)
    description = words_field(2, label=gettext_lazy("En détail"), required=False, max_length=2000)
    status = radios(gettext_lazy("Où elle en est"), ActivityStatus.choices)
    level = level_field()
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(
        self,
        *args: Any,
        person: Person,
        goals: Any,
        team: Sequence[CareTeamMember],
        activity: Activity | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.activity = activity
        self.fields["participation"].choices = participation_choices(person)  # type: ignore[attr-defined]
        self.fields["participation"].label = _("La part %s") % elide(person.called)
        if goals:
            self.fields["goals"].queryset = goals  # type: ignore[attr-defined]
        else:
            del self.fields["goals"]
        choices = team_choices(team)
        if (
            activity is not None
            and activity.owner is not None
            and str(activity.owner_id) not in dict(choices)
        ):
            choices.append((str(activity.owner_id), activity.owner.name))
        self.fields["owner"].choices = choices  # type: ignore[attr-defined]
        if activity is None:
            del self.fields["status"]

    def fields_of_activity(self) -> dict[str, Any]:
        data = dict(self.cleaned_data)
        owner = data.pop("owner")
        for name in ("version", "goals"):
            data.pop(name, None)
        return data | {"owner_id": UUID(owner) if owner else None}


def participation_choices(person: Person) -> Choices:
    words = {
        ParticipationChoice.BY.value: _("par %s"),
        ParticipationChoice.WITH.value: _("avec %s"),
        ParticipationChoice.PRESENCE.value: _("en présence %s"),
        ParticipationChoice.FOR.value: _("pour %s"),
    }
    return [
        (
            how,
            format_html(
                '<svg class="participation__mark" aria-hidden="true" focusable="false"><use href="#p-{}"></use></svg> {}',
                how,
                label % (elide(person.called) if how == ParticipationChoice.PRESENCE else person.called),
            ),
        )
        for how, label in words.items()
    ]
