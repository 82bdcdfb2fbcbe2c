from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from avec.ui.forms import PlainForm, words_field

from ..present import ShownPoint, ShownTable
from ..rules import Offer, OutcomeKind
from .seats import SeatForm


class PositionForm(SeatForm):
    """What a party asks for on a point."""

    words = words_field(
        label=_("Ce que vous demandez sur ce point"),
        error_messages={"required": _("Écrivez la position, en quelques mots.")},
    )


class OfferForm(SeatForm):
    """A step of one party: from what it asked to what it proposes. `pas`: the step of somebody else it answers."""

    was = words_field(
        rows=2,
        label=_("D’où je pars"),
        help_text=_("Ce que je demandais."),
        error_messages={"required": _("Écrivez d’où vous partez\u00a0: ce que vous demandiez.")},
    )
    becomes = words_field(
        rows=2,
        label=_("Ce que je propose"),
        error_messages={"required": _("Écrivez ce que vous proposez.")},
    )
    pas = forms.TypedChoiceField(
        label=_("En réponse à"),
        required=False,
        coerce=int,
        error_messages={"invalid_choice": _("Ce pas n’est plus là\u00a0: relisez la page.")},
    )

    def __init__(self, *args: Any, shown: ShownTable, opened: ShownPoint | None, **kwargs: Any) -> None:
        super().__init__(*args, shown=shown, **kwargs)
        self.fields["pas"].choices = [("", _("personne en particulier")), *answerable(opened)]  # type: ignore[attr-defined]


def answerable(opened: ShownPoint | None) -> list[tuple[str, str]]:
    """The steps that still stand on the point, which another may answer."""
    standing = {Offer.OFFERED, Offer.ACCEPTED}
    return [
        (str(one.number), f"{one.who.name}\u00a0: {one.move.words}")
        for one in (opened.concessions if opened else [])
        if one.state in standing
    ]


class DeclineForm(PlainForm):
    """Saying why is up to them."""

    words = words_field(rows=2, required=False, label=_("Pourquoi, si vous voulez le dire"))


class SettleForm(PlainForm):
    """Where a point stands, once everybody has spoken. `seen`: the last move that its reader saw."""

    kind = forms.ChoiceField(
        choices=[(kind.value, kind.value) for kind in OutcomeKind],
        widget=forms.HiddenInput,
        error_messages={
            "required": _("Dites où en est ce point."),
            "invalid_choice": _("Dites où en est ce point."),
        },
    )
    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)
    words = words_field(
        rows=2,
        label=_("En mots"),
        error_messages={"required": _("Écrivez-le en une phrase\u00a0: elle sera relue à chacun.")},
    )


# Each way to leave a point: its button, its icon, what is to be written.
WAYS = {
    OutcomeKind.AGREED: (_("On est d’accord"), "check", _("Sur quoi vous êtes d’accord")),
    OutcomeKind.SET_ASIDE: (_("On met de côté"), "pause", _("Pourquoi vous mettez ce point de côté")),
    OutcomeKind.DISAGREED: (_("On reste en désaccord"), "cross", _("En quoi vous n’êtes pas d’accord")),
}


def ways_to_settle(opened: ShownPoint, bound: SettleForm | None = None) -> list[dict[str, Any]]:
    """One form for each way; the one that comes back with something to mend takes its place."""
    ways = []
    for kind, (word, icon, label) in WAYS.items():
        form = SettleForm(
            initial={
                "kind": kind.value,
                "seen": opened.seen,
                "words": accepted_words(opened) if kind == OutcomeKind.AGREED else "",
            },
            auto_id=f"issue_{kind.value}_%s",
        )
        back = bound is not None and bound["kind"].value() == kind.value
        ways.append(
            {
                "kind": kind.value,
                "word": word,
                "icon": icon,
                "label": label,
                "form": bound if back else form,
                "open": back,
            }
        )
    return ways


def accepted_words(opened: ShownPoint) -> str:
    """What was accepted on the point, as a beginning for what is agreed."""
    accepted = [
        one.move.words.strip().rstrip(".") for one in opened.concessions if one.state == Offer.ACCEPTED
    ]
    return ".\n".join(accepted) + "." if accepted else ""


def position_forms(shown: ShownTable, opened: ShownPoint | None, answering: str = "") -> dict[str, Any]:
    """The forms of the open point. `answering`: the number of the step that an offer answers."""
    if opened is None:
        return {}
    seats = shown.my_seats
    mine = [one for one in opened.positions if len(seats) == 1 and one.who.key == seats[0].key]
    initial = {"was": mine[0].move.words if mine else "", "pas": answering}
    return {
        "position_form": PositionForm(shown=shown, auto_id="position_%s"),
        "offer_form": OfferForm(shown=shown, opened=opened, initial=initial, auto_id="pas_%s"),
        "decline_form": None,
        "ways": ways_to_settle(opened),
    }
