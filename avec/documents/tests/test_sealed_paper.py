"""A sealed and stamped contract is still what it was set in type to be, and others judge it as we do."""

import subprocess
from functools import cache
from io import BytesIO
from shutil import which

import pytest
from asn1crypto import x509 as asn1_x509
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.fields import MDPPerm
from pyhanko.sign.validation import read_certification_data, validate_pdf_signature, validate_pdf_timestamp
from pyhanko_certvalidator import ValidationContext

from avec.documents.certificate import sealing_certificate
from avec.documents.pdf import contract_pdf
from avec.documents.seal import verify_pdf
from avec.documents.stamp import stamp_pdf
from avec.documents.tests import timeserver
from avec.documents.tests.factories import contract_sheet
from avec.documents.tests.test_pdf import fonts_of, pages_of, tags_of
from avec.documents.tests.test_seal import sealed


@cache
def printed(reading):
    return contract_pdf(contract_sheet(reading))


@pytest.fixture(params=["full", "easy"])
def before(request):
    return printed(request.param)


@pytest.fixture(params=["sealed", "stamped"])
def after(request, before, settings):
    if request.param == "sealed":
        return sealed(before)
    with timeserver.answering() as (settings.AVEC_TSA_URL, _told):
        return stamp_pdf(sealed(before))


def read(pdf):
    return PdfFileReader(BytesIO(pdf))


def test_it_is_the_printed_file_with_something_after(before, after):
    assert after.startswith(before)
    assert len(after) - len(before) < 60_000


def test_it_still_claims_pdf_a_3a_and_pdf_ua(before, after):
    metadata = read(after).root["/Metadata"].data
    assert metadata == read(before).root["/Metadata"].data
    for claim in (
        b"<pdfaid:part>3</pdfaid:part>",
        b"<pdfaid:conformance>A</pdfaid:conformance>",
        b"<pdfuaid:part>1</pdfuaid:part>",
    ):
        assert claim in metadata
    assert "/OutputIntents" in read(after).root


def test_it_keeps_its_language_its_tags_and_its_fonts(before, after):
    then, now = read(before), read(after)
    assert str(now.root["/Lang"]).startswith("fr")
    assert now.root["/MarkInfo"]["/Marked"]
    assert now.root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert tags_of(now) == tags_of(then)
    assert len(pages_of(now)) == len(pages_of(then))
    fonts = [font for page in pages_of(now) for font in fonts_of(page)]
    assert fonts
    assert all("/FontFile2" in font or "/FontFile3" in font for font in fonts)


def test_nothing_is_shown_that_no_tag_tells(after):
    """The fields lie outside the page, are named for who lists them, and are printed as PDF/A asks."""
    fields = [field.get_object() for field in read(after).root["/AcroForm"]["/Fields"]]
    assert len(fields) == len(read(after).embedded_signatures)
    for field in fields:
        assert field["/TU"]
        assert [float(edge) for edge in field["/Rect"]] == [-9999] * 4
        assert int(field["/F"]) & 4
        assert not int(field["/F"]) & (2 | 32)
    assert "/NeedAppearances" not in read(after).root["/AcroForm"]


def test_it_says_that_nobody_may_change_it(after):
    assert read_certification_data(read(after)).permission == MDPPerm.NO_CHANGES


def test_the_library_alone_judges_it_as_we_do(after):
    """Trusting the two authorities, and nothing of ours."""
    assert verify_pdf(after).intact
    seal, *stamps = read(after).embedded_signatures
    trust = [asn1_x509.Certificate.load(der) for der in sealing_certificate().chain]
    status = validate_pdf_signature(seal, ValidationContext(trust_roots=trust, allow_fetching=False))
    assert status.bottom_line
    clocks = list(timeserver.stamper().certs_to_embed)
    for stamp in stamps:
        told = validate_pdf_timestamp(stamp, ValidationContext(trust_roots=clocks, allow_fetching=False))
        assert told.valid
        assert told.intact
        assert told.trusted


# ── What other programs say, where they are installed ───────────────────────


def said_by(tmp_path, pdf, *words):
    if not which(words[0]):
        pytest.skip(f"needs {words[0]}")
    path = tmp_path / "paper.pdf"
    path.write_bytes(pdf)
    return subprocess.run([*words, str(path)], capture_output=True, text=True, check=True).stdout  # noqa: S603


def test_qpdf_finds_no_fault(tmp_path, after):
    assert "No syntax or stream encoding errors" in said_by(tmp_path, after, "qpdf", "--check")


def test_pdffonts_finds_every_font_in_the_file(tmp_path, after):
    _names, _line, *rows = said_by(tmp_path, after, "pdffonts").splitlines()
    assert rows
    for row in rows:
        embedded, subset, unicode, *_number = row.split()[-5:]
        assert (embedded, subset, unicode) == ("yes", "yes", "yes")


def test_pdfsig_finds_the_seal_valid(tmp_path, after):
    said = said_by(tmp_path, after, "pdfsig", "-nocert")
    assert said.count("Signature is Valid") >= 1
    assert "Digest Mismatch" not in said
    assert "Total document signed" in said
