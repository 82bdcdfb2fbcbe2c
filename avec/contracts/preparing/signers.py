"""Who would sign and why: the table of the house, and what to see to before anybody is asked."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from avec.people.models import Mandate, MandateKind, Person, today
from avec.ui.words import date_long

from ..models import DemandChoice, MeasureChoice, SigningRule
from ..rules import Demand, Measure, Signatory
from ..signatories import (
    SIGNATORIES,
    Party,
    made_by,
    mandates_of,
    may_be_added,
    measure_for,
    parties_of,
    rules_of,
)
from .chosen import Offer

# A mandate that ends within these days is said so before anybody signs.
SOON = timedelta(days=60)
# For how long a mandate that is over is still said here.
LATELY = timedelta(days=365)
GUARDING = (MandateKind.ASSISTANCE, MandateKind.REPRESENTATION, MandateKind.PARENT)


@dataclass(frozen=True)
class Care:
    """Something to know about a signatory before asking them, and the page that mends it."""

    words: str
    url: str = ""
    link: str = ""


@dataclass(frozen=True)
class SignerRow:
    """Who signs, what is asked of them, where it is written, what to see to first."""

    party: Party
    demand: str
    source: str
    to_check: bool
    cares: list[Care]


@dataclass(frozen=True)
class Signers:
    measure: str
    rows: list[SignerRow]
    over: list[Care]  # mandates that ended lately: who held them does not sign
    may_be_added: list[Offer]


def signers_of(person: Person, parties: Sequence[Party], ends_on: date) -> Signers:
    """The table of the house, applied: each signatory with the row that asks them."""
    in_force = mandates_of(person)
    measure = measure_for(in_force)
    rules = {(rule.measure, rule.signatory): rule for rule in rules_of(person.establishment_id)}
    held: dict[UUID, list[Mandate]] = {}
    for mandate in in_force:
        held.setdefault(mandate.related_person_id, []).append(mandate)
    usual = parties_of(person)
    table = {party.key for party in usual}
    rows = [
        signer_row(party, person, measure, rules, held, added=party.key not in table, ends_on=ends_on)
        for party in parties
    ]
    offers = [Offer(party.key, party.text.name, party.text.capacity) for party in may_be_added(person, usual)]
    return Signers(str(MeasureChoice(measure).label), rows, over_lately(person, held), offers)


def signer_row(
    party: Party,
    person: Person,
    measure: Measure,
    rules: Mapping[tuple[str, str], SigningRule],
    held: Mapping[UUID, Sequence[Mandate]],
    *,
    added: bool,
    ends_on: date,
) -> SignerRow:
    mandate = None
    if party.relative is not None:
        mandates = held.get(party.relative.pk, ())
        mandate = next((one for one in mandates if signs_by(one, party)), None)
    if mandate is not None and party.text.signatory == Signatory.GUARDIAN:
        # Each guardian follows their own measure.
        measure = made_by(mandate)
    rule = None if added else rules.get((measure.value, party.text.signatory))
    return SignerRow(
        party,
        demand_words(party, rule),
        rule.source if rule else _("ajouté dans ce brouillon"),
        rule.to_check if rule else False,
        [*account_of(party, person), *ending_of(mandate, person, ends_on)],
    )


def signs_by(mandate: Mandate, party: Party) -> bool:
    signatory = SIGNATORIES.get(mandate.kind)
    return signatory is not None and signatory.value == party.text.signatory


def demand_words(party: Party, rule: SigningRule | None) -> str:
    if party.text.required and rule is not None and rule.demand == Demand.JUDGED.value:
        return _("signe : son jugement le demande")
    if party.text.one_of:
        return str(DemandChoice.ONE_SIGNS.label)
    return str(DemandChoice.SIGNS.label if party.text.required else DemandChoice.MAY.label)


def account_of(party: Party, person: Person) -> list[Care]:
    """Whoever has no account signs in the room or on paper, or is invited."""
    words = _("%(name)s n’a pas encore de compte : son choix se donne dans la salle ou sur papier.")
    if party.relative is not None:
        if party.relative.member_id:
            return []
        url = reverse("people:invite", args=[person.pk, party.relative.pk])
        return [Care(words % {"name": party.text.name}, url, _("L’inviter"))]
    if party.professional is None and person.member_id is None:
        url = reverse("people:invite_person", args=[person.pk])
        return [Care(words % {"name": party.text.name}, url, _("L’inviter"))]
    return []


def ending_of(mandate: Mandate | None, person: Person, ends_on: date) -> list[Care]:
    """A mandate that ends soon, or before the contract does."""
    if mandate is None or mandate.ends_on is None:
        return []
    day = date_long(mandate.ends_on)
    circle = reverse("people:circle", args=[person.pk])
    if mandate.ends_on <= today() + SOON:
        words = _(
            "Son mandat finit bientôt, le %(day)s : demandez le nouveau jugement avant de faire signer."
        )
    elif mandate.ends_on < ends_on:
        words = _("Son mandat finit le %(day)s, avant la fin de ce contrat : il faudra le renouveler.")
    else:
        return []
    return [Care(words % {"day": day}, circle, _("Voir son mandat"))]


def over_lately(person: Person, held: Mapping[UUID, Sequence[Mandate]]) -> list[Care]:
    """Whoever represented the person until lately, and does so no more."""
    mandates = (
        Mandate.objects.filter(related_person__person=person, kind__in=GUARDING)
        .select_related("related_person")
        .order_by("ends_on", "pk")
    )
    circle = reverse("people:circle", args=[person.pk])
    found = []
    for mandate in mandates:
        day = mandate.revoked_on or mandate.ends_on
        kinds = {one.kind for one in held.get(mandate.related_person_id, ())}
        if day is None or not today() - LATELY <= day < today() or mandate.kind in kinds:
            continue
        words = _(
            "Le mandat de %(name)s (%(kind)s) est fini depuis le %(day)s : aucune signature ne lui est demandée."
        )
        facts = {
            "name": mandate.related_person.name,
            "kind": str(mandate.get_kind_display()),
            "day": date_long(day),
        }
        found.append(Care(words % facts, circle, _("Écrire le nouveau mandat")))
    return found
