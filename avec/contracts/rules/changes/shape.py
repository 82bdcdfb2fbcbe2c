"""What a change is, and how two lists of things are laid side by side."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TypeVar

from avec.ui.words import date_long, elide


class ChangeKind(StrEnum):
    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


@dataclass(frozen=True)
class Change:
    """`where`: the heading it belongs to. `before`, `after`: the two texts, to stand side by side."""

    where: str
    kind: ChangeKind
    words: str
    before: str = ""
    after: str = ""


@dataclass(frozen=True)
class Teller:
    """How the person is spoken of: by their name, or « vous » in easy reading."""

    called: str

    def share(self, participation: str) -> str:
        """How much of the person is in it, after « c’est »."""
        vous = self.called == "vous"
        return {
            "by": f"par {self.called}" + ("-même" if vous else ""),
            "with": f"avec {self.called}",
            "presence": "en votre présence" if vous else f"en présence {elide(self.called)}",
            "for": f"pour {self.called}",
        }.get(participation, "")


Thing = TypeVar("Thing")


def paired(
    before: Sequence[Thing], after: Sequence[Thing], key: Callable[[Thing], str]
) -> Iterator[tuple[Thing | None, Thing | None]]:
    """What stands in both, what is new, then what is gone. Two of one name are paired in their order."""
    left = named(before, key)
    for name, thing in named(after, key).items():
        yield left.pop(name, None), thing
    for gone in left.values():
        yield gone, None


def named(things: Sequence[Thing], key: Callable[[Thing], str]) -> dict[tuple[str, int], Thing]:
    found: dict[tuple[str, int], Thing] = {}
    seen: dict[str, int] = {}
    for thing in things:
        name = key(thing)
        found[name, seen.setdefault(name, 0)] = thing
        seen[name] += 1
    return found


def moved(name: str, what: str, before: str, after: str) -> str:
    """« Le jardin : c’était le mardi, c’est maintenant chaque jour. » `what`: said when nothing stood before."""
    was, now = before.rstrip(" ."), after.rstrip(" .")
    if was and now:
        return f"{name} : c’était {was}, c’est maintenant {now}."
    if was:
        return f"{name} : c’était {was}. {what}"
    return f"{name} : c’est maintenant {now}." if now else f"{name} : cela change."


def inside(words: str) -> str:
    """« Le mardi » is « le mardi » inside a sentence."""
    little = words.startswith(("L’", "Le ", "La ", "Les ", "Une ", "Un ", "Chaque ", "À ", "Tous ", "Deux "))
    return words[:1].lower() + words[1:] if little else words


def of(name: str) -> str:
    """« de l’équipe », « d’Odette »."""
    return f"de l’{name[2:]}" if name.startswith(("L’", "l’")) else elide(name)


def day(iso: str) -> str:
    """A date in words; anything else as it is."""
    try:
        return date_long(date.fromisoformat(iso))
    except ValueError:
        return iso
