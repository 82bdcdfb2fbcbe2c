"""What goes into a cell of a sheet that somebody opens with a spreadsheet."""

import re

# A cell that begins so is read as a formula, and may run something (CSV injection).
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
# Neither text nor anything else in the XML that a workbook is made of.
UNFIT = re.compile("[\ud800-\udfff\ufffe\uffff]")
LONGEST = 32_000  # a cell holds 32,767 characters


def neutral(text: str) -> str:
    """The same words, which a spreadsheet shows and never computes; without what a sheet refuses to hold."""
    kept = "".join(c for c in text if c in "\t\n" or (ord(c) >= 32 and not UNFIT.match(c)))
    kept = kept[:LONGEST]
    return "'" + kept if kept.lstrip(" \u00a0").startswith(FORMULA) else kept
