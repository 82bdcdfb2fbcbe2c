import dataclasses
import subprocess
from io import BytesIO
from itertools import pairwise

import pytest
from pyhanko.pdf_utils.reader import PdfFileReader

from avec.documents.pdf import Position, Section, compiled, contract_pdf, imprint
from avec.documents.printable import FALLBACK_FONTS, MISSING, OWN_FONT, printable
from avec.documents.seal import read_imprint, seal_pdf
from avec.documents.tests.factories import FINGERPRINT, GARDEN, SHEET, contract_sheet, said
from avec.documents.typeset import one_line

HOSTILE = [
    '#import "/etc/passwd"',
    "#sys.inputs",
    "*a* _b_ `c` $x^2$ \\ #[x] <label> @ref // comment /* */",
    "<script>alert(1)</script>",
    "= Titre\n- liste\n+ suite",
    "x" * 10_000,
    "mot " * 2_500,
    "\ud800 moitié de signe",
    "\x00\x07\x1b[31m zéro",
    "\u202eà l’envers\u2066",
    "🙂🧑🏽‍🚀 家 ไทย हिन्दी",
    "مرحبا Привет Ελλάδα שלום ŒœŸ€",
    "Z̸̢̛͎a̷l̴g̵o̶",
    "\u200b" * 50,
    "",
]


def everywhere(text):
    """The same text in every place where somebody writes."""
    clause = dataclasses.replace(
        GARDEN,
        heading=text,
        full_text=(text,),
        easy_lines=(text,),
        origins=(said(text),),
        positions=(Position("relative", text, text, text),),
    )
    line = dataclasses.replace(
        SHEET.signatures[0],
        name=text,
        capacity=text,
        outcome=text or "x",
        reservations=text,
        on_articles=(text,),
    )
    return {
        "title": text,
        "person_name": text,
        "establishment": text,
        "version_words": text,
        "subtitle": text,
        "sections": (Section(text, (text,), (text,), (said(text),)),),
        "clauses": (clause,),
        "rights": (text,),
        "signatures": (line,),
        "verify_url": text,
        "verify_words": text,
    }


@pytest.mark.parametrize("reading", ["full", "easy"])
@pytest.mark.parametrize("text", HOSTILE)
def test_whatever_people_write_is_printed_never_obeyed(reading, text):
    pdf = contract_pdf(contract_sheet(reading, **everywhere(text)))
    assert pdf.startswith(b"%PDF-1.7")


@pytest.mark.parametrize("text", ['#import "x"', "*a* $b$ \\c", "<script>", "#sys.inputs"])
def test_markup_comes_out_letter_for_letter(text):
    assert text in words_of(
        contract_pdf(contract_sheet(clauses=(dataclasses.replace(GARDEN, heading=text),)))
    )


def test_a_sign_without_drawing_is_replaced_and_said():
    text = words_of(contract_pdf(contract_sheet(subtitle="Bonjour 🙂🙂 toi")))
    assert f"Bonjour {MISSING} toi" in text
    assert "remplace un signe" in text
    assert "remplace un signe" not in words_of(contract_pdf(contract_sheet()))


@pytest.mark.parametrize(("ranges", "own_only"), [(OWN_FONT, True), (OWN_FONT + FALLBACK_FONTS, False)])
def test_every_sign_said_printable_is_drawn(ranges, own_only):
    signs = [chr(code) for first, last in ranges for code in range(first, last + 1)]
    lines = tuple(" ".join(signs[start : start + 60]) for start in range(0, len(signs), 60))
    sheet = contract_sheet(sections=(Section("Signes", lines),), clauses=(), not_possible=())
    assert compiled(sheet, own_font_only=own_only)


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("He\u0301le\u0300ne", "Hélène"),
        ("6 h 45", "6\u00a0h\u00a045"),
        ("à 12 h, 30 %", "à 12\u00a0h, 30\u00a0%"),
        ("Pourquoi ?", "Pourquoi\u00a0?"),
        ("a\u202fb\u2011c", "a\u00a0b-c"),
        ("a\r\nb\rc", "a\nb\nc"),
        ("ﬁn", "fin"),
        ("a\u202eb\x00c", "abc"),
    ],
)
def test_a_text_is_made_printable(typed, shown):
    assert printable(typed) == (shown, False)


def test_a_long_word_may_break():
    assert printable("x" * 70)[0] == "\u200b".join(["x" * 30, "x" * 30, "x" * 10])


def test_a_line_for_the_margin_is_cut_with_a_mark():
    assert one_line("Un nom\nvraiment   long", 12) == "Un nom vrai…"


def test_the_same_sheet_gives_the_same_file():
    assert contract_pdf(contract_sheet()) == contract_pdf(contract_sheet())


@pytest.mark.parametrize("reading", ["full", "easy"])
def test_the_document_says_what_it_must(reading):
    text = words_of(contract_pdf(contract_sheet(reading)))
    for words in (
        "Odette Marcillac",
        "« Je ne veux pas qu’on entre sans frapper. »",
        "Vu par Malik Haddad, aide-soignant",
        "signature électronique simple (règlement eIDAS, article 25)",
        "10 h 42 (heure de Paris)",
        "code personnel",
        FINGERPRINT[:8],
        "Page 1 sur",
        "À la place : La cafetière",
        "Je refuse",
        "https://avec.example/verifier/",
    ):
        assert words in text, words
    assert ("Vous y allez seule." in text) == (reading == "easy")
    assert ("La marche est réévaluée" in text) == (reading == "full")
    assert "« Elle sursaute" not in text  # seen, not said: no guillemets


def test_a_draft_says_so_on_every_page():
    pages = words_of(contract_pdf(contract_sheet(is_draft=True))).split("\f")[:-1]
    assert all("Pas encore signé" in page for page in pages)
    assert "Pas encore signé" not in words_of(contract_pdf(contract_sheet()))


def test_different_fingerprints_shown_are_told_for_each():
    first, second, third = SHEET.signatures
    sheet = contract_sheet(signatures=(dataclasses.replace(first, shown="ab" * 32), second, third))
    text = words_of(contract_pdf(sheet))
    assert "abababab abababab" in text
    assert text.count(FINGERPRINT[:8]) == 2


def test_an_empty_contract_still_prints():
    empty = dict.fromkeys(
        ("parties", "sections", "clauses", "not_possible", "closing", "rights", "signatures"), ()
    )
    assert contract_pdf(contract_sheet(**empty, what_it_is_not=(), verify_url="", verify_words=""))


def test_an_address_that_is_not_the_web_is_not_a_link():
    assert b"javascript:" not in contract_pdf(contract_sheet(verify_url="javascript:alert(1)"))


# ── What a screen reader and an archive need ────────────────────────────────


@pytest.fixture(scope="module", params=["full", "easy", "draft"])
def reader(request):
    reading = "full" if request.param == "draft" else request.param
    pdf = contract_pdf(contract_sheet(reading, is_draft=request.param == "draft"))
    return PdfFileReader(BytesIO(pdf))


def test_it_claims_pdf_a_3a_and_pdf_ua(reader):
    metadata = reader.root["/Metadata"].data.decode()
    for claim in (
        "<pdfaid:part>3</pdfaid:part>",
        "<pdfaid:conformance>A</pdfaid:conformance>",
        "<pdfuaid:part>1</pdfuaid:part>",
    ):
        assert claim in metadata


def test_it_has_a_language_a_title_and_tags(reader):
    assert str(reader.root["/Lang"]).startswith("fr")
    assert reader.root["/MarkInfo"]["/Marked"]
    assert reader.root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert "Mon contrat de soins – Odette Marcillac" in reader.root["/Metadata"].data.decode()
    assert all(page["/Tabs"] == "/S" for page in pages_of(reader))


def test_headings_lists_tables_and_quotes_are_tagged(reader):
    tags = tags_of(reader)
    assert tags.count("/H1") == 1
    assert {"/H2", "/H3", "/H4", "/L", "/LI", "/BlockQuote", "/P"} <= set(tags)
    assert "/Link" in tags
    levels = [int(tag[2]) for tag in tags if len(tag) == 3 and tag.startswith("/H") and tag[2].isdigit()]
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_the_evidence_is_a_real_table_in_the_full_reading():
    tags = tags_of(PdfFileReader(BytesIO(contract_pdf(contract_sheet("full")))))
    assert {"/Table", "/TR", "/TH", "/TD"} <= set(tags)


def test_every_font_is_embedded(reader):
    files = [font for page in pages_of(reader) for font in fonts_of(page)]
    assert files
    assert all("/FontFile2" in font or "/FontFile3" in font for font in files)


def test_it_carries_its_imprint():
    sheet = contract_sheet()
    assert read_imprint(contract_pdf(sheet)) == imprint(sheet)
    assert imprint(sheet)["avec"] == 1


def test_sealing_leaves_tags_and_metadata_as_they_are():
    pdf = contract_pdf(SHEET)
    before = PdfFileReader(BytesIO(pdf))
    after = PdfFileReader(BytesIO(seal_pdf(pdf, reason="r", field_name="Sceau", name="Les Tilleuls")))
    assert after.root["/Metadata"].data == before.root["/Metadata"].data
    assert dict(after.trailer_view["/Info"]) == dict(before.trailer_view["/Info"])
    assert tags_of(after) == tags_of(before)


def words_of(pdf):
    found = subprocess.run(["pdftotext", "-layout", "-", "-"], input=pdf, capture_output=True, check=True)  # noqa: S607
    text = found.stdout.decode().replace("\u00a0", " ").replace("\u200b", "")
    return "\f".join(" ".join(page.split()) for page in text.split("\f"))


def pages_of(reader):
    return [page.get_object() for page in reader.root["/Pages"]["/Kids"]]


def tags_of(reader):
    found = []

    def walk(node):
        if not isinstance(node, dict):
            return
        if "/S" in node:
            found.append(str(node["/S"]))
        kids = node.get("/K", [])
        for kid in kids if isinstance(kids, list) else [kids]:
            walk(kid.get_object() if hasattr(kid, "get_object") else kid)

    walk(reader.root["/StructTreeRoot"])
    return found


def fonts_of(page):
    for font in page["/Resources"].get("/Font", {}).values():
        for inner in font.get_object()["/DescendantFonts"]:
            yield inner.get_object()["/FontDescriptor"]
