"""FHIR R4 Questionnaire → our own words. What has no counterpart is refused, never dropped in silence."""

import re
from typing import Any

ORDINAL = (
    "http://hl7.org/fhir/StructureDefinition/ordinalValue",
    "http://hl7.org/fhir/StructureDefinition/itemWeight",
    "http://hl7.org/fhir/StructureDefinition/questionnaire-ordinalValue",
)
LEAST = "http://hl7.org/fhir/StructureDefinition/minValue"
MOST = "http://hl7.org/fhir/StructureDefinition/maxValue"
KINDS = {
    "choice": "choice",
    "boolean": "yes_no",
    "integer": "number",
    "decimal": "number",
    "string": "text",
    "text": "text",
}
NOT_TAKEN = ("answerValueSet", "modifierExtension")
DEPTH = 4

Json = dict[str, Any]


def in_our_words(data: Json, faults: list[str]) -> Json:
    if data.get("resourceType") != "Questionnaire":
        faults.append(
            f"Ce fichier est une ressource « {_text(data.get('resourceType'))} », pas un Questionnaire."
        )
        return {}
    if "modifierExtension" in data:
        faults.append(
            "Une extension change le sens du questionnaire (« modifierExtension »)\u00a0: elle n’est pas prise."
        )
    questions: list[Json] = []
    codes: dict[str, Json] = {}
    _walk(data.get("item"), questions, codes, faults)
    source = [_text(data.get("publisher")), _text(data.get("copyright"))]
    return {
        "title": data.get("title") or data.get("name"),
        "version": data.get("version"),
        "url": data.get("url"),
        "purpose": data.get("description") or data.get("purpose"),
        "source": ". ".join(part for part in source if part),
        "for_person": False,
        "questions": questions,
    }


def _walk(
    items: Any,
    questions: list[Json],
    codes: dict[str, Json],
    faults: list[str],
    section: str = "",
    when: tuple[Json, ...] = (),
    depth: int = 0,
) -> None:
    hint = ""
    for item in items if isinstance(items, list) else []:
        if not isinstance(item, dict):
            faults.append("Une question ne se lit pas.")
            continue
        words, kind = _text(item.get("text")), _text(item.get("type"))
        where = f"Question « {_text(item.get('linkId')) or words[:40]} »"
        if kind == "display":
            hint = words
            continue
        if kind == "group":
            own = _when(item, codes, where, faults)
            if item.get("enableBehavior") == "any" and len(own) > 1:
                faults.append(
                    f"{where}\u00a0: un groupe dépend d’une réponse ou d’une autre\u00a0: ce n’est pas pris."
                )
            if depth >= DEPTH:
                faults.append(f"{where}\u00a0: les groupes sont trop imbriqués.")
                continue
            _walk(item.get("item"), questions, codes, faults, words or section, (*when, *own), depth + 1)
            continue
        question = _question(item, words, kind, section, where, faults)
        if question is None:
            continue
        own = _when(item, codes, where, faults)
        if own and when and item.get("enableBehavior") == "any" and len(own) > 1:
            faults.append(f"{where}\u00a0: ses conditions se croisent avec celles de son groupe.")
        if when or own:
            question["when"] = [*when, *own]
            question["when_any"] = not when and item.get("enableBehavior") == "any"
        if hint:
            question["hint"], hint = hint, ""
        questions.append(question)
        codes[_text(item.get("linkId"))] = question


def _question(item: Json, words: str, kind: str, section: str, where: str, faults: list[str]) -> Json | None:
    if kind not in KINDS:
        faults.append(f"{where}\u00a0: le type « {kind} » n’est pas pris.")
        return None
    for name in NOT_TAKEN:
        if name in item:
            faults.append(f"{where}\u00a0: « {name} » n’est pas pris.")
    if item.get("item"):
        faults.append(f"{where}\u00a0: une question qui en contient d’autres n’est pas prise.")
    several = item.get("repeats") is True
    if several and kind != "choice":
        faults.append(f"{where}\u00a0: seule une question à choix peut recevoir plusieurs réponses.")
    question: Json = {
        "id": code_of(item.get("linkId")),
        "words": words,
        "kind": "several" if several else KINDS[kind],
        "section": section,
        "required": item.get("required") is True,
    }
    if kind == "choice":
        rows = item.get("answerOption")
        question["options"] = [_option(row, where, faults) for row in rows] if isinstance(rows, list) else []
    if KINDS[kind] == "number":
        question["whole"] = kind == "integer"
        least, most = (_extension(item, (url,)) for url in (LEAST, MOST))
        question |= {name: value for name, value in (("least", least), ("most", most)) if value is not None}
    return question


def _option(row: Any, where: str, faults: list[str]) -> Json:
    row = row if isinstance(row, dict) else {}
    coding = row.get("valueCoding")
    value = _extension(row, ORDINAL)
    if isinstance(coding, dict):
        value = _extension(coding, ORDINAL) if value is None else value
        words = _text(coding.get("display")) or _text(coding.get("code"))
        option = {
            "code": code_of(coding.get("code") or words),
            "words": words,
            "was": _text(coding.get("code")),
        }
    elif isinstance(row.get("valueString"), str):
        option = {"code": code_of(row["valueString"]), "words": _text(row["valueString"])}
    elif isinstance(row.get("valueInteger"), int) and not isinstance(row["valueInteger"], bool):
        option = {"code": code_of(str(row["valueInteger"])), "words": str(row["valueInteger"])}
    else:
        faults.append(
            f"{where}\u00a0: une de ses réponses n’est ni un code, ni un texte, ni un nombre entier."
        )
        return {}
    # A weight is a decimal in FHIR: 2.0 is 2, and 0.5 is refused further on.
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return {name: one for name, one in option.items() if name != "was"} | (
        {} if value is None else {"value": value}
    )


def _when(item: Json, codes: dict[str, Json], where: str, faults: list[str]) -> list[Json]:
    rows = item.get("enableWhen")
    found = []
    for row in rows if isinstance(rows, list) else []:
        row = row if isinstance(row, dict) else {}
        question = codes.get(_text(row.get("question")))
        answer = _answer(row)
        if row.get("operator") != "=" or answer is None:
            faults.append(
                f"{where}\u00a0: sa condition n’est pas prise (seulement « = » et une réponse à choisir)."
            )
        elif question is None:
            faults.append(f"{where}\u00a0: sa condition cite une question qui ne la précède pas.")
        else:
            found.append({"question": question["id"], "among": [answer]})
    return found


def _answer(row: Json) -> str | None:
    if isinstance(row.get("answerBoolean"), bool):
        return "yes" if row["answerBoolean"] else "no"
    coding = row.get("answerCoding")
    if isinstance(coding, dict):
        return code_of(coding.get("code") or coding.get("display"))
    if isinstance(row.get("answerString"), str):
        return code_of(row["answerString"])
    if isinstance(row.get("answerInteger"), int) and not isinstance(row["answerInteger"], bool):
        return code_of(str(row["answerInteger"]))
    return None


def _extension(element: Json, urls: tuple[str, ...]) -> Any:
    rows = element.get("extension")
    for row in rows if isinstance(rows, list) else []:
        if isinstance(row, dict) and row.get("url") in urls:
            for name in ("valueDecimal", "valueInteger"):
                if isinstance(row.get(name), int | float) and not isinstance(row[name], bool):
                    return row[name]
    return None


def code_of(value: Any) -> str:
    """An identifier as ours are made: other signs become hyphens."""
    plain = re.sub(r"[^A-Za-z0-9._-]+", "-", _text(value)).strip("-._")
    return plain[:64]


def _text(value: Any) -> str:
    return one_line(value)[:1000] if isinstance(value, str) else ""


def one_line(words: str) -> str:
    """Words on one line. The space before « ? » stays the one that never breaks."""
    return re.sub(r"[^\S\u00a0]+", " ", words).strip()
