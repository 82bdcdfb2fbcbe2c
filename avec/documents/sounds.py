"""What a sound is, read from its bytes: the kinds a browser records or a phone keeps, and how long they last.

Only the structure is read, never the sound itself. A film is not a sound, whatever its
name; what stops in the middle is broken. Plain Python: nothing of Django here.
"""

from collections.abc import Iterator
from dataclasses import dataclass

# Enough for ten minutes in blocks of a few milliseconds; more is not a recording.
MOST_PARTS = 300_000


@dataclass(frozen=True)
class Sound:
    content_type: str
    seconds: float | None


class NotASound(ValueError):
    """Why, in one word: "unknown", "video" or "broken"."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


def sound_of(content: bytes) -> Sound:
    """The kind and the length of a sound, or NotASound."""
    try:
        if content.startswith(b"\x1aE\xdf\xa3"):
            return webm(content)
        if content.startswith(b"OggS"):
            return ogg(content)
        if content[4:8] == b"ftyp":
            return mp4(content)
        if content.startswith(b"RIFF") and content[8:12] == b"WAVE":
            return wav(content)
        return mpeg(content)
    except (IndexError, OverflowError):  # the structure leads past the end
        raise NotASound("broken") from None


def number(content: bytes, start: int, size: int, order: str = "big") -> int:
    part = content[start : start + size]
    if len(part) < size:
        raise NotASound("broken")
    return int.from_bytes(part, "little" if order == "little" else "big")


# WebM (Matroska): elements inside elements. A recorder writes some of them with an unknown size.

SEGMENT, CLUSTER, TRACKS, TRACK, INFO = 0x18538067, 0x1F43B675, 0x1654AE6B, 0xAE, 0x1549A966
HEADER, DOC_TYPE, TRACK_TYPE, CODEC = 0x1A45DFA3, 0x4282, 0x83, 0x86
SCALE, CLUSTER_TIME, SIMPLE_BLOCK, BLOCK_GROUP, BLOCK = 0x2AD7B1, 0xE7, 0xA3, 0xA0, 0xA1
OPENED = frozenset({HEADER, SEGMENT, CLUSTER, TRACKS, TRACK, INFO, BLOCK_GROUP})
VIDEO_TRACK, SOUND_TRACK = 1, 2


def elements(content: bytes) -> Iterator[tuple[int, int, int]]:
    """Each element as (name, start, end), those that hold others opened."""
    at = 0
    for _ in range(MOST_PARTS):
        if at >= len(content):
            return
        name, at = variable(content, at, keep_mark=True)
        size, start = variable(content, at)
        if name in OPENED:
            at = start
            continue
        if size is None or start + size > len(content):
            raise NotASound("broken")
        at = start + size
        yield name or 0, start, at
    raise NotASound("broken")


def variable(content: bytes, at: int, keep_mark: bool = False) -> tuple[int | None, int]:
    """A number whose first bits say its length; None when it says « unknown »."""
    first = content[at]
    length = 9 - first.bit_length()
    if length > 8 or (keep_mark and length > 4):
        raise NotASound("broken")
    value = number(content, at, length)
    if keep_mark:
        return value, at + length
    value &= (1 << 7 * length) - 1
    return (None if value == (1 << 7 * length) - 1 else value), at + length


def webm(content: bytes) -> Sound:
    kinds: set[int] = set()
    codecs: set[bytes] = set()
    doc_type, scale, cluster, last, blocks = b"", 1_000_000, 0, 0, 0
    for name, start, end in elements(content):
        if name == DOC_TYPE:
            doc_type = content[start:end].rstrip(b"\0")
        elif name == TRACK_TYPE:
            kinds.add(number(content, start, end - start))
        elif name == CODEC:
            codecs.add(content[start:end].rstrip(b"\0"))
        elif name == SCALE:
            scale = number(content, start, end - start)
        elif name == CLUSTER_TIME:
            cluster = number(content, start, end - start)
        elif name in {SIMPLE_BLOCK, BLOCK}:
            blocks += 1
            _, after = variable(content, start)
            offset = number(content, after, 2)
            last = max(last, cluster + (offset - 0x10000 if offset & 0x8000 else offset))
    if VIDEO_TRACK in kinds or any(codec.startswith(b"V_") for codec in codecs):
        raise NotASound("video")
    if doc_type not in {b"webm", b"matroska"} or SOUND_TRACK not in kinds:
        raise NotASound("unknown")
    if not blocks:
        raise NotASound("broken")
    return Sound("audio/webm", last * scale / 1e9)


# Ogg: pages; the first page of each stream names its codec, and all of them come first.

OGG_FILM = (b"\x80theora", b"fishead", b"BBCD", b"\x01video", b"OVP80")
OGG_RATE = {b"OpusHead": 48_000, b"\x01vorbis": 0, b"Speex   ": 0, b"\x7fFLAC": 0}


def ogg(content: bytes) -> Sound:
    at, rate, known, last, pages = 0, 0, False, 0, 0
    while at < len(content):
        if content[at : at + 4] != b"OggS" or pages > MOST_PARTS:
            raise NotASound("broken")
        segments = content[at + 26]
        start = at + 27 + segments
        end = start + sum(content[at + 27 : start])
        if end > len(content):
            raise NotASound("broken")
        if content[at + 5] & 2:  # the first page of a stream
            body = content[start:end]
            if body.startswith(OGG_FILM):
                raise NotASound("video")
            if codec := next((codec for codec in OGG_RATE if body.startswith(codec)), None):
                known, rate = True, OGG_RATE[codec] or ogg_rate(body)
        position = number(content, at + 6, 8, "little")
        if position < 1 << 63:
            last = max(last, position)
        at, pages = end, pages + 1
    if not known:
        raise NotASound("unknown")
    if pages < 2:
        raise NotASound("broken")
    return Sound("audio/ogg", last / rate if rate else None)


def ogg_rate(body: bytes) -> int:
    if body.startswith(b"\x01vorbis"):
        return number(body, 12, 4, "little")
    if body.startswith(b"Speex"):
        return number(body, 36, 4, "little")
    return 0


# MP4, M4A: boxes inside boxes; each track says whether it is heard or seen.

INSIDE = {b"moov", b"trak", b"mdia", b"moof", b"traf"}


def boxes(content: bytes, at: int, end: int) -> Iterator[tuple[bytes, int, int]]:
    """Each box as (name, start, end), those that hold others opened."""
    while at < end:
        size, name, start = number(content, at, 4), content[at + 4 : at + 8], at + 8
        if size == 1:
            size, start = number(content, at + 8, 8), at + 16
        elif size == 0:  # up to the end of the file
            size = end - at
        if size < start - at or at + size > end:
            raise NotASound("broken")
        yield name, start, at + size
        if name in INSIDE:
            yield from boxes(content, start, at + size)
        at += size


def mp4(content: bytes) -> Sound:
    kinds: set[bytes] = set()
    heard, scale, seconds, reached = 0, 0, 0.0, 0
    for name, start, end in boxes(content, 0, len(content)):
        if name == b"hdlr":
            kinds.add(content[start + 8 : start + 12])
        elif name == b"mdat":
            heard += end - start
        elif name == b"mvhd":
            scale_here, length = mp4_length(content, start)
            seconds = length / scale_here if scale_here else 0.0
        elif name == b"mdhd":
            scale = mp4_length(content, start)[0]
        elif name == b"tfdt":  # a recording made piece by piece: where this piece begins
            reached = max(reached, number(content, start + 4, 8 if content[start] == 1 else 4))
    if kinds & {b"vide", b"auxv", b"pict"}:
        raise NotASound("video")
    if b"soun" not in kinds:
        raise NotASound("unknown")
    if not heard:
        raise NotASound("broken")
    pieces = reached / scale if scale else 0.0
    return Sound("audio/mp4", max(seconds, pieces) or None)


def mp4_length(content: bytes, start: int) -> tuple[int, int]:
    """The units in a second and how many of them, from a header in either of its two forms."""
    if content[start] == 1:
        return number(content, start + 20, 4), number(content, start + 24, 8)
    return number(content, start + 12, 4), number(content, start + 16, 4)


# WAV: chunks one after the other.


def wav(content: bytes) -> Sound:
    at, per_second, heard = 12, 0, 0
    while at + 8 <= len(content):
        name, size = content[at : at + 4], number(content, at + 4, 4, "little")
        if name == b"data":
            # Some recorders write the size last, or never: what is there counts.
            heard += min(size, len(content) - at - 8)
        elif at + 8 + size > len(content):
            raise NotASound("broken")
        elif name == b"fmt ":
            per_second = number(content, at + 16, 4, "little")
        at += 8 + size + size % 2
    if not per_second or not heard:
        raise NotASound("broken")
    return Sound("audio/wav", heard / per_second)


# MP3: a tag perhaps, then frames, each of which gives its own length.

RATES = {3: (44_100, 48_000, 32_000), 2: (22_050, 24_000, 16_000), 0: (11_025, 12_000, 8_000)}
BITS_1 = (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320)
BITS_2 = (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160)
FEWEST_FRAMES = 3


def mpeg(content: bytes) -> Sound:
    at = after_tag(content)
    frames, seconds, begun = 0, 0.0, at
    while (frame := mp3_frame(content, at)) is not None:
        size, lasts = frame
        at, seconds, frames = at + size, seconds + lasts, frames + 1
    sounds = min(at, len(content)) - begun
    if frames < FEWEST_FRAMES or sounds < (len(content) - begun) * 0.9:
        raise NotASound("broken" if content.startswith(b"ID3") else "unknown")
    return Sound("audio/mpeg", seconds)


def after_tag(content: bytes) -> int:
    """Where the frames begin: an ID3 tag gives its size in seven-bit bytes; some leave zeros behind it."""
    if not content.startswith(b"ID3"):
        return 0
    size = 0
    for byte in content[6:10]:
        size = size << 7 | (byte & 0x7F)
    at = 10 + size + (10 if content[5] & 0x10 else 0)
    return len(content) - len(content[at:].lstrip(b"\0"))


def mp3_frame(content: bytes, at: int) -> tuple[int, float] | None:
    """The size and the length of a frame (layer III), or None where there is none."""
    head = content[at : at + 4]
    if len(head) < 4 or head[0] != 0xFF or head[1] & 0xE0 != 0xE0 or head[1] >> 1 & 3 != 1:
        return None
    version, bits, rate = head[1] >> 3 & 3, head[2] >> 4, head[2] >> 2 & 3
    if version == 1 or bits in {0, 15} or rate == 3:
        return None
    per_second = RATES[version][rate]
    samples, table = (1152, BITS_1) if version == 3 else (576, BITS_2)
    size = samples // 8 * table[bits] * 1000 // per_second + (head[2] >> 1 & 1)
    return size, samples / per_second
