from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from avec.accounts.wording import worded_lazy
from avec.people.banner import Around
from avec.people.models import CareTeamMember, Person, today
from avec.ui.forms import DayField, PlainForm, words_field

from ..models import (
    ExpectationKind,
    Goal,
    Importance,
)
from ..rules import Reply
from .goals import GoalFields
from .parts import level_field, marked, people_around, radios, team_choices


class SayForm(PlainForm):
    """Somebody's words, written down by the team."""

    voice = radios(gettext_lazy("Qui parle ?"), error_messages={"required": gettext_lazy("Dites qui parle.")})
    words = words_field(
        4,
        label=gettext_lazy("Ses mots, tels quels"),
        help_text=gettext_lazy("Écrivez comme c’est dit, à la première personne, sans corriger."),
        error_messages={"required": gettext_lazy("Écrivez les mots qui ont été dits, ou ce qui a été vu.")},
    )
    kind = radios(gettext_lazy("C’est"), ExpectationKind.choices, initial=ExpectationKind.WISH.value)
    importance = forms.TypedChoiceField(
        label=gettext_lazy("Combien cela compte"),
        choices=[("", gettext_lazy("pas demandé")), *Importance.choices],
        widget=forms.RadioSelect,
        coerce=int,
        empty_value=None,
        required=False,
    )
    said_on = DayField(
        label=gettext_lazy("Dit ou vu le"),
        error_messages={"required": gettext_lazy("Écrivez le jour où cela a été dit.")},
    )
    situation = forms.CharField(
        label=gettext_lazy("Dans quelle situation"),
        max_length=250,
        required=False,
        help_text=gettext_lazy("Par exemple : au petit déjeuner, pendant la toilette."),
    )
    level = level_field()

    def __init__(self, *args: Any, person: Person, circle: Sequence[Around], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.circle = {str(around.relative.pk): around for around in circle}
        self.fields["voice"].choices = [  # type: ignore[attr-defined]
            ("person", marked("person", person.called)),
            *people_around(circle),
            ("observed", marked("observed", _("Personne n’a parlé : j’ai vu, pour %s") % person.called)),
        ]

    def clean_said_on(self) -> Any:
        day = self.cleaned_data["said_on"]
        if day > today():
            raise forms.ValidationError(_("Ce jour est à venir : écrivez le jour où cela a été dit."))
        return day

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        if data.get("voice") == "observed" and not data.get("situation"):
            self.add_error("situation", _("Dites dans quelle situation vous l’avez vu."))
        if data.get("voice") == "person" and data.get("level") == "C3":
            self.add_error(
                "level",
                worded_lazy(
                    _("Les mots %(short_of_the)s lui restent ouverts : choisissez un autre partage.")
                ),
            )
        return data

    @property
    def around(self) -> Around | None:
        """Who of the circle spoke, if it is one of them."""
        return self.circle.get(self.cleaned_data["voice"])


REPLIES = [
    ("existing", gettext_lazy("Reprise par un objectif qui existe")),
    ("new", gettext_lazy("Reprise par un nouvel objectif")),
    (Reply.POSTPONED.value, gettext_lazy("Reportée : on en reparle plus tard")),
    (Reply.DECLINED.value, gettext_lazy("Pas possible")),
]


class AnswerForm(GoalFields):
    """Four ways to answer, none before another. Only the fields of the chosen one count."""

    OF_REPLY = {
        "existing": ("goal",),
        "new": ("statement", "due_on", "priority", "referent", "easy_words"),
        Reply.POSTPONED.value: ("until", "postponed_reason"),
        Reply.DECLINED.value: ("reason", "instead"),
    }
    reply = radios(
        gettext_lazy("Votre réponse"),
        REPLIES,
        error_messages={"required": gettext_lazy("Choisissez une des quatre réponses.")},
    )
    goal = radios(
        gettext_lazy("L’objectif qui la reprend"),
        error_messages={"required": gettext_lazy("Choisissez l’objectif qui reprend cette attente.")},
    )
    referent = forms.ChoiceField(label=gettext_lazy("Qui veille à cet objectif"), required=False)
    until = DayField(
        label=gettext_lazy("On en reparle le"),
        error_messages={"required": gettext_lazy("Écrivez la date à laquelle on en reparle.")},
    )
    postponed_reason = words_field(
        2, label=gettext_lazy("Pourquoi plus tard"), required=False, max_length=1000
    )
    reason = words_field(
        3,
        label=worded_lazy(gettext_lazy("Pourquoi, avec des mots que %(short_the)s peut lire")),
        max_length=1000,
        error_messages={
            "required": worded_lazy(
                gettext_lazy("Écrivez pourquoi, avec des mots que %(short_the)s peut lire.")
            )
        },
    )
    instead = words_field(2, label=gettext_lazy("À la place, on propose"), required=False, max_length=1000)

    def __init__(
        self, *args: Any, goals: Sequence[Goal], team: Sequence[CareTeamMember], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["referent"].choices = team_choices(team)  # type: ignore[attr-defined]
        self.goals = {str(goal.pk): goal for goal in goals}
        self.fields["goal"].choices = [  # type: ignore[attr-defined]
            (pk, f"{goal.number}. {goal.statement}") for pk, goal in self.goals.items()
        ]

    def full_clean(self) -> None:
        """What belongs to another answer is shown as typed, and not checked."""
        super().full_clean()
        chosen = (
            {"reply", *self.OF_REPLY.get(self.cleaned_data.get("reply", ""), ())} if self.is_bound else set()
        )
        for name in self.errors.keys() - chosen:
            del self.errors[name]

    def where_refused(self) -> str:
        """The field above which a refusal of the rules is said."""
        names = {"existing": "goal", "new": "statement", "postponed": "until", "declined": "reason"}
        return names.get(self.cleaned_data.get("reply", ""), "reply")
