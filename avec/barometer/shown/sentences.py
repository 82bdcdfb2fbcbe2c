"""What the results say in words: what stands out, a gap and its direction, who answered."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from avec.accounts.vocabulary import worded
from avec.ui.words import MONTHS, NBSP, date_long, day_number

from ..models import PARTS_OF, Campaign, PartChoice
from ..rules import TALK, Criterion, Joint, Row, Side, Spread, median
from ..said import number
from .picture import Picture

Names = Mapping[Side, str]
OF_USERS = PARTS_OF[Side.USER]
NAMED_AT_MOST = 3  # criteria named in one sentence


@dataclass(frozen=True)
class Saying:
    """A sentence: what matters, then what it is about."""

    strong: str
    rest: str = ""


def names_of(campaign: Campaign) -> dict[Side, str]:
    """The two sides; of a pair, its two persons (one query)."""
    names = {Side.USER: _("Usagers"), Side.PROFESSIONAL: _("Professionnels")}
    if campaign.group.is_pair:
        for place in campaign.group.members.filter(left_at=None).select_related("member"):
            names[Side(place.side)] = place.member.name
    return names


def stands_out(picture: Picture, names: Names) -> list[Saying]:
    """What one reads first. Never a mark, never a rank."""
    silent = [side for side in Side if picture.side(side).answers is None]
    if len(silent) == len(Side):
        return [Saying(_("Trop peu de réponses des deux côtés\u00a0:"), _("rien ne peut être montré."))]
    if silent:
        return [Saying(_("Trop peu de réponses d’un côté\u00a0:"), _("les deux ne se comparent pas."))]
    found = []
    wide, low = picture.to_talk_about, picture.both_low
    if wide:
        strong = ngettext(
            "%s écart demande qu’on en parle\u00a0:", "%s écarts demandent qu’on en parle\u00a0:", len(wide)
        )
        found.append(Saying(strong % _spelled(len(wide)), listed(wide)))
    if low:
        found.append(Saying(_("Les deux côtés notent bas\u00a0:"), listed(low)))
    if not found and any(row.gap is not None for row in picture.rows):
        strong = _("Aucun écart de %s points ou plus\u00a0:") % number(TALK)
        return [Saying(strong, _("les deux côtés se voient à peu près pareil."))]
    if not found:
        return [Saying(_("Trop peu de notes pour comparer les deux côtés."))]
    return found


def _spelled(count: int) -> str:
    words = ("", _("Un"), _("Deux"), _("Trois"), _("Quatre"), _("Cinq"), _("Six"))
    return words[count] if count < len(words) else str(count)


def listed(rows: Sequence[Row]) -> str:
    """« partager des informations claires (critère 2) et promouvoir les décisions partagées (critère 8). »"""
    said = [named(row.criterion) for row in rows[:NAMED_AT_MOST]]
    left = len(rows) - len(said)
    if left:
        said.append(ngettext("%s autre", "%s autres", left) % left)
    return (", ".join(said[:-1]) + _(" et ") + said[-1] if len(said) > 1 else said[0]) + "."


def named(criterion: Criterion) -> str:
    label = criterion.label[:1].lower() + criterion.label[1:]
    return _("%(label)s (critère %(number)s)") % {
        "label": label,
        "number": criterion.number,
    }


def gap_words(row: Row, names: Names, *, pair: bool = False) -> str:
    """« les professionnels notent plus haut », « pareil », "" when one side may not be shown."""
    if row.gap is None:
        return ""
    if row.higher is None:
        return _("pareil des deux côtés")
    if pair:
        return _("%s note plus haut") % names[row.higher]
    if row.higher == Side.PROFESSIONAL:
        return _("les professionnels notent plus haut")
    return _("les usagers notent plus haut")


def joint_words(joint: Joint | None) -> str:
    """« 2 », « pas d’accord : 2 et 3 », « non concerné », « non notée »."""
    if joint is None:
        return _("non notée")
    if joint.level is not None:
        return str(joint.level)
    if joint.user_level is None:
        return _("non concerné")
    return _("pas d’accord\u00a0: %(user)s et %(professional)s") % {
        "user": joint.user_level,
        "professional": joint.professional_level,
    }


def value_words(found: Spread | None) -> str:
    """« 3 (n = 11) »: a median is never said without how many it comes from."""
    if found is None:
        return _("trop peu de réponses")
    return _("%(median)s (n = %(n)s)") % {"median": number(median(found)), "n": found.n}


def counted_side(side: Side, count: int) -> str:
    if side == Side.USER:
        words = ngettext("%s usager", "%s usagers", count)
    else:
        words = ngettext("%s professionnel", "%s professionnels", count)
    return (words % count).replace(" ", NBSP)


def part_group(part: str) -> str:
    """Those of a part, together: « résidents et résidentes », « proches »."""
    words = {
        PartChoice.PERSON: worded("%(short_some)s").replace("des ", ""),
        PartChoice.RELATIVE: _("proches"),
        PartChoice.REPRESENTATIVE: _("personnes qui représentent les usagers"),
        PartChoice.CARE: _("métiers du soin et de l’accompagnement"),
        PartChoice.SUPPORT: _("autres métiers"),
    }
    return words[PartChoice(part)]


def counted_part(part: str, count: int) -> str:
    """« 11 personnes », « 5 des autres métiers »."""
    group = part_group(part)
    return f"{count}{NBSP}{group}" if part in OF_USERS else f"{count}{NBSP}" + _("des %s") % group


def period_words(campaign: Campaign) -> str:
    """« du 5 au 23 octobre 2026 »."""
    first, last = campaign.opens_on, campaign.closes_on
    if first == last:
        return _("le %s") % date_long(last)
    if (first.year, first.month) == (last.year, last.month):
        start = day_number(first)
    elif first.year == last.year:
        start = f"{day_number(first)} {MONTHS[first.month - 1]}"
    else:
        start = date_long(first)
    return _("du %(first)s au %(last)s") % {"first": start, "last": date_long(last)}
