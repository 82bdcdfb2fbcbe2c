"""A file that anybody sends gets its answer in a few seconds, whatever is in it."""

import os
import signal
import subprocess
import sys
import time
import zlib
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from pathlib import Path
from shutil import which

import pytest
from pyhanko.pdf_utils.crypt import StandardSecurityHandler
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.pdf_utils.writer import copy_into_new_writer

from avec.documents import kept, sandbox
from avec.documents.sandbox import Locked, Unreadable, count_pages, verify_untrusted
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


def of_pages(count, says=None):
    kids = b"".join(b"%d 0 R " % (n + 3) for n in range(count))
    tree = b"<</Type/Pages/Kids[%s]/Count %d>>" % (kids, count if says is None else says)
    leaf = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>"
    return document((1, b"<</Type/Catalog/Pages 2 0 R>>"), (2, tree), *((n + 3, leaf) for n in range(count)))


def locked_pdf(password):
    """Locked against copying; and against reading too when a password is given."""
    writer = copy_into_new_writer(PdfFileReader(BytesIO(contract())))
    writer.security_handler = StandardSecurityHandler.build_from_pw("owner", password)
    writer._encrypt = writer.add_object(writer.security_handler.as_pdf_object())
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


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


def test_without_a_process_kept_ready_the_answer_is_the_same(monkeypatch):
    pdf = sealed()
    monkeypatch.setattr(kept, "ask", lambda question, seconds: None)
    assert verify_untrusted(pdf) == verify_pdf(pdf)


def test_a_process_that_dies_proves_nothing(monkeypatch):
    pdf = sealed()
    kept.ready.stop()
    monkeypatch.setattr(kept.sys, "executable", which("false"))
    assert not verify_untrusted(pdf).intact
    kept.ready.stop()


# ── The process kept ready ──────────────────────────────────────────────────


@pytest.fixture
def answers():
    """How many of these files are intact, each asked by a thread of its own."""

    def asked(files):
        with ThreadPoolExecutor(len(files)) as pool:
            return [verdict.intact for verdict in pool.map(verify_untrusted, files)]

    return asked


def test_one_process_serves_many_threads_and_keeps_nobody(answers):
    pdf = sealed()
    assert verify_untrusted(pdf).intact
    first = kept.ready.process.pid
    assert answers([pdf, pdf + b"x"] * 6) == [True, False] * 6
    assert kept.ready.process.pid == first
    # The dead are buried: no zombie, no child left.
    assert children_of(first) == []


def children_of(pid):
    """Its children once they had a second to leave."""
    until = time.monotonic() + 1
    while time.monotonic() < until:
        left = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
        if not left:
            return []
        time.sleep(0.02)
    return left


def test_when_it_is_killed_another_one_serves(answers):
    pdf = sealed()
    assert verify_untrusted(pdf).intact
    first = kept.ready.process
    os.kill(first.pid, signal.SIGKILL)
    assert answers([pdf] * 3) == [True] * 3  # started anew, if it was still dying
    assert verify_untrusted(pdf).intact
    assert kept.ready.process.pid != first.pid
    assert first.returncode == -signal.SIGKILL  # buried, not a zombie


def test_a_file_that_is_stopped_leaves_the_others_alone(answers):
    assert answers([sealed(), endless_form(), sealed()]) == [True, False, True]


def test_it_goes_when_its_owner_goes():
    """Even killed: the line that it listens to is closed by the system."""
    words = (
        "from avec.documents import kept; import time; kept.ready.start();"
        "print(kept.ready.process.pid, flush=True); time.sleep(60)"
    )
    owner = subprocess.Popen(  # noqa: S603 (our own words)
        [sys.executable, "-c", words], stdout=subprocess.PIPE, cwd=kept.HERE
    )
    pid = int(owner.stdout.readline())
    owner.kill()
    owner.wait()
    owner.stdout.close()
    until = time.monotonic() + 10
    while Path(f"/proc/{pid}").exists() and "Z" not in Path(f"/proc/{pid}/stat").read_text().split()[2]:
        assert time.monotonic() < until
        time.sleep(0.05)


def test_it_serves_after_the_owner_forked():
    """As a server that loads the application, then divides."""
    pdf = sealed()
    assert verify_untrusted(pdf).intact
    child = os.fork()
    if child == 0:
        os._exit(0 if verify_untrusted(pdf).intact else 1)
    assert os.waitpid(child, 0)[1] == 0
    assert verify_untrusted(pdf).intact


# ── Pages ───────────────────────────────────────────────────────────────────


def test_the_pages_are_counted_whatever_the_file_says():
    assert count_pages(of_pages(3)) == 3
    assert count_pages(of_pages(300)) == 300
    assert count_pages(of_pages(5, says=2)) == 5
    assert count_pages(locked_pdf("")) > 1


@pytest.mark.parametrize(
    ("make", "error"),
    [
        (lambda: locked_pdf("secret"), Locked),
        (lambda: of_pages(0), Unreadable),
        (lambda: of_pages(3)[:-40], Unreadable),
        (lambda: b"%PDF-1.7\n" + b"[" * 100_000, Unreadable),
        (lambda: of_pages(1).replace(b"[3 0 R ]", b"[2 0 R ]"), Unreadable),
        (bomb, Unreadable),
    ],
)
def test_a_file_whose_pages_cannot_be_counted_is_told_apart(make, error):
    with pytest.raises(error):
        count_pages(make())
