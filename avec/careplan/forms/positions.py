from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from avec.accounts.wording import worded_lazy
from avec.people.banner import Around
from avec.people.models import Person, today
from avec.ui.forms import DayField, PlainForm, words_field

from ..models import (
    StanceChoice,
)
from .parts import REASON_NEEDED, marked, people_around, radios


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
        if data.get("stance") == StanceChoice.COULD_NOT.value and not data.get("reason"):
            self.add_error("reason", _("Écrivez ce qui a empêché de répondre : on s’y prendra autrement."))
        if again and again <= today():
            self.add_error("ask_again_on", _("Écrivez une date à venir."))
        if (
            data.get("who") == "professional"
            and data.get("stance") in REASON_NEEDED
            and not data.get("reason")
        ):
            self.add_error("reason", worded_lazy(_("Écrivez pourquoi : %(short_the)s pourra le lire.")))
        return data
