from collections.abc import Mapping
from typing import Any

from .shape import FACES, YES, Form, Kind, Question

# A code, several codes, a number, yes or no, words, or a face from 0 to 4.
Answer = str | list[str] | int | float | bool
Answers = Mapping[str, Answer]
FACES_SYSTEM = "urn:avec:visages"


def answered(answers: Answers, question: Question) -> bool:
    value = answers.get(question.id)
    return value is not None and value not in ("", [])


def codes_given(answers: Answers, question: Question) -> set[str]:
    """An answer as conditions and options know it."""
    if not answered(answers, question):
        return set()
    value = answers[question.id]
    if isinstance(value, bool):
        return {YES if value else "no"}
    return set(value) if isinstance(value, list) else {str(value)}


def shown_questions(form: Form, answers: Answers) -> list[Question]:
    """The questions that are asked, given what was answered above. What is not asked does not count."""
    asked: dict[str, Question] = {}
    for question in form.questions:
        held = [
            one.question in asked and bool(one.among & codes_given(answers, asked[one.question]))
            for one in question.when
        ]
        if not held or (any(held) if question.when_any else all(held)):
            asked[question.id] = question
    return list(asked.values())


def faults_of(form: Form, answers: Answers) -> dict[str, str]:
    """What is missing or does not fit, by question."""
    faults = {}
    for question in shown_questions(form, answers):
        if not answered(answers, question):
            if question.required:
                faults[question.id] = "Répondez à cette question."
        elif not fits(question, answers[question.id]):
            faults[question.id] = "Cette réponse ne convient pas."
    return faults


def fits(question: Question, value: Answer) -> bool:
    if question.kind == Kind.TEXT:
        return isinstance(value, str)
    if question.kind == Kind.YES_NO:
        return isinstance(value, bool)
    if isinstance(value, bool):
        return False
    if question.kind == Kind.FACES:
        return isinstance(value, int) and 0 <= value < len(FACES)
    if question.kind == Kind.NUMBER:
        if not isinstance(value, int | float) or (question.whole and value != int(value)):
            return False
        return (question.least is None or value >= question.least) and (
            question.most is None or value <= question.most
        )
    codes = {option.code for option in question.options}
    if question.kind == Kind.SEVERAL:
        return isinstance(value, list) and set(value) <= codes and len(set(value)) == len(value)
    return value in codes


def score_of(form: Form, answers: Answers) -> int | None:
    """The sum; nothing when the form has none, or when a question that counts was left."""
    asked = [question for question in shown_questions(form, answers) if question.scored]
    if not asked or not all(
        (answered(answers, one) and fits(one, answers[one.id])) or one.kind == Kind.SEVERAL for one in asked
    ):
        return None
    return sum(points(question, answers) for question in asked)


def points(question: Question, answers: Answers) -> int:
    if question.counts:
        return int(answers[question.id])  # type: ignore[arg-type]
    given = codes_given(answers, question)
    return sum(option.value or 0 for option in question.options if option.code in given)


def bounds(form: Form) -> tuple[int, int] | None:
    """The lowest and the highest score that answers may give."""
    if not form.scored:
        return None
    low = high = 0
    for question in form.questions:
        if not question.scored:
            continue
        least, most = span(question)
        # A question that may not be asked may add nothing.
        low += min(least, 0) if question.when else least
        high += max(most, 0) if question.when else most
    return low, high


def span(question: Question) -> tuple[int, int]:
    if question.kind == Kind.FACES:
        return 0, len(FACES) - 1
    if question.kind == Kind.NUMBER:
        assert question.least is not None
        assert question.most is not None
        return int(question.least), int(question.most)
    values = [option.value or 0 for option in question.options]
    if question.kind == Kind.SEVERAL:
        return sum(value for value in values if value < 0), sum(value for value in values if value > 0)
    return min(values), max(values)


def worded_score(form: Form, score: int | None) -> str:
    """What the source of the scale calls this score."""
    if score is None:
        return ""
    return next((one.words for one in form.ranges if one.least <= score <= one.most), "")


def told(question: Question, value: Answer) -> str:
    """An answer in words."""
    if question.kind == Kind.YES_NO:
        return "Oui" if value is True else "Non"
    if question.kind == Kind.FACES:
        return FACES[value] if isinstance(value, int) and 0 <= value < len(FACES) else str(value)
    if isinstance(value, list):
        return ", ".join(option.words for option in question.options if option.code in value)
    words = {option.code: option.words for option in question.options}
    if isinstance(value, float):
        return f"{value:g}".replace(".", ",")
    return words.get(str(value), str(value))


def to_items(form: Form, answers: Answers) -> list[dict[str, Any]]:
    """What was answered, as the items of a FHIR QuestionnaireResponse."""
    return [
        {"linkId": question.id, "text": question.words, "answer": _coded(question, answers[question.id])}
        for question in shown_questions(form, answers)
        if answered(answers, question)
    ]


def _coded(question: Question, value: Answer) -> list[dict[str, Any]]:
    if question.kind == Kind.YES_NO:
        return [{"valueBoolean": value}]
    if question.kind == Kind.TEXT:
        return [{"valueString": value}]
    if question.kind == Kind.NUMBER:
        return [{"valueInteger": int(value)} if question.whole else {"valueDecimal": value}]  # type: ignore[arg-type]
    if question.kind == Kind.FACES:
        coding = {"system": FACES_SYSTEM, "code": str(value), "display": told(question, value)}
        return [{"valueCoding": coding}]
    given = value if isinstance(value, list) else [value]
    return [
        {"valueCoding": {"code": option.code, "display": option.words}}
        for option in question.options
        if option.code in given
    ]


def from_items(form: Form, items: Any) -> dict[str, Answer]:
    """The answers that kept items hold; what does not fit the form is left out."""
    kinds = {question.id: question for question in form.questions}
    found: dict[str, Answer] = {}
    for item in items if isinstance(items, list) else []:
        question = kinds.get(item.get("linkId", "")) if isinstance(item, dict) else None
        rows = item.get("answer") if isinstance(item, dict) else None
        if question is None or not isinstance(rows, list):
            continue
        values = [_value(row) for row in rows if isinstance(row, dict)]
        value: Any = (
            [str(one) for one in values] if question.kind == Kind.SEVERAL else next(iter(values), None)
        )
        if question.kind == Kind.FACES and isinstance(value, str) and value.isdecimal():
            value = int(value)
        if value is not None and fits(question, value):
            found[question.id] = value
    return found


def _value(row: Mapping[str, Any]) -> Any:
    coding = row.get("valueCoding")
    if isinstance(coding, dict):
        return coding.get("code")
    return next(
        (
            row[name]
            for name in ("valueBoolean", "valueInteger", "valueDecimal", "valueString")
            if name in row
        ),
        None,
    )
