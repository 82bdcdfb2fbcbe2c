"""What a file is, by its bytes alone: its name and what the browser says of it are not believed.

Plain Python: nothing of Django here. The sounds are in sounds.py.
"""

import re
from pathlib import PurePath

import puremagic

FIRST_BYTES = {
    "application/pdf": b"%PDF-",
    "image/png": b"\x89PNG\r\n\x1a\n",
    "image/jpeg": b"\xff\xd8\xff",
}
TEXT = "text/plain"
DOCUMENTS = frozenset({*FIRST_BYTES, TEXT})
SOUNDS = frozenset({"audio/webm", "audio/ogg", "audio/mp4", "audio/mpeg", "audio/wav"})
ENDINGS = {
    "application/pdf": ".pdf",
    "image/png": ".png",
    "image/jpeg": ".jpg",
    "text/plain": ".txt",
    "audio/webm": ".weba",
    "audio/ogg": ".ogg",
    "audio/mp4": ".m4a",
    "audio/mpeg": ".mp3",
    "audio/wav": ".wav",
}
# What begins a page or a drawing that could run something, whatever it is called.
MARKUP = (b"<", b"#!")
CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f]")


def document_kind(content: bytes, name: str = "") -> str:
    """The kind of a document among ours, or "" for anything else.

    Words are taken as a document only from a name that says so: a page of a website is made of words too.
    """
    for kind, first in FIRST_BYTES.items():
        if content.startswith(first):
            return kind
    return TEXT if PurePath(name).suffix.lower() in {"", ".txt"} and is_plain_text(content) else ""


def is_plain_text(content: bytes) -> bool:
    try:
        words = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return False
    if words.lstrip().encode()[:2].startswith(MARKUP):
        return False
    return bool(words.strip()) and not CONTROL.search(words)


# The words for what was chosen instead, from the most telling start of a kind's name.
SEEMS = (
    (
        "program",
        (
            "application/vnd.microsoft.portable-executable",
            "application/x-dosexec",
            "application/x-msdownload",
        ),
    ),
    ("program", ("application/x-elf", "application/x-sharedlib", "application/x-executable")),
    ("drawing", ("image/svg",)),
    ("page", ("text/html", "application/xhtml", "text/xml", "application/xml")),
    (
        "archive",
        ("application/zip", "application/x-zip", "application/gzip", "application/x-7z", "application/x-rar"),
    ),
    (
        "archive",
        (
            "application/vnd.openxmlformats",
            "application/vnd.oasis",
            "application/msword",
            "application/vnd.ms-",
        ),
    ),
    ("pdf", ("application/pdf",)),
    ("image", ("image/",)),
    ("video", ("video/",)),
    ("sound", ("audio/", "application/ogg")),
)


def seems(content: bytes) -> str:
    """In one word, what the file seems to be, to say so to whoever chose it; "" when nothing is sure."""
    head = content[:4096]
    if head.startswith((b"MZ", b"\x7fELF", b"#!", b"\xca\xfe\xba\xbe", b"\xcf\xfa\xed\xfe")):
        return "program"
    if head.startswith(b"PK\x03\x04"):
        return "archive"
    try:
        found = [match.mime_type for match in puremagic.magic_string(head) if match.mime_type]
    except (puremagic.PureError, ValueError):
        return ""
    return next((word for word, starts in SEEMS for kind in found[:1] if kind.startswith(starts)), "")
