from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from avec.accounts.wording import worded_lazy
from avec.people.banner import Around
from avec.people.models import CareTeamMember
from avec.ui.words import quote

from ..models import (
    Expectation,
    Goal,
    StanceChoice,
)
from ..words import short, speaker_of

Choices = list[tuple[str, Any]]
# What an author may choose when writing for the team; C4 needs names and is set elsewhere.
SHARED: Choices = [
    ("C1", worded_lazy(gettext_lazy("avec %(short_the)s, ses proches autorisés et l’équipe"))),
    ("C2", worded_lazy(gettext_lazy("avec %(short_the)s et l’équipe, pas avec ses proches"))),
]
TEAM_ONLY = (
    "C3",
    worded_lazy(gettext_lazy("note de travail de l’équipe : %(short_the)s ne la voit pas dans son espace")),
)
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
        return marked(speaker.v, format_html("{}\u00a0: <bdi>{}</bdi>", speaker.name, said))


def team_choices(team: Iterable[CareTeamMember]) -> Choices:
    return [("", _("personne en particulier"))] + [
        (str(tie.member_id), f"{tie.member.name}, {tie.function or tie.member.job}".rstrip(", "))
        for tie in team
    ]
