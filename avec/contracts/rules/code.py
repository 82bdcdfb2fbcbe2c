"""The short code printed at the foot of each sheet: by it, a paper that comes back is known for its version.

The first digits of the fingerprint, in two groups: short enough to be typed, too long to be met by chance
among the versions of one person.
"""

GROUP = 4
# What an eye takes for a digit. There is no O, I nor L in a code.
LOOKALIKES = str.maketrans({"O": "0", "I": "1", "L": "1"})


def short_code(fingerprint: str) -> str:
    """« 3F2A-91C0 »"""
    digits = fingerprint[: 2 * GROUP].upper()
    return f"{digits[:GROUP]}-{digits[GROUP:]}"


def plain_code(typed: str) -> str:
    """What was typed, without what does not count: case, spaces, hyphens, letters taken for digits."""
    return "".join(sign for sign in typed.upper() if sign.isalnum()).translate(LOOKALIKES)


def same_code(typed: str, fingerprint: str) -> bool:
    return plain_code(typed) == plain_code(short_code(fingerprint))
