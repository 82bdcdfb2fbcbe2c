"""Sounds made by hand, as small as their kind allows."""

import struct


def element(name: str, body: bytes, unknown: bool = False) -> bytes:
    size = b"\x01" + b"\xff" * 7 if unknown else (0x1000_0000 | len(body)).to_bytes(4, "big")
    return bytes.fromhex(name) + size + body


def webm(seconds: float = 2, kinds: tuple[int, ...] = (2,), doc_type: bytes = b"webm") -> bytes:
    """As a browser records: sizes unknown, a block every 60 ms, one cluster a second."""
    tracks = b"".join(
        element("ae", element("83", bytes([kind])) + element("86", b"A_OPUS" if kind == 2 else b"V_VP9"))
        for kind in kinds
    )
    clusters = b"".join(
        element(
            "1f43b675",
            element("e7", start.to_bytes(4, "big"))
            + b"".join(
                element("a3", b"\x81" + struct.pack(">h", at) + b"\x80sound") for at in range(0, 1000, 60)
            ),
            unknown=True,
        )
        for start in range(0, int(seconds * 1000), 1000)
    )
    info = element("1549a966", element("2ad7b1", (1_000_000).to_bytes(3, "big")))
    inside = info + element("1654ae6b", tracks) + clusters
    return element("1a45dfa3", element("4282", doc_type)) + element("18538067", inside, unknown=True)


def ogg(seconds: float = 2, first: bytes = b"OpusHead\x01\x01") -> bytes:
    def page(kind: int, position: int, body: bytes) -> bytes:
        head = b"OggS\0" + bytes([kind]) + struct.pack("<qIII", position, 7, 0, 0)
        return head + bytes([1, len(body)]) + body

    return page(2, 0, first) + page(4, int(seconds * 48_000), b"sound" * 20)


def box(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", 8 + len(body)) + name + body


def mp4(seconds: float = 2, kinds: tuple[bytes, ...] = (b"soun",)) -> bytes:
    length = struct.pack(">IIIII", 0, 0, 0, 1000, int(seconds * 1000))
    tracks = b"".join(
        box(b"trak", box(b"mdia", box(b"mdhd", length) + box(b"hdlr", bytes(8) + kind + bytes(13))))
        for kind in kinds
    )
    return (
        box(b"ftyp", b"M4A \0\0\0\0")
        + box(b"moov", box(b"mvhd", length) + tracks)
        + box(b"mdat", b"sound" * 9)
    )


def wav(seconds: float = 2) -> bytes:
    data = bytes(int(8000 * seconds))
    fmt = b"fmt " + struct.pack("<IHHIIHH", 16, 1, 1, 8000, 8000, 1, 8)
    body = b"WAVE" + fmt + b"data" + struct.pack("<I", len(data)) + data
    return b"RIFF" + struct.pack("<I", len(body)) + body


def mp3(seconds: float = 2, tag: bytes = b"") -> bytes:
    """Frames of 417 bytes, 26 ms each (128 kbit/s, 44.1 kHz)."""
    head = b"ID3\x04\0\0" + bytes([0, 0, 0, len(tag)]) + tag if tag else b""
    return head + (b"\xff\xfb\x90\x00" + bytes(413)) * round(seconds * 44_100 / 1152)


EACH = {"audio/webm": webm, "audio/ogg": ogg, "audio/mp4": mp4, "audio/wav": wav, "audio/mpeg": mp3}
EXE = (
    b"MZ\x90\x00\x03\x00\x00\x00"
    + bytes(52)
    + b"\x80\0\0\0"
    + b"This program cannot be run in DOS mode." * 20
)
ZIP = b"PK\x03\x04\x14\0\0\0\x08\0" + bytes(60)
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
HTML = b"<!DOCTYPE html><html><script>alert(1)</script></html>"
