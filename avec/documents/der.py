"""Whether bytes are written in the one way that DER allows (ITU-T X.690, 10 and 11).

The same values can be written otherwise, and a reader would not mind: here no other way passes.
Plain Python: nothing of Django here.
"""

BOOLEAN, INTEGER, BIT_STRING, NULL, OBJECT, ENUMERATED, SEQUENCE, SET = (
    0x01,
    0x02,
    0x03,
    0x05,
    0x06,
    0x0A,
    0x30,
    0x31,
)
CONSTRUCTED, UNIVERSAL_ABOVE = 0x20, 0x40


def is_der(data: bytes) -> bool:
    """One value from end to end, and each value in it."""
    waiting, alone = [data], True
    while waiting:
        content = waiting.pop()
        parts = split(content)
        if parts is None or (alone and len(parts) != 1):
            return False
        alone = False
        for tag, inside in parts:
            if tag & CONSTRUCTED:
                if tag < UNIVERSAL_ABOVE and tag not in {SEQUENCE, SET}:
                    return False
                waiting.append(inside)
            elif not fits(tag, inside):
                return False
    return True


def split(data: bytes) -> list[tuple[int, bytes]] | None:
    """The values written one after the other, or None when one is not written as it must."""
    parts, place = [], 0
    while place < len(data):
        # Neither a tag in several bytes, nor zeros that fill a place.
        if place + 2 > len(data) or data[place] & 0x1F == 0x1F or data[place] == 0:
            return None
        tag, length, place = data[place], data[place + 1], place + 2
        if length >= 0x80:
            digits = data[place : place + (length & 0x7F)]
            length, place = int.from_bytes(digits), place + len(digits)
            if length < 0x80 or digits[0] == 0:
                return None
        if place + length > len(data):
            return None
        parts.append((tag, data[place : place + length]))
        place += length
    return parts


def fits(tag: int, content: bytes) -> bool:
    """A plain value in its shortest writing."""
    if tag == BOOLEAN:
        return content in {b"\x00", b"\xff"}
    if tag == NULL:
        return not content
    if tag in {INTEGER, ENUMERATED}:
        # Where the first nine bits are all the same, one byte fewer would do.
        longer = len(content) > 1 and content[0] in {0x00, 0xFF} and content[0] >> 7 == content[1] >> 7
        return bool(content) and not longer
    if tag == BIT_STRING:
        return len(content) > 1 and content[0] == 0  # whole bytes: keys and signatures
    if tag == OBJECT:
        before = [0, *content]
        padded = any(byte == 0x80 and last < 0x80 for last, byte in zip(before, content, strict=False))
        return bool(content) and content[-1] < 0x80 and not padded
    return True
