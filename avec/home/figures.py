"""« Notre établissement »: what steers, without any word of anybody.

Aggregates only, masked under eleven people; the manager of a unit also sees who
is at which step and which date comes next, for that unit (access.md, T39-T40).
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Exists, Max, Min, OuterRef, Q, QuerySet, Subquery
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from avec.accounts.access import MemberRequest, members
from avec.accounts.models import Member
from avec.accounts.policy import may_choose_words
from avec.accounts.vocabulary import worded
from avec.careplan.models import CarePlan, Expectation, Goal, StepChoice
from avec.careplan.policy import may_edit_domains, may_edit_questionnaires
from avec.careplan.rules import OPEN_STEPS
from avec.clocks.policy import may_change_table
from avec.contracts.copies import SEAL_KEEPERS
from avec.contracts.models import SIGNED_STATES, CareContract
from avec.contracts.models import State as ContractState
from avec.contracts.policy import may_change_signing_rules
from avec.contracts.rules import AGREED
from avec.contracts.told import chosen_day
from avec.negotiation.policy import may_keep_grounds
from avec.people.models import Person, Stay, today
from avec.people.rules import FLOOR, mask

from .links import link
from .partnership import partnership
from .policy import STEERING, counted_by, followed_by, may_follow_names
from .rules import PLACE_OF_STEP, Share, Signing, a_month_after, signing_of, thread_states

OPEN = [step.value for step in OPEN_STEPS]


@dataclass(frozen=True)
class Figure:
    """A whole and its groups."""

    id: str
    title: str
    question: str
    total: int
    shares: list[Share]

    @property
    def masked(self) -> bool:
        return any(share.count is None for share in self.shares)


def figure(id: str, title: str, question: str, words: Sequence[str], counts: Sequence[int]) -> Figure:
    masked = mask(counts)
    assert masked is not None
    shares = [Share(word, count) for word, count in zip(words, masked, strict=True)]
    return Figure(id, title, question, sum(counts), shares)


@dataclass(frozen=True)
class Status:
    """A person as a manager sees them: a step and dates, no words."""

    person: Person
    states: list[str]
    state: str
    admitted_on: date | None
    sign_before: date | None
    signed_on: date | None
    next_term: date | None
    waiting: int
    # Somebody chose not to sign: said as a choice, never as a delay.
    refused: bool = False


def present() -> Q:
    """Accompanied today: not gone, or never arrived on a date."""
    gone = Stay.objects.filter(person=OuterRef("pk"), discharged_on__lt=today())
    here = Stay.objects.filter(person=OuterRef("pk")).filter(
        Q(discharged_on__isnull=True) | Q(discharged_on__gte=today())
    )
    return Q(Exists(here)) | ~Q(Exists(gone))


def with_dates(persons: QuerySet[Person]) -> list[tuple[Person, dict[str, Any]]]:
    """Each person with the step of the plan and the dates that count. Two queries, no text."""
    plans = CarePlan.objects.current().filter(person=OuterRef("pk")).order_by("-created_at")
    stays = Stay.objects.filter(person=OuterRef("pk")).order_by("-admitted_on")
    latest = CareContract.objects.filter(person=OuterRef("pk")).exclude(state=ContractState.WITHDRAWN.value)
    waiting = (
        Expectation.objects.unanswered()
        .filter(person=OuterRef("pk"), plan__step__in=OPEN)
        .order_by()
        .values("person")
        .annotate(n=Count("pk"))
        .values("n")
    )
    terms = (
        Goal.objects.live()
        .filter(person=OuterRef("pk"), plan__step__in=OPEN)
        .order_by()
        .values("person")
        .annotate(next=Min("due_on"))
        .values("next")
    )
    found = list(
        persons.filter(present()).annotate(
            step=Subquery(plans.values("step")[:1]),
            admitted=Subquery(stays.values("admitted_on")[:1]),
            waiting=Subquery(waiting),
            next_term=Subquery(terms),
            contract=Subquery(latest.order_by("-version").values("state")[:1]),
        )
    )
    signed = first_signatures(persons)
    return [(person, vars(person) | {"signed": signed.get(person.pk)}) for person in found]


def first_signatures(persons: QuerySet[Person]) -> dict[Any, date]:
    """The day each person's first contract was signed by everybody: its last signature.

    A version taken back or not signed is not a first contract. A mark, a paper are signatures.
    """
    rows = (
        CareContract.objects.filter(person__in=persons, state__in=SIGNED_STATES)
        .order_by("version")
        .annotate(
            signed_on=Max(
                chosen_day("lines__signatures__"),
                filter=Q(lines__required=True, lines__signatures__outcome__in=AGREED),
            )
        )
        .values_list("person", "signed_on")
    )
    first: dict[Any, date] = {}
    for person, signed_on in rows:
        if signed_on is not None:
            first.setdefault(person, signed_on)
    return first


def figures_of(rows: Iterable[tuple[Person, dict[str, Any]]]) -> list[Figure]:
    """The three figures, each sharing the same persons out; none when they are too few to be counted."""
    rows = list(rows)
    if len(rows) < FLOOR:
        return []
    places = Counter(PLACE_OF_STEP[row["step"]] if row["step"] else None for _person, row in rows)
    waiting = sum(1 for _person, row in rows if row["waiting"])
    signing = Counter(signing_of(row["admitted"], row["signed"], today()) for _person, row in rows)
    return [
        figure(
            "etapes",
            _("Où en sont les projets"),
            worded(_("Nombre %(short_of_plural)s à chaque étape du projet.")),
            [
                _("pas encore de projet"),
                _("recueil des attentes et évaluation"),
                _("construction à plusieurs"),
                _("contrat à signer"),
                _("projet en cours ou en pause"),
                _("projet en révision"),
            ],
            [places[place] for place in (None, 0, 1, 2, 3, 4)],
        ),
        figure(
            "reponses",
            _("Les attentes ont-elles une réponse ?"),
            worded(_("Nombre %(short_of_plural)s. On compte qui attend, pas qui répond.")),
            [_("attendent au moins une réponse"), _("n’attendent aucune réponse")],
            [waiting, len(rows) - waiting],
        ),
        figure(
            "contrats",
            _("Le contrat est-il signé dans le mois ?"),
            worded(_("Nombre %(short_of_plural)s, un mois étant compté depuis leur arrivée.")),
            [
                _("contrat signé dans le mois"),
                _("contrat signé plus tard"),
                _("contrat pas encore signé, le mois est passé"),
                _("le mois n’est pas encore passé"),
            ],
            [signing[key] for key in (Signing.IN_TIME, Signing.LATER, Signing.NOT_YET, Signing.TOO_SOON)],
        ),
    ]


def status_of(person: Person, row: dict[str, Any]) -> Status:
    admitted = row["admitted"]
    return Status(
        person,
        thread_states(row["step"]),
        str(StepChoice(row["step"]).label) if row["step"] else _("pas encore de projet"),
        admitted,
        a_month_after(admitted) if admitted else None,
        row["signed"],
        row["next_term"],
        row["waiting"] or 0,
        row["contract"] == ContractState.REFUSED.value,
    )


def persons_of(member: Member) -> list[tuple[Person, dict[str, Any]]]:
    return with_dates(Person.objects.filter(counted_by(member)))


@dataclass(frozen=True)
class Setting:
    """Something that the house decides for itself, and its page."""

    url: str
    words: str
    what: str


def settings_of(member: Member) -> list[Setting]:
    """What this member may change for the whole house, each asked of the policy that guards its page."""
    rows = [
        (
            may_change_table(member, member.establishment_id),
            "clocks:table",
            _("Les délais"),
            _(
                "Ce qui est dû, quand, et d’où cela vient. Le modèle français ou belge, et vos propres lignes."
            ),
        ),
        (
            may_change_signing_rules(member, member.establishment_id),
            "contracts:signing_rules",
            _("Qui signe le contrat"),
            _("Pour chaque mesure de protection : qui signe, qui peut signer, et où c’est écrit."),
        ),
        (
            member.role in SEAL_KEEPERS,
            "contracts:seals",
            _("Le sceau des contrats"),
            _("S’il marche aujourd’hui, ce qui attend, et quoi faire sinon."),
        ),
        (
            may_edit_domains(member),
            "careplan:domains",
            _("Les domaines de vie"),
            _("Les mots pour ranger ce qui a été dit."),
        ),
        (
            may_edit_questionnaires(member),
            "careplan:questionnaires",
            _("Les grilles et les échelles"),
            _("Celles que vous avez le droit d’utiliser, et les nôtres."),
        ),
        (
            may_keep_grounds(member, member.establishment),
            "negotiation:grounds",
            _("Ce qui ne se négocie pas"),
            _("Les motifs habituels, leur source, et quand ils ont été relus."),
        ),
        (
            may_choose_words(member, member.establishment),
            "accounts:words",
            _("Les mots de l’établissement"),
            _("Comment les pages appellent les personnes, et ceux qui travaillent avec elles."),
        ),
    ]
    return [Setting(url, words, what) for may, page, words, what in rows if may and (url := link(page))]


@members(*STEERING)
def figures(request: MemberRequest) -> HttpResponse:
    member = request.member
    rows = persons_of(member)
    named = set(Person.objects.filter(followed_by(member)).values_list("pk", flat=True))
    context = {
        "figures": figures_of(rows),
        "names": [status_of(person, row) for person, row in rows if person.pk in named],
        "follows_names": may_follow_names(member),
        "unit": member.unit if may_follow_names(member) else None,
        "asks": list(partnership(member, today())),
        "today": today(),
        "settings": settings_of(member),
        "kind": str(member.unit) if may_follow_names(member) and member.unit else member.establishment.name,
        "lead": _("Des nombres. Jamais un nom à côté d’une parole, jamais un classement."),
    }
    return render(request, "home/figures.html", context)
