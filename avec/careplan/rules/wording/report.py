"""A whole easy text read line by line: where each line comes from, what could be simpler, which images lack."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from .easy import hints_of_lines
from .easy_hint import EasyHint


class EasySource(StrEnum):
    """What a line comes from: where it is mended. A fixed text is ours."""

    GOAL = "goal"
    ACTIVITY = "activity"
    POINT = "point"
    ANSWER = "answer"
    FIXED = "fixed"


# What is said of these stands beside an image (RLS 3).
WITH_AN_IMAGE = frozenset({EasySource.GOAL, EasySource.ACTIVITY})


@dataclass(frozen=True)
class EasyLine:
    """One line of an easy text. `key`: the object to mend; `picto`: the image beside it, or nothing."""

    kind: EasySource
    key: str
    words: str
    picto: str = ""

    @property
    def source(self) -> tuple[EasySource, str]:
        return self.kind, self.key


@dataclass(frozen=True)
class EasyRead:
    """A line as it was read again."""

    line: EasyLine
    hints: tuple[EasyHint, ...]

    @property
    def is_simple(self) -> bool:
        return not self.hints

    @property
    def is_to_simplify(self) -> bool:
        return any(hint.firm for hint in self.hints)


@dataclass(frozen=True)
class EasyReport:
    """The lines in order, and the goals and activities that stand without an image."""

    lines: tuple[EasyRead, ...]
    without_image: tuple[EasyLine, ...]  # the first line of each

    @property
    def sentences(self) -> int:
        return len(self.lines)

    @property
    def simple(self) -> int:
        return sum(read.is_simple for read in self.lines)

    @property
    def to_simplify(self) -> tuple[EasyRead, ...]:
        """Beyond a rule: to mend. The others with a hint only have advice."""
        return tuple(read for read in self.lines if read.is_to_simplify)

    @property
    def advised(self) -> int:
        return self.sentences - self.simple - len(self.to_simplify)


def easy_report(lines: Sequence[EasyLine]) -> EasyReport:
    """Read a whole easy text again. What one line explains is explained for all; each source is a paragraph."""
    kept = [line for line in lines if line.words.strip()]
    texts, places = list[str](), list[int]()
    for number, line in enumerate(kept):
        if number and line.source != kept[number - 1].source:
            texts.append("")
        texts.append(line.words)
        places.append(len(texts))
    found: dict[int, list[EasyHint]] = {place: [] for place in places}
    for hint in hints_of_lines(texts):
        found[hint.line].append(hint)
    read = [
        EasyRead(line, tuple(_on(line, number, hint) for hint in found[place]))
        for number, (line, place) in enumerate(zip(kept, places, strict=True), start=1)
    ]
    return EasyReport(tuple(read), _without_image(kept))


def _on(line: EasyLine, number: int, hint: EasyHint) -> EasyHint:
    """What somebody said stays as they said it: a hint on it is only advice."""
    words = line.words.strip()
    quoted = words.startswith("«") and words.rstrip(".").endswith("»")
    return replace(hint, line=number, firm=hint.firm and not quoted)


def _without_image(lines: Sequence[EasyLine]) -> tuple[EasyLine, ...]:
    illustrated = {line.source for line in lines if line.picto}
    first = {line.source: line for line in reversed(lines) if line.kind in WITH_AN_IMAGE}
    return tuple(line for source, line in reversed(first.items()) if source not in illustrated)
