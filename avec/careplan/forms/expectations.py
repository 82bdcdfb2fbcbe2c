from collections.abc import Sequence
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from avec.accounts.wording import worded_lazy
from avec.documents.forms import HoldsSound, SoundField
from avec.people.banner import Around
from avec.people.models import CareTeamMember, Person, today
from avec.ui.forms import DayField, PictosField, PlainForm, words_field

from ..models import (
    Domain,
    ExpectationKind,
    Goal,
    Importance,
    WayChoice,
)
from ..rules import Reply
from ..rules.hearing import HearingRefused, check_said
from .goals import GoalFields
from .parts import level_field, marked, people_around, radios, team_choices
from .serafin import SerafinField

LONGEST = 4000


def said_field(**kwargs: Any) -> forms.CharField:
    """Somebody's words, as they were said."""
    too_long = gettext_lazy(
        "Ce texte a %(show_value)d signes, et Avec en garde %(limit_value)d au plus. "
        "Coupez-le en plusieurs attentes : une idée dans chacune."
    )
    return words_field(
        4, required=False, max_length=LONGEST, error_messages={"max_length": too_long}, **kwargs
    )


class SayForm(HoldsSound, PlainForm):
    """Somebody's words, written down by the team."""

    voice = radios(gettext_lazy("Qui parle ?"), error_messages={"required": gettext_lazy("Dites qui parle.")})
    way = radios(
        gettext_lazy("Comment est-ce dit ?"),
        [
            (WayChoice.TEXT.value, gettext_lazy("En mots : je les écris")),
            (WayChoice.VOICE.value, gettext_lazy("De vive voix : je garde le son")),
            (WayChoice.PICTOS.value, gettext_lazy("En images, dans l’ordre choisi")),
        ],
        required=False,
    )
    words = said_field(
        label=gettext_lazy("Ses mots, tels quels"),
        help_text=gettext_lazy("Écrivez comme c’est dit, à la première personne, sans corriger."),
    )
    recording = SoundField(
        label=gettext_lazy("Sa voix"),
        required=False,
        help_text=gettext_lazy("Dites d’abord que vous enregistrez, et pour qui. 10 minutes, 20 Mo au plus."),
    )
    heard = said_field(
        label=gettext_lazy("Ce qui est dit, mot à mot"),
        help_text=gettext_lazy("Vous pouvez l’écrire plus tard : le message attend, et reste à écouter."),
    )
    pictos = PictosField(label=gettext_lazy("Les images choisies"), required=False)
    with_pictos = said_field(
        label=gettext_lazy("Les mots dits avec"),
        help_text=gettext_lazy("S’il y en a eu : les images suffisent."),
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
    domain = forms.ChoiceField(
        label=gettext_lazy("Domaine de vie"),
        required=False,
        error_messages={"invalid_choice": gettext_lazy("Choisissez un domaine de la liste.")},
    )
    serafin = SerafinField("besoins")
    level = level_field()
    # The words of each way, and where a refusal of the rules is said.
    WORDS_OF: ClassVar = {"text": "words", "voice": "heard", "pictos": "with_pictos"}
    BROUGHT_BY: ClassVar = {"text": "words", "voice": "recording", "pictos": "pictos"}

    def __init__(
        self,
        *args: Any,
        person: Person,
        circle: Sequence[Around],
        domains: Sequence[Domain] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.codes = {domain.words: domain.serafin for domain in domains}
        self.fields["domain"].choices = [  # type: ignore[attr-defined]
            ("", _("pas rangé")),
            *[(words, words) for words in self.codes],
        ]
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

    def full_clean(self) -> None:
        """What belongs to another way of saying is shown as typed, and not checked."""
        super().full_clean()
        if not self.is_bound:
            return
        way = self.cleaned_data.get("way") or "text"
        if "way" not in self.errors:
            others = {*self.WORDS_OF.values(), *self.BROUGHT_BY.values()}
            for name in (others - {self.WORDS_OF[way], self.BROUGHT_BY[way]}) & self.errors.keys():
                del self.errors[name]

    def clean_way(self) -> str:
        return self.cleaned_data["way"] or WayChoice.TEXT.value

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        if data.get("voice") == "observed" and not data.get("situation"):
            self.add_error("situation", _("Dites dans quelle situation vous l’avez vu."))
        way = data.get("way", "")
        if way and not self.errors.keys() & {self.WORDS_OF[way], self.BROUGHT_BY[way]}:
            try:
                check_said(
                    words=self.said,
                    way=way,
                    has_sound=data.get("recording") is not None,
                    pictos=data.get("pictos", ()),
                )
            except HearingRefused as refused:
                self.add_error(self.BROUGHT_BY[way], str(refused))
        if data.get("voice") == "observed" and way not in {"", "text"} and not self.said:
            self.add_error("voice", _("Ce qui a été vu s’écrit en mots."))
        if data.get("voice") == "person" and data.get("level") == "C3":
            self.add_error(
                "level",
                worded_lazy(
                    _("Les mots %(short_of_the)s lui restent ouverts : choisissez un autre partage.")
                ),
            )
        return data

    @property
    def said(self) -> str:
        """The words typed for the chosen way."""
        return str(self.cleaned_data.get(self.WORDS_OF[self.cleaned_data.get("way") or "text"], "")).strip()

    @property
    def serafin_code(self) -> str:
        """The code chosen, else the one that the house set beside the domain."""
        data = self.cleaned_data
        return data.get("serafin") or self.codes.get(data.get("domain", ""), "")

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
