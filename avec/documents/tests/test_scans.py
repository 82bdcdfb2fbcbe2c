"""The scan of a signed paper is taken when it is one, and refused with what to do."""

import contextlib
import struct
import zlib

import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile

from avec.documents.forms import ScanField
from avec.documents.judging import FileRefused
from avec.documents.pictures import NotAPicture, picture_size
from avec.documents.scans import Scan, scan
from avec.documents.tests import recordings as made
from avec.documents.tests.test_sandbox import locked_pdf, of_pages


def png(width=800, height=600):
    def chunk(kind, body):
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(b"x"))
        + chunk(b"IEND", b"")
    )


def jpeg(width=800, height=600, frame=0xC2):
    exif = b"\xff\xe1" + struct.pack(">H", 8) + b"Exif\0\0"
    size = b"\xff" + bytes([frame]) + struct.pack(">HBHHB", 11, 8, height, width, 1) + b"\1\x11\0"
    return b"\xff\xd8" + exif + b"\xff" + size + b"\xff\xda\0\2rest\xff\xd9after"


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (of_pages(1), Scan("application/pdf", 1)),
        (of_pages(40), Scan("application/pdf", 40)),
        (png(), Scan("image/png", 1)),
        (jpeg(), Scan("image/jpeg", 1)),
        (jpeg(12_000, 9_000), Scan("image/jpeg", 1)),
    ],
    ids=["one page", "forty", "png", "jpeg", "phone"],
)
def test_a_scan_is_taken_with_its_pages(content, found):
    assert scan(content, "contrat signé.pdf") == found


def test_a_lock_against_copying_only_lets_it_be_read():
    assert scan(locked_pdf("")).pages > 1


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (
            locked_pdf("secret"),
            "Ce PDF est protégé par un mot de passe. "
            "Enregistrez-le sans mot de passe, puis choisissez-le de nouveau.",
        ),
        (
            of_pages(300),
            "Ce document a 300 pages. Un contrat signé en a moins de 40\u00a0: choisissez seulement ses pages.",
        ),
        (
            of_pages(3)[:-60],
            "Ce PDF est abîmé, ou n’est pas arrivé en entier. Numérisez de nouveau le papier.",
        ),
        (png(100_000, 100_000), "Cette image est trop grande\u00a0: 100000 × 100000 points. "),
        (jpeg(65_000, 10), "Cette image est trop grande\u00a0: 65000 × 10 points. "),
        (png()[:-6], "Cette image est abîmée"),
        (jpeg()[:20], "Cette image est abîmée"),
        (jpeg()[:-8], "Cette image est abîmée"),
        (png(0, 5), "Cette image est abîmée"),
        (b"bonjour", "Ce fichier est un texte. Choisissez un PDF ou une image (PNG ou JPEG)."),
        (made.ZIP, "est une archive ou un document de bureau. Choisissez un PDF ou une image"),
        (made.EXE, "est un programme"),
        (b"", "est vide"),
        (b"%PDF-" + b"0" * 26_300_000, "trop lourd\u00a0: il pèse 26"),
    ],
)
def test_what_is_no_scan_is_refused_with_what_to_do(content, words):
    with pytest.raises(FileRefused) as refusal:
        scan(content, "contrat.txt")
    assert words in str(refusal.value)


def test_whatever_the_bytes_a_size_or_nothing():
    whole = jpeg()
    for cut in range(len(whole)):
        with contextlib.suppress(NotAPicture):
            assert picture_size(whole[:cut]) == (800, 600)


class AForm(forms.Form):
    paper = ScanField()


def test_the_field_gives_the_pages():
    form = AForm({}, {"paper": SimpleUploadedFile("contrat_signé.pdf", of_pages(3))})
    assert form.is_valid(), form.errors
    received = form.cleaned_data["paper"]
    assert (received.title, received.content_type, received.pages) == ("contrat signé", "application/pdf", 3)
    assert ".txt" not in str(form["paper"])


def test_the_field_says_why_it_does_not_take_it():
    form = AForm({}, {"paper": SimpleUploadedFile("contrat.pdf", of_pages(300))})
    assert "300 pages" in form.errors["paper"][0]
    assert "Choisissez un fichier" in AForm({}, {}).errors["paper"][0]
