"""What is drawn on a sheet besides its words: pictograms, a square to scan, a signature by hand. All as SVG text."""

import re
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path

import qrcode

from avec import ui

PICTOGRAMS = Path(ui.__file__).parent / "static" / "ui" / "pictograms" / "pictograms.svg"
SYMBOL = re.compile(r'<symbol id="k-([^"]+)" viewBox="([^"]+)">(.*?)</symbol>', re.DOTALL)
INK = "#2a1a2e"
DRAWN = (
    f'fill="none" stroke="{INK}" color="{INK}" stroke-width="2.2" stroke-linecap="round" '
    'stroke-linejoin="round" font-family="Atkinson Hyperlegible Next"'
)


@cache
def symbols() -> dict[str, str]:
    """Each pictogram as a drawing of its own."""
    return {
        key: f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{box}" {DRAWN}>{inside}</svg>'
        for key, box, inside in SYMBOL.findall(PICTOGRAMS.read_text(encoding="utf-8"))
    }


def pictograms(keys: Iterable[str]) -> dict[str, str]:
    """Those of these keys; a key without a drawing is left out."""
    known = symbols()
    return {key: known[key] for key in sorted(set(keys)) if key in known}


def square(address: str) -> str:
    """The address as a QR code, to be read by a phone; it stands beside the address in letters."""
    code = qrcode.QRCode(border=4, error_correction=qrcode.constants.ERROR_CORRECT_M)
    code.add_data(address)
    rows = code.get_matrix()
    dots = "".join(f"M{x} {y}h1v1h-1z" for y, row in enumerate(rows) for x, dark in enumerate(row) if dark)
    size = len(rows)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size} {size}">'
        f'<path d="{dots}" fill="{INK}"/></svg>'
    )


WIDTH, HEIGHT = 1000, 400


def by_hand(strokes: Sequence[Sequence[Sequence[int]]]) -> str:
    """A signature drawn by hand, in a frame of 1,000 by 400; nothing for no stroke."""
    path = "".join(
        "M" + "L".join(f"{int(x)} {int(y)}" for x, y in (stroke if len(stroke) > 1 else [*stroke] * 2))
        for stroke in strokes
        if stroke
    )
    if not path:
        return ""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}">'
        f'<path d="{path}" fill="none" stroke="{INK}" stroke-width="7" stroke-linecap="round" '
        'stroke-linejoin="round"/></svg>'
    )
