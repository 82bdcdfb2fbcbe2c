"""The colours hold their contrast: text ≥ 7, marks and edges that mean something ≥ 3, in both themes."""

import re
from pathlib import Path

import pytest

CSS = (Path(__file__).parents[1] / "static" / "ui" / "tokens.css").read_text()
VOICES = ("person", "relative", "representative", "professional", "joint")
HEX = re.compile(r"(--[\w-]+):\s*(#[0-9a-f]{6})")


def block(opening: str) -> str:
    start = CSS.index(opening)
    return CSS[start : CSS.index("}", start)]


def colours(opening: str) -> dict[str, str]:
    return dict(HEX.findall(block(opening)))


MORE = "@media (prefers-contrast: more)"
LIGHT = colours(":root, .as-light {")
DARK = LIGHT | colours(':root[data-theme="dark"], .as-dark {')
DARK_BY_SYSTEM = LIGHT | colours(':root:not([data-theme="light"]) {')
STRONG = LIGHT | colours(':root[data-contrast="more"], .as-strong {')
STRONG_BY_DEVICE = LIGHT | colours(f"{MORE} {{\n  :root {{")
STRONG_DARK = DARK | colours(':root[data-contrast="more"][data-theme="dark"] {')
STRONG_DARKS = [
    DARK | colours(opening)
    for opening in (
        ':root[data-contrast="more"]:not([data-theme="light"]) {',
        f'{MORE} and (prefers-color-scheme: dark) {{\n  :root:not([data-theme="light"]) {{',
    )
]


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def pairs() -> list[tuple[str, str, float]]:
    grounds = ["--linen", "--paper", "--paper-sunk"]
    tints = [f"--voice-{voice}-tint" for voice in VOICES]
    found = [(ink, ground, 7.0) for ink in ("--ink", "--ink-soft") for ground in [*grounds, *tints]]
    found += [("--on-ink", "--ink", 7.0), ("--on-ink", "--ink-raised", 7.0)]
    found += [
        ("--rail-ink", "--rail", 7.0),
        ("--rail-soft", "--rail", 7.0),
        ("--rail-ink", "--rail-active", 7.0),
    ]
    found += [("--line-strong", ground, 3.0) for ground in grounds]
    for voice in VOICES:
        found += [
            (f"--voice-{voice}-ink", ground, 7.0)
            for ground in ["--linen", "--paper", f"--voice-{voice}-tint"]
        ]
        found += [
            (f"--voice-{voice}-mark", ground, 3.0)
            for ground in ["--linen", "--paper", f"--voice-{voice}-tint"]
        ]
    return found


def test_black_on_white_is_21():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_contrast(theme):
    weak = [
        (ink, ground, round(contrast(theme[ink], theme[ground]), 2))
        for ink, ground, least in pairs()
        if contrast(theme[ink], theme[ground]) < least
    ]
    assert weak == []


def strong_pairs() -> list[tuple[str, str, float]]:
    """Text ≥ 10, edges that mean something ≥ 7, marks ≥ 4.5."""
    least = {7.0: 10.0, 3.0: 4.5}
    edges = [(f"--voice-{voice}-edge", "--paper", 7.0) for voice in VOICES] + [("--line", "--linen", 7.0)]
    return [(ink, ground, least[asked]) for ink, ground, asked in pairs()] + edges


@pytest.mark.parametrize("theme", [STRONG, STRONG_DARK], ids=["light", "dark"])
def test_more_contrast(theme):
    weak = [
        (ink, ground, round(contrast(theme[ink], theme[ground]), 2))
        for ink, ground, least in strong_pairs()
        if contrast(theme[ink], theme[ground]) < least
    ]
    assert weak == []


def test_every_way_to_more_contrast_gives_the_same_colours():
    assert STRONG == STRONG_BY_DEVICE
    assert all(each == STRONG_DARK for each in STRONG_DARKS)
    inside = CSS[CSS.index(f"{MORE} {{") :]
    chosen = inside[inside.index(':root[data-theme="dark"] {') :]
    assert DARK | dict(HEX.findall(chosen[: chosen.index("}")])) == STRONG_DARK


def test_both_ways_to_the_dark_theme_give_the_same_colours():
    assert DARK == DARK_BY_SYSTEM
    assert len(DARK) > 30
