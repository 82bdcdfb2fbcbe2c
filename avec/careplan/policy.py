"""Who may speak, answer and write in a care plan. Each sentence comes down to `people.policy.may`."""

from avec.accounts.models import Member, Role
from avec.people.models import CareTeamMember, Person, in_force
from avec.people.policy import may, may_speak, may_validate, may_write
from avec.people.rules import Deed, Level

from .models import Activity, CarePlan, Divergence, Expectation, Goal
from .rules import OPEN_STEPS, Step


def is_open(plan: CarePlan) -> bool:
    return Step(plan.step) in OPEN_STEPS


def may_say(member: Member | None, person: Person) -> bool:
    """Say something, for oneself; or, in the team, write down what somebody said."""
    return may_speak(member, person)


def may_write_down_for(member: Member | None, person: Person) -> bool:
    """Write somebody else's words: the team only. A relative speaks in their own name."""
    return may_write(member, person)


def may_withdraw(member: Member | None, expectation: Expectation) -> bool:
    """Words belong to who wrote them; the person takes back their own, whoever wrote them down."""
    if member is None or not may_speak(member, expectation.person):
        return False
    if expectation.written_by_id == member.pk:
        return True
    return member.role == Role.PERSON.value and expectation.voice == "person"


def may_share(member: Member | None, expectation: Expectation, level: Level) -> bool:
    """Who reads one's words: the author says it. The person may also tighten their own, whoever wrote them down.

    Only between « with my relatives » (C1) and « my team and me » (C2), and only on words that one reads (T23).
    """
    both = {Level.C1, Level.C2}
    now = Level(expectation.level)
    if member is None or level not in both or now not in both:
        return False
    if not may(member, Deed.SPEAK, expectation.person, now):
        return False
    own = member.role == Role.PERSON.value and expectation.voice == "person"
    return expectation.written_by_id == member.pk or (own and level > now)


def may_answer(member: Member | None, expectation: Expectation) -> bool:
    return may(member, Deed.WRITE, expectation.person, Level(expectation.level)) and is_open(expectation.plan)


def may_write_goal(member: Member | None, plan: CarePlan) -> bool:
    return may_write(member, plan.person) and is_open(plan)


def may_take_position(member: Member | None, goal: Goal) -> bool:
    """Every party says what they think, in their own name; the team also writes the person's, said to them."""
    return may(member, Deed.SPEAK, goal.person, Level(goal.level)) and is_open(goal.plan)


def may_evaluate(member: Member | None, goal: Goal) -> bool:
    """Every voice says where a goal stands, in its own name; the team also writes what it was told."""
    return may_take_position(member, goal)


def may_widen(member: Member, element: Goal | Activity) -> bool:
    """Share an element with more people: its author, or the team's referent (access.md, the model)."""
    if element.written_by_id == member.pk:
        return True
    referents = CareTeamMember.objects.filter(
        in_force(), person=element.person_id, member=member, is_referent=True
    )
    return referents.exists()


def may_change_activity(member: Member | None, activity: Activity) -> bool:
    return may(member, Deed.WRITE, activity.person, Level(activity.level)) and is_open(activity.plan)


def may_move(member: Member | None, plan: CarePlan) -> bool:
    """Take the plan to another step: the team, and not a trainee alone (T16)."""
    return may_validate(member, plan.person) and is_open(plan)


def may_say_balance(member: Member | None, plan: CarePlan) -> bool:
    """Every voice says what came of the plan while it is open."""
    return may_speak(member, plan.person) and is_open(plan)


def is_speaker(member: Member, expectation: Expectation) -> bool:
    """Are these one's own words: said, or written down, by this member?"""
    if member.role == Role.PERSON.value:
        return expectation.voice == "person"
    if expectation.relative is not None and expectation.relative.member_id == member.pk:
        return True
    return expectation.written_by_id == member.pk


def may_transcribe(member: Member | None, expectation: Expectation) -> bool:
    """Write down what was said aloud: whoever answers it in the team, or who said it."""
    if member is None or expectation.withdrawn_at is not None or not is_open(expectation.plan):
        return False
    level = Level(expectation.level)
    if may(member, Deed.WRITE, expectation.person, level):
        return True
    return may(member, Deed.SPEAK, expectation.person, level) and is_speaker(member, expectation)


def may_confirm(member: Member | None, expectation: Expectation) -> bool:
    """Only what was seen is confirmed; words need nobody's confirmation."""
    seen = expectation.voice == "observed" and expectation.withdrawn_at is None
    return seen and may_answer(member, expectation)


def may_note_ways(member: Member | None, plan: CarePlan) -> bool:
    return may_write(member, plan.person) and is_open(plan)


def may_note_divergence(member: Member | None, plan: CarePlan) -> bool:
    return may_write(member, plan.person) and is_open(plan)


def may_close_divergence(member: Member | None, divergence: Divergence) -> bool:
    return may(member, Deed.WRITE, divergence.person, Level(divergence.level)) and is_open(divergence.plan)


def may_edit_domains(member: Member | None) -> bool:
    """The list of domains is the house's own, not a record: who steers the house keeps it."""
    steers = {Role.UNIT_MANAGER.value, Role.DIRECTOR.value, Role.QUALITY.value}
    return member is not None and member.is_active and member.role in steers
