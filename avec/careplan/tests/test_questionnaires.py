"""Questionnaires as data: any file is read or refused in words, and scores stay within bounds."""

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from avec.careplan.rules.questionnaires import (
    FACES,
    LARGEST,
    Form,
    FormRefused,
    Kind,
    bounds,
    faults_of,
    from_items,
    parse,
    read,
    score_of,
    shown_questions,
    to_items,
    to_json,
    told,
    worded_score,
)

OURS = sorted((Path(__file__).parents[1] / "questionnaires").glob("*.json"))
MEAL = {
    "title": "Mon repas",
    "questions": [
        {"id": "mood", "words": "Je mange avec plaisir.", "kind": "faces", "required": True},
        {
            "id": "help",
            "words": "Qui coupe ma viande ?",
            "kind": "choice",
            "required": True,
            "options": [
                {"code": "me", "words": "Moi", "value": 2},
                {"code": "both", "words": "Nous deux", "value": 1},
                {"code": "you", "words": "Quelqu’un d’autre", "value": 0},
            ],
        },
        {
            "id": "why",
            "words": "Pourquoi ?",
            "kind": "text",
            "when": [{"question": "help", "among": ["you", "both"]}],
        },
        {"id": "glasses", "words": "Verres d’eau", "kind": "number", "least": 0, "most": 20},
        {"id": "pain", "words": "Douleur", "kind": "yes_no"},
        {
            "id": "place",
            "words": "Où ?",
            "kind": "several",
            "options": [{"code": "room", "words": "Chambre"}, {"code": "hall", "words": "Salle à manger"}],
        },
    ],
    "ranges": [
        {"least": 0, "most": 3, "words": "à améliorer"},
        {"least": 4, "most": 6, "words": "ça va"},
    ],
}
FHIR = {
    "resourceType": "Questionnaire",
    "url": "https://example.org/Questionnaire/appui",
    "title": "Appui",
    "publisher": "Quelqu’un",
    "item": [
        {
            "linkId": "g",
            "type": "group",
            "text": "Se lever",
            "item": [
                {"linkId": "d", "type": "display", "text": "Aujourd’hui"},
                {
                    "linkId": "1/2",
                    "type": "choice",
                    "text": "Se lève",
                    "required": True,
                    "answerOption": [
                        {
                            "valueCoding": {
                                "code": "a",
                                "display": "Seul",
                                "extension": [
                                    {
                                        "url": "http://hl7.org/fhir/StructureDefinition/ordinalValue",
                                        "valueDecimal": 2.0,
                                    }
                                ],
                            }
                        },
                        {
                            "valueCoding": {"code": "b", "display": "Avec aide"},
                            "extension": [
                                {
                                    "url": "http://hl7.org/fhir/StructureDefinition/itemWeight",
                                    "valueDecimal": 1,
                                }
                            ],
                        },
                    ],
                },
                {
                    "linkId": "2",
                    "type": "string",
                    "text": "Laquelle ?",
                    "enableWhen": [
                        {"question": "1/2", "operator": "=", "answerCoding": {"code": "b", "display": "x"}}
                    ],
                },
                {
                    "linkId": "3",
                    "type": "integer",
                    "text": "Mètres",
                    "extension": [
                        {"url": "http://hl7.org/fhir/StructureDefinition/minValue", "valueInteger": 0}
                    ],
                },
            ],
        }
    ],
}


def refused(data):
    with pytest.raises(FormRefused) as refusal:
        parse(data)
    return " ".join(refusal.value.faults).replace("\u00a0", " ")


def with_question(**changes):
    return {"title": "Essai", "questions": [{"id": "a", "words": "A ?", "kind": "text"} | changes]}


def test_our_json_is_read_and_kept_as_it_is():
    form = parse(MEAL)
    assert [question.kind for question in form.questions][:2] == [Kind.FACES, Kind.CHOICE]
    assert parse(to_json(form)) == form
    assert parse(json.loads(json.dumps(to_json(form)))) == form


def test_a_fhir_questionnaire_is_read():
    form = parse(FHIR)
    first, second, third = form.questions
    assert (first.id, first.section, first.hint, first.required) == ("1-2", "Se lever", "Aujourd’hui", True)
    assert [option.value for option in first.options] == [2, 1]
    assert second.when[0].among == {"b"}
    assert (third.kind, third.least, third.whole) == (Kind.NUMBER, 0, True)
    assert form.source == "Quelqu’un"
    assert parse(to_json(form)) == form


def test_a_question_is_asked_only_when_its_condition_holds():
    form = parse(MEAL)
    assert "why" not in [one.id for one in shown_questions(form, {"help": "me"})]
    assert "why" in [one.id for one in shown_questions(form, {"help": "you"})]


def test_the_score_is_a_sum_with_its_words():
    form = parse(MEAL)
    answers = {"mood": 3, "help": "both", "why": "fatigue"}
    assert (score_of(form, answers), worded_score(form, score_of(form, answers))) == (4, "ça va")
    assert bounds(form) == (0, 6)


def test_a_question_left_gives_no_score():
    form = parse(MEAL)
    assert score_of(form, {"mood": 3}) is None
    assert set(faults_of(form, {"mood": 3})) == {"help"}
    assert worded_score(form, None) == ""


@pytest.mark.parametrize(
    ("answers", "wrong"),
    [
        ({"mood": 5}, "mood"),
        ({"mood": True}, "mood"),
        ({"help": "other"}, "help"),
        ({"glasses": 21}, "glasses"),
        ({"glasses": 1.5}, "glasses"),
        ({"place": ["room", "room"]}, "place"),
        ({"place": "room"}, "place"),
        ({"pain": "yes"}, "pain"),
    ],
)
def test_an_answer_that_does_not_fit_is_told(answers, wrong):
    assert faults_of(parse(MEAL), answers)[wrong] == "Cette réponse ne convient pas."


def test_answers_are_kept_as_fhir_items_and_read_back():
    form = parse(MEAL)
    answers = {"mood": 0, "help": "you", "why": "tremble", "glasses": 3, "pain": False, "place": ["hall"]}
    items = to_items(form, answers)
    assert items[0]["answer"] == [
        {"valueCoding": {"system": "urn:avec:visages", "code": "0", "display": "Pas bien du tout"}}
    ]
    assert {"linkId": "pain", "text": "Douleur", "answer": [{"valueBoolean": False}]} in items
    assert from_items(form, json.loads(json.dumps(items))) == answers
    assert [told(one, answers[one.id]) for one in form.questions if one.id in answers] == [
        "Pas bien du tout",
        "Quelqu’un d’autre",
        "tremble",
        "3",
        "Non",
        "Salle à manger",
    ]


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ([], "ne contient pas de questionnaire"),
        ({}, "n’a pas de nom"),
        ({"title": "Vide"}, "n’a pas de question"),
        (with_question(kind="date"), "le genre « date » n’est pas pris"),
        (with_question(kind=["text"]), "n’est pas pris"),
        (with_question(id="é"), "« id »"),
        (with_question(words=" \x00 "), "n’a pas de texte"),
        (with_question(script="x"), "« script » n’est pas pris"),
        (with_question(kind="choice"), "de 2 à 20 réponses"),
        (with_question(kind="number", least=5, most=2), "dépasse le plus grand"),
        (with_question(kind="number", counts=True), "entier, avec un plus petit"),
        (with_question(when=[{"question": "b", "among": ["x"]}]), "cite une question plus haut"),
        (with_question(kind="choice", options=[{"code": "x", "words": "X", "value": 0.5}] * 2), "nombre entier"),
        (MEAL | {"ranges": [{"least": 0, "most": 3, "words": "a"}, {"least": 3, "most": 4, "words": "b"}]}, "recouvrent"),
        (with_question() | {"ranges": [{"least": 0, "most": 3, "words": "a"}]}, "aucune réponse n’a de valeur"),
        (with_question() | {"url": "javascript:alert(1)"}, "commence par"),
        ({"title": "T", "questions": [{}] * 41}, "40 au plus"),
        ({"resourceType": "Patient"}, "pas un Questionnaire"),
        ({"resourceType": "Questionnaire", "title": "T", "item": [{"linkId": "1", "text": "A", "type": "date"}]}, "le type « date »"),
        (
            {"resourceType": "Questionnaire", "title": "T", "item": [{"linkId": "1", "text": "A", "type": "choice", "answerValueSet": "x"}]},
            "answerValueSet",
        ),
        ({"resourceType": "Questionnaire", "title": "T", "modifierExtension": [], "item": []}, "change le sens"),
    ],
)  # fmt: skip
def test_what_is_not_taken_is_refused_in_words(data, words):
    assert words in refused(data)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"\xff\xfe", "pas du texte"),
        (b"MZ\x90", "pas du texte"),
        (b"{", "pas du JSON"),
        (b"[" * 100_000, "pas du JSON"),
        (b'{"title": NaN}', "pas du JSON"),
        (b" " * (LARGEST + 1), "trop lourd"),
    ],
)
def test_a_bad_file_is_refused_in_words(content, words):
    with pytest.raises(FormRefused, match=words):
        read(content)


leaves = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20)
names = """title questions id words kind options code value when question among resourceType item linkId type text
answerOption valueCoding enableWhen extension ranges least most repeats url operator"""
words = st.sampled_from(names.split())
values = leaves | st.sampled_from(
    ["choice", "faces", "number", "Questionnaire", "group", "display", "a", "="]
)
any_json = st.recursive(
    values,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(words, inner, max_size=6),
    max_leaves=30,
)


def read_or_told(data):
    """Whether it is taken; when it is not, sentences say why."""
    try:
        return isinstance(parse(data), Form)
    except FormRefused as refusal:
        return bool(refusal.faults) and all(refusal.faults)


@given(any_json)
@settings(max_examples=400)
def test_reading_never_breaks(data):
    assert read_or_told(data)


@given(any_json)
@settings(max_examples=200)
def test_reading_fhir_never_breaks(data):
    assert read_or_told({"resourceType": "Questionnaire", "title": "T", "item": [data]})


@given(st.binary(max_size=200))
def test_reading_bytes_never_breaks(content):
    with pytest.raises(FormRefused):
        read(content)


@st.composite
def scored_forms(draw):
    questions = []
    for number in range(draw(st.integers(1, 6))):
        question = {"id": f"q{number}", "words": "?", "kind": draw(st.sampled_from(list(Kind))).value}
        if question["kind"] in {"choice", "several"}:
            question["options"] = [
                {"code": code, "words": code, "value": draw(st.integers(-9, 9))} for code in "abc"
            ]
        if question["kind"] == "number":
            question |= {"least": 0, "most": 10, "counts": True}
        if question["kind"] == "yes_no":
            question["options"] = [{"code": "yes", "value": 3}, {"code": "no", "value": -1}]
        faces = [one["id"] for one in questions if one["kind"] == "faces"]
        if faces and draw(st.booleans()):
            question["when"] = [{"question": faces[0], "among": ["0", "1"]}]
        questions.append(question)
    form = parse({"title": "Essai", "questions": questions})
    answers = {}
    for question in form.questions:
        answers[question.id] = {
            Kind.CHOICE: st.sampled_from("abc"),
            Kind.SEVERAL: st.lists(st.sampled_from("abc"), unique=True),
            Kind.NUMBER: st.integers(0, 10),
            Kind.YES_NO: st.booleans(),
            Kind.TEXT: st.text(max_size=9),
            Kind.FACES: st.integers(0, len(FACES) - 1),
        }[question.kind]
    return form, draw(st.fixed_dictionaries(answers))


@given(scored_forms())
def test_a_score_stays_within_its_bounds(drawn):
    form, answers = drawn
    score, within = score_of(form, answers), bounds(form)
    if score is not None:
        assert within is not None
        assert within[0] <= score <= within[1]
    assert not faults_of(form, answers)
    back = from_items(form, to_items(form, answers))
    assert score_of(form, back) == score
    assert parse(to_json(form)) == form


@pytest.mark.parametrize("path", OURS, ids=lambda path: path.stem)
def test_ours_are_read_and_say_whose_they_are(path):
    form = read(path.read_bytes())
    assert "échelle validée" in form.source
    assert form.url == f"urn:avec:{path.stem}"


def test_we_bring_some():
    assert len(OURS) >= 3
    assert any(read(path.read_bytes()).for_person for path in OURS)


@pytest.mark.parametrize("path", OURS, ids=lambda path: path.stem)
def test_a_question_mark_never_begins_a_line(path):
    words = [question.words for question in read(path.read_bytes()).questions]
    assert not [one for one in words if " ?" in one]
