"""The agreement as it is read back before each party answers: in full, and in easy words.

The text is written once, when the conclusion begins, and kept in its move:
what people answer is what they read, whatever is written elsewhere later.
Each voice keeps its own words, above all where there is no agreement.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from avec.accounts.models import Member
from avec.careplan.words import relative_speaker
from avec.ui.words import NBSP, date_long, quote

from .changes import bare, change_of, lines_of
from .models import Party
from .rules import Becomes, Concession, Offer, OutcomeKind, Understood, Verb, balance_of
from .rules.table import Explained, Point
from .sitting import Sitting, lay


@dataclass(frozen=True)
class Voiced:
    """Somebody's own words, on a point."""

    voice: str
    name: str
    words: str


@dataclass(frozen=True)
class Entry:
    """One point as the text tells it: what was said of it, each voice's words, and short notes."""

    number: int
    words: str
    said: str = ""
    voices: tuple[Voiced, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Part:
    """A part of the text. `kind`: aim, agreed, set_aside, disagreed, fixed, steps or plan.

    `blocks`: the same in easy words, what goes together in one block.
    """

    kind: str
    heading: str
    lines: tuple[str, ...] = ()
    entries: tuple[Entry, ...] = ()
    blocks: tuple[tuple[str, ...], ...] = ()

    @property
    def easy(self) -> tuple[str, ...]:
        return tuple(line for block in self.blocks for line in block)


@dataclass(frozen=True)
class ReadBack:
    """The text in parts; in full it is one paragraph a line, in easy words one short sentence a line."""

    parts: tuple[Part, ...]

    @property
    def full(self) -> tuple[str, ...]:
        return tuple(line for part in self.parts for line in _flat(part))

    @property
    def easy(self) -> tuple[str, ...]:
        return tuple(line for part in self.parts for line in part.easy)

    def kept(self) -> dict[str, Any]:
        """As the move keeps it."""
        return {"easy": list(self.easy), "parts": [asdict(part) for part in self.parts]}


def _flat(part: Part) -> Iterator[str]:
    yield part.heading
    yield from part.lines
    for entry in part.entries:
        yield (
            f"{entry.number}. {entry.words}{NBSP}: {entry.said}"
            if entry.said
            else f"{entry.number}. {entry.words}"
        )
        for voiced in entry.voices:
            yield f"{voiced.name}{NBSP}: {quote(voiced.words)}"
        yield from entry.notes


def kept_text(sitting: Sitting) -> ReadBack | None:
    """The text that was read back, as it was written then; None before the conclusion."""
    number = sitting.table.read_back
    if not number:
        return None
    move = sitting.move_at(number)
    if "parts" in move.detail:
        return ReadBack(tuple(_part(one) for one in move.detail["parts"]))
    easy = tuple(str(line) for line in move.detail.get("easy", ()))
    return ReadBack((Part("aim", _("Le texte relu"), tuple(move.words.splitlines()), (), (easy,)),))


def _part(data: Mapping[str, Any]) -> Part:
    entries = tuple(
        Entry(
            one["number"],
            one["words"],
            one["said"],
            tuple(Voiced(**voiced) for voiced in one["voices"]),
            tuple(one["notes"]),
        )
        for one in data["entries"]
    )
    blocks = tuple(tuple(block) for block in data["blocks"])
    return Part(data["kind"], data["heading"], tuple(data["lines"]), entries, blocks)


def read_back(sitting: Sitting) -> ReadBack:
    """What the table says today, part by part; a part with nothing in it is left out."""
    parts = [_aim(sitting)]
    for kind in OutcomeKind:
        if points := points_of(sitting, kind):
            parts.append(_points(sitting, kind, points))
    if fixed := [point for point in sitting.table.live_points if point.negotiable is False]:
        parts.append(_fixed(sitting, fixed))
    if given := concessions_given(sitting):
        parts.append(_steps(sitting, given))
    parts.append(_plan(sitting))
    return ReadBack(tuple(parts))


def points_of(sitting: Sitting, kind: OutcomeKind) -> list[Point]:
    """The points of this outcome; one that was not settled, or not even classed, in time is not agreed."""
    table = sitting.table
    return [
        point
        for point in table.live_points
        if point.negotiable is not False
        and (table.outcomes[point.key].kind if point.key in table.outcomes else OutcomeKind.DISAGREED) == kind
    ]


def called(party: Party) -> str:
    """The name that people use: « Odette », « Claire », « Sonia »."""
    if party.relative is not None:
        return relative_speaker(party.relative, party.voice).name
    if party.professional is not None:
        return party.professional.given_name or party.professional.name
    return party.name


def names_of(sitting: Sitting) -> dict[str, str]:
    """The parties by the name that people use, or in full when two share it."""
    short = {key: called(party) for key, party in sitting.parties.items()}
    used = list(short.values())
    return {key: name if used.count(name) == 1 else sitting.parties[key].name for key, name in short.items()}


def _aim(sitting: Sitting) -> Part:
    table, lines, easy = sitting.table, list[str](), list[str]()
    if table.aim:
        lines.append(table.aim)
        easy += [_("Nous voulons tous la même chose."), *lines_of(table.aim)]
    if table.missed is not None:
        day = date_long(table.missed)
        lines += [
            _("La date limite était le %s. Nous concluons en l’état.") % day,
            _("Ce qui est décidé est provisoire."),
        ]
        easy += [
            _("Nous avions jusqu’au %s.") % day,
            _("Ce jour est passé."),
            _("Nous nous arrêtons là pour l’instant."),
        ]
    return Part("aim", _("Ce que nous voulons tous"), tuple(lines), (), (tuple(easy),))


HEADINGS = {
    OutcomeKind.AGREED: (lambda: _("Nous sommes d’accord")),
    OutcomeKind.SET_ASIDE: (lambda: _("Nous mettons de côté")),
    OutcomeKind.DISAGREED: (lambda: _("Nous ne sommes pas d’accord")),
}
EASY_HEADS = {
    OutcomeKind.AGREED: (lambda: [_("Nous sommes d’accord.")]),
    OutcomeKind.SET_ASIDE: (lambda: [_("Nous n’avons rien décidé."), _("Nous en parlerons plus tard.")]),
    OutcomeKind.DISAGREED: (lambda: [_("Nous ne sommes pas d’accord.")]),
}


def _points(sitting: Sitting, kind: OutcomeKind, points: Sequence[Point]) -> Part:
    names = names_of(sitting)
    entries, blocks = list[Entry](), list[tuple[str, ...]]()
    for point in points:
        outcome = sitting.table.outcomes.get(point.key)
        said = outcome.words if outcome else _("Nous n’avons pas fini d’en parler.")
        voices = () if kind == OutcomeKind.AGREED else tuple(voices_on(sitting, point, names))
        number = sitting.points[point.key].number
        entries.append(Entry(number, point.words, said, voices))
        easy = [_("Point %s.") % number, *lines_of(point.words), *EASY_HEADS[kind](), *lines_of(said)]
        for voiced in voices:
            easy += [_("%s dit\u00a0:") % voiced.name, *[quote(line) for line in lines_of(voiced.words)]]
        blocks.append(tuple(easy))
    return Part(kind.value, HEADINGS[kind](), (), tuple(entries), tuple(blocks))


def voices_on(sitting: Sitting, point: Point, names: Mapping[str, str]) -> Iterator[Voiced]:
    """What each party says of a point, in its own words, in the order of the table."""
    said = sitting.table.latest_positions(point.key)
    for key, party in sitting.parties.items():
        if key in said:
            yield Voiced(party.voice, names[key], said[key].words)


def _fixed(sitting: Sitting, points: Sequence[Point]) -> Part:
    entries, blocks = list[Entry](), list[tuple[str, ...]]()
    for point in points:
        number = sitting.points[point.key].number
        reason = _("Cela ne se négocie pas. Source\u00a0: %s.") % point.source.rstrip(".")
        explained = point.explained[-1] if point.explained else None
        note, easy_note = _explained(sitting, explained)
        hows = [
            sitting.points[other.key].number
            for other in sitting.table.live_points
            if other.how_of == point.key
        ]
        ways = [_("La manière de le faire se négocie\u00a0: c’est le point %s.") % how for how in hows]
        entries.append(Entry(number, point.words, reason, (), (note, *ways)))
        easy = [
            _("Point %s.") % number,
            *lines_of(point.words),
            _("Cela ne se négocie pas."),
            _("Voici pourquoi\u00a0:"),
            *lines_of(point.source),
            *easy_note,
            *ways,
        ]
        blocks.append(tuple(easy))
    return Part("fixed", _("Ce qui ne se négocie pas, et pourquoi"), (), tuple(entries), tuple(blocks))


def _explained(sitting: Sitting, explained: Explained | None) -> tuple[str, list[str]]:
    if explained is None:
        left = _("Il reste à l’expliquer.")
        return left, [left]
    move = sitting.move_at(explained.number)
    who = move.by.given_name or move.by.name
    day = date_long(timezone.localdate(move.at))
    states = {
        Understood.YES.value: _("C’est compris."),
        Understood.IN_PART.value: _("C’est compris en partie."),
        Understood.NO.value: _("Ce n’est pas compris\u00a0: on l’expliquera encore."),
        Understood.NOT_SAID.value: _("On ne sait pas si c’est compris."),
    }
    state = states.get(explained.understood, "")
    full = _("Expliqué par %(who)s, le %(day)s. %(state)s") % {"who": who, "day": day, "state": state}
    if move.words:
        full = f"{full.strip()} {quote(move.words)}"
    return full.strip(), [_("%s l’a expliqué.") % who, *([state] if state else [])]


def concessions_given(sitting: Sitting) -> dict[str, list[Concession]]:
    """The steps that everybody accepted, by who took them; whoever left keeps theirs."""
    given: dict[str, list[Concession]] = {key: [] for key in sitting.parties}
    for one in sitting.table.concessions.values():
        if sitting.table.stands(one) == Offer.ACCEPTED and not sitting.table.points[one.point].dropped:
            given[one.party].append(one)
    return {key: steps for key, steps in given.items() if steps}


def _steps(sitting: Sitting, given: Mapping[str, Sequence[Concession]]) -> Part:
    names, lines, blocks = names_of(sitting), list[str](), list[tuple[str, ...]]()
    for key, steps in given.items():
        name, count = names[key], len(steps)
        took = ngettext("%(name)s a fait 1 pas", "%(name)s a fait %(count)s pas", count) % {
            "name": name,
            "count": count,
        }
        told = "\u00a0; ".join(
            _("%(what)s, au lieu de %(was)s") % {"what": bare(one.becomes), "was": quote(bare(one.was))}
            for one in steps
        )
        lines.append(f"{took}{NBSP}: {told}.")
        easy = [f"{took}."]
        for one in steps:
            easy += [_("Avant\u00a0:"), *lines_of(one.was), _("Maintenant\u00a0:"), *lines_of(one.becomes)]
        blocks.append(tuple(easy))
    if balance_of(sitting.table).one_sided:
        one_sided = _("Les pas viennent d’un seul côté.")
        lines.append(one_sided)
        blocks.append((one_sided,))
    return Part("steps", _("Les pas de chacun"), tuple(lines), (), tuple(blocks))


def _plan(sitting: Sitting) -> Part:
    agreed = [
        sitting.table.outcomes[point.key]
        for point in points_of(sitting, OutcomeKind.AGREED)
        if sitting.table.outcomes[point.key].becomes != Becomes.NOTHING
    ]
    entries, blocks = list[Entry](), list[tuple[str, ...]]()
    for outcome in agreed:
        row = sitting.points[outcome.point]
        change = change_of(outcome.becomes, outcome.fields, sitting.negotiation.person.called)
        entries.append(Entry(row.number, row.words, change.said, (), change.notes))
        blocks.append(change.easy)
    if not entries:
        nothing = _("Le projet ne change pas.")
        return Part("plan", _("Ce que cela change dans le projet"), (nothing,), (), ((nothing,),))
    return Part("plan", _("Ce que cela change dans le projet"), (), tuple(entries), tuple(blocks))


def lay_text(sitting: Sitting, by: Member) -> None:
    """Read the text back: everybody answers it again."""
    text = read_back(sitting)
    lay(sitting, Verb.READ_BACK, by=by, words="\n".join(text.full), detail=text.kept())
