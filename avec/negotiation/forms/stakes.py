from typing import Any

from django.utils.translation import gettext_lazy as _

from avec.ui.forms import words_field

from ..present import ShownTable
from .seats import SeatForm


class StakeForm(SeatForm):
    """What matters to a party: an interest, not a position."""

    words = words_field(
        label=_("Ce qui compte"),
        help_text=_("Ce dont vous avez besoin, ou ce que vous craignez. Pas encore la solution."),
        error_messages={"required": _("Écrivez ce qui compte, ou choisissez de ne pas le dire.")},
    )


def stake_forms(shown: ShownTable) -> dict[str, Any]:
    """The form as the page opens it."""
    return {"stake_form": StakeForm(shown=shown, auto_id="enjeu_%s")}
