"""What is printed before anybody answers: slips to cut out, and the form of those who prefer paper.

A slip and a form each hold one card: its square to scan, its code to type. The same answer comes once, by phone
or on paper.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Literal

from django.urls import reverse
from django.utils.translation import gettext as _

from avec.contracts.site import site_url
from avec.documents.drawings import INK, square
from avec.documents.typeset import one_line, room_pdf
from avec.ui.words import date_long

from . import rules
from .cards import shown
from .models import PARTS_OF, Campaign
from .rules import Criterion, Instrument, Kind, Side
from .said import VOICES, part_words, the_side

TEMPLATES = Path(__file__).resolve().parent / "typst"
A_PAGE = 8  # slips of a sheet

Layout = Literal["wheel", "list"]


def card_url(token: str) -> str:
    """Where the square leads; "" when nobody said where the site is."""
    return f"{site_url()}{reverse('barometer_card:card', args=[token])}" if site_url() else ""


def where_to_type() -> str:
    """The address to type, without what a browser adds by itself."""
    address = f"{site_url()}{reverse('barometer_card:typed')}" if site_url() else ""
    return address.removeprefix("https://").rstrip("/")


def _card(token: str) -> dict[str, str]:
    address = card_url(token)
    return {"code": shown(token), "square": square(address) if address else ""}


def slips_pdf(campaign: Campaign, side: Side, tokens: Sequence[str]) -> bytes:
    """Eight slips a page, with lines to cut along."""
    return _pdf("slips.typ", campaign, side, tokens, {})


def forms_pdf(campaign: Campaign, side: Side, tokens: Sequence[str], layout: Layout) -> bytes:
    """One form for each card: the wheel to cross, or in large print one question after another."""
    instrument = campaign.barometer.instrument
    more: dict[str, object] = {
        "layout": layout,
        "levels": list(instrument.levels),
        "quadrants": [
            {
                "label": quadrant.label,
                "place": quadrant.place,
                "criteria": [_asked(one, side) for one in instrument.of(quadrant.code)],
            }
            for quadrant in instrument.quadrants
        ],
        "wheel": wheel_to_cross(instrument),
        "source": instrument.source,
        "parts": [part_words(part) for part in PARTS_OF[side]],
        "follows": campaign.kind == Kind.PSEUDONYMOUS.value,
    }
    return _pdf("forms.typ", campaign, side, tokens, more)


def _asked(criterion: Criterion, side: Side) -> dict[str, object]:
    return {
        "number": str(criterion.number),
        "label": criterion.label,
        "asked": criterion.asked_of(side),
        "easy": criterion.easy,
        "low": criterion.anchors[0],
        "high": criterion.anchors[-1],
    }


def _pdf(
    template: str, campaign: Campaign, side: Side, tokens: Sequence[str], more: dict[str, object]
) -> bytes:
    group = campaign.group
    raw = {
        "reading": "full",
        "title": _("Cartes du baromètre") if template == "slips.typ" else _("Baromètre, formulaire papier"),
        "group": one_line(group.name, 60),
        "establishment": one_line(group.establishment.name, 60),
        "side": VOICES[side],
        "side_words": _("Usager") if side == Side.USER else _("Professionnel"),
        "last_day": _("Jusqu’au %s.") % date_long(campaign.closes_on),
        "cards": [_card(token) for token in tokens],
        "type_at": where_to_type(),
        "protection": protection_words(Kind(campaign.kind)),
        "words": labels(side),
        **more,
    }
    return room_pdf(TEMPLATES / template, raw)


def protection_words(kind: Kind) -> list[str]:
    """The two lines of a card: what is known of who answers, and what becomes of it."""
    if kind == Kind.PSEUDONYMOUS:
        return [
            _("Avec un code que vous inventez\u00a0: personne ne sait qui vous êtes."),
            _("Votre code dit seulement si les mêmes ont changé d’avis. On ne montre que des totaux."),
        ]
    return [
        _("Anonyme\u00a0: ni nom, ni compte, ni adresse, ni heure."),
        _("On ne montre que des totaux. Les réponses sont effacées après le compte."),
    ]


def labels(side: Side) -> dict[str, object]:
    others = the_side(Side.PROFESSIONAL if side == Side.USER else Side.USER)
    return {
        "heading": _("Travaillons-nous vraiment ensemble\u00a0?"),
        "scan": _("Visez le carré avec un téléphone, ou tapez\u00a0:"),
        "type_only": _("Votre code\u00a0:"),
        "once": _("Une carte, une réponse."),
        "code": _("Code"),
        "how": _("Comment répondre"),
        "how_wheel": [
            _("Pour chaque numéro, pensez à votre travail avec %s.") % others,
            _("Faites une croix dans la roue, dans la case de 0 (au centre) à 4 (au bord)."),
            _("Cela ne vous concerne pas\u00a0? Cochez «\u00a0non concerné\u00a0», sans croix dans la roue."),
        ],
        "how_list": [
            _("Pensez à votre travail avec %s.") % others,
            _("Pour chaque phrase, cochez une case, de 0 à 4."),
            _("Vous pouvez laisser vide."),
        ],
        "same": _("Par téléphone ou sur ce papier\u00a0: l’un ou l’autre, une seule fois."),
        "not_concerned": _("non concerné"),
        "not_concerned_long": _("Cela ne me concerne pas"),
        "you_are": _("Si vous voulez le dire, vous êtes\u00a0:"),
        "own_code": _("Votre code, inventé par vous, le même chaque fois\u00a0:"),
        "own_words": _("Si vous voulez ajouter des mots (n’écrivez aucun nom)"),
        "who_types": _(
            "Rendez ce papier à qui anime le groupe. Quelqu’un le recopie sous son nom, puis il est détruit."
        ),
        "wheel": _(
            "Roue à remplir\u00a0: onze parts numérotées, cinq cases de 0 au centre à 4 au bord. "
            "Les mêmes questions sont écrites autour."
        ),
        "page": _("Page"),
        "of": _("sur"),
    }


# The wheel on paper: the same sectors as on screen, with five equal rings, so that a 0 may be crossed too.
CORE, RING = 34.0, 40.0


def wheel_to_cross(instrument: Instrument) -> str:
    """The wheel, empty, as an SVG drawing: rings 0 to 4, sectors with their numbers, quarters by thicker lines."""
    edge = CORE + RING * len(rules.LEVELS)
    parts = [
        f'<circle cx="{rules.CENTRE}" cy="{rules.CENTRE}" r="{CORE + RING * ring}" fill="none" stroke="{INK}" '
        f'stroke-width="{1.8 if ring == len(rules.LEVELS) else 0.8}"/>'
        for ring in range(len(rules.LEVELS) + 1)
    ]
    for sector in rules.sectors(instrument):
        (ax, ay), (bx, by) = rules.point(sector.start, CORE), rules.point(sector.start, edge)
        parts.append(f'<path d="M{ax} {ay}L{bx} {by}" stroke="{INK}" stroke-width="0.8"/>')
        for level in rules.LEVELS:
            x, y = rules.point(sector.middle, CORE + RING * (level + 0.5))
            parts.append(_digit(x, y + 4, str(level), 12, "#84747f", 400))
        x, y = rules.point(sector.middle, edge + 17)
        parts.append(_digit(x, y + 6.5, str(sector.number), 19, INK, 800))
    for turn in (0.0, 0.25, 0.5, 0.75):
        (ax, ay), (bx, by) = rules.point(turn, CORE), rules.point(turn, edge + 26)
        parts.append(f'<path d="M{ax} {ay}L{bx} {by}" stroke="{INK}" stroke-width="2.6"/>')
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {2 * rules.CENTRE} {2 * rules.CENTRE}" '
        f'font-family="Atkinson Hyperlegible Next">{"".join(parts)}</svg>'
    )


def _digit(x: float, y: float, words: str, size: int, colour: str, weight: int) -> str:
    return (
        f'<text x="{x}" y="{round(y, 1)}" text-anchor="middle" font-size="{size}" font-weight="{weight}" '
        f'fill="{colour}">{words}</text>'
    )
