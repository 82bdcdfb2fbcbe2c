"""A file that anybody sends gets its answer in a few seconds, whatever is in it."""

import time
import zlib
from shutil import which

import pytest

from avec.documents import sandbox
from avec.documents.sandbox import verify_untrusted
from avec.documents.seal import verify_pdf
from avec.documents.tests.test_seal import contract, sealed


def document(*objects):
    """A PDF made by hand: (number, content)."""
    out, places = b"%PDF-1.7\n%/ByteRange\n", {}
    for number, content in objects:
        places[number] = len(out)
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % places[n] for n in range(1, len(objects) + 1))
    size = len(objects) + 1
    return (
        out
        + b"xref\n0 %d\n0000000000 65535 f \n%strailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n"
        % (
            size,
            table,
            size,
            len(out),
        )
    )


def endless_form():
    """Ten fields that each hold ten fields that each hold ten fields…: more than a life of reading."""
    root = b"<</Type/Catalog/Pages 2 0 R/AcroForm<</Fields[%s]>>>>" % (b"3 0 R " * 10)
    fields = [(n, b"<</T(a)/Kids[%s]>>" % (b"%d 0 R " % (n + 1) * 10)) for n in range(3, 15)]
    return document((1, root), (2, b"<</Type/Pages/Kids[]/Count 0>>"), *fields, (15, b"<</T(z)/FT/Sig>>"))


def bomb():
    """Small on the wire, two gigabytes once opened."""
    packed = zlib.compressobj(9)
    body = b"".join(packed.compress(bytes(2**24)) for _ in range(128)) + packed.flush()
    return (
        b"%PDF-1.7\n1 0 obj\n<</Type/XRef/Size 9/W[1 2 1]/Root 2 0 R/Filter/FlateDecode/Length "
        + b"%d>>\nstream\n%s\nendstream\nendobj\n%%/ByteRange\nstartxref\n9\n%%%%EOF" % (len(body), body)
    )


@pytest.mark.parametrize("make", [endless_form, bomb])
def test_a_hostile_file_is_answered_in_time(make):
    pdf = make()
    started = time.monotonic()
    verdict = verify_untrusted(pdf)
    assert time.monotonic() - started < sandbox.AT_MOST + 1
    assert not verdict.intact
    assert verdict.reason


def test_the_verdict_is_the_same_as_without_limits():
    pdf = sealed()
    assert verify_untrusted(pdf) == verify_pdf(pdf)
    assert verify_untrusted(pdf).trusted_here
    for other in (b"", contract(), pdf[:-10], pdf + b"x"):
        assert not verify_untrusted(other).intact
        assert verify_untrusted(other).reason == verify_pdf(other).reason


def test_a_process_that_dies_proves_nothing(monkeypatch):
    pdf = sealed()
    monkeypatch.setattr(sandbox.sys, "executable", which("false"))
    assert not verify_untrusted(pdf).intact
