"""Where a project is, in time: the five steps, the timeline, the gate to the contract, how much is done together."""

from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from avec.careplan.facts import goal_facts, stands_of, voices_heard
from avec.careplan.rules import (
    Condition,
    Counted,
    PlanFacts,
    gate_to_contract,
)
from avec.careplan.words import short
from avec.contracts.models import SIGNED_STATES, CareContract, State
from avec.contracts.rules import lapsed
from avec.people.models import today
from avec.ui.words import date_long

from .links import link
from .record_talks import Talks
from .record_voices import Record
from .rules import CONTRACT, thread_states

# The timeline keeps the latest past dates and the next ones.
PAST, COMING = 6, 8
TOGETHER = ("by", "with", "presence", "for")


def next_look(record: Record) -> date | None:
    """The next day on which one looks at where things stand."""
    days = [aim.goal.due_on for aim in record.live_aims] + [record.plan.review_on]
    coming = [day for day in days if day and day >= today()]
    return min(coming) if coming else None


def thread_of(record: Record) -> list[dict[str, Any]]:
    """The five steps at the top of the record, in words."""
    states = thread_states(record.plan.step)
    count, waiting, counted, contract = len(record.here), record.waiting, record.counted(), record.contract
    look = next_look(record)
    if contract is None and states[CONTRACT] == "done":
        states[CONTRACT] = "todo"  # a plan received from elsewhere can be in force without one
    notes = [
        (
            _("Attentes"),
            _("1 dite") if count == 1 else _("%s dites") % count if count else _("aucune pour l’instant"),
            "" if not waiting else _("1 sans réponse") if waiting == 1 else _("%s sans réponse") % waiting,
            "#attentes",
        ),
        talk_note(record.talks),
        (
            _("Contrat"),
            signing_words(contract),
            "",
            link("contracts:read", contract.pk) if contract else "#contrat",
        ),
        (
            _("Actions"),
            _("%(together)s sur %(total)s par ou avec %(called)s")
            % {
                "together": counted.together,
                "total": counted.total + counted.unsaid,
                "called": record.person.called,
            }
            if record.actions
            else _("aucune pour l’instant"),
            "",
            "#actions",
        ),
        (
            _("Évaluation"),
            _("prévue le %s") % date_long(look) if look else _("pas encore de date"),
            "",
            "#objectifs",
        ),
    ]
    return [
        {"label": label, "note": note, "flag": flag, "url": url, "state": state}
        for (label, note, flag, url), state in zip(notes, states, strict=True)
    ]


def talk_note(talks: Talks) -> tuple[str, str, str, str]:
    """What the second step says: what is talked over now, else what was."""
    title = _("Négociation")
    late = ngettext("1 a passé sa date", "%s ont passé leur date", talks.late)
    flag = (late % talks.late if talks.late > 1 else late) if talks.late else ""
    if running := len(talks.running):
        note = _("1 en cours") if running == 1 else _("%s en cours") % running
        return title, note, flag, "#negociations"
    if talks.concluded and (last := talks.concluded[0].concluded_on):
        return title, _("conclue le %s") % date_long(last), "", "#negociations"
    return title, _("sans négociation"), "", ""


def signing_words(contract: CareContract | None) -> str:
    if contract is None:
        return _("pas encore écrit")
    if contract.state == State.TO_SIGN.value:
        return _("à signer, %(done)s sur %(all)s") % {"done": contract.chosen, "all": contract.to_choose}  # type: ignore[attr-defined]
    if contract.state == State.IN_FORCE.value:
        if lapsed(contract.ends_on, today()):
            return _("signé, son terme est passé depuis le %s") % date_long(contract.ends_on)
        return _("signé, jusqu’au %s") % date_long(contract.ends_on)
    if contract.state == State.REFUSED.value and contract.instead_at:  # type: ignore[attr-defined]
        return _("non signé, par choix\u00a0: le document individuel (DIPC) est écrit")
    if contract.state == State.ENDED.value:
        return _("terminé le %s") % date_long(contract.end.on)
    return str(State(contract.state).label)


def timeline(record: Record, admitted_on: date | None) -> tuple[list[dict[str, Any]], int]:
    """Past, today, due; and how many dates are left out."""
    dated: list[tuple[date, str, str]] = []
    if admitted_on:
        dated.append((admitted_on, _("Arrivée"), ""))
    if record.plan.starts_on:
        dated.append((record.plan.starts_on, _("Début du projet"), ""))
    for contract in record.contracts:
        if contract.state == State.WITHDRAWN.value:
            continue
        url = link("contracts:read", contract.pk)
        name = _("Contrat") if contract.version == 1 else _("Avenant, version %s") % contract.version
        dated.append((timezone.localdate(contract.issued_at), _("%s remis") % name, url))
        dated += [(day, words % name, url) for day, words in contract_days(contract)]
    dated += [
        (aim.goal.due_on, _("Terme de l’objectif %s") % aim.goal.number, f"#objectif-{aim.goal.number}")
        for aim in record.live_aims
        if aim.goal.due_on
    ]
    dated += [
        (
            said.answer.until,
            _("Reparler de « %s »") % short(said.expectation.words, 40),
            f"#attente-{said.expectation.pk}",
        )
        for said in record.here
        if said.answer is not None and said.answer.until
    ]
    dated += [
        (
            position.ask_again_on,
            _("Redemander une position, objectif %s") % aim.goal.number,
            f"#objectif-{aim.goal.number}",
        )
        for aim in record.live_aims
        for position in aim.positions
        if position.ask_again_on
    ]
    dated += [
        (one.due_on, _("Date limite\u00a0: %s") % short(one.title, 40), one.url)
        for one in record.talks.running
        if one.due_on
    ]
    dated += [
        (one.concluded_on, _("Négociation conclue\u00a0: %s") % short(one.title, 40), one.url)
        for one in record.talks.concluded
        if one.concluded_on and one.plan == record.plan.pk
    ]
    if record.plan.review_on:
        dated.append((record.plan.review_on, _("Révision du projet"), ""))
    dated.sort(key=lambda one: one[0])
    now = today()
    past = [one for one in dated if one[0] <= now]
    coming = [one for one in dated if one[0] > now]
    left_out = max(len(past) - PAST, 0) + max(len(coming) - COMING, 0)
    events = [{"date": day, "text": text, "url": url, "state": "past"} for day, text, url in past[-PAST:]]
    events.append({"date": now, "text": _("Aujourd’hui"), "url": "", "state": "today"})
    events += [{"date": day, "text": text, "url": url, "state": "due"} for day, text, url in coming[:COMING]]
    return events, left_out


def contract_days(contract: Any) -> list[tuple[date, str]]:
    """The dates of a version after it was proposed, each with its words (%s: which version)."""
    found: list[tuple[date, str]] = []
    if contract.signed_on and contract.state in SIGNED_STATES:
        found.append((contract.signed_on, _("%s signé")))
    if contract.state == State.REFUSED.value and contract.step_on:
        found.append((contract.step_on, _("%s non signé\u00a0: la suite prévue")))
    if contract.instead_at:
        found.append(
            (timezone.localdate(contract.instead_at), _("%s\u00a0: document individuel (DIPC) écrit"))
        )
    if contract.state == State.ENDED.value:
        found.append((contract.end.on, _("%s terminé")))
    if contract.state == State.IN_FORCE.value:
        found.append((contract.ends_on, _("%s\u00a0: son terme")))
    return found


def conditions(record: Record) -> list[Condition]:
    """The gate before the contract, on what this member reads."""
    day = today()
    return gate_to_contract(
        PlanFacts(
            unanswered=record.waiting,
            goals=[
                goal_facts(
                    aim.goal,
                    stands_of(aim.positions),
                    voices_heard(aim.goal, aim.heard, day),
                    has_origin=aim.has_origin,
                )
                for aim in record.live_aims
            ],
            activities=len(record.actions),
            activities_unsaid=record.counted().unsaid,
            today=day,
        )
    )


def units(counted: Counted) -> list[str]:
    """One mark for each activity, in the order of the legend; none when there are too many to be read."""
    shown = [how for how, count in shares(counted) for _n in range(count)]
    return shown if len(shown) <= 20 else []


def shares(counted: Counted) -> list[tuple[str, int]]:
    counts = (counted.by, counted.with_, counted.presence, counted.for_)
    return [(how, count) for how, count in zip(TOGETHER, counts, strict=True) if count]
