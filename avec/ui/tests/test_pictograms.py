import re
import xml.etree.ElementTree as ET
from collections import Counter
from pathlib import Path

import pytest
from django import forms
from django.http import QueryDict

from avec.ui.forms import PictosField
from avec.ui.pictograms import MOST, PICTOGRAMS, THEMES, find, pictos_as_words, plain
from avec.ui.tests.test_pages import flat, show

FOLDER = Path(__file__).parents[1] / "static" / "ui" / "pictograms"
# Named by the goals, the rights and the demonstration before there were many.
FIRST = [
    "garden",
    "door",
    "kitchen",
    "house",
    "letter",
    "phone",
    "pen",
    "say",
    "team",
    "bracelet",
    "pill",
    "no",
    "change",
    "with",
    "copy",
]


def test_each_key_stands_once_with_words_and_a_drawing():
    keys = [each.key for theme in THEMES for each in theme.pictograms]
    assert len(keys) == len(set(keys)) == len(PICTOGRAMS) > 200
    assert all(re.fullmatch(r"[a-z]+(-[a-z]+)*", key) for key in keys)
    assert set(FIRST) <= set(keys)
    drawn = re.findall(r'<symbol id="k-([^"]+)" viewBox="0 0 72 72">(.*?)</symbol>', sprite())
    assert [key for key, _ in drawn] == keys
    assert all(lines for _, lines in drawn)


def test_no_two_pictograms_look_or_sound_the_same():
    for name in ("drawing", "words"):
        seen = Counter(str(getattr(each, name)) for each in PICTOGRAMS.values())
        assert [one for one, count in seen.items() if count > 1] == []


def sprite():
    return (FOLDER / "pictograms.svg").read_text()


def test_the_drawings_take_the_ink_of_the_page_and_hold_nothing_that_runs():
    root = ET.fromstring(sprite())  # noqa: S314 (our own file)
    kinds = {element.tag.rsplit("}", 1)[-1] for element in root.iter()}
    assert kinds <= {
        "svg",
        "symbol",
        "g",
        "path",
        "circle",
        "ellipse",
        "line",
        "polyline",
        "polygon",
        "rect",
        "text",
    }
    assert {value for element in root.iter() if (value := element.get("fill"))} <= {"currentColor"}
    assert {value for element in root.iter() if (value := element.get("stroke"))} <= {"none"}
    assert len(sprite()) < 220_000


def test_the_drawings_keep_their_licence():
    assert "CC BY-SA 4.0" in sprite()[:400]
    assert "OpenMoji" in (FOLDER / "README.txt").read_text()
    assert "ShareAlike 4.0" in (FOLDER / "LICENSE-CC-BY-SA-4.0.txt").read_text()


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("jardin", "garden"),
        ("JARDIN", "garden"),
        ("café", "coffee"),
        ("cafe", "coffee"),
        ("oeuf", "egg"),
        ("ma fille", "daughter"),
        ("infirmier", "nurse"),
        ("télé", "television"),
        ("d’accord", "agree"),
        ("prier", "pray"),
        ("sexualité", "in-love"),
    ],
)
def test_a_pictogram_is_found_with_everyday_words(text, first):
    assert first in [each.key for each in find(text)[:2]]


@pytest.mark.parametrize("text", ["", "   ", "xyzzy", "jardin xyzzy", "’"])
def test_nothing_is_found_for_nothing(text):
    assert find(text) == []


def test_letters_are_compared_bare():
    assert plain("L’Œuf à la coque, s’il-te-plaît") == "l oeuf a la coque s il te plait"


def test_the_words_of_a_sentence():
    assert pictos_as_words(["eat", "with", "daughter"]) == "manger · avec · ma fille"
    assert pictos_as_words(["eat", "unknown"]) == "manger"
    assert pictos_as_words([]) == ""


class SayForm(forms.Form):
    pictos = PictosField(label="En images")


def said(*keys):
    return SayForm(QueryDict("&".join(f"pictos={key}" for key in keys)))


def test_the_order_is_kept_and_nothing_is_said_twice():
    form = said("with", "eat", "daughter", "eat")
    assert form.is_valid()
    assert form.cleaned_data["pictos"] == ["with", "eat", "daughter"]


@pytest.mark.parametrize(
    ("keys", "words"),
    [
        ([], "au moins une image"),
        (["eat", "<script>"], "n’existe pas"),
        (list(PICTOGRAMS)[: MOST + 1], "Gardez 12 images au plus\u00a0: il y en a 13."),
    ],
)
def test_a_refusal_is_said(keys, words):
    assert words in said(*keys).errors["pictos"][0]


def test_as_many_as_allowed():
    assert said(*list(PICTOGRAMS)[:MOST]).is_valid()


def test_the_picker_shows_each_pictogram_with_its_word_and_the_sentence_in_its_order():
    html = show('<c-ui.picto-picker :field="form.pictos" />', form=said("with", "eat"))
    assert html.count('type="checkbox"') == len(PICTOGRAMS)
    assert html.count(" checked") == 2
    assert html.count("<details") == len(THEMES)
    assert 'data-keys="with eat"' in html
    strip = html[html.index("<ol") : html.index("</ol>")]
    assert flat(strip) == "avecmanger"
    assert len(html.encode()) < 100_000


def test_the_picker_opens_empty_and_says_what_is_wrong():
    html = show('<c-ui.picto-picker :field="form.pictos" />', form=said())
    assert "Pas encore d’image." in html
    assert 'aria-describedby="id_pictos_error"' in html
    assert 'id="id_pictos_0"' in html  # where the summary of errors leads
    assert "checked" not in html


def test_a_sentence_is_a_list_in_its_order():
    html = show('<c-ui.pictos :keys="keys" />', keys=["eat", "gone", "with"])
    assert html.count("<li") == 2
    assert html.index("manger") < html.index("avec")


@pytest.mark.parametrize(
    ("kept", "shown"), [("garden", "garden"), ("", ""), (None, ""), (["eat", "with"], "eat with")]
)
def test_the_picker_opens_with_what_was_kept(kept, shown):
    html = show('<c-ui.picto-picker :field="form.pictos" />', form=SayForm(initial={"pictos": kept}))
    assert f'data-keys="{shown}"' in html
