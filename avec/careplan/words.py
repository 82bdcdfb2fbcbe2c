"""How somebody's words are headed on the screen: whose voice, whose name, said when."""

import re
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _

from avec.accounts.models import Member
from avec.people.models import Person, RelatedPerson
from avec.ui.words import NBSP, date_long, elide

from .models import (
    Answer,
    Balance,
    Confirmation,
    DivergenceSide,
    Expectation,
    Importance,
    ParticipationChoice,
    Position,
    WayChoice,
)

ALOUD_OR_SHOWN = frozenset({WayChoice.VOICE.value, WayChoice.PICTOS.value})


@dataclass(frozen=True)
class Speaker:
    v: str
    name: str
    word: str = ""


def team() -> Speaker:
    return Speaker("professional", _("L’équipe"))


def relative_speaker(relative: RelatedPerson, voice: str) -> Speaker:
    """« Claire, sa fille »; « Mme Vidal, curatrice »."""
    if voice == "representative" and relative.civility:
        return Speaker(voice, f"{relative.civility} {relative.family_name}", relative.relation)
    return Speaker(voice, relative.given_name or relative.name, relative.relation)


def speaker_of(expectation: Expectation, person: Person) -> Speaker:
    """Who said it, as a statement is headed."""
    if expectation.voice == "person":
        return Speaker("person", person.called)
    if expectation.voice == "observed":
        seen_by = expectation.professional.name if expectation.professional else expectation.origin_words
        return Speaker("observed", person.called, _("vu par %s") % seen_by if seen_by else "")
    if expectation.relative is not None:
        return relative_speaker(expectation.relative, expectation.voice)
    if expectation.professional is not None:
        return Speaker(expectation.voice, expectation.professional.name, expectation.professional.job)
    return Speaker(expectation.voice, expectation.origin_words or str(expectation.get_voice_display()))


def when_said(expectation: Expectation, person: Person, reader: Member | None = None) -> str:
    """« dite le 9 septembre 2026, dans son espace · compte beaucoup »."""
    said = _("vu le %s") if expectation.voice == "observed" else _("dite le %s")
    words = said % date_long(expectation.said_on)
    if expectation.way in ALOUD_OR_SHOWN:
        words += f", {WayChoice(expectation.way).label}"
    if expectation.written_by_id and expectation.written_by_id == person.member_id:
        words += _(", dans son espace")
    elif (
        expectation.written_by is not None
        and expectation.way == WayChoice.TEXT.value
        and expectation.voice != "observed"
        and not expectation.written_by.is_lay
    ):
        words += _(", écrite par %s") % expectation.written_by.name
    parts = [words]
    if expectation.situation:
        parts.append(expectation.situation)
    if expectation.importance:
        parts.append(_("compte %s") % Importance(expectation.importance).label)
    return f"{NBSP}· ".join(parts)


def not_written_yet(expectation: Expectation) -> str:
    """What stands for words said aloud that nobody wrote down yet; "" once they are there."""
    if not expectation.waits_for_words:
        return ""
    return _("Message de vive voix du %s, pas encore écrit") % date_long(expectation.said_on)


def confirmed_by(confirmation: Confirmation) -> Speaker:
    """Who saw the same thing: somebody of the circle, or the professional who writes it."""
    if confirmation.relative is not None:
        return relative_speaker(confirmation.relative, "relative")
    by = confirmation.by
    return Speaker("professional", by.name, by.job) if by is not None else team()


def side_speaker(side: DivergenceSide, person: Person) -> Speaker:
    """Who reads the situation that way."""
    if side.voice in {"person", "observed"}:
        seen_by = side.professional.name if side.voice == "observed" and side.professional else ""
        return Speaker(side.voice, person.called, _("vu par %s") % seen_by if seen_by else "")
    if side.relative is not None:
        return relative_speaker(side.relative, side.voice)
    if side.professional is not None:
        return Speaker("professional", side.professional.name, side.professional.job)
    return team()


def position_speaker(position: Position, person: Person) -> Speaker:
    if position.voice == "person":
        return Speaker("person", person.called)
    if position.relative is not None:
        return relative_speaker(position.relative, position.voice)
    return team()


def answered_by(answer: Answer) -> str:
    """« Sonia Benali, le 3 novembre 2026 »."""
    day = _("le %s") % date_long(timezone.localdate(answer.at))
    return f"{answer.by.name}, {day}" if answer.by else day


def part_words(how: str, called: str) -> str:
    """« par Odette », « en présence d’Odette »: how much of the person there is in an activity."""
    words = {
        ParticipationChoice.BY.value: _("par %s"),
        ParticipationChoice.WITH.value: _("avec %s"),
        ParticipationChoice.PRESENCE.value: _("en présence %s"),
        ParticipationChoice.FOR.value: _("pour %s"),
    }
    return words[how] % (elide(called) if how == ParticipationChoice.PRESENCE.value else called)


def short(words: str, length: int = 60) -> str:
    """The beginning of a sentence, where a link leads to the whole of it."""
    words = re.sub(rf"[^\S{NBSP}]+", " ", words).strip()
    if len(words) <= length:
        return words
    return words[:length].rsplit(" ", 1)[0].rstrip(" ,;:.") + "…"


def balance_speaker(balance: Balance, person: Person) -> Speaker:
    """Who says what came of the plan."""
    if balance.voice == "person":
        return Speaker("person", person.called)
    if balance.voice == "observed":
        return Speaker("observed", person.called, _("vu par %s") % balance.by.name if balance.by else "")
    if balance.relative is not None:
        return relative_speaker(balance.relative, balance.voice)
    return team()
