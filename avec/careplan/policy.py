"""Who may speak, answer and write in a care plan. Each sentence comes down to `people.policy.may`."""

from uuid import UUID

from avec.accounts.models import Member, Role
from avec.people.models import CareTeamMember, Person, in_force
from avec.people.policy import may, may_speak, may_validate, may_write
from avec.people.rules import Deed, Level

from .models import (
    Activity,
    Assessment,
    Attachment,
    CarePlan,
    Divergence,
    Expectation,
    Goal,
    Need,
)
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


def may_assess(member: Member | None, plan: CarePlan) -> bool:
    """Write what one found, in one's discipline; a trainee too, who then asks somebody to validate it."""
    return may_write(member, plan.person) and is_open(plan)


def may_assess_oneself(member: Member | None, plan: CarePlan) -> bool:
    """Answer a questionnaire made for the person: the person alone."""
    oneself = member is not None and member.role == Role.PERSON.value
    return oneself and may_speak(member, plan.person) and is_open(plan)


def may_change_assessment(member: Member | None, assessment: Assessment) -> bool:
    """An assessment belongs to its author while it is open; nobody changes it afterwards (T13, T14)."""
    if member is None or not assessment.is_open or assessment.author_id != member.pk:
        return False
    return may(member, Deed.WRITE, assessment.person, Level(assessment.level), named=True) and is_open(
        assessment.plan
    )


def may_validate_assessment(member: Member | None, assessment: Assessment) -> bool:
    """Its author; for a trainee's, a professional of the team, never the trainee (T16)."""
    if member is None or not assessment.is_open or not is_open(assessment.plan):
        return False
    own = assessment.author_id == member.pk
    trainee = assessment.author is not None and assessment.author.role == Role.TRAINEE.value
    return (own or trainee) and may(
        member, Deed.VALIDATE, assessment.person, Level(assessment.level), named=own
    )


def may_withdraw_assessment(member: Member | None, assessment: Assessment) -> bool:
    """Take back what one wrote or validated, saying why; its words stay (T15)."""
    if member is None or assessment.withdrawn_at is not None or not is_open(assessment.plan):
        return False
    if member.pk not in {assessment.author_id, assessment.responsible_id}:
        return False
    # The person takes back what they answered themself; somebody of the team, what they could validate.
    deed = Deed.SPEAK if member.is_lay else Deed.WRITE if assessment.is_open else Deed.VALIDATE
    return may(member, deed, assessment.person, Level(assessment.level), named=True)


def may_change_need(member: Member | None, need: Need) -> bool:
    """Its author, as long as it is not part of an assessment that was validated."""
    if member is None or need.written_by_id != member.pk or need.status != "active":
        return False
    if need.assessment is not None and not need.assessment.is_open:
        return False
    return may(member, Deed.WRITE, need.person, Level(need.level), named=True) and is_open(need.plan)


def may_follow_need(member: Member | None, need: Need) -> bool:
    """Comment on it, or say that it is covered or no longer true: the team, once it is validated or alone."""
    if member is None or need.status != "active":
        return False
    own = need.written_by_id == member.pk
    if need.assessment is not None and need.assessment.is_open and not own:
        return False
    return may(member, Deed.WRITE, need.person, Level(need.level), named=own) and is_open(need.plan)


def may_attach(member: Member | None, plan: CarePlan) -> bool:
    return may_write(member, plan.person) and is_open(plan)


def may_withdraw_attachment(member: Member | None, attachment: Attachment) -> bool:
    """Who joined it, or the team's referent."""
    if member is None or attachment.withdrawn_at is not None or not is_open(attachment.plan):
        return False
    own = attachment.written_by_id == member.pk
    if not own and not is_referent(member, attachment.person_id):
        return False
    return may(member, Deed.WRITE, attachment.person, Level(attachment.level), named=own)


def is_referent(member: Member, person_id: UUID) -> bool:
    ties = CareTeamMember.objects.filter(in_force(), person=person_id, member=member, is_referent=True)
    return ties.exists()


def may_edit_questionnaires(member: Member | None) -> bool:
    """The scales that the house may use are its own, not a record: who steers the house answers for the right."""
    return may_edit_domains(member)
