"""The easy text of the next version, checked sentence by sentence, and where each is mended."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from avec.careplan.models import Goal
from avec.careplan.rules.wording import EasyKind, EasyLine, EasySource, easy_report

from ..rules import ContractText
from ..text import activities_of
from .chosen import SCHEDULE


@dataclass(frozen=True)
class EasyToMend:
    """A sentence that could be simpler, or stands without an image, and the form that mends it."""

    words: str
    hints: list[str]
    url: str
    fixed: str = ""  # why these words have no form


@dataclass(frozen=True)
class EasyChecked:
    """The easy text, checked sentence by sentence."""

    sentences: int
    to_mend: list[EasyToMend]
    without_image: list[EasyToMend]

    @property
    def simple(self) -> int:
        return self.sentences - len(self.to_mend)


def easy_checked(text: ContractText, goals: Sequence[Goal]) -> EasyChecked:
    back = reverse("contracts:prepare", args=[text.person]) + "#facile"
    report = easy_report(easy_lines_of(text, goals))
    to_mend = []
    for read in report.lines:
        # Each sentence has its own line, and each goal or activity its block: there is no paragraph to cut.
        hints = [hint.words for hint in read.hints if hint.kind != EasyKind.PARAGRAPH]
        if hints:
            to_mend.append(
                EasyToMend(read.line.words, hints, mended_at(read.line, back), fixed_by(read.line))
            )
    without_image = [EasyToMend(line.words, [], mended_at(line, back)) for line in report.without_image]
    return EasyChecked(report.sentences, to_mend, without_image)


def easy_lines_of(text: ContractText, goals: Sequence[Goal]) -> list[EasyLine]:
    """The easy text, each line with the goal, the activity or the negotiation that it comes from."""
    lines = [EasyLine(EasySource.FIXED, "balance", words) for words in text.balance]
    # An activity that serves two goals is told under each, and checked once.
    told: set[UUID] = set()
    for goal, clause in zip(goals, text.clauses, strict=True):
        lines += [EasyLine(EasySource.GOAL, str(goal.pk), words, clause.picto) for words in clause.easy]
        for activity, shown in zip(activities_of(goal), clause.activities, strict=True):
            if activity.pk not in told:
                told.add(activity.pk)
                lines += [
                    EasyLine(EasySource.ACTIVITY, str(activity.pk), words, shown.picto)
                    for words in shown.easy
                ]
    lines += [EasyLine(EasySource.FIXED, SCHEDULE, words) for words in text.schedule_easy]
    for one in text.negotiated:
        lines += [EasyLine(EasySource.POINT, one.negotiation, words, "talk") for words in one.easy]
    return lines


FORMS = {EasySource.GOAL: "careplan:change_goal", EasySource.ACTIVITY: "careplan:change_activity"}


def mended_at(line: EasyLine, back: str) -> str:
    """The form that changes these words, open on them, and back here after; nothing where they are told from facts."""
    form = FORMS.get(line.kind)
    return f"{reverse(form, args=[line.key])}?{urlencode({'next': back})}#id_easy_words" if form else ""


def fixed_by(line: EasyLine) -> str:
    match line.kind:
        case EasySource.POINT:
            return _("Ce sont les mots de l’accord : ils restent comme ils ont été dits.")
        case EasySource.FIXED:
            return _("Cette phrase est écrite à partir du projet.")
        case _:
            return ""
