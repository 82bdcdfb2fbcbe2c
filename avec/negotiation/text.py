"""The agreement as it is read back before each party answers: in full, and in easy words."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from .rules import OutcomeKind
from .sitting import Sitting


@dataclass(frozen=True)
class ReadBack:
    """One paragraph a line in full; one short sentence a line in easy words."""

    full: tuple[str, ...]
    easy: tuple[str, ...]


def read_back(sitting: Sitting) -> ReadBack:
    """What the table says today: agreed, set aside, not agreed, and what could not be negotiated."""
    table = sitting.table
    full, easy = [_("But commun\u00a0: %(aim)s") % {"aim": table.aim}], []
    heads = {
        OutcomeKind.AGREED: (_("Nous sommes d’accord"), _("Nous sommes d’accord.")),
        OutcomeKind.SET_ASIDE: (_("Nous mettons de côté"), _("Nous en parlerons plus tard.")),
        OutcomeKind.DISAGREED: (_("Nous ne sommes pas d’accord"), _("Nous ne sommes pas d’accord.")),
    }
    for point in table.live_points:
        if point.negotiable is False:
            facts = {"point": point.words, "source": point.source}
            full.append(_("%(point)s\u00a0: cela ne se négocie pas. Source\u00a0: %(source)s.") % facts)
            easy += [point.words, _("Cela ne se négocie pas.")]
            continue
        outcome = table.outcomes.get(point.key)
        kind = outcome.kind if outcome else OutcomeKind.DISAGREED
        said = outcome.words if outcome else _("Nous n’avons pas fini d’en parler.")
        full.append(f"{point.words}. {heads[kind][0]}\u00a0: {said}")
        easy += [point.words, heads[kind][1], said]
    return ReadBack(tuple(full), tuple(easy))
