from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from avec.people.banner import Around
from avec.people.models import Person
from avec.ui.forms import PlainForm, words_field

from ..actions import Side
from ..models import Expectation, Goal, Need
from .parts import SHARED, TEAM_ONLY, Named, marked, people_around, radios

# How many readings may be told in their own words, beside those already written.
TOLD = (1, 2, 3)


class DivergenceForm(PlainForm):
    """Two readings at least: words already written, or told now. No field asks who is right."""

    about = forms.CharField(
        label=gettext_lazy("À propos de quoi"),
        max_length=250,
        help_text=gettext_lazy("En quelques mots. Par exemple : les sorties seule, l’heure du coucher."),
        error_messages={"required": gettext_lazy("Écrivez à propos de quoi les voix diffèrent.")},
    )
    expectations = Named(
        Expectation.objects.none(), label=gettext_lazy("Ce qui a été dit ou vu"), required=False
    )
    needs = Named(Need.objects.none(), label=gettext_lazy("Ce qu’une évaluation montre"), required=False)
    goal = forms.ModelChoiceField(
        Goal.objects.none(),
        label=gettext_lazy("Un objectif est concerné"),
        required=False,
        empty_label=gettext_lazy("aucun"),
    )
    level = radios(
        gettext_lazy("Partagé"),
        [*SHARED[::-1], TEAM_ONLY],
        initial="C2",
        help_text=gettext_lazy("Jamais avec plus de monde que chacune des lectures."),
    )

    def __init__(
        self,
        *args: Any,
        person: Person,
        circle: Sequence[Around],
        offered: dict[str, Any],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.circle = {str(around.relative.pk): around for around in circle}
        for name in ("expectations", "needs", "goal"):
            self.fields[name].queryset = offered[name]  # type: ignore[attr-defined]
        voices = [
            ("", _("personne de plus")),
            ("person", marked("person", person.called)),
            *people_around(circle),
            ("professional", marked("professional", _("moi, pour l’équipe"))),
        ]
        for number in TOLD:
            self.fields[f"voice_{number}"] = radios(_("Qui parle ?"), voices, required=False)
            self.fields[f"words_{number}"] = words_field(
                3,
                label=_("Comment cette voix voit les choses, dans ses mots"),
                required=False,
                max_length=2000,
            )

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        for number in TOLD:
            voice, words = data.get(f"voice_{number}"), data.get(f"words_{number}", "").strip()
            if words and not voice:
                self.add_error(f"voice_{number}", _("Dites qui voit les choses ainsi."))
            if voice and not words and f"words_{number}" not in self.errors:
                self.add_error(f"words_{number}", _("Écrivez comment cette voix voit les choses."))
        return data

    @property
    def told(self) -> list[tuple[Any, Any]]:
        """The fields of each reading told in its own words."""
        return [(self[f"voice_{number}"], self[f"words_{number}"]) for number in TOLD]

    @property
    def sides(self) -> list[Side]:
        data = self.cleaned_data
        sides = [Side(expectation=one) for one in data["expectations"]]
        sides += [Side(need=one) for one in data["needs"]]
        for number in TOLD:
            who, words = data[f"voice_{number}"], data[f"words_{number}"]
            if not who:
                continue
            around = self.circle.get(who)
            sides.append(
                Side(around.voice, words, around.relative) if around else Side(voice=who, words=words)
            )
        return sides


class CloseForm(PlainForm):
    words = words_field(
        4,
        label=gettext_lazy("Ce que nous nous sommes dit"),
        max_length=4000,
        help_text=gettext_lazy("Chaque lecture reste écrite, telle quelle."),
        error_messages={
            "required": gettext_lazy("Écrivez ce que vous vous êtes dit, en une phrase au moins.")
        },
    )
