"""What the page of a card says and asks: who asks, what protects the answer, the questions in the words of one's side."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from avec.ui.words import date_long

from .cards import imprint
from .models import PARTS_OF, Campaign, Invitation, PartChoice
from .rules import LEVELS, NOT_CONCERNED, Criterion, Instrument, Kind, Side, sectors, slice_path
from .rules.wheel import point, radius
from .said import VOICES
from .standing import closed_on, until

# Words that are written without hesitation, for a code kept on paper: three of them.
# fmt: off
WORDS = [
    "abri", "arbre", "avion", "balle", "banc", "bateau", "beurre", "bois", "bol", "bonbon", "botte",
    "bougie", "bouton", "branche", "brioche", "brosse", "cabane", "café", "cahier", "caillou", "canard",
    "carotte", "carte", "chaise", "chemin", "cheval", "cidre", "citron", "clé", "cloche", "colline",
    "coquille", "corde", "coton", "couleur", "crayon", "crème", "cuisine", "dune", "écharpe", "échelle",
    "école", "étang", "étoile", "façade", "farine", "fenêtre", "ferme", "feu", "feuille", "ficelle",
    "figue", "fleur", "forêt", "four", "fraise", "fromage", "gant", "gare", "gâteau", "girafe", "glace",
    "graine", "grange", "guitare", "herbe", "horloge", "huile", "jardin", "journal", "lac", "laine",
    "lampe", "lapin", "lavande", "légume", "lettre", "lune", "main", "maison", "malle", "marché", "menthe",
    "miel", "moulin", "mouton", "nappe", "neige", "noisette", "nuage", "olive", "orange", "orage", "ours",
    "oreiller", "pain", "palmier", "panier", "papier", "parc", "pêche", "piano", "pierre", "pluie", "poire",
    "pomme", "pont", "porte", "poule", "prairie", "prune", "puits", "quai", "radis", "raisin", "rivière",
    "robe", "roseau", "route", "sable", "savon", "sapin", "soleil", "sorbet", "soupe", "table", "tapis",
    "tasse", "terre", "thym", "tomate", "train", "trèfle", "tulipe", "vague", "vallée", "vélo", "vent",
    "verger", "veste", "vigne", "village", "violon", "voile", "volet",
]
# fmt: on


def own_code() -> str:
    return " ".join(secrets.choice(WORDS) for _ in range(3))


@dataclass(frozen=True)
class Level:
    value: int
    words: str
    anchor: str
    ring: str


@dataclass(frozen=True)
class Question:
    """One criterion, as one side reads it, with what was chosen when the form comes back."""

    criterion: Criterion
    asked: str
    levels: tuple[Level, ...]
    chosen: str
    words: str
    label_at: tuple[str, str]
    middle_at: tuple[str, str]


def at(turn: float, distance: float) -> tuple[str, str]:
    """As an attribute is written: with a point, whatever the language."""
    x, y = point(turn, distance)
    return str(x), str(y)


def questions(instrument: Instrument, side: Side, given: Mapping[str, str]) -> list[Question]:
    drawn = {sector.criterion: sector for sector in sectors(instrument)}
    found = []
    for criterion in instrument.criteria:
        sector = drawn[criterion.code]
        levels = tuple(
            Level(
                level,
                instrument.levels[level],
                criterion.anchors[level],
                slice_path(
                    sector.start,
                    sector.end,
                    radius(level - 1) if level else 0,
                    radius(level) if level else radius(0),
                ),
            )
            for level in LEVELS
        )
        chosen = given.get(f"c-{criterion.code}", "")
        known = {NOT_CONCERNED, *(str(level) for level in LEVELS)}
        found.append(
            Question(
                criterion,
                criterion.asked_of(side),
                levels,
                chosen if chosen in known else "",
                given.get(f"w-{criterion.code}", ""),
                at(sector.middle, radius(4) + 22),
                at(sector.middle, radius(2)),
            )
        )
    return found


def asked_of(card: Invitation, given: Mapping[str, str]) -> dict[str, Any]:
    """Everything on the page of a card."""
    campaign, side = card.campaign, Side(card.side)
    instrument = campaign.barometer.instrument
    return {
        **told(campaign, side),
        "instrument": instrument,
        "questions": questions(instrument, side, given),
        # The browser keeps what was begun under this name: it opens nothing.
        "key": imprint("kept:" + card.token_hash)[:16],
        "parts": [] if campaign.group.is_pair else parts(side, given.get("part", "")),
        "proposed": own_code() if campaign.kind == Kind.PSEUDONYMOUS.value else "",
        "code": given.get("code", ""),
        "last_words": given.get("w-", ""),
        "until": until(campaign),
    }


def parts(side: Side, chosen: str) -> list[tuple[PartChoice, bool]]:
    return [(part, part.value == chosen) for part in PARTS_OF[side]]


def told(campaign: Campaign, side: Side) -> dict[str, Any]:
    """What every page around an answer says: who asks, for whom, how it is protected, when it opens and closes."""
    group = campaign.group
    return {
        "campaign": campaign,
        "group": group,
        "house": group.establishment,
        "side": side.value,
        "voice": VOICES[side],
        "opens": date_long(campaign.opens_on),
        "closes": closed_on(campaign),
        "waits": timezone.localdate() < campaign.opens_on,
        "protection": campaign.kind,
        "promises": promises(campaign),
    }


def promises(campaign: Campaign) -> list[tuple[str, str]]:
    """The protection in plain words: what is kept, who sees what, what is erased."""
    kind = Kind(campaign.kind)
    if kind == Kind.NAMED:
        return [
            (_("Avec les noms"), _("Votre réponse porte votre nom. Vous l’avez choisi tous les deux.")),
            (
                _("Qui la lit"),
                _("Vous deux, et personne d’autre. Seulement quand vous aurez répondu tous les deux."),
            ),
            (
                _("Ensuite"),
                _("Vos deux réponses restent gardées, pour en parler et pour comparer plus tard."),
            ),
        ]
    seen = _(
        "Le groupe lit des comptes : combien de réponses à chaque niveau. "
        "La direction et la qualité aussi, et toute la maison si le groupe le décide."
    )
    few = _("S’il y a moins de 5 réponses de votre côté, rien n’est montré de ce côté.")
    if kind == Kind.PSEUDONYMOUS:
        return [
            (
                _("Avec un code"),
                _(
                    "Personne ne vous demande votre nom. Vous pouvez choisir un code, à vous. "
                    "Il n’est pas gardé : il n’en reste qu’une trace brouillée, et sa clé est rangée ailleurs."
                ),
            ),
            (
                _("À quoi il sert"),
                _(
                    "À voir, la prochaine fois, si les mêmes personnes vont plus haut ou plus bas. "
                    "Toujours à 5 ou plus, jamais une seule."
                ),
            ),
            (_("Ce que l’on verra"), f"{seen} {few}"),
            (
                _("Ensuite"),
                _(
                    "Les réponses restent gardées, sans nom, pour suivre dans le temps. Les cartes sont effacées."
                ),
            ),
        ]
    return [
        (
            _("Anonyme"),
            _(
                "Personne ne peut savoir que cette réponse est la vôtre. "
                "Ni nom, ni compte, ni téléphone, ni heure ne sont gardés avec elle."
            ),
        ),
        (_("Ce que l’on verra"), f"{seen} {few}"),
        (
            _("Ce qui est effacé"),
            _("À la fin, les réponses une à une et les cartes sont effacées. Il ne reste que les comptes."),
        ),
    ]
