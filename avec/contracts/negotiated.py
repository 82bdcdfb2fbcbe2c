"""What was negotiated since the contract before, as the contract tells it: once, in the words of the table."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from avec.careplan.models import CarePlan
from avec.negotiation.models import Negotiation
from avec.negotiation.rules import Answer, OutcomeKind, Result
from avec.negotiation.sitting import Sitting, sittings_of
from avec.negotiation.text import ReadBack, kept_text, names_of, read_back
from avec.people.rules import CEILING, Kind
from avec.ui.words import date_long, quote

from .models import SIGNED_STATES, CareContract
from .rules import NegotiatedText, PointText, VoicedText

POINTS = {kind.value for kind in OutcomeKind} | {"fixed"}


def negotiations_for_contract(plan: CarePlan) -> list[Negotiation]:
    """Those concluded in this plan that no contract in force, or before it, has told yet."""
    # A contract that was withdrawn or refused told nobody anything that holds.
    told = {
        one["negotiation"]
        for content in CareContract.objects.filter(
            person=plan.person_id, state__in=SIGNED_STATES
        ).values_list("content", flat=True)
        for one in content.get("negotiated", ())
    }
    concluded = (
        Negotiation.objects.filter(plan=plan, concluded_at__isnull=False, level__in=CEILING[Kind.SELF])
        .select_related("person", "plan")
        .order_by("concluded_at")
    )
    return [one for one in concluded if str(one.pk) not in told]


def negotiated_texts(told: Sequence[Negotiation]) -> tuple[NegotiatedText, ...]:
    return tuple(negotiated_text(sitting) for sitting in sittings_of(told))


def negotiated_text(sitting: Sitting) -> NegotiatedText:
    """From the text that everybody answered, as it was kept."""
    negotiation = sitting.negotiation
    assert negotiation.concluded_at is not None
    text = kept_text(sitting) or read_back(sitting)
    return NegotiatedText(
        negotiation=str(negotiation.pk),
        title=negotiation.title,
        concluded_on=timezone.localdate(negotiation.concluded_at).isoformat(),
        result=negotiation.result,
        points=tuple(points_of(text, agreed=negotiation.result != Result.NONE.value)),
        reserves=tuple(reserves_of(sitting)),
        next_step=str(negotiation.get_next_step_display()) if negotiation.next_step else "",
        next_on=negotiation.next_on.isoformat() if negotiation.next_on else "",
        easy=tuple(easy_lines(sitting, text)),
    )


def points_of(text: ReadBack, *, agreed: bool) -> Iterator[PointText]:
    """Each point with what came of it. Somebody said no to the whole: what had been agreed no longer is."""
    for part in text.parts:
        if part.kind not in POINTS:
            continue
        kind = part.kind if agreed or part.kind != OutcomeKind.AGREED.value else OutcomeKind.DISAGREED.value
        for entry in part.entries:
            voices = tuple(VoicedText(one.voice, one.name, one.words) for one in entry.voices)
            yield PointText(entry.number, entry.words, kind, entry.said, voices, entry.notes)


def reserves_of(sitting: Sitting) -> Iterator[VoicedText]:
    """Who said no, or yes with reservations, in their own words."""
    names = names_of(sitting)
    for party in sitting.table.at_table:
        answered = sitting.table.answers.get(party.key)
        if answered is not None and answered.answer != Answer.YES:
            voice = sitting.parties[party.key].voice
            yield VoicedText(voice, names[party.key], answered.words, answered.answer.value)


def easy_lines(sitting: Sitting, text: ReadBack) -> Iterator[str]:
    """Short sentences, one idea each."""
    negotiation = sitting.negotiation
    yield _("Nous avons parlé de\u00a0:")
    yield f"{negotiation.title.rstrip('.')}."
    if negotiation.result == Result.NONE.value:
        yield _("Nous n’avons pas trouvé d’accord.")
    for part in text.parts:
        if part.kind in POINTS and not (
            part.kind == OutcomeKind.AGREED.value and negotiation.result == Result.NONE.value
        ):
            yield from part.easy
    for one in reserves_of(sitting):
        yield from (
            [_("%s a dit non.") % one.name]
            if one.answer == Answer.NO.value
            else [_("%s a dit oui.") % one.name, _("%s a des réserves.") % one.name]
        )
        if one.words:
            yield from (quote(line) for line in one.words.splitlines() if line.strip())
    if negotiation.next_on:
        yield _("La suite\u00a0: %s.") % negotiation.get_next_step_display()
        yield _("C’est le %s.") % date_long(negotiation.next_on)


HEADINGS: dict[str, Any] = {
    OutcomeKind.AGREED.value: gettext_lazy("Nous sommes d’accord"),
    OutcomeKind.SET_ASIDE.value: gettext_lazy("Nous mettons de côté"),
    OutcomeKind.DISAGREED.value: gettext_lazy("Nous ne sommes pas d’accord"),
    "fixed": gettext_lazy("Ce qui ne se négocie pas, et pourquoi"),
}
RESULTS: dict[str, Any] = {
    Result.TOTAL.value: gettext_lazy("Accord entier."),
    Result.PARTIAL.value: gettext_lazy("Accord en partie\u00a0: ce qui est décidé est provisoire."),
    Result.NONE.value: gettext_lazy("Pas d’accord."),
}


def groups_of(one: NegotiatedText) -> list[tuple[str, list[PointText]]]:
    """The points by what came of them, under their heading."""
    groups = [(str(heading), [p for p in one.points if p.kind == kind]) for kind, heading in HEADINGS.items()]
    return [(heading, points) for heading, points in groups if points]


def negotiated_facts(one: NegotiatedText) -> Iterator[str]:
    """When it was concluded, how, and what comes next."""
    day = date_long(date.fromisoformat(one.concluded_on))
    yield _("Conclue le %(day)s. %(result)s") % {"day": day, "result": RESULTS.get(one.result, "")}
    if one.next_on:
        day = date_long(date.fromisoformat(one.next_on))
        yield _("La suite\u00a0: %(what)s, le %(day)s.") % {"what": one.next_step, "day": day}


def answer_words(said: VoicedText) -> str:
    return _("a dit non") if said.answer == Answer.NO.value else _("a dit oui, avec des réserves")
