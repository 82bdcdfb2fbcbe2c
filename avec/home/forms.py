from django import forms
from django.utils.translation import gettext_lazy as _

from avec.careplan.models import ExpectationKind, Importance, StanceChoice


class SayForm(forms.Form):
    """One's own words. Nothing is chosen beforehand."""

    words = forms.CharField(
        label=_("Ce que je veux dire"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": _("Écrivez ce que vous voulez dire.")},
    )
    kind = forms.ChoiceField(
        label=_("C’est :"),
        choices=[
            (ExpectationKind.WISH.value, _("ce que je souhaite")),
            (ExpectationKind.NOT_WANTED.value, _("ce que je ne veux pas")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choisissez : ce que je souhaite, ou ce que je ne veux pas.")},
    )
    importance = forms.TypedChoiceField(
        label=_("Pour moi, cela compte :"),
        help_text=_("Je peux ne rien cocher."),
        choices=[(str(value), label) for value, label in Importance.choices],
        coerce=int,
        empty_value=None,
        required=False,
        widget=forms.RadioSelect,
    )


class SayAndShareForm(SayForm):
    """The person also chooses who reads."""

    level = forms.ChoiceField(
        label=_("Qui peut lire mes mots ?"),
        choices=[
            ("C2", _("Mon équipe et moi")),
            ("C1", _("Mon équipe, mes proches autorisés et moi")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choisissez qui peut lire.")},
    )


class StanceForm(forms.Form):
    """A position on a goal: four choices of the same size."""

    stance = forms.ChoiceField(
        label=_("Je suis :"),
        choices=[
            (StanceChoice.AGREES.value, _("d’accord")),
            (StanceChoice.IN_PART.value, _("d’accord en partie")),
            (StanceChoice.DISAGREES.value, _("pas d’accord")),
            (StanceChoice.PREFERS_NOT.value, _("je préfère ne pas dire")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Cochez une case. Vous pouvez préférer ne pas dire.")},
    )
    reason = forms.CharField(
        label=_("Pourquoi ?"),
        help_text=_("Je peux ne rien écrire."),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
