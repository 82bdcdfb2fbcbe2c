from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from avec.people.banner import Around
from avec.people.models import CareTeamMember, Person, today
from avec.ui.forms import DayField, PlainForm, words_field
from avec.ui.words import elide, quote

from .models import (
    Activity,
    ActivityStatus,
    Expectation,
    ExpectationKind,
    Goal,
    GoalStatus,
    Importance,
    Need,
    ParticipationChoice,
    PlanKind,
    StanceChoice,
)
from .rules import Reply
from .words import short, speaker_of

Choices = list[tuple[str, Any]]
# What an author may choose when writing for the team; C4 needs names and is set elsewhere.
SHARED: Choices = [
    ("C1", gettext_lazy("avec la personne, ses proches autorisés et l’équipe")),
    ("C2", gettext_lazy("avec la personne et l’équipe, pas avec ses proches")),
]
TEAM_ONLY = ("C3", gettext_lazy("note de travail de l’équipe : la personne ne la voit pas dans son espace"))
REASON_NEEDED = frozenset({StanceChoice.IN_PART.value, StanceChoice.DISAGREES.value})


def marked(voice: str, words: str) -> SafeString:
    """A choice with the mark of its voice."""
    return format_html(
        '<svg class="mark mark--{0}" aria-hidden="true" focusable="false"><use href="#v-{0}"></use></svg> {1}',
        voice,
        words,
    )


def radios(label: Any, choices: Iterable[Any] = (), **kwargs: Any) -> forms.ChoiceField:
    kwargs.setdefault("error_messages", {"required": gettext_lazy("Choisissez une des réponses.")})
    return forms.ChoiceField(label=label, choices=list(choices), widget=forms.RadioSelect, **kwargs)


def level_field() -> forms.ChoiceField:
    return radios(gettext_lazy("Partagé"), [*SHARED, TEAM_ONLY], initial="C1")


def people_around(circle: Iterable[Around]) -> Choices:
    """Those of the circle whose words are written down: « Claire, sa fille »."""
    return [
        (
            str(around.relative.pk),
            marked(around.voice, f"{around.name}, {around.word}" if around.word else around.name),
        )
        for around in circle
    ]


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
                "level", _("Les mots de la personne lui restent ouverts : choisissez un autre partage.")
            )
        return data

    @property
    def around(self) -> Around | None:
        """Who of the circle spoke, if it is one of them."""
        return self.circle.get(self.cleaned_data["voice"])


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


class Named(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]
    """Several lines of the plan, each under its own first words."""

    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, obj: Any) -> str:
        if isinstance(obj, Goal):
            return f"{obj.number}. {short(obj.statement, 90)}"
        words = short(obj.words, 90)
        if not isinstance(obj, Expectation):
            return words
        speaker = speaker_of(obj, obj.person)
        said = words if obj.voice == "observed" else quote(words)
        return marked(speaker.v, f"{speaker.name}\u00a0: {said}")


def team_choices(team: Iterable[CareTeamMember]) -> Choices:
    return [("", _("personne en particulier"))] + [
        (str(tie.member_id), f"{tie.member.name}, {tie.function or tie.member.job}".rstrip(", "))
        for tie in team
    ]


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
        label=gettext_lazy("Pourquoi, avec des mots que la personne peut lire"),
        max_length=1000,
        error_messages={
            "required": gettext_lazy("Écrivez pourquoi, avec des mots que la personne peut lire.")
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


class PositionForm(PlainForm):
    who = radios(
        gettext_lazy("Qui donne sa position ?"), error_messages={"required": gettext_lazy("Dites qui.")}
    )
    stance = radios(
        gettext_lazy("Sa position"),
        StanceChoice.choices,
        error_messages={"required": gettext_lazy("Choisissez une des cinq réponses.")},
    )
    reason = words_field(
        3,
        label=gettext_lazy("Pourquoi, dans ses mots"),
        required=False,
        max_length=1000,
        help_text=gettext_lazy("Quand ce n’est pas un oui, la raison aide à en reparler."),
    )
    ask_again_on = DayField(label=gettext_lazy("On redemande le"), required=False)

    def __init__(self, *args: Any, person: Person, circle: Sequence[Around], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.circle = {str(around.relative.pk): around for around in circle}
        self.fields["who"].choices = [  # type: ignore[attr-defined]
            ("person", marked("person", _("%s, dit à l’équipe") % person.called)),
            *people_around(circle),
            ("professional", marked("professional", _("L’équipe"))),
        ]

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        again = data.get("ask_again_on")
        if (
            data.get("stance") == StanceChoice.COULD_NOT.value
            and not again
            and "ask_again_on" not in self.errors
        ):
            self.add_error("ask_again_on", _("Écrivez quand on redemande : la question reste ouverte."))
        if again and again <= today():
            self.add_error("ask_again_on", _("Écrivez une date à venir."))
        if (
            data.get("who") == "professional"
            and data.get("stance") in REASON_NEEDED
            and not data.get("reason")
        ):
            self.add_error("reason", _("Écrivez pourquoi : la personne pourra le lire."))
        return data


class ActivityForm(PlainForm):
    title = forms.CharField(
        label=gettext_lazy("Ce qu’on fait"),
        max_length=250,
        error_messages={"required": gettext_lazy("Écrivez ce qu’on fait.")},
    )
    participation = radios(
        gettext_lazy("La part de la personne"),
        error_messages={"required": gettext_lazy("Dites comment la personne y prend part.")},
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


class PlanForm(PlainForm):
    title = forms.CharField(
        label=gettext_lazy("Titre du projet"),
        max_length=250,
        error_messages={"required": gettext_lazy("Donnez un titre au projet.")},
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("Type de projet"),
        required=False,
        choices=[("", gettext_lazy("à préciser plus tard")), *PlanKind.choices],
    )
    starts_on = DayField(label=gettext_lazy("Début"))
