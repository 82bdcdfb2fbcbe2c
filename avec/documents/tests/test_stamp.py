"""A sealed document gets the time from an authority, and nothing else can follow a seal."""

import time
from datetime import UTC, datetime, timedelta
from functools import cache
from io import BytesIO

import pytest
from asn1crypto import tsp
from hypothesis import HealthCheck, given
from hypothesis import settings as limits
from hypothesis import strategies as st
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign import signers
from pyhanko.sign.diff_analysis import ModificationLevel, StandardDiffPolicy
from pyhanko.sign.fields import InvisSigSettings, SigFieldSpec, append_signature_field
from pyhanko.sign.general import SigningError

from avec.documents import stamp
from avec.documents.certificate import Known, sealing_certificate
from avec.documents.sandbox import verify_untrusted
from avec.documents.seal import SealWriter, read_imprint, seal_pdf, verify_pdf
from avec.documents.stamp import StampUnavailable, stamp_pdf, stamp_wanted
from avec.documents.stamped import ONLY_A_STAMP, is_ours
from avec.documents.tests import timeserver
from avec.documents.tests.test_seal import contract, sealed

FEW = limits(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture
def clock(settings):
    with timeserver.answering() as (address, told):
        settings.AVEC_TSA_URL = address
        yield told


@pytest.fixture
def trusted(settings, tmp_path):
    path = tmp_path / "clocks.pem"
    path.write_bytes(timeserver.authority_pem())
    settings.AVEC_TSA_TRUST = str(path)


def test_a_stamped_document_says_when_and_by_whom(clock, trusted):
    pdf = stamp_pdf(sealed())
    verdict = verify_pdf(pdf)
    assert verdict.intact
    assert verdict.trusted_here
    assert verdict.covers_whole_file
    assert abs(datetime.now(UTC) - verdict.stamped_at) < timedelta(minutes=1)
    assert verdict.stamped_by == timeserver.NAME
    assert verdict.stamp_known
    assert verdict.imprint == read_imprint(contract())
    assert verify_untrusted(pdf) == verdict


def test_the_authority_gets_a_fingerprint_and_never_the_document(clock):
    stamp_pdf(sealed())
    ((headers, question),) = clock
    assert len(question) < 100
    assert headers["Content-Type"] == "application/timestamp-query"
    assert "Authorization" not in headers


def test_it_is_told_who_asks(clock, settings):
    settings.AVEC_TSA_USER, settings.AVEC_TSA_PASSWORD = "saules", "été"
    stamp_pdf(sealed())
    assert clock[0][0]["Authorization"] == "Basic c2F1bGVzOsOpdMOp"


def test_without_an_authority_nothing_is_wanted(settings):
    assert not stamp_wanted()
    settings.AVEC_TSA_URL = "https://clock.example/"
    assert stamp_wanted()


def test_a_stamped_document_is_not_stamped_again(clock):
    pdf = stamp_pdf(sealed())
    assert stamp_pdf(pdf) == pdf
    assert len(clock) == 1


def test_only_a_sealed_document_is_stamped(clock):
    with pytest.raises(ValueError, match="sealed"):
        stamp_pdf(contract())
    assert not clock


def test_an_authority_that_we_do_not_know_is_told(clock):
    verdict = verify_pdf(stamp_pdf(sealed()))
    assert verdict.intact
    assert verdict.stamped_at
    assert not verdict.stamp_known


def test_an_authority_that_sends_its_certificate_alone_is_known_all_the_same(settings, trusted):
    with timeserver.answering(lambda question: timeserver.stamping(question, with_root=False)) as (url, _):
        settings.AVEC_TSA_URL = url
        pdf = stamp_pdf(sealed())
    assert verify_pdf(pdf).stamp_known
    settings.AVEC_TSA_TRUST = ""
    assert verify_pdf(pdf).intact
    assert not verify_pdf(pdf).stamp_known


def test_a_stranger_that_answers_instead_of_the_authority_is_not_kept(settings, trusted):
    with timeserver.answering(lambda question: timeserver.stamping(question, name="Autre horloge")) as (
        url,
        _,
    ):
        settings.AVEC_TSA_URL = url
        with pytest.raises(StampUnavailable, match="Autre horloge"):
            stamp_pdf(sealed())


# ── The authority in trouble ────────────────────────────────────────────────


def refusing(_question):
    status = {"status": "rejection", "status_string": ["Trop de demandes"]}
    return stamp.Answer({"status": tsp.PKIStatusInfo(status)}).dump()


def of_another_document(question):
    asked = tsp.TimeStampReq.load(question)
    asked["message_imprint"]["hashed_message"] = b"\0" * 32
    return timeserver.stamping(asked.dump(force=True))


@pytest.mark.parametrize(
    ("answer", "status", "words"),
    [
        (lambda _q: b"<html>Bonjour</html>", 200, "autre chose"),
        (lambda _q: b"", 200, "autre chose"),
        (lambda _q: b"\x30" * 100_000, 200, "autre chose"),
        (of_another_document, 200, "autre chose"),
        (lambda q: timeserver.stamping(q, include_nonce=False)[:-1], 200, "autre chose"),
        (refusing, 200, "a refusé la demande\u00a0: «\u00a0Trop de demandes\u00a0»"),
        (lambda _q: b"", 401, "AVEC_TSA_PASSWORD"),
        (lambda _q: b"", 503, r"en panne \(réponse 503\)"),
    ],
)
def test_what_is_no_stamp_is_refused_with_a_sentence(settings, answer, status, words):
    with timeserver.answering(answer, status) as (url, _):
        settings.AVEC_TSA_URL = url
        with pytest.raises(StampUnavailable, match=words):
            stamp_pdf(sealed())


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("http://127.0.0.1:1/", "127.0.0.1 ne répond pas"),
        ("http://clock.invalid/", "clock.invalid ne répond pas"),
        ("file:///etc/passwd", "https://"),
        ("clock.example", "https://"),
    ],
)
def test_nobody_there_is_told(settings, url, words):
    settings.AVEC_TSA_URL = url
    with pytest.raises(StampUnavailable, match=words):
        stamp_pdf(sealed())


def test_a_slow_authority_is_not_waited_for(settings, monkeypatch):
    monkeypatch.setattr(stamp, "SECONDS", 0.3)

    def slow(_question):
        time.sleep(1)
        return b""

    with timeserver.answering(slow) as (url, _):
        settings.AVEC_TSA_URL = url
        started = time.monotonic()
        with pytest.raises(StampUnavailable, match="répond"):
            stamp_pdf(sealed())
        assert time.monotonic() - started < 0.9


# ── One changed byte, and anything added ────────────────────────────────────


@cache
def one_stamped():
    """One document for the whole module, with the certificates that judge it."""
    certificate = sealing_certificate()
    pdf = stamped_by(sealed())
    root = timeserver.stamper().certs_to_embed[0].dump()
    return pdf, Known(frozenset({certificate.leaf}), frozenset(certificate.chain), frozenset({root}))


def stamped_by(pdf, writer=None, **more):
    out = signers.PdfTimeStamper(
        timeserver.stamper(**more), invis_settings=InvisSigSettings(box_out_of_bounds=True)
    ).timestamp_pdf(writer or SealWriter(BytesIO(pdf)), "sha256")
    return out.getvalue()


def flipped(pdf, place, bit=0):
    altered = bytearray(pdf)
    altered[place] ^= 1 << bit
    return bytes(altered)


@FEW
@given(part=st.sampled_from(["text", "seal", "stamp", "update"]), data=st.data())
def test_one_flipped_bit_anywhere_is_seen(part, data):
    pdf, known = one_stamped()
    assert part != "text" or verify_pdf(pdf, known).intact
    seal, clock = (pdf.index(b"/Contents <"), pdf.rindex(b"/Contents <"))
    end = pdf.index(b"%%EOF", seal)
    place = data.draw(
        st.integers(
            *{
                "text": (0, seal),
                "seal": (seal + 11, seal + 3000),
                "stamp": (clock + 11, clock + 5500),
                "update": (end, len(pdf) - 1),
            }[part]
        )
    )
    bit = data.draw(st.integers(0, 7))
    assert not verify_pdf(flipped(pdf, place, bit), known).intact, (place, bit)


def test_the_digits_of_the_stamp_in_another_case_are_seen():
    pdf, known = one_stamped()
    start = pdf.rindex(b"/Contents <") + 11
    place = next(i for i in range(start, len(pdf)) if pdf[i : i + 1] in b"abcdef")
    assert not verify_pdf(flipped(pdf, place, 5), known).intact


def test_a_stamp_torn_off_leaves_the_sealed_document(clock):
    before = sealed()
    pdf = stamp_pdf(before)
    assert pdf.startswith(before)
    assert verify_pdf(pdf[: len(before)]).intact
    assert verify_pdf(pdf[: len(before)]).stamped_at is None


def more_words(writer):
    page = writer.root["/Pages"]["/Kids"][0].get_object()
    page["/Contents"] = writer.add_object(generic.StreamObject(stream_data=b"BT ET"))
    writer.update_container(page)


def another_imprint(writer):
    writer.root["/AF"][0].get_object()["/EF"]["/F"]._data = b'{"avec":1}'
    stream = generic.StreamObject(stream_data=b'{"avec":1,"fingerprint":"x"}')
    spec = writer.root["/AF"][0].get_object()
    spec["/EF"]["/F"] = writer.add_object(stream)
    writer.update_container(spec)


def another_title(writer):
    writer.root["/Metadata"] = writer.add_object(generic.StreamObject(stream_data=b"<x/>"))
    writer.update_root()


def a_stray_object(writer):
    writer.add_object(generic.StreamObject(stream_data=b"hidden"))


def test_the_library_alone_would_write_more_than_a_stamp():
    writer = IncrementalPdfFileWriter(BytesIO(sealed()))  # properties, in another form
    assert not verify_pdf(stamped_by(b"", writer)).intact
    assert verify_pdf(stamped_by(sealed())).intact


def form_of(writer):
    return writer.root["/AcroForm"]


def page_of(writer):
    return writer.root["/Pages"]["/Kids"][0].get_object()


def a_form_that_computes(writer):
    form_of(writer)["/XFA"] = generic.TextStringObject("x")
    writer.update_container(form_of(writer))


def a_page_that_runs(writer):
    page_of(writer)["/AA"] = generic.DictionaryObject({generic.NameObject("/O"): generic.NullObject()})
    writer.update_container(page_of(writer))


def another_page_instead(writer):
    page, other = page_of(writer), writer.root["/Pages"]["/Kids"][1].get_object()
    page["/Contents"] = other.raw_get("/Contents")
    writer.update_container(page)


def a_field_less(writer):
    form_of(writer)["/Fields"] = generic.ArrayObject()
    writer.update_container(form_of(writer))


def a_link_less(writer):
    page_of(writer)["/Annots"] = generic.ArrayObject()
    writer.update_container(page_of(writer))


def other_properties(writer):
    writer.set_info(writer.add_object(generic.DictionaryObject()))


SLY = [
    more_words,
    another_imprint,
    another_title,
    a_stray_object,
    a_form_that_computes,
    a_page_that_runs,
    another_page_instead,
    a_field_less,
    a_link_less,
    other_properties,
]


def test_our_own_update_is_known_at_once_and_the_library_agrees(clock):
    reader = PdfFileReader(BytesIO(stamp_pdf(sealed())))
    assert is_ours(reader, 1)
    seal, _stamp = reader.embedded_signatures
    judged = StandardDiffPolicy.review_file(ONLY_A_STAMP, reader, 1, doc_mdp=seal.docmdp_level)
    assert judged.modification_level == ModificationLevel.LTA_UPDATES


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("/A", generic.DictionaryObject({generic.NameObject("/S"): generic.NameObject("/JavaScript")})),
        ("/Rect", generic.ArrayObject(map(generic.NumberObject, (0, 0, 500, 500)))),
        ("/AP", generic.DictionaryObject()),
    ],
)
def test_a_field_that_shows_or_runs_something_is_not_ours(key, value):
    writer = SealWriter(BytesIO(sealed()))
    spec = SigFieldSpec("Timestamp", invis_sig_settings=InvisSigSettings(box_out_of_bounds=True))
    append_signature_field(writer, spec)
    field = form_of(writer)["/Fields"][-1].get_object()
    field[key] = value
    out = signers.PdfTimeStamper(timeserver.stamper(), field_name="Timestamp").timestamp_pdf(writer, "sha256")
    assert not is_ours(PdfFileReader(BytesIO(out.getvalue())), 1)


@pytest.mark.parametrize("change", SLY)
def test_whatever_comes_with_the_stamp_is_seen(change):
    writer = SealWriter(BytesIO(sealed()))
    change(writer)
    verdict = verify_pdf(stamped_by(b"", writer))
    assert not verdict.intact
    assert ("aucun sceau" if change is a_field_less else "a changé") in verdict.reason
    assert verdict.stamped_at is None


@pytest.mark.parametrize("change", SLY)
def test_whatever_comes_between_or_after_is_seen(clock, change):
    for pdf, then in ((sealed(), stamped_by), (stamp_pdf(sealed()), bytes)):
        writer = SealWriter(BytesIO(pdf))
        change(writer)
        out = BytesIO()
        writer.write(out)
        assert not verify_pdf(then(out.getvalue())).intact


def test_two_stamps_are_one_too_many(clock):
    assert not verify_pdf(stamped_by(stamp_pdf(sealed()))).intact


def test_another_seal_is_one_too_many():
    with pytest.raises(SigningError):
        seal_pdf(sealed(), reason="x", field_name="Autre", name="Autre")


def test_a_stamp_without_a_seal_is_no_seal():
    assert verify_pdf(stamped_by(contract())).reason == "Ce fichier ne porte aucun sceau."


def test_a_date_out_of_the_certificate_is_seen():
    early = datetime(2001, 1, 1, tzinfo=UTC)
    assert not verify_pdf(stamped_by(sealed(), fixed_dt=early)).intact
