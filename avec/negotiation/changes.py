"""What an agreement changes in the plan, told in full and in easy words: the same before it is concluded and after."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from avec.careplan.rules.wording.reading import sentences as cut
from avec.careplan.words import part_words
from avec.ui.words import NBSP, date_long, quote

from .rules import Becomes
from .rules.becomes import day_of


@dataclass(frozen=True)
class Change:
    """« Un nouvel objectif », its term and its priority; then the same in short sentences."""

    said: str
    notes: tuple[str, ...]
    easy: tuple[str, ...]


def change_of(becomes: Becomes, fields: Mapping[str, Any], person: str) -> Change:
    """`fields`: what the settled point keeps (rules/becomes.py); `person`: as they are called."""
    if becomes == Becomes.GOAL:
        return _goal(fields)
    if becomes == Becomes.ACTIVITY:
        return _activity(fields, person)
    return _schedule(fields) if becomes == Becomes.SCHEDULE else Change("", (), ())


def _goal(fields: Mapping[str, Any]) -> Change:
    statement = str(fields["statement"])
    due_on = day_of(fields["due_on"]) or date.min
    notes = [_("Terme\u00a0: %s.") % date_long(due_on), _("Priorité %s.") % fields["priority"]]
    easy = [_("Il y a un nouvel objectif."), *[quote(line) for line in lines_of(statement)]]
    if fields.get("expected_result"):
        notes.append(_("On saura que c’est atteint quand\u00a0: %s.") % bare(str(fields["expected_result"])))
    easy.append(_("Nous en reparlerons le %s.") % date_long(due_on))
    return Change(_("Un nouvel objectif\u00a0: %s") % quote(statement), tuple(notes), tuple(easy))


def _activity(fields: Mapping[str, Any], person: str) -> Change:
    title, doers = str(fields["title"]), doers_of(fields)
    notes, easy = [], [_("Il y a une nouvelle action."), *lines_of(title)]
    if doers:
        notes.append(_("Qui\u00a0: %s.") % doers)
        easy.append(_("Qui le fait\u00a0: %s.") % doers)
    notes += _when_where(fields)
    easy += _when_where(fields)
    if how := str(fields.get("participation", "")):
        words = _("C’est fait %s.") % part_words(how, person)
        notes.append(words)
        easy.append(words)
    if fields.get("goal_words"):
        notes.append(_("Pour cet objectif\u00a0: %s.") % bare(str(fields["goal_words"])))
    return Change(_("Une nouvelle action\u00a0: %s") % title, tuple(notes), tuple(easy))


def _schedule(fields: Mapping[str, Any]) -> Change:
    title, was = str(fields.get("activity_title", "")), fields.get("was") or {}
    before = {
        _("Avant"): ", ".join(str(was[name]) for name in ("rhythm", "place", "performer") if was.get(name))
    }
    notes = [f"{word}{NBSP}: {words}." for word, words in before.items() if words]
    now = _when_where(fields)
    if doers := doers_of(fields):
        now.append(_("Qui\u00a0: %s.") % doers)
    easy = [_("Une action change."), *lines_of(title), *notes, _("Maintenant\u00a0:"), *now]
    return Change(_("L’action « %s » change") % title, (*now, *notes), tuple(easy))


def _when_where(fields: Mapping[str, Any]) -> list[str]:
    told = []
    if fields.get("rhythm"):
        told.append(_("Quand\u00a0: %s.") % bare(str(fields["rhythm"])))
    if fields.get("place"):
        told.append(_("Où\u00a0: %s.") % bare(str(fields["place"])))
    if starts_on := day_of(fields.get("starts_on")):
        told.append(_("À partir du %s.") % date_long(starts_on))
    if ends_on := day_of(fields.get("ends_on")):
        told.append(_("Jusqu’au %s.") % date_long(ends_on))
    return told


def doers_of(fields: Mapping[str, Any]) -> str:
    """« Odette, Claire et Sonia »."""
    names = [str(doer.get("name", "")) for doer in fields.get("doers", ()) if doer.get("name")]
    if len(names) < 2:
        return "".join(names)
    return _("%(first)s et %(last)s") % {"first": ", ".join(names[:-1]), "last": names[-1]}


def lines_of(words: str) -> list[str]:
    """What people wrote, one sentence a line, with its full stop."""
    lines = [line for text in words.splitlines() for line in (cut(text) or [text.strip()]) if line]
    return [line if line[-1] in ".!?…»:" else f"{line}." for line in lines]


def bare(words: str) -> str:
    """Words inside a sentence: no full stop of their own."""
    return " ".join(words.split()).rstrip(".")
