"""What an agreement changes in the plan: a new goal, a new activity, or one that exists done otherwise.

It is written with the outcome of its point, as plain values, and goes into the
plan once the whole is concluded. What is refused here would be refused by the
plan too: better said while everybody is still at the table.

`fields`, by what it becomes:

- goal: statement, due_on, priority, expected_result, easy_words, expectations (keys);
- activity: title, participation, doers, rhythm, recurrence, place, starts_on, ends_on, then `goal` (the key of
  one of the plan) or `point` (another point, whose agreement becomes a goal), with its words in `goal_words`;
- schedule: activity (its key), activity_title, `was` (rhythm, place, performer on that day), then what changes
  among doers, rhythm, recurrence, place, starts_on, ends_on.

A doer is {"kind", "name"}, with the `key` of a relative or of a member when they are one.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from avec.accounts.vocabulary import worded
from avec.careplan.rules.doing import end_before_start
from avec.careplan.rules.rhythm import RhythmRefused, parse

from .moves import Becomes

LONGEST_LINE = 250
LONGEST_TEXT = 1000
PARTICIPATIONS = ("by", "with", "presence", "for")
DOER_KINDS = ("person", "relative", "professional", "partner")
MOST_DOERS = 12
CHANGES = ("doers", "rhythm", "place", "starts_on", "ends_on")

Fields = Mapping[str, Any]


def lacks(becomes: str, fields: Fields, today: date) -> dict[str, str]:
    """What cannot go into the plan as it is written: the name of a field, and a sentence for the screen."""
    if becomes == Becomes.GOAL:
        return _goal(fields, today)
    if becomes == Becomes.ACTIVITY:
        return _activity(fields)
    if becomes == Becomes.SCHEDULE:
        return _schedule(fields)
    return {} if becomes == Becomes.NOTHING else {"becomes": "Dites ce que cela change dans le projet."}


def _goal(fields: Fields, today: date) -> dict[str, str]:
    missing = {}
    if sentence := _text(fields, "statement", LONGEST_TEXT, "Écrivez l’objectif, en disant « je »."):
        missing["statement"] = sentence
    due_on = day_of(fields.get("due_on"))
    if due_on is None:
        missing["due_on"] = "Écrivez la date du terme."
    elif due_on <= today:
        missing["due_on"] = "Écrivez une date à venir\u00a0: c’est ce jour-là qu’on en parlera."
    priority = fields.get("priority")
    if isinstance(priority, bool) or not isinstance(priority, int) or not 1 <= priority <= 99:
        missing["priority"] = "Écrivez une priorité de 1 à 99\u00a0: 1 passe avant 2."
    for name in ("expected_result", "easy_words"):
        if sentence := _text(fields, name, LONGEST_TEXT):
            missing[name] = sentence
    return missing


def _activity(fields: Fields) -> dict[str, str]:
    missing = {}
    if sentence := _text(fields, "title", LONGEST_LINE, "Écrivez ce qu’on fait."):
        missing["title"] = sentence
    if fields.get("participation") not in PARTICIPATIONS:
        missing["participation"] = worded("Dites comment %(short_the)s y prend part.")
    if not fields.get("doers"):
        missing["doers"] = "Dites qui le fait\u00a0: cochez, ou écrivez."
    if fields.get("goal") and fields.get("point"):
        missing["goal"] = "Choisissez un seul objectif."
    return missing | _how(fields)


def _schedule(fields: Fields) -> dict[str, str]:
    missing = {}
    if not fields.get("activity"):
        missing["activity"] = "Choisissez l’action qui change."
    elif not any(fields.get(name) for name in CHANGES):
        missing["activity"] = "Dites ce qui change\u00a0: quand, où, ou qui."
    return missing | _how(fields)


def _how(fields: Fields) -> dict[str, str]:
    """When, where and by whom it is done."""
    missing = {}
    for name in ("rhythm", "recurrence"):
        if sentence := _text(fields, name, LONGEST_LINE):
            missing["rhythm"] = sentence
    if sentence := _text(fields, "place", 120):
        missing["place"] = sentence
    if fields.get("recurrence") and "rhythm" not in missing:
        try:
            parse(str(fields["recurrence"]))
        except RhythmRefused as refused:
            missing["rhythm"] = str(refused)
    for name in ("starts_on", "ends_on"):
        if fields.get(name) and day_of(fields[name]) is None:
            missing[name] = "Écrivez une date."
    if sentence := end_before_start(day_of(fields.get("starts_on")), day_of(fields.get("ends_on"))):
        missing.setdefault("ends_on", sentence)
    doers = fields.get("doers") or ()
    if not all(_is_doer(doer) for doer in doers):
        missing["doers"] = "Dites qui le fait\u00a0: choisissez dans la liste, ou écrivez."
    elif len(doers) > MOST_DOERS:
        missing["doers"] = f"Pas plus de {MOST_DOERS} personnes pour une action."
    return missing


def _is_doer(doer: object) -> bool:
    if not isinstance(doer, Mapping) or doer.get("kind") not in DOER_KINDS:
        return False
    return doer["kind"] == "person" or bool(str(doer.get("name", "")).strip())


def _text(fields: Fields, name: str, longest: int, needed: str = "") -> str:
    """The sentence when this text is missing though it is needed, or too long; empty when it will do."""
    said = str(fields.get(name) or "").strip()
    if needed and len(said) < 3:
        return needed
    return f"C’est trop long\u00a0: gardez {longest} caractères au plus." if len(said) > longest else ""


def day_of(written: object) -> date | None:
    """A day as the fields keep it (ISO), or None."""
    try:
        return date.fromisoformat(str(written)) if written else None
    except ValueError:
        return None
