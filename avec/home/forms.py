"""The forms of own space: « je » for the person and for their circle. Nothing is chosen beforehand."""

from typing import Any

from django import forms
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from avec.careplan.models import ExpectationKind, Goal, Importance, WayChoice
from avec.careplan.rules import Stance
from avec.careplan.rules.gas import FACES, LEVELS
from avec.careplan.standing import worded_level
from avec.documents.forms import HoldsSound, SoundField
from avec.ui.forms import PictosField, PlainForm, words_field

TOO_LONG = _("C’est trop long pour une fois. Coupez-le en deux messages.")


def my_words_field(label: Any, needed: Any = "", **kwargs: Any) -> forms.CharField:
    """My own words; without `needed`, they may be left empty."""
    said = {"required": needed, "max_length": TOO_LONG}
    kwargs.setdefault("rows", 5)
    return words_field(label=label, required=bool(needed), error_messages=said, **kwargs)


class SayForm(HoldsSound, PlainForm):
    """Say something, in the way that was chosen: words, voice or pictures. Only the person chooses who reads."""

    way = forms.CharField(widget=forms.HiddenInput, required=False)
    recording = SoundField(
        label=_("Ma voix"),
        error_messages={"required": _("Enregistrez votre voix, ou choisissez un son.")},
    )
    pictos = PictosField(label=_("Mes images"))
    words = my_words_field(_("Ce que je veux dire"), _("Écrivez ce que vous voulez dire."), max_length=4000)
    kind = forms.ChoiceField(
        label=_("C’est\u00a0:"),
        choices=[
            (ExpectationKind.WISH.value, _("ce que je voudrais")),
            (ExpectationKind.NOT_WANTED.value, _("ce que je ne veux pas")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choisissez\u00a0: ce que je voudrais, ou ce que je ne veux pas.")},
    )
    importance = forms.TypedChoiceField(
        label=_("Pour moi, cela compte\u00a0:"),
        help_text=_("Je peux ne rien cocher."),
        choices=[(str(value), label) for value, label in Importance.choices],
        coerce=int,
        empty_value=None,
        required=False,
        widget=forms.RadioSelect,
    )
    level = forms.ChoiceField(
        label=_("Qui peut lire mes mots\u00a0?"),
        choices=[
            ("C2", _("Mon équipe et moi")),
            ("C1", _("Mon équipe, mes proches autorisés et moi")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choisissez qui peut lire.")},
    )

    def __init__(self, *args: Any, way: str, may_share: bool, **kwargs: Any) -> None:
        kwargs["initial"] = {**(kwargs.get("initial") or {}), "way": way}
        super().__init__(*args, **kwargs)
        self.chosen_way = way
        if way != WayChoice.VOICE.value:
            del self.fields["recording"]
        if way != WayChoice.PICTOS.value:
            del self.fields["pictos"]
        if way == WayChoice.VOICE.value:
            # The words of a voice are written on their own page, once it has been listened to.
            del self.fields["words"]
        if way == WayChoice.PICTOS.value:
            self.fields["words"].required = False
            self.fields["words"].label = _("Des mots avec mes images")
            self.fields["words"].help_text = _("Je peux ne rien écrire.")
            self.fields["words"].widget.attrs["rows"] = 2
        if not may_share:
            del self.fields["level"]

    def clean(self) -> dict[str, Any]:
        return {"words": ""} | self.cleaned_data | {"way": self.chosen_way}


class TranscriptForm(PlainForm):
    """The words of one's own recording."""

    words = my_words_field(_("Ce que j’ai dit"), _("Écrivez ce que vous avez dit."), max_length=4000)


# The five positions in one's own words.
STANCES = {
    Stance.AGREES: _("d’accord"),
    Stance.IN_PART: _("d’accord en partie"),
    Stance.DISAGREES: _("pas d’accord"),
    Stance.COULD_NOT: _("je ne peux pas répondre pour l’instant"),
    Stance.PREFERS_NOT: _("je préfère ne pas dire"),
}
USUAL_WAIT = 14


class StanceForm(PlainForm):
    """A position on a goal: five choices of the same size. Who cannot answer now says when to be asked again."""

    stance = forms.ChoiceField(
        label=_("Je suis\u00a0:"),
        choices=[(stance.value, words) for stance, words in STANCES.items()],
        widget=forms.RadioSelect,
        error_messages={"required": _("Cochez une case. Vous pouvez préférer ne pas dire.")},
    )
    again = forms.TypedChoiceField(
        label=_("On me redemande\u00a0:"),
        choices=[("7", _("dans une semaine")), ("14", _("dans deux semaines")), ("30", _("dans un mois"))],
        coerce=int,
        empty_value=None,
        required=False,
        widget=forms.RadioSelect,
        help_text=_("Si je ne coche rien\u00a0: dans deux semaines."),
    )
    reason = my_words_field(
        _("Pourquoi\u00a0?"), max_length=1000, rows=3, help_text=_("Je peux ne rien écrire.")
    )


def face(level: int, goal: Goal) -> SafeString:
    """A face with its words, and what it would look like when somebody worded it beforehand."""
    worded = worded_level(goal, level)
    return format_html(
        '<svg class="face" aria-hidden="true" focusable="false"><use href="#face-{}"></use></svg> {}{}',
        FACES[level].key,
        FACES[level].words,
        format_html("<small>{}</small>", worded) if worded else "",
    )


NO_FACE = "none"


def level_of(value: str) -> int | None:
    return None if value == NO_FACE else int(value)


class EvaluateForm(PlainForm):
    """Where I am with a goal: a face, words, or both."""

    words = my_words_field(
        _("Avec mes mots"), max_length=2000, rows=4, help_text=_("Je peux ne rien écrire.")
    )

    def __init__(self, *args: Any, goal: Goal, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["value"] = forms.TypedChoiceField(
            label=_("Aujourd’hui, pour cet objectif\u00a0:"),
            choices=[
                *[(str(level), face(level, goal)) for level in reversed(LEVELS)],
                (NO_FACE, _("je le dis avec mes mots seulement")),
            ],
            coerce=level_of,
            empty_value=None,
            required=False,
            widget=forms.RadioSelect,
            error_messages={"invalid_choice": _("Choisissez un visage de la liste.")},
        )
        self.order_fields(["value", "words"])

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        if data.get("value") is None and not data.get("words") and not self.errors:
            # Whoever chose « avec mes mots » only lacks the words.
            chosen = self.data.get("value") == NO_FACE
            self.add_error("words" if chosen else "value", NOTHING_SAID[chosen])
        return data


NOTHING_SAID = {True: _("Écrivez vos mots."), False: _("Choisissez un visage, ou écrivez vos mots.")}


class BalanceForm(PlainForm):
    """What the plan brought, in my words."""

    words = my_words_field(
        _("Ce que cela m’a apporté"),
        _("Écrivez ce que cela vous a apporté."),
        max_length=4000,
        help_text=_("Ce qui a changé. Ce qui me manque."),
    )


class TalkForm(PlainForm):
    """Ask to talk something over: of what; or, when one starts from words or a goal, what one wants to say of it."""

    words = my_words_field(
        _("De quoi je veux parler"), _("Écrivez de quoi vous voulez parler."), max_length=4000
    )

    def __init__(self, *args: Any, started: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if started:
            self.fields["words"].required = False
            self.fields["words"].label = _("Ce que je veux en dire")
            self.fields["words"].help_text = _("Je peux ne rien écrire.")
