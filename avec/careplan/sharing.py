from typing import Any

from django.utils.translation import gettext as _

from avec.accounts.models import Member

from .models import (
    Activity,
    Goal,
)
from .policy import (
    may_widen,
)


class WideningRefused(ValueError):
    """Only the author or the referent shares an element with more people. The message is for the screen."""


def keep_level(element: Goal | Activity, fields: dict[str, Any], *, by: Member) -> dict[str, str]:
    """What the journal says of a change of sharing; WideningRefused when it opens to more people without right."""
    before, after = element.level, fields.get("level", element.level)
    if after < before and not may_widen(by, element):
        raise WideningRefused(
            _(
                "Ce partage s’ouvre à plus de monde : l’auteur ou la personne référente de l’équipe peut le faire."
            )
        )
    return {} if after == before else {"level_before": before, "level_after": after}
