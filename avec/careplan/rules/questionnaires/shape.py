from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class Kind(StrEnum):
    """What a question takes as its answer."""

    CHOICE = "choice"  # one of the options
    SEVERAL = "several"  # any number of the options
    NUMBER = "number"
    YES_NO = "yes_no"
    TEXT = "text"
    FACES = "faces"  # one of five faces, 0 to 4


# The five faces, in words: a picture never speaks alone.
FACES = ("Pas bien du tout", "Pas bien", "Moyen", "Bien", "Très bien")
YES, NO = "yes", "no"


class FormRefused(ValueError):
    """A questionnaire that is not taken: one sentence for each thing to mend, for the screen."""

    def __init__(self, *faults: str) -> None:
        super().__init__(" ".join(faults))
        self.faults = list(faults)


@dataclass(frozen=True)
class Option:
    code: str
    words: str
    value: int | None = None  # what it adds to the score


@dataclass(frozen=True)
class Condition:
    """Holds when an earlier question was answered by one of these codes (« yes », « no », a face's number)."""

    question: str
    among: frozenset[str]


@dataclass(frozen=True)
class Question:
    id: str
    words: str
    kind: Kind
    section: str = ""
    hint: str = ""
    required: bool = False
    options: tuple[Option, ...] = ()  # of a choice, of several; values of yes and no too
    least: float | None = None
    most: float | None = None
    whole: bool = True  # a number without decimals
    counts: bool = False  # a number or a face that adds itself to the score
    when: tuple[Condition, ...] = ()
    when_any: bool = False  # one condition is enough

    @property
    def scored(self) -> bool:
        return self.counts or any(option.value is not None for option in self.options)


@dataclass(frozen=True)
class Range:
    """What a score from `least` to `most` is called, as the source of the scale words it."""

    least: int
    most: int
    words: str


@dataclass(frozen=True)
class Form:
    title: str
    questions: tuple[Question, ...]
    version: str = "1"
    url: str = ""
    purpose: str = ""
    source: str = ""
    for_person: bool = False
    ranges: tuple[Range, ...] = ()

    @property
    def scored(self) -> bool:
        return any(question.scored for question in self.questions)


def to_json(form: Form) -> dict[str, Any]:
    """The form as it is kept; `parse` reads it back."""
    kept: dict[str, Any] = {"title": form.title, "version": form.version}
    kept |= {name: value for name in ("url", "purpose", "source") if (value := getattr(form, name))}
    if form.for_person:
        kept["for_person"] = True
    kept["questions"] = [_question_json(question) for question in form.questions]
    if form.ranges:
        kept["ranges"] = [{"least": one.least, "most": one.most, "words": one.words} for one in form.ranges]
    return kept


def _question_json(question: Question) -> dict[str, Any]:
    kept: dict[str, Any] = {"id": question.id, "words": question.words, "kind": question.kind.value}
    kept |= {name: value for name in ("section", "hint") if (value := getattr(question, name))}
    kept |= {name: True for name in ("required", "when_any") if getattr(question, name)}
    if question.options:
        kept["options"] = [
            {"code": one.code, "words": one.words} | ({} if one.value is None else {"value": one.value})
            for one in question.options
        ]
    if question.kind == Kind.NUMBER:
        kept |= {name: value for name in ("least", "most") if (value := getattr(question, name)) is not None}
        kept["whole"] = question.whole
    if question.kind in {Kind.NUMBER, Kind.FACES}:
        kept["counts"] = question.counts
    if question.when:
        kept["when"] = [{"question": one.question, "among": sorted(one.among)} for one in question.when]
    return kept
