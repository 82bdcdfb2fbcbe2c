"""The record of a negotiation as a sheet: everything that was said at the table, as its reader reads it."""

from collections.abc import Iterator
from typing import TypeVar

from django.utils import timezone
from django.utils.translation import gettext as _

from avec.accounts.models import Member
from avec.careplan.models import Divergence, Expectation, Goal
from avec.careplan.words import speaker_of, when_said
from avec.documents.negotiation_pdf import NegotiationSheet, Part, PointPart, Step, Told
from avec.documents.pdf import Party, Position, Quote
from avec.documents.typeset import Size
from avec.people.models import today
from avec.ui.words import date_long, elide, quote

from .closing import answers_of, made_of
from .models import CareRefusal, Negotiation, NextStepChoice, OutcomeChoice, PhaseChoice, ResultChoice
from .present import ShownConcession, ShownParty, ShownPoint, ShownTable, shown_table
from .rules import Offer, Phase, Result
from .sitting import Sitting
from .story import story_of
from .text import kept_text

Source = TypeVar("Source", Goal, Divergence, CareRefusal)

STATES = {
    Offer.OFFERED: lambda: _("Proposé"),
    Offer.ACCEPTED: lambda: _("Accepté"),
    Offer.DECLINED: lambda: _("Pas accepté"),
    Offer.WITHDRAWN: lambda: _("Retiré"),
}


def sheet_of(sitting: Sitting, member: Member, size: Size) -> NegotiationSheet:
    """The whole record, whoever prints it: what they read on screen, and nothing else."""
    negotiation, shown, day = sitting.negotiation, shown_table(sitting, member), today()
    return NegotiationSheet(
        title=negotiation.title,
        subtitle=_("Négociation %(whose)s. %(state)s.")
        % {"whose": elide(negotiation.person.called), "state": state_of(negotiation)},
        person_name=negotiation.person.name,
        establishment=negotiation.person.establishment.name,
        printed=_("imprimé le %(day)s, par %(name)s") % {"day": date_long(day), "name": member.name},
        made_on=day,
        size=size,
        parties=tuple(party_of(one, negotiation) for one in shown.parties),
        note=_("Cette copie n’est pas signée. Elle dit ce qui a été dit, dans les mots de chacun."),
        parts=tuple(part for part in parts(shown) if part is not None),
    )


def state_of(negotiation: Negotiation) -> str:
    if negotiation.concluded_at is None:
        phase = PhaseChoice(negotiation.phase).label
        return _("Étape\u00a0: %s") % phase
    return _("%(result)s, le %(day)s") % {
        "result": str(ResultChoice(negotiation.result).label).capitalize(),
        "day": date_long(timezone.localdate(negotiation.concluded_at)),
    }


def party_of(one: ShownParty, negotiation: Negotiation) -> Party:
    words = [one.word]
    if one.party.stands_for:
        words.append(_("parle pour %s") % negotiation.person.called)
    return Party(one.party.voice, one.name, ", ".join(word for word in words if word))  # type: ignore[arg-type]


def parts(shown: ShownTable) -> Iterator[Part | None]:
    yield situation(shown)
    yield stakes(shown)
    yield Part(
        _("Les points"),
        () if shown.points else (_("Aucun point n’est encore sur la table."),),
        points=tuple(point_part(one, shown) for one in (*shown.negotiable, *shown.unclassed)),
    )
    if shown.fixed:
        yield Part(
            _("Ce qui ne se négocie pas, et pourquoi"),
            points=tuple(fixed_part(one, shown) for one in shown.fixed),
        )
    yield balance(shown)
    yield text_part(shown)
    yield answers(shown)
    yield ending(shown)
    yield story(shown)


def situation(shown: ShownTable) -> Part:
    negotiation, table = shown.negotiation, shown.sitting.table
    lines = [line.strip() for line in negotiation.situation.splitlines() if line.strip()]
    lines.append(_("À l’occasion de\u00a0: %s.") % negotiation.get_context_display())
    if table.aim:
        lines.append(_("Le but commun\u00a0: %s") % table.aim)
    if table.due_on:
        lines.append(_("La date limite\u00a0: %s.") % date_long(table.due_on))
    if negotiation.facilitator:
        lines.append(_("Anime\u00a0: %s.") % negotiation.facilitator.name)
    for one in shown.parties:
        if one.party.stands_for:
            facts = {"name": one.name, "whom": negotiation.person.called, "why": one.party.stands_for}
            lines.append(_("%(name)s parle pour %(whom)s, parce que\u00a0: %(why)s") % facts)
    lines += origin_lines(shown)
    return Part(_("La situation"), tuple(lines), said=tuple(first_words(shown)))


def origin_lines(shown: ShownTable) -> Iterator[str]:
    """What it starts from, for who still reads it: its sharing may have narrowed since the talk was opened."""
    negotiation = shown.negotiation
    if goal := readable(negotiation.goal, shown.member):
        yield _("Vient de l’objectif %(number)s\u00a0: %(words)s") % {
            "number": goal.number,
            "words": goal.statement,
        }
    if divergence := readable(negotiation.divergence, shown.member):
        yield _("Vient de deux lectures qui diffèrent\u00a0: %s") % divergence.about
    if refusal := readable(negotiation.refusal, shown.member):
        yield _("Vient d’un refus de soins\u00a0: %s") % refusal.care
    if negotiation.clause_words:
        yield _("Vient d’un article du contrat\u00a0: %s") % quote(negotiation.clause_words)


def readable(source: Source | None, member: Member) -> Source | None:
    """The source, when there is one and this member reads it today."""
    if source is None or not type(source).objects.visible_to(member).filter(pk=source.pk).exists():
        return None
    return source


def first_words(shown: ShownTable) -> Iterator[Quote]:
    """The words that it starts from, for who reads them."""
    negotiation = shown.negotiation
    if negotiation.expectation_id is None:
        return
    readable = Expectation.objects.visible_to(shown.member).select_related(
        "person", "relative", "professional", "written_by"
    )
    found = readable.filter(pk=negotiation.expectation_id).first()
    if found is not None and found.words:
        speaker = speaker_of(found, negotiation.person)
        yield Quote(speaker.v, speaker.name, found.words, when_said(found, negotiation.person))  # type: ignore[arg-type]


def stakes(shown: ShownTable) -> Part | None:
    """What matters to each, in its own words; the silence of who chose it is kept too."""
    everybody = [*shown.parties, *shown.gone]
    said = tuple(
        Quote(one.v, one.name, move.words, by_hand(move.aloud, move.by.name), one.word)  # type: ignore[arg-type]
        for one in everybody
        for move in one.stakes
    )
    silent = tuple(_("%s ne souhaite pas le dire.") % one.name for one in everybody if one.kept_stake)
    return Part(_("Ce qui compte pour chacun"), silent, said=said) if said or silent else None


def by_hand(aloud: bool, name: str) -> str:
    return _("dit de vive voix, noté par %s") % name if aloud else ""


def point_part(one: ShownPoint, shown: ShownTable) -> PointPart:
    facts = () if one.negotiable else (_("On ne sait pas encore si ce point se négocie."),)
    if one.point.how_of_id:
        prescription = shown.sitting.points[str(one.point.how_of_id)]
        facts = (*facts, _("La manière de faire le point %s, qui est prescrit.") % prescription.number)
    return PointPart(
        str(one.point.number),
        one.point.words,
        facts,
        tuple(
            Quote(
                position.who.v,  # type: ignore[arg-type]
                position.who.name,
                position.move.words,
                by_hand(position.move.aloud, position.move.by.name),
                position.who.word,
            )
            for position in one.positions
        ),
        tuple(step_of(step) for step in one.concessions),
        str(OutcomeChoice(one.outcome.kind.value).label) if one.outcome else _("pas encore d’issue"),
        one.outcome.words if one.outcome else "",
    )


def step_of(step: ShownConcession) -> Step:
    state = STATES[step.state]()
    names = step.accepted_names or step.declined_names
    if step.state in {Offer.ACCEPTED, Offer.DECLINED} and names:
        state = _("%(state)s par %(names)s") % {"state": state, "names": names}
    why = " ".join(quote(words) for words in step.why_declined)
    return Step(
        step.who.v,  # type: ignore[arg-type]
        step.who.name,
        step.concession.becomes,
        step.concession.was,
        f"{state}. {why}".strip(),
    )


def fixed_part(one: ShownPoint, shown: ShownTable) -> PointPart:
    facts = [_("Source\u00a0: %s") % one.point.source]
    for told in one.explained:
        day = date_long(timezone.localdate(told.move.at))
        words = f" {quote(told.move.words)}" if told.move.words else ""
        facts.append(
            _("Expliqué par %(name)s, le %(day)s\u00a0: %(state)s.%(words)s")
            % {"name": told.move.by.name, "day": day, "state": told.understood, "words": words}
        )
    if not one.explained:
        facts.append(_("Il reste à l’expliquer."))
    facts += [
        _("La manière de le faire se négocie\u00a0: c’est le point %s.") % how.number for how in one.hows
    ]
    return PointPart(str(one.point.number), one.point.words, tuple(facts))


def balance(shown: ShownTable) -> Part | None:
    rows = [one for one in shown.balance.parties if one.given]
    if not rows:
        return None
    lines = []
    for one in rows:
        name, count = shown.sitting.parties[one.party.key].name, len(one.given)
        facts = {"name": name, "count": count}
        lines.append(
            (_("%(name)s a fait 1 pas.") if count == 1 else _("%(name)s a fait %(count)s pas.")) % facts
        )
    if shown.balance.one_sided:
        lines.append(_("Les pas viennent d’un seul côté."))
    return Part(_("L’équilibre des pas acceptés"), tuple(lines))


def text_part(shown: ShownTable) -> Part | None:
    """The easy words that were read: the parts above say the rest in full."""
    text = kept_text(shown.sitting)
    if text is None:
        return None
    blocks = tuple(block for part in text.parts for block in part.blocks if block)
    return Part(_("Le texte relu, en mots simples"), blocks=blocks)


def answers(shown: ShownTable) -> Part | None:
    if not shown.sitting.table.read_back:
        return None
    rows = answers_of(shown)
    told = tuple(
        Position(
            one.who.v,  # type: ignore[arg-type]
            one.who.name,
            f"{one.position}, {one.when}" if one.when else one.position,
            one.words,
        )
        for one in rows
    )
    return Part(_("Les réponses au texte"), answers=told)


def ending(shown: ShownTable) -> Part | None:
    negotiation = shown.negotiation
    if shown.phase != Phase.CONCLUDED.value:
        return None
    lines = [f"{state_of(negotiation)}."]
    if negotiation.result == Result.PARTIAL.value:
        lines.append(_("Ce qui est décidé est provisoire, jusqu’à la suite."))
    if negotiation.next_step and negotiation.next_on:
        lines.append(
            _("La suite\u00a0: %(what)s, le %(day)s.")
            % {"what": NextStepChoice(negotiation.next_step).label, "day": date_long(negotiation.next_on)}
        )
    if negotiation.next_words:
        lines.append(negotiation.next_words)
    changes = [one.change for one in made_of(shown, negotiation, shown.member) if one.change]
    lines.append(_("Dans le projet\u00a0:") if changes else _("Le projet n’a pas changé."))
    blocks = tuple((change.said, *change.notes) for change in changes)
    return Part(_("Ce qui en est sorti"), tuple(lines), blocks)


def story(shown: ShownTable) -> Part:
    """Every move in its order: the text itself is above."""
    told = []
    for line in story_of(shown.sitting):
        when = f"{date_long(line.day)}, {line.time}"
        words = "" if line.verb == "read_back" else quote(line.words) if line.said else line.words
        notes = (*line.more, line.by_hand) if line.by_hand else line.more
        told.append(Told(when, line.sentence, words, tuple(notes)))
    return Part(_("L’histoire"), story=tuple(told))
