import json
import re
from math import isfinite
from typing import Any

from . import fhir
from .shape import NO, YES, Condition, Form, FormRefused, Kind, Option, Question, Range

LARGEST = 200_000  # bytes of a file
MOST_QUESTIONS = 40
MOST_OPTIONS = 20
MOST_FAULTS = 10
IDENTIFIER = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")
URL = re.compile(r"(https?://|urn:)[^\s\"<>{}|\\^`]{1,240}")
UNWANTED = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\u202a-\u202e\u2066-\u2069\ufffe\uffff]")
VALUES = range(-1000, 1001)
KNOWN = {
    "id", "words", "kind", "section", "hint", "required", "options", "least", "most", "whole", "counts",
    "when", "when_any",
}  # fmt: skip


def read(content: bytes) -> Form:
    """The questionnaire a file holds, or FormRefused."""
    if len(content) > LARGEST:
        raise FormRefused("Ce fichier est trop lourd\u00a0: une grille pèse 200\u00a0ko au plus.")
    try:
        data = json.loads(content.decode("utf-8-sig"), parse_constant=_no_constant)
    except UnicodeDecodeError:
        raise FormRefused("Ce fichier n’est pas du texte. Choisissez un fichier JSON.") from None
    except (ValueError, RecursionError):
        raise FormRefused("Ce fichier n’est pas du JSON, ou il est abîmé.") from None
    return parse(data)


def _no_constant(name: str) -> Any:
    raise ValueError(name)


def parse(data: Any) -> Form:
    """A questionnaire from our own JSON or from a FHIR R4 Questionnaire. FormRefused says all there is to mend."""
    if not isinstance(data, dict):
        raise FormRefused("Ce fichier ne contient pas de questionnaire.")
    faults: list[str] = []
    if "resourceType" in data:
        data = fhir.in_our_words(data, faults)
    form = _form(data, faults)
    if faults:
        more = len(faults) - MOST_FAULTS
        shown = faults[:MOST_FAULTS] + ([f"… et {more} autres points."] if more > 0 else [])
        raise FormRefused(*shown)
    return form


def _form(data: dict[str, Any], faults: list[str]) -> Form:
    title = text(data.get("title"), 250)
    if not title:
        faults.append("Le questionnaire n’a pas de nom (« title »).")
    rows = data.get("questions")
    rows = rows if isinstance(rows, list) else []
    if not rows:
        faults.append("Le questionnaire n’a pas de question.")
    if len(rows) > MOST_QUESTIONS:
        faults.append(
            f"Le questionnaire a {len(rows)} questions\u00a0: Avec en prend {MOST_QUESTIONS} au plus."
        )
    url = text(data.get("url"), 250)
    if url and not URL.fullmatch(url):
        faults.append("L’adresse du questionnaire (« url ») commence par « https:// » ou « urn: ».")
    questions: list[Question] = []
    for place, row in enumerate(rows[:MOST_QUESTIONS], start=1):
        question = _question(row, place, questions, faults)
        if question is not None:
            questions.append(question)
    form = Form(
        title=title,
        questions=tuple(questions),
        version=text(data.get("version"), 40) or "1",
        url=url,
        purpose=text(data.get("purpose"), 2000),
        source=text(data.get("source"), 2000),
        for_person=data.get("for_person") is True,
        ranges=_ranges(data.get("ranges"), faults),
    )
    if form.ranges and not form.scored:
        faults.append("Des paliers sont donnés, et aucune réponse n’a de valeur.")
    return form


def _question(row: Any, place: int, before: list[Question], faults: list[str]) -> Question | None:
    where = f"Question {place}"
    if not isinstance(row, dict):
        faults.append(f"{where}\u00a0: on ne sait pas la lire.")
        return None
    identifier, words = text(row.get("id"), 80), text(row.get("words"), 1000)
    if words:
        where += f" (« {words[:40]} »)"
    found: list[str] = []
    if not IDENTIFIER.fullmatch(identifier):
        found.append("donnez-lui un « id » fait de lettres sans accent et de chiffres.")
    if identifier in {question.id for question in before}:
        found.append(f"l’« id » {identifier} sert deux fois.")
    if not words:
        found.append("elle n’a pas de texte (« words »).")
    found += [f"« {text(name, 40)} » n’est pas pris." for name in row if name not in KNOWN]
    try:
        kind = Kind(row.get("kind") or "")
    except ValueError:
        faults.append(f"{where}\u00a0: le genre « {text(row.get('kind'), 40)} » n’est pas pris.")
        return None
    least, most = _number(row, "least", found), _number(row, "most", found)
    if least is not None and most is not None and least > most:
        found.append("le plus petit nombre dépasse le plus grand.")
    whole = row.get("whole") is not False
    counts = row.get("counts") is True or (kind == Kind.FACES and row.get("counts") is not False)
    if counts and kind == Kind.NUMBER and (least is None or most is None or not whole):
        found.append("un nombre qui compte dans le score est entier, avec un plus petit et un plus grand.")
    question = Question(
        id=identifier,
        words=words,
        kind=kind,
        section=text(row.get("section"), 250),
        hint=text(row.get("hint"), 1000),
        required=row.get("required") is True,
        options=_options(row.get("options"), kind, found),
        least=least if kind == Kind.NUMBER else None,
        most=most if kind == Kind.NUMBER else None,
        whole=whole,
        counts=counts and kind in {Kind.NUMBER, Kind.FACES},
        when=_conditions(row.get("when"), before, found),
        when_any=row.get("when_any") is True,
    )
    faults += [f"{where}\u00a0: {fault}" for fault in found]
    return question


def _options(rows: Any, kind: Kind, found: list[str]) -> tuple[Option, ...]:
    if kind not in {Kind.CHOICE, Kind.SEVERAL, Kind.YES_NO}:
        if rows:
            found.append("ce genre de question n’a pas de réponses à choisir.")
        return ()
    rows = rows if isinstance(rows, list) else []
    if kind == Kind.YES_NO:
        values = {
            row.get("code"): row.get("value") for row in rows if isinstance(row, dict) and _is_code(row)
        }
        if set(values) - {YES, NO}:
            found.append("les réponses d’une question par oui ou non sont « yes » et « no ».")
        return tuple(Option(code, words, _value(values.get(code), found)) for code, words in YES_NO_WORDS)
    if not 2 <= len(rows) <= MOST_OPTIONS and not (kind == Kind.SEVERAL and len(rows) == 1):
        found.append(f"donnez-lui de 2 à {MOST_OPTIONS} réponses (« options »).")
    options: dict[str, Option] = {}
    for row in rows[:MOST_OPTIONS]:
        row = row if isinstance(row, dict) else {}
        code, words = text(row.get("code"), 80), text(row.get("words"), 500)
        if not IDENTIFIER.fullmatch(code) or not words:
            found.append("chaque réponse a un « code » sans accent et un texte (« words »).")
        elif code in options:
            found.append(f"le code {code} sert deux fois.")
        else:
            options[code] = Option(code, words, _value(row.get("value"), found))
    return tuple(options.values())


YES_NO_WORDS = ((YES, "Oui"), (NO, "Non"))


def _is_code(row: dict[str, Any]) -> bool:
    return isinstance(row.get("code"), str)


def _value(value: Any, found: list[str]) -> int | None:
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int) or value not in VALUES:
        found.append("la valeur d’une réponse est un nombre entier, de −1000 à 1000.")
        return None
    return value


def _number(row: dict[str, Any], name: str, found: list[str]) -> float | None:
    value = row.get(name)
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float) or not _fits(value):
        found.append(f"« {name} » est un nombre, de −1 000 000 à 1 000 000.")
        return None
    return value


def _fits(value: float) -> bool:
    return (isinstance(value, int) or isfinite(value)) and abs(value) <= 1_000_000


def _conditions(rows: Any, before: list[Question], found: list[str]) -> tuple[Condition, ...]:
    if rows is None:
        return ()
    conditions = []
    earlier = {question.id: question for question in before}
    for row in rows if isinstance(rows, list) else [None]:
        name = row.get("question") if isinstance(row, dict) else None
        among = row.get("among") if isinstance(row, dict) else None
        question = earlier.get(name) if isinstance(name, str) else None
        if question is None or not isinstance(among, list) or not among:
            found.append("sa condition (« when ») cite une question plus haut, et ses réponses (« among »).")
        elif not {one for one in among if isinstance(one, str)} or not set(map(str, among)) <= codes_of(
            question
        ):
            found.append("sa condition (« when ») cite une réponse qui n’existe pas.")
        else:
            conditions.append(Condition(question.id, frozenset(map(str, among))))
    return tuple(conditions)


def codes_of(question: Question) -> set[str]:
    """What a condition may ask of a question."""
    if question.kind == Kind.FACES:
        return {str(face) for face in range(5)}
    return {option.code for option in question.options}


def _ranges(rows: Any, faults: list[str]) -> tuple[Range, ...]:
    if rows is None:
        return ()
    ranges: list[Range] = []
    for row in rows if isinstance(rows, list) else [None]:
        row = row if isinstance(row, dict) else {}
        least, most, words = row.get("least"), row.get("most"), text(row.get("words"), 250)
        if type(least) is not int or type(most) is not int or least > most or not words:
            faults.append("Un palier a un plus petit score, un plus grand, et des mots.")
        elif any(least <= one.most and one.least <= most for one in ranges):
            faults.append("Deux paliers se recouvrent.")
        else:
            ranges.append(Range(least, most, words))
    return tuple(ranges)


def text(value: Any, longest: int) -> str:
    """One line of words, cleaned of what no text holds; nothing when it is no text."""
    return fhir.one_line(UNWANTED.sub("", value))[:longest].strip() if isinstance(value, str) else ""
