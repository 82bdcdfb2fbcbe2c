"""How large a picture says it is, by its first bytes alone: it is never opened.

A few kilobytes can hold a picture of a billion points, that no screen nor phone could show.
Plain Python: nothing of Django here.
"""

PNG, JPEG = b"\x89PNG\r\n\x1a\n", b"\xff\xd8"
# The frames of a JPEG; the others in that range say something else (tables, arithmetic).
FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
ALONE = frozenset({0x01, *range(0xD0, 0xD9)})


class NotAPicture(ValueError):
    """It is cut, or it is no picture."""


def picture_size(content: bytes) -> tuple[int, int]:
    """Its width and height in points, or NotAPicture when it did not come whole."""
    if content.startswith(PNG):
        return png_size(content)
    if content.startswith(JPEG):
        return jpeg_size(content)
    raise NotAPicture


def png_size(content: bytes) -> tuple[int, int]:
    if content[12:16] != b"IHDR" or b"IEND\xaeB`\x82" not in content:
        raise NotAPicture
    return sides(content[16:20], content[20:24])


def jpeg_size(content: bytes) -> tuple[int, int]:
    place = 2
    while place + 9 <= len(content) and content[place] == 0xFF:
        kind = content[place + 1]
        if kind == 0xFF:  # filling
            place += 1
        elif kind in ALONE:
            place += 2
        elif kind in FRAMES:
            # Cut pictures have their size but not their end.
            if content.rfind(b"\xff\xd9") < place:
                raise NotAPicture
            return sides(content[place + 7 : place + 9], content[place + 5 : place + 7])
        else:
            length = int.from_bytes(content[place + 2 : place + 4])
            place += 2 + max(2, length)
    raise NotAPicture


def sides(width: bytes, height: bytes) -> tuple[int, int]:
    found = int.from_bytes(width), int.from_bytes(height)
    if not all(found):
        raise NotAPicture
    return found
