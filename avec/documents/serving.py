"""How a kept file goes out: never run by the browser, and piece by piece for a player that asks for it.

Who may read it is decided, and journaled, by the view that calls: a player asks for the
same sound several times, and `is_first_part` says which of them is a new reading.
"""

import re

from django.db.models import BinaryField, F, Func, Value
from django.http import HttpRequest, HttpResponse
from django.utils.http import content_disposition_header

from avec.documents.kinds import ENDINGS, SOUNDS, TEXT
from avec.documents.models import FileContent, StoredFile

RANGE = re.compile(r"^bytes=(\d{0,12})-(\d{0,12})$")
# Shown within the page only where nothing in it can run.
SHOWN = SOUNDS | {"image/png", "image/jpeg"}


def file_response(
    request: HttpRequest, file: StoredFile, *, inline: bool = False, title: str = ""
) -> HttpResponse:
    """The file, or the part of it that was asked for (206). `inline`: a sound or an image, within the page."""
    part = asked_part(request, file)
    if part == (0, 0):
        answer = HttpResponse(status=416)
        answer.headers["Content-Range"] = f"bytes */{file.size}"
        return answer
    start, end = part or (0, file.size)
    answer = HttpResponse(bytes_of(file, start, end), content_type=type_of(file))
    if part is not None:
        answer.status_code = 206
        answer.headers["Content-Range"] = f"bytes {start}-{end - 1}/{file.size}"
    answer.headers["Content-Disposition"] = (
        content_disposition_header(not (inline and file.content_type in SHOWN), file_name(file, title))
        or "attachment"
    )
    answer.headers["Accept-Ranges"] = "bytes"
    answer.headers["ETag"] = f'"{file.sha256}"'
    answer.headers["X-Content-Type-Options"] = "nosniff"
    # Even opened by mistake, a received file runs nothing and is read by no other site.
    answer.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    answer.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


def pdf_response(content: bytes, name: str, *, inline: bool = False) -> HttpResponse:
    """A sheet made for whoever asked, under this name. `inline`: read in the browser, and kept if they wish."""
    answer = HttpResponse(content, content_type="application/pdf")
    answer.headers["Content-Disposition"] = (
        content_disposition_header(not inline, f"{name}.pdf") or "attachment"
    )
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


def is_first_part(request: HttpRequest) -> bool:
    """Does this request begin a reading? The following parts of a sound belong to the same one."""
    wanted = RANGE.match(request.headers.get("Range", ""))
    return wanted is None or not wanted[1] or int(wanted[1]) == 0


def asked_part(request: HttpRequest, file: StoredFile) -> tuple[int, int] | None:
    """Where the wanted part starts and ends; None for the whole, (0, 0) when there is no such part."""
    wanted = RANGE.match(request.headers.get("Range", ""))
    if wanted is None or not (wanted[1] or wanted[2]):
        return None
    if request.headers.get("If-Range", f'"{file.sha256}"') != f'"{file.sha256}"':
        return None
    if not wanted[1]:
        start, end = max(file.size - int(wanted[2]), 0), file.size
    else:
        start = int(wanted[1])
        end = min(int(wanted[2]) + 1, file.size) if wanted[2] else file.size
    return (start, end) if start < end else (0, 0)


def bytes_of(file: StoredFile, start: int, end: int) -> bytes:
    """The database cuts: the rest is not read."""
    if (start, end) == (0, file.size):
        return bytes(FileContent.objects.get(pk=file.pk).data)
    cut = Func(F("data"), Value(start + 1), Value(end - start), function="SUBSTR", output_field=BinaryField())
    return bytes(FileContent.objects.annotate(part=cut).values_list("part", flat=True).get(pk=file.pk))


def type_of(file: StoredFile) -> str:
    if file.content_type == TEXT:
        return "text/plain; charset=utf-8"
    return file.content_type if file.content_type in ENDINGS else "application/octet-stream"


def file_name(file: StoredFile, title: str = "") -> str:
    """The title as a file name, with the ending of its kind."""
    plain = "".join(sign if sign.isalnum() or sign in " -_.’'" else "-" for sign in title or file.title)
    name = plain.strip(" .")[:120] or "document"
    ending = ENDINGS.get(file.content_type, "")
    return name if name.lower().endswith(ending) else name + ending
