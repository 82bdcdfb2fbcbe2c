"""A paper that was signed by hand, as it comes back from the scanner, and strokes of invented hands.

The names, the version and the code are those of the contract: the page that reads the scan shows the very
text that was signed.
"""

import json
import math
from pathlib import Path

import typst

from avec.contracts.models import CareContract
from avec.contracts.rules import RIGHTS, short_code
from avec.contracts.rules.drawing import path_of
from avec.documents.typeset import FONTS
from avec.ui.words import date_long

Strokes = tuple[tuple[tuple[int, int], ...], ...]

# Light enough to be kept in every demonstration, and readable.
PPI = 96
PAGE = Path(__file__).resolve().parent / "paper.typ"


def hand(seed: int) -> Strokes:
    """A quick signature: loops that lean forward, then a stroke under them. The same for the same number."""
    loops = tuple(
        (
            round(120 + 9 * step + 60 * math.sin(step / (3.0 + seed % 3))),
            round(200 - 110 * math.sin(step / 2.1 + seed) * math.exp(-step / 70)),
        )
        for step in range(80)
    )
    return loops, ((160, 330), (500, 300), (880, 318))


def cross() -> Strokes:
    """A cross, drawn slowly."""
    return ((380, 90), (470, 190), (610, 320)), ((600, 100), (500, 200), (390, 318))


def drawn(strokes: Strokes) -> str:
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1000 400">'
        f'<path d="{path_of(strokes)}" fill="none" stroke="#1c2f7a" stroke-width="9" '
        'stroke-linecap="round" stroke-linejoin="round"/></svg>'
    )


def signed_paper(
    contract: CareContract, *, name: str, choice: str, words: str, day: str, signed: bool
) -> bytes:
    """The person's sheet as a PNG: their rights, what they ticked, what they wrote; their hand when they signed."""
    code = short_code(contract.fingerprint)
    sheet = {
        "title": f"Contrat de soins, version {contract.version}",
        "about": f"{contract.person.name}, {contract.establishment.name}. "
        f"Texte écrit le {date_long(contract.issued_at.date())}.",
        "code": f"Code de ce texte\u00a0: {code}",
        "rights_title": "Mes droits, lus avant de choisir",
        "rights": [words for _key, words in RIGHTS],
        "name": name,
        "says": "Je choisis en mon nom.",
        "choice": choice,
        "words": words,
        "day": f"Le {day}",
        "hand": drawn(hand(len(name))) if signed else "",
        "foot": f"{code} – feuille de signatures – document de démonstration, personnes inventées",
    }
    return typst.compile(
        PAGE,
        font_paths=[FONTS],
        ignore_system_fonts=True,
        format="png",
        ppi=PPI,
        sys_inputs={"sheet": json.dumps(sheet)},
    )
