"""What the document's fonts can print. PDF/A refuses a character without a drawing.

Our own font holds the Latin alphabets; the compiler brings one that holds Greek, Cyrillic,
Armenian, Hebrew, Georgian, the plain Arabic letters and the usual signs. Everything else
(emojis, ideograms…) is shown as □ and the document says so: the exact words stay in the
application, and the fingerprint is computed on them, not on their print.
"""

import re
import unicodedata

MISSING = "□"
OWN_FONT = (
    (0x20, 0x7E), (0xA0, 0xAC), (0xAE, 0xB4), (0xB6, 0x107), (0x10A, 0x113), (0x116, 0x11B), (0x11E, 0x123),
    (0x126, 0x127), (0x12A, 0x12B), (0x12E, 0x133), (0x136, 0x137), (0x139, 0x13E), (0x141, 0x148),
    (0x150, 0x155), (0x158, 0x15B), (0x15E, 0x165), (0x16A, 0x16B), (0x16E, 0x17E), (0x192, 0x192),
    (0x218, 0x21B), (0x300, 0x304), (0x306, 0x308), (0x30A, 0x30C), (0x312, 0x312), (0x326, 0x328),
    (0x1E80, 0x1E85), (0x2013, 0x2014), (0x2018, 0x201A), (0x201C, 0x201E), (0x2020, 0x2022),
    (0x2026, 0x2026), (0x2030, 0x2030), (0x2039, 0x203A), (0x20AC, 0x20AC), (0x2122, 0x2122),
    (0x2212, 0x2212), (0x221E, 0x221E), (0x2248, 0x2248), (0x2260, 0x2260), (0x2264, 0x2265), (0x266A, 0x266A),
)  # fmt: skip
FALLBACK_FONTS = (
    (0xB5, 0xB5), (0x100, 0x2FF), (0x370, 0x377), (0x37A, 0x37F), (0x384, 0x38A), (0x38C, 0x38C),
    (0x38E, 0x3A1), (0x3A3, 0x482), (0x48A, 0x4FF), (0x531, 0x556), (0x559, 0x58A), (0x5D0, 0x5EA),
    (0x5F0, 0x5F4), (0x60C, 0x60C), (0x61B, 0x61B), (0x61F, 0x61F), (0x621, 0x63A), (0x640, 0x64A),
    (0x660, 0x66D), (0x679, 0x67B), (0x67E, 0x680), (0x686, 0x687), (0x691, 0x691), (0x698, 0x698),
    (0x6A4, 0x6A4), (0x6A9, 0x6A9), (0x6AF, 0x6AF), (0x6BE, 0x6BE), (0x6CC, 0x6CC), (0x6F0, 0x6F9),
    (0x10D0, 0x10F0), (0x1E00, 0x1EFF), (0x2010, 0x2010), (0x2012, 0x2012), (0x2015, 0x2016),
    (0x2032, 0x2034), (0x2070, 0x2070), (0x2074, 0x2079), (0x2080, 0x2089), (0x20A0, 0x20AB),
    (0x20AD, 0x20B8), (0x2116, 0x2116), (0x2153, 0x215E), (0x2190, 0x22FF), (0x25A0, 0x25C9),
    (0x25CB, 0x2604), (0x2610, 0x2612), (0x2640, 0x2642), (0x2713, 0x2714), (0x2717, 0x2717),
)  # fmt: skip

# Written otherwise by keyboards and word processors; our font has the plain form.
SAME_AS = str.maketrans(
    {"\u202f": "\u00a0", "\u2009": " ", "\u2011": "-", "\u2028": "\n", "\u2029": "\n", "\t": " "}
)
LINE_ENDS = re.compile(r"\r\n?|\x0b|\x0c|\x85")
# A word longer than a line would run off the sheet: it may break after 30 signs.
LONG_WORD = re.compile(r"[^\s\u00a0\u200b]{45,}")
# « 6 h 45 », « 12 % », « Pourquoi ? »: the line never breaks there.
KEPT_TOGETHER = re.compile(r"(?<=\d) (?=h\b|%|€|°)|(?<=\dh) (?=\d)|(?<=\d.h) (?=\d)|(?<=«) | (?=[»:;?!])")
BREAK_HERE = "\u200b"


def printable(text: str, *, own_font_only: bool = False) -> tuple[str, bool]:
    """The text as it can be printed, and whether a sign had to be replaced."""
    plain = unicodedata.normalize("NFC", LINE_ENDS.sub("\n", text).translate(SAME_AS))
    plain = KEPT_TOGETHER.sub("\u00a0", plain)
    shown = "".join(drawn(char, own_font_only) for char in plain)
    replaced = MISSING in shown and MISSING not in plain
    shown = re.sub(f"{MISSING}+", MISSING, shown) if replaced else shown
    return LONG_WORD.sub(breakable, shown), replaced


def drawn(char: str, own_font_only: bool) -> str:
    if char == "\n" or has_glyph(char, own_font_only):
        return char
    category = unicodedata.category(char)
    if category in {"Cc", "Cf"} or 0xFE00 <= ord(char) <= 0xFE0F:
        return ""  # unseen signs; some of them turn the reading order round
    if category == "Zs":
        return " "
    simpler = unicodedata.normalize("NFKC", char)
    if simpler != char and all(has_glyph(part, own_font_only) for part in simpler):
        return simpler
    # Vowel signs of Hebrew and Arabic are left out by most writers anyway.
    return "" if category == "Mn" and 0x591 <= ord(char) <= 0x670 else MISSING


def has_glyph(char: str, own_font_only: bool) -> bool:
    ranges = OWN_FONT if own_font_only else OWN_FONT + FALLBACK_FONTS
    return char == MISSING or any(first <= ord(char) <= last for first, last in ranges)


def breakable(word: re.Match[str]) -> str:
    letters = word.group()
    return BREAK_HERE.join(letters[start : start + 30] for start in range(0, len(letters), 30))
