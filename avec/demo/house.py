"""The two invented establishments: their units, their members, and the way to tell a person's story.

A story calls the same actions as the pages do, at the time it tells (clock.py), so that whatever
the actions check and write holds for the demonstration too.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.contrib.auth.hashers import make_password
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from avec.accounts.models import Called, Establishment, Member, Role, Sector, Unit, User
from avec.careplan.actions import (
    Replied,
    Said,
    Side,
    add_activity,
    answer_expectation,
    change_goal_status,
    close_divergence,
    confirm_observation,
    evaluate_goal,
    move_plan,
    note_divergence,
    note_ways,
    open_plan,
    say,
    say_balance,
    take_position,
    withdraw_expectation,
    write_goal,
)
from avec.careplan.actions.assessments import (
    Findings,
    assess_oneself,
    start_assessment,
    validate_assessment,
)
from avec.careplan.actions.attachments import attach
from avec.careplan.actions.domains import add_usual_domains
from avec.careplan.actions.questionnaires import load_questionnaire
from avec.careplan.found import Found
from avec.careplan.models import (
    Activity,
    Answer,
    Assessment,
    CarePlan,
    Divergence,
    Expectation,
    Goal,
    Need,
    Questionnaire,
)
from avec.careplan.rules import Move, Stance, Step
from avec.careplan.rules.goal_moves import GoalMove
from avec.careplan.rules.hearing import ways_seen
from avec.careplan.rules.questionnaires import Answers, Kind
from avec.careplan.scales import form_of, ours
from avec.clocks.actions import set_stay_dates, write_evidence
from avec.clocks.rules.clock import Outcome as ClockOutcome
from avec.clocks.table import table_of
from avec.documents.plan_pdf import Part, PlanSheet, plan_pdf
from avec.negotiation.actions import add_usual_grounds
from avec.people.journal import record, record_reading
from avec.people.models import CareTeamMember, Mandate, Person, RelatedPerson, Stay, today

from .cast import CAST, DOMAIN, PASSWORD
from .clock import in_days
from .signing import Signing

# « Bien chez moi », one of the scales that come with Avec.
HOME_SCALE = "urn:avec:bien-chez-moi"

# No real establishment has these numbers: no department is numbered 99.
TILLEULS = "990000416"
RIVES = "990000523"

# Colleagues that nobody enters as: who they are, their job, their number.
COLLEAGUES = {
    "malik": ("M.", "Malik", "Traoré", "aide-soignant", "89970041264", "Les Acacias"),
    "julie": ("Mme", "Julie", "Fabre", "ergothérapeute", "89970041272", "Les Acacias"),
    "paul": ("M.", "Paul", "Esteban", "kinésithérapeute", "89970041280", ""),
    "lena": ("Mme", "Léna", "Arnaud", "psychologue", "89970041298", ""),
}
COLLEAGUES_ELSEWHERE = {
    "ines": ("Mme", "Inès", "Marchal", "éducatrice spécialisée", "89970041306", "Le foyer"),
    "karl": ("M.", "Karl", "Dubois", "moniteur d’atelier", "89970041314", "Le service d’accompagnement"),
}

Told = Iterator[datetime]


@dataclass
class House:
    """One establishment, with its members by slug."""

    establishment: Establishment
    units: dict[str, Unit]
    members: dict[str, Member]
    password: str
    numbers: Iterator[int] = field(default_factory=lambda: iter(range(1041, 2000, 7)))

    def __getitem__(self, slug: str) -> Member:
        return self.members[slug]

    def welcome(self, *, unit: str, account: str = "", **identity: Any) -> "Story":
        """Somebody arrives today: their identity, their stay, and an account when `account` names one."""
        person = Person(
            establishment=self.establishment,
            unit=self.units[unit],
            local_id=str(next(self.numbers)),
            **identity,
        )
        if account:
            person.member = self.open_account(
                account, Role.PERSON.value, person.civility, person.given_names, person.family_name
            )
        person.save()
        stay = Stay.objects.create(person=person, establishment=self.establishment, admitted_on=today())
        return Story(self, person, stay)

    def open_account(
        self, slug: str, role: str, civility: str, given_name: str, family_name: str, **more: Any
    ) -> Member:
        user = User(email=f"{slug}@{DOMAIN}", password=self.password)
        user.save()
        member = Member.objects.create(
            establishment=self.establishment,
            user=user,
            role=role,
            civility=civility,
            given_name=given_name.split(" ")[0],
            family_name=family_name,
            **more,
        )
        user.current_member = member
        user.save(update_fields=["current_member"])
        self.members[slug] = member
        return member


def build_houses() -> tuple[House, House]:
    """Les Tilleuls and Les Deux Rives, empty of people, with everybody who works there."""
    password = make_password(PASSWORD)  # once: forty hashes would take seconds
    tilleuls = build_house(
        TILLEULS,
        "Les Tilleuls",
        Sector.SOCIAL_CARE.value,
        Called.RESIDENT.value,
        ["Les Acacias", "Les Bouleaux"],
        password,
    )
    rives = build_house(
        RIVES,
        "Les Deux Rives",
        Sector.SOCIAL.value,
        Called.SUPPORTED.value,
        ["Le foyer", "Le service d’accompagnement"],
        password,
    )
    rives.numbers = iter(range(212, 999, 5))
    for actor in CAST:
        if actor.role in {Role.PERSON.value, Role.RELATIVE.value}:
            continue  # their story opens their account, the day they arrive
        house = rives if actor.elsewhere else tilleuls
        with override("fr"):
            job = str(actor.job).split(",")[0]
        home = {"infirmiere": "Les Acacias", "aide-soignante": "Les Acacias", "cadre": "Les Acacias"}
        house.open_account(
            actor.slug,
            actor.role,
            actor.civility,
            actor.given_name,
            actor.family_name,
            job=job,
            national_id=f"8{actor.rpps}" if actor.rpps else "",
            unit=house.units.get(home.get(actor.slug, "")),
        )
    add_colleagues(tilleuls, COLLEAGUES)
    add_colleagues(rives, COLLEAGUES_ELSEWHERE)
    return tilleuls, rives


def build_house(finess: str, name: str, sector: str, called: str, units: list[str], password: str) -> House:
    establishment = Establishment.objects.create(
        finess=finess, name=name, sector=sector, called=called, is_demo=True
    )
    rows = {unit: Unit.objects.create(establishment=establishment, name=unit) for unit in units}
    return House(establishment, rows, {}, password)


def load_scales(house: House, by: str) -> None:
    """The short scales that come with Avec, the usual domains of life and grounds, as a house loads them."""
    add_usual_domains(by=house[by])
    add_usual_grounds("fr", by=house[by])
    for form in ours().values():
        load_questionnaire(
            form,
            "Écrite par l’équipe d’Avec, libre d’usage\u00a0; ce n’est pas une échelle validée.",
            by=house[by],
            for_person=form.for_person,
        )


def add_colleagues(house: House, colleagues: dict[str, tuple[str, str, str, str, str, str]]) -> None:
    for slug, (civility, given_name, family_name, job, rpps, unit) in colleagues.items():
        house.members[slug] = Member.objects.create(
            establishment=house.establishment,
            role=Role.PROFESSIONAL.value,
            civility=civility,
            given_name=given_name,
            family_name=family_name,
            job=job,
            national_id=f"8{rpps}",
            unit=house.units.get(unit),
        )


@dataclass
class Story(Signing):
    """What happens to one person. Each method is one thing that somebody does, at the time being told."""

    house: House
    person: Person
    stay: Stay
    plan: CarePlan = field(init=False)

    # The circle and the team

    def team(self, *slugs: str, referent: str = "", **functions: str) -> None:
        for slug in [referent, *slugs] if referent else slugs:
            member = self.house[slug]
            CareTeamMember.objects.create(
                person=self.person,
                establishment=self.person.establishment,
                member=member,
                function=functions.get(slug, member.job),
                is_referent=slug == referent,
                starts_on=today(),
            )

    def relative(self, family_name: str, given_name: str, relation: str, **more: Any) -> RelatedPerson:
        return RelatedPerson.objects.create(
            person=self.person,
            establishment=self.person.establishment,
            family_name=family_name,
            given_name=given_name,
            relation=relation,
            **more,
        )

    def mandate(self, related: RelatedPerson, kind: str, words: str, **more: Any) -> Mandate:
        more.setdefault("starts_on", today())
        return Mandate.objects.create(related_person=related, kind=kind, words=words, **more)

    # The plan

    def opens(self, title: str, by: Member, kind: str = "PP", **more: Any) -> CarePlan:
        self.plan = open_plan(self.person, title=title, by=by, stay=self.stay)
        return self.sets(by, kind=kind, **more)

    def sets(self, by: Member, **fields: Any) -> CarePlan:
        """What no action writes yet: kind, dates, a step that people reached by talking."""
        self.plan.refresh_from_db()
        for name, value in fields.items():
            setattr(self.plan, name, value)
        self.plan.save(update_fields=list(fields))
        record("plan.changed", self.plan, by=by, person=self.person, fields=sorted(fields))
        return self.plan

    def says(self, words: str, by: Member, **said: Any) -> Expectation:
        return say(self.plan, Said(words, **said), by=by)

    def seen(self, words: str, situation: str, by: Member, **said: Any) -> Expectation:
        return say(self.plan, Said(words, voice="observed", situation=situation, **said), by=by)

    def takes_back(self, expectation: Expectation, by: Member) -> None:
        withdraw_expectation(expectation, by=by)

    def taken_up(self, expectation: Expectation, goal: Goal, by: Member, reason: str = "") -> Answer:
        return self.answers(expectation, by, reply="taken_up", goal=goal, reason=reason)

    def answers(self, expectation: Expectation, by: Member, **replied: Any) -> Answer:
        return answer_expectation(expectation, Replied(**replied), by=by)

    def need(self, words: str, serafin: str, by: Member, **more: Any) -> Need:
        need = Need.objects.create(
            plan=self.plan,
            person=self.person,
            establishment=self.person.establishment,
            words=words,
            serafin=serafin,
            written_by=by,
            **more,
        )
        record("need.written", need, by=by, person=self.person)
        return need

    def goal(self, title: str, statement: str, by: Member, *, due: int, **fields: Any) -> Goal:
        """`due`: in how many days from the real today (a term gone by is negative)."""
        needs = fields.pop("needs", ())
        fields.setdefault("starts_on", today())
        fields.setdefault("referent", by)
        goal = write_goal(self.plan, by=by, title=title, statement=statement, due_on=in_days(due), **fields)
        goal.needs.set(needs)
        return goal

    def does(self, goals: list[Goal], title: str, participation: str, by: Member, **more: Any) -> Activity:
        more.setdefault("starts_at", timezone.now())
        return add_activity(self.plan, goals=goals, by=by, title=title, participation=participation, **more)

    def stands(
        self, goal: Goal, stance: str, by: Member, voice: str = "person", reason: str = "", **more: Any
    ) -> None:
        take_position(goal, Stance(stance), by=by, voice=voice, reason=reason, **more)

    def agree(self, *goals: Goal, by: Member) -> None:
        """The team, then the person, says yes to each."""
        for goal in goals:
            self.stands(goal, "agrees", by, voice="professional")
            self.stands(goal, "agrees", by)

    # Voices over time

    def weighs(self, goal: Goal, by: Member, value: int | None = None, words: str = "", **more: Any) -> None:
        """Where a goal stands, in the voice of who speaks, or in the one that was told to them."""
        evaluate_goal(goal, by=by, value=value, words=words, **more)

    def differs(self, about: str, *sides: Side, by: Member, **more: Any) -> Divergence:
        return note_divergence(self.plan, about, sides, by=by, **more)

    def talked(self, divergence: Divergence, words: str, by: Member) -> None:
        close_divergence(divergence, words, by=by)

    def assesses(
        self, by: Member, discipline: str, summary: str, *found: Found, validated: bool = True
    ) -> Assessment:
        findings = Findings(discipline, summary, assessed_on=today(), found=list(found))
        assessment = start_assessment(self.plan, findings, by=by)
        if validated:
            validate_assessment(assessment, version=assessment.version, by=by)
        return assessment

    def answers_about_home(self, me: Member, face: int) -> None:
        """« Bien chez moi », answered by the person: the same face everywhere, one less for the last question."""
        scale = Questionnaire.objects.get(establishment=self.house.establishment, url=HOME_SCALE)
        form = form_of(scale)
        faces = [question.id for question in form.questions if question.kind == Kind.FACES]
        answers: Answers = dict.fromkeys(faces, face) | {faces[-1]: face - 1}
        assess_oneself(self.plan, scale, answers, by=me)

    def tries(self, *ways: str, words: str, by: Member) -> None:
        """What was tried to hear somebody who does not speak."""
        self.plan.refresh_from_db()
        seen = ways_seen(self.plan.ways_tried, self.plan.ways_words)
        note_ways(self.plan, ways, words, seen=seen, by=by)

    def confirms(self, expectation: Expectation, by: Member, words: str = "", **more: Any) -> None:
        confirm_observation(expectation, by=by, words=words, **more)

    def turns(self, goal: Goal, move: GoalMove, by: Member, reason: str = "") -> None:
        """The goal is reached, put aside, removed or taken up again."""
        change_goal_status(goal, move, reason, by=by)

    def moves(self, move: Move, by: Member, reason: str = "", to: Step | None = None) -> None:
        self.plan = move_plan(self.plan, move, by=by, reason=reason, to=to)

    def balances(self, words: str, by: Member, voice: str = "", **more: Any) -> None:
        say_balance(self.plan, words, by=by, voice=voice, **more)

    def joins(self, title: str, by: Member, line: Any = None) -> None:
        """A letter joined to the plan, or to one of its lines: one invented page."""
        letter = PlanSheet(
            title=title,
            person_name=self.person.name,
            establishment=self.house.establishment.name,
            printed=_("document de démonstration"),
            made_on=today(),
            parts=(Part(title, (_("Ce courrier est inventé, comme tout dans cette démonstration."),)),),
        )
        attach(
            self.plan,
            title=title,
            content_type="application/pdf",
            content=plan_pdf(letter),
            level="C2",
            by=by,
            line=line,
        )

    # The clocks

    def arrives(self, by: Member, interview: date | None, *, short: bool = False) -> None:
        """The admission interview, from which the first delays count back."""
        set_stay_dates(self.stay, interview_on=interview, short=short, by=by)

    def shows(
        self,
        code: str,
        done_on: date,
        by: Member,
        words: str = "",
        outcome: ClockOutcome = ClockOutcome.DONE,
    ) -> None:
        """A deadline is kept, or the person chose not to sign: on which day, and how it is known."""
        rows = table_of(self.house.establishment.pk)
        deadline = next(row for row in rows if row.code == code)
        write_evidence(self.stay, deadline, done_on=done_on, by=by, words=words, outcome=outcome)

    def papers(self, handed: int, signed: int, by: Member) -> None:
        """The stay contract, handed over then signed: so many days from the real today."""
        self.shows("stay_contract_handed", in_days(handed), by, "remis et lu ensemble")
        self.shows("stay_contract_signed", in_days(signed), by, "signé, un exemplaire chacun")

    # Readings

    def read_by(self, *members: Member, what: str = "record") -> None:
        for member in members:
            record_reading(what, self.person, by=member)


Teller = Callable[[House], Told]
