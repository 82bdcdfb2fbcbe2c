"""A clock in French: its state, its date, what it waits for, what shows that it is kept."""

from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from avec.ui.words import date_long, distance

from .models import WeightChoice
from .rules import Anchor, Applies, Clock, EvidenceKind, Offset, Outcome, Proof, ProofSource, Row, Span, State

STATES = {
    State.LATE: gettext_lazy("date passée"),
    State.DUE_SOON: gettext_lazy("bientôt"),
    State.DUE: gettext_lazy("à venir"),
    State.DONE: gettext_lazy("fait"),
    State.NOT_DUE: gettext_lazy("attend une date"),
    State.DOES_NOT_APPLY: gettext_lazy("ne s’applique pas"),
}

MISSING = {
    Anchor.INTERVIEW: gettext_lazy("La date de l’entretien d’admission n’est pas notée."),
    Anchor.CONTRACT: gettext_lazy("Le contrat de soins n’est pas encore signé."),
    Anchor.LIFE_EVENT: gettext_lazy("Aucun événement de vie n’est noté."),
    Anchor.PLAN_REVIEW: gettext_lazy("Aucune date de révision n’est convenue."),
    Anchor.EXPECTATION: gettext_lazy("Aucune attente n’est encore notée."),
    Anchor.POSTPONED: gettext_lazy("Rien n’est reporté."),
    Anchor.ASK_AGAIN: gettext_lazy("Aucune position n’est à redemander."),
    Anchor.GOAL_TERM: gettext_lazy("Aucun objectif n’a encore de terme."),
    Anchor.DISCHARGE: gettext_lazy("Aucun départ n’est prévu."),
}
SETTLED = {
    Anchor.EXPECTATION: gettext_lazy("Chaque attente a sa réponse."),
    Anchor.GOAL_TERM: gettext_lazy("Aucun terme n’attend d’évaluation."),
}
NOT_FOR = {
    Applies.LONG_STAY: gettext_lazy("Le séjour dure moins de deux mois par an."),
    Applies.SHORT_OR_REFUSED: gettext_lazy("Le contrat de séjour suffit."),
    Applies.ALWAYS: gettext_lazy("Le séjour est terminé."),
}


def state_words(clock: Clock) -> str:
    return str(STATES[clock.state])


def weight_words(row: Row) -> str:
    return str(WeightChoice(row.weight.value).label)


def law_words(row: Row) -> str:
    """« Obligation · CASF L311-4 et D311 »; once when the source is the house itself."""
    weight = weight_words(row)
    weight = weight[:1].upper() + weight[1:]
    return weight if row.source.strip().lower() == weight.lower() else f"{weight} · {row.source}"


def proof_words(proof: Proof, *, full: bool = True) -> str:
    """What shows it, with its day. `full`: with what somebody wrote, for those who read the record."""
    day = date_long(proof.on)
    if proof.source == ProofSource.CONTRACT:
        return _("Contrat de soins signé le %s") % day
    if proof.source == ProofSource.AMENDMENT:
        return _("Avenant signé le %s") % day
    if proof.source == ProofSource.RENEWAL:
        return _("Projet renouvelé le %s") % day
    if proof.source == ProofSource.NOT_SIGNED:
        return _("Contrat de soins non signé : un choix noté le %s") % day
    said = _("A choisi de ne pas signer, le %s") if proof.outcome == Outcome.REFUSED else _("Fait le %s")
    return said % day + (f" – {proof.words}" if full and proof.words else "")


def waiting_words(clock: Clock) -> str:
    """How many lines of the plan wait."""
    count = clock.waiting
    if not count:
        return ""
    forms = {
        Anchor.EXPECTATION: ngettext("%s attente sans réponse", "%s attentes sans réponse", count),
        Anchor.POSTPONED: ngettext("%s réponse reportée", "%s réponses reportées", count),
        Anchor.ASK_AGAIN: ngettext("%s position à redemander", "%s positions à redemander", count),
        Anchor.GOAL_TERM: ngettext("%s objectif à évaluer", "%s objectifs à évaluer", count),
    }
    return forms[clock.row.anchor] % count if clock.row.anchor in forms else ""


def note(clock: Clock) -> str:
    """Why a clock without a date stands still."""
    if clock.state == State.NOT_DUE:
        return str(MISSING.get(clock.row.anchor, ""))
    if clock.state == State.DOES_NOT_APPLY:
        return str(NOT_FOR[clock.row.applies])
    if clock.state == State.DONE and clock.proof is None:
        return str(SETTLED.get(clock.row.anchor, _("Rien n’attend.")))
    return ""


def due_words(clock: Clock, today: date) -> str:
    """« 14 novembre 2026, il y a 3 jours »."""
    return f"{date_long(clock.due_on)}, {distance(clock.due_on, today)}" if clock.due_on else ""


def offset_words(offset: Offset) -> str:
    """« 8 jours avant », « 1 mois après », « le jour même »."""
    if offset.count == 0:
        return _("le jour même")
    words = {
        Span.DAYS: ngettext("%s jour", "%s jours", offset.count),
        Span.MONTHS: ngettext("%s mois", "%s mois", offset.count),
        Span.YEARS: ngettext("%s an", "%s ans", offset.count),
    }[offset.span] % offset.count
    return _("%s avant") % words if offset.before else _("%s après") % words


def delay_words(row: Any) -> str:
    """« 15 jours après l’arrivée »."""
    day = str(row.get_anchor_display())
    shift = offset_words(Offset(row.count, Span(row.span), row.before))
    return _("%(shift)s : %(day)s") % {"shift": shift, "day": day} if row.count == 0 else f"{shift} {day}"


def can_write(row: Row) -> bool:
    """Is its proof something that somebody writes down?"""
    return row.evidence != EvidenceKind.SETTLED
