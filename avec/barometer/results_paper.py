"""The results on paper: two sheets to keep, and a poster for the wall. Drawn from the same picture as the page."""

from collections.abc import Sequence
from pathlib import Path

from django.utils import timezone
from django.utils.translation import gettext as _

from avec.documents.typeset import one_line, room_pdf
from avec.ui.words import date_long

from .rules import INSIDE, OUTSIDE, TALK
from .shown.decided import Decided
from .shown.drawing import wheel_svg
from .shown.results import Asked, Line, Results

TEMPLATES = Path(__file__).resolve().parent / "typst"
ON_A_POSTER = 4  # decisions that are read from two metres


def results_sheet_pdf(results: Results, decided: Sequence[Decided], session: str) -> bytes:
    """What stands out, the wheel, the table, the decisions: A4."""
    more: dict[str, object] = {
        "session": session,
        "quarters": [
            {"label": quarter.quadrant.label, "lines": [_line(line, results) for line in quarter.lines]}
            for quarter in results.quarters
        ],
        "decided": [_decided(one) for one in decided],
        "source": results.picture.instrument.source,
        "method": method_words(results),
    }
    return _pdf("results.typ", results, more)


def poster_sheet_pdf(results: Results, decided: Sequence[Decided], *, outside: bool) -> bytes:
    """The wheel large, what stands out, what was decided, and when: A3, and it reads on A4 too. No name."""
    open_ones = [one for one in decided if one.state != "dropped"]
    days = sorted(one.due_on for one in open_ones if not one.is_over and not one.late)
    more: dict[str, object] = {
        "decided": [_decided(one) for one in open_ones[:ON_A_POSTER]],
        "next": _("La prochaine date\u00a0: le %s.") % date_long(days[0]) if days else "",
        "floor_words": _("Un côté n’est montré qu’à partir de %s réponses.")
        % (OUTSIDE if outside else INSIDE),
        "where": ""
        if outside
        else _("Pour un lieu réservé à la maison\u00a0: pas là où passent des visiteurs."),
    }
    return _pdf("poster.typ", results, more)


def _asked(one: Asked) -> dict[str, str]:
    return {"v": one.v, "count": one.count, "parts": ", ".join(one.parts)}


def _line(line: Line, results: Results) -> dict[str, object]:
    gap = line.gap or "–"
    return {
        "number": str(line.criterion.number),
        "label": line.criterion.label,
        "user": _with_n(line.user, line.user_n),
        "professional": _with_n(line.professional, line.professional_n),
        "joint": line.joint,
        "agreed": line.agreed,
        "gap": f"{gap}, {line.gap_words}" if line.gap_words else gap,
        "wide": line.wide,
    }


def _with_n(value: str, n: int) -> str:
    return f"{value} (n\u00a0=\u00a0{n})" if n else value


def _decided(one: Decided) -> dict[str, object]:
    state = _("date dépassée") if one.late else one.state_words
    return {
        "text": one.text,
        "user_name": one.user_name,
        "professional_name": one.professional_name,
        "facts": " · ".join(part for part in (one.about, one.due, state) if part),
    }


def method_words(results: Results) -> list[str]:
    words = [
        _("Un écart n’est pas une faute\u00a0: c’est un sujet de conversation, dès %s points.") % int(TALK),
        _("La note commune se dit et se confirme, elle n’est jamais calculée."),
    ]
    if results.pair:
        return words
    return [
        _("La médiane est la note du milieu\u00a0; n dit combien ont noté. Nous ne faisons pas de moyenne."),
        _("Rien n’est montré d’un côté où moins de %(floor)s personnes ont répondu (%(outside)s au-dehors).")
        % {"floor": INSIDE, "outside": OUTSIDE},
        *words,
    ]


def _pdf(template: str, results: Results, more: dict[str, object]) -> bytes:
    campaign = results.campaign
    establishment = campaign.group.establishment
    raw: dict[str, object] = {
        "reading": "full",
        "title": _("Où en sommes-nous, ensemble\u00a0?"),
        "document_title": f"{_('Baromètre du partenariat')}, {campaign.group.name}, {campaign.title}",
        "group": one_line(campaign.group.name, 60),
        "campaign": one_line(campaign.title, 60),
        "establishment": one_line(establishment.name, 60),
        "period": results.period,
        "sayings": [[one.strong, one.rest] for one in results.sayings],
        "asked": [_asked(one) for one in results.asked],
        "sides": [list(one) for one in results.sides],
        "has_joint": results.has_joint,
        "has_apart": results.has_apart,
        "silent": results.silent,
        "wheel": wheel_svg(results.wheel),
        "corners": [
            {
                "label": quarter.quadrant.label,
                "place": quarter.quadrant.place,
                "criteria": [[str(one.criterion.number), one.criterion.label] for one in quarter.lines],
            }
            for quarter in results.quarters
        ],
        "wheel_words": results.wheel_words,
        "made": _("Imprimé le %s") % date_long(timezone.localdate()),
        "words": labels(),
        **more,
    }
    return room_pdf(TEMPLATES / template, raw)


def labels() -> dict[str, str]:
    return {
        "criterion": _("Critère"),
        "together": _("Ensemble"),
        "gap": _("Écart"),
        "apart": _("Pas d’accord\u00a0: une note de chaque côté"),
        "gaps": _("Les écarts, critère par critère"),
        "decided": _("Ce que nous avons décidé ensemble"),
        "nothing_decided": _("Rien n’est encore décidé."),
        "stands_out": _("Ce qui ressort"),
        "scale": _("0\u00a0: rien de fait conjointement. 4\u00a0: pleinement réalisé de concert."),
        "method": _("Comment lire"),
        "source": _("Source de l’instrument\u00a0:"),
        "silent": _("Trop peu de réponses pour montrer quelque chose\u00a0: c’est ce qui protège chacun."),
        "page": _("Page"),
        "of": _("sur"),
    }
