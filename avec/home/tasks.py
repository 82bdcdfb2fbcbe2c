"""What waits for one professional: a question to the database for each kind of thing, and one action a row.

What is left to do is for whoever may do it: a professional from outside reads, and writes nothing (T09).
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from avec.accounts.models import Member, Role
from avec.careplan.due import goals_to_evaluate as goals_due
from avec.careplan.due import positions_to_ask_again
from avec.careplan.models import Assessment, Balance, CarePlan, Expectation, StepChange
from avec.careplan.rules import OPEN_STEPS, Step
from avec.careplan.words import Speaker, not_written_yet, speaker_of
from avec.negotiation.gathered import Seated, seated, with_my_seat
from avec.negotiation.models import Negotiation
from avec.negotiation.refusals import Row as Refusal
from avec.negotiation.refusals import waiting as waiting_refusals
from avec.negotiation.rules import Phase
from avec.negotiation.rules.waiting import Ask
from avec.people.asks import teams_asked
from avec.people.models import Person, teams_of
from avec.ui.words import date_long, distance, elide

from .links import link
from .persons import place_of
from .rules import ANSWER_HABIT, Group, group_of, share_used

# The most rows read of each kind, the oldest first: past that the page says « plus de ».
READ = 60
SOON = timedelta(days=30)
# From this many days before its deadline, a negotiation is in the day.
NEAR = timedelta(days=7)
OPEN = [step.value for step in OPEN_STEPS]


@dataclass(frozen=True)
class Task:
    """One row of the day. `since` orders the rows of a part; `said` quotes the words it is about.

    Of nobody in particular (a group's barometer), `about` says what it is about, and `page` where it is.
    """

    person: Person | None
    group: Group
    since: date
    kind: str
    due: str
    share: float = 0.0
    text: str = ""
    law: str = ""
    said: Expectation | None = None
    action: str = ""
    action_url: str = ""
    # Another page than the record, for what is done without opening it.
    page: str = ""
    about: str = ""

    @property
    def late(self) -> bool:
        return self.group == Group.LATE

    @property
    def who(self) -> str:
        return self.person.name if self.person else self.about

    @property
    def place(self) -> str:
        return place_of(self.person) if self.person else _("Notre partenariat")

    @property
    def url(self) -> str:
        return self.page or (link("home:record", self.person.pk) if self.person else "")

    @property
    def speaker(self) -> Speaker | None:
        """Whose words they are, named as on the record."""
        return speaker_of(self.said, self.person) if self.said and self.person else None

    @property
    def unsaid(self) -> str:
        """What stands for words said aloud that nobody wrote down yet."""
        return not_written_yet(self.said) if self.said else ""

    @property
    def seen_by(self) -> str:
        """Who saw what was observed."""
        if self.said is None:
            return ""
        return self.said.professional.name if self.said.professional else self.said.origin_words


def to_do(found: Any, member: Member) -> Any:
    """Of what this member reads, what they may act on: the team of the house, in a plan still open."""
    return found.filter(teams_of(member, "person_id", external=False), plan__step__in=OPEN)


def unanswered(member: Member, now: date) -> Iterator[Task]:
    """Words that nobody answered yet or wrote down, and those whose date to talk again has come."""
    expectations: QuerySet[Expectation] = (
        to_do(Expectation.objects.visible_to(member), member)
        .filter(withdrawn_at__isnull=True)
        .filter(
            Q(current_answer__isnull=True)
            | Q(current_answer__reply="postponed", current_answer__until__lte=now)
        )
        .select_related("person", "relative", "professional", "current_answer")
        .order_by("said_on", "written_at")[:READ]
    )
    for said in expectations:
        answer = said.current_answer
        if answer is None:
            aloud = said.waits_for_words
            yield Task(
                said.person,
                Group.TODAY,
                said.said_on,
                _("Message de vive voix à écrire") if aloud else _("Attente sans réponse"),
                (_("Dit %s") if aloud else _("Dite %s")) % distance(said.said_on, now),
                share=min((now - said.said_on).days / ANSWER_HABIT, 1.0),
                said=said,
                action=_("Écouter et écrire") if aloud else _("Répondre"),
                action_url=link("careplan:transcribe" if aloud else "careplan:answer", said.pk),
            )
        elif answer.until is not None:
            yield Task(
                said.person,
                Group.LATE if answer.until < now else Group.TODAY,
                answer.until,
                _("Attente reportée : c’est le moment d’en reparler"),
                promised(answer.until, now),
                share=1.0,
                said=said,
                action=_("Répondre"),
                action_url=link("careplan:answer", said.pk),
            )


def goals_to_evaluate(member: Member, now: date) -> Iterator[Task]:
    """Goals whose term is near or past, and that a voice did not evaluate around it."""
    goals: Any = to_do(goals_due(member, now + SOON), member)[:READ]
    for goal in goals:
        group = group_of(goal.due_on, now)
        if group is None:
            continue
        start = goal.starts_on or timezone.localdate(goal.written_at)
        yield Task(
            goal.person,
            group,
            goal.due_on,
            voice_missing(goal),
            _("Terme le %(day)s, %(distance)s")
            % {"day": date_long(goal.due_on), "distance": distance(goal.due_on, now)},
            share=share_used(start, goal.due_on, now),
            text=goal.statement,
            action=_("Évaluer"),
            action_url=link("careplan:evaluate", goal.pk) + asked_of(goal),
        )


def voice_missing(goal: Any) -> str:
    if goal.team_heard:
        return _("Objectif à évaluer : il manque la voix %s") % elide(goal.person.called)
    if goal.person_heard:
        return _("Objectif à évaluer : il manque la voix de l’équipe")
    return _("Objectif à évaluer à deux voix")


def asked_of(goal: Any) -> str:
    """The voice that is missing, chosen on the form; none when both are."""
    if goal.team_heard == goal.person_heard:
        return ""
    return "?qui=person" if goal.team_heard else "?qui=professional"


def positions_to_ask(member: Member, now: date) -> Iterator[Task]:
    """Somebody could not say what they think of a goal: it is asked again on its date."""
    inside = teams_of(member, "goal__person_id", external=False)
    for position in positions_to_ask_again(member, now + SOON).filter(inside)[:READ]:
        assert position.ask_again_on is not None
        group = group_of(position.ask_again_on, now)
        if group is None:
            continue
        person = position.goal.person
        who = {"professional": _("l’équipe")}.get(position.voice, person.called)
        asked = "professional" if position.voice == "professional" else "person"
        if position.relative is not None:
            who, asked = position.relative.name, str(position.relative.pk)
        yield Task(
            person,
            group,
            position.ask_again_on,
            _("Position à redemander à %s") % who,
            promised(position.ask_again_on, now),
            share=share_used(timezone.localdate(position.at), position.ask_again_on, now),
            text=position.goal.statement,
            action=_("Redemander"),
            action_url=link("careplan:position", position.goal_id) + f"?qui={asked}",
        )


def assessments_to_validate(member: Member, now: date) -> Iterator[Task]:
    """What a trainee found waits for somebody of the team, who answers for it (T16)."""
    if member.role == Role.TRAINEE.value:
        return
    found: QuerySet[Assessment] = (
        to_do(Assessment.objects.visible_to(member), member)
        .being_written()
        .filter(author__role=Role.TRAINEE.value)
        .select_related("person", "author")
        .order_by("written_at")[:READ]
    )
    for one in found:
        began = timezone.localdate(one.written_at)
        yield Task(
            one.person,
            Group.TODAY,
            began,
            _("Évaluation de stagiaire à valider"),
            _("Commencée %s") % distance(began, now),
            share=min((now - began).days / ANSWER_HABIT, 1.0),
            text=", ".join(part for part in (one.author.name if one.author else "", one.discipline) if part),
            action=_("Relire"),
            action_url=link("careplan:assessment", one.pk),
        )


def teams_to_join(member: Member, now: date) -> Iterator[Task]:
    """Colleagues who ask to join the team of somebody: the team answers, and nothing opens before."""
    persons: Any = teams_asked(member)[:READ]
    for person in persons:
        since = timezone.localdate(person.asked_at)
        name = f"{person.asked_given} {person.asked_family}".strip()
        first = f"{name}, {person.asked_job}" if person.asked_job else name
        others = person.askers - 1
        text = first
        if others:
            text = ngettext("%(first)s et une autre personne", "%(first)s et %(n)s autres personnes", others)
            text %= {"first": first, "n": others}
        page = link("people:team", person.pk)
        yield Task(
            person,
            Group.TODAY,
            since,
            _("On demande à entrer dans l’équipe"),
            _("Demandé %s") % distance(since, now),
            share=min((now - since).days / ANSWER_HABIT, 1.0),
            text=text,
            action=_("Voir la demande"),
            action_url=page,
            page=page,
        )


def balances_to_say(member: Member, now: date) -> Iterator[Task]:
    """Plans under review in which a voice has not said yet what came of them."""
    told = Balance.objects.filter(plan=OuterRef("pk"))
    opened = StepChange.objects.filter(plan=OuterRef("pk"), after=Step.UNDER_REVIEW.value).order_by("-at")
    plans: Iterable[Any] = (
        CarePlan.objects.visible_to(member)
        .filter(teams_of(member, "person_id", external=False), step=Step.UNDER_REVIEW.value)
        .annotate(
            person_told=Exists(told.filter(voice__in=["person", "observed"])),
            team_told=Exists(told.filter(voice="professional")),
            opened_at=Subquery(opened.values("at")[:1]),
        )
        .exclude(person_told=True, team_told=True)
        .select_related("person")
        .order_by("opened_at")[:READ]
    )
    for plan in plans:
        since = timezone.localdate(plan.opened_at or plan.created_at)
        yield Task(
            plan.person,
            Group.TODAY,
            since,
            balance_missing(plan),
            _("Bilan ouvert %s") % distance(since, now),
            share=min((now - since).days / SOON.days, 1.0),
            action=_("Compléter le bilan"),
            action_url=link("careplan:balance", plan.pk) + ("?qui=person" if plan.team_told else ""),
        )


def balance_missing(plan: Any) -> str:
    if plan.team_told:
        return _("Bilan du projet : il manque la voix %s") % elide(plan.person.called)
    if plan.person_told:
        return _("Bilan du projet : il manque la voix de l’équipe")
    return _("Bilan du projet à faire à deux voix")


def talks(member: Member, now: date) -> Iterator[Task]:
    """Negotiations in which something waits: for me at the table, for who frames it, or for its date."""
    concluded = Q(phase=Phase.CONCLUDED.value)
    followed = Q(next_on__lte=now + NEAR, continued_by__isnull=True)
    found = Negotiation.objects.visible_to(member).filter(
        ~concluded | followed, teams_of(member, "person_id", external=False)
    )
    rows = with_my_seat(found, member).select_related("person", "written_by")
    for seat in seated(rows.order_by(F("due_on").asc(nulls_last=True), "written_at")[:READ]):
        one = seat.negotiation
        due = one.next_on if one.is_concluded else one.due_on
        began = timezone.localdate(one.concluded_at or one.written_at)
        waiting = what_waits(seat, due, now)
        if waiting is not None:
            kind, action, today = waiting
            yield Task(
                one.person,
                Group.LATE
                if due and due < now
                else Group.TODAY
                if today
                else group_of(due, now) or Group.SOON,
                due or began,
                kind,
                limit_words(one, due, now) if due else _("Ouverte %s") % distance(began, now),
                share=share_used(began, due, now) if due else min((now - began).days / ANSWER_HABIT, 1.0),
                text=one.title,
                action=action,
                action_url=link("negotiation:table", one.pk),
            )


def what_waits(seat: Seated, due: date | None, now: date) -> tuple[str, str, bool] | None:
    """What a row says, its button, and whether it is for today; None when nothing waits.

    One row for each negotiation: what is asked of me before what its date asks of everybody.
    """
    one = seat.negotiation
    asked = [wait.ask for wait in seat.waits if wait.ask != Ask.POSITION]
    if one.is_concluded:
        return _("Négociation conclue\u00a0: la suite prévue arrive"), _("La relire"), False
    if asked:
        return *waits_for_me(asked[0]), True
    if due is not None and due < now:
        return (
            _("Négociation au-delà de sa date\u00a0: prolonger, ou conclure en l’état"),
            _("Décider"),
            False,
        )
    if one.phase == Phase.FRAME.value and one.written_by.is_lay:
        return _("%s demande à négocier\u00a0: à cadrer") % one.written_by.name, _("Cadrer"), True
    if due is not None and due <= now + NEAR:
        return _("Négociation\u00a0: la date limite approche"), _("La reprendre"), False
    return None


def waits_for_me(ask: Ask) -> tuple[str, str]:
    """What a party is asked, and the button."""
    return {
        Ask.AIM: (_("Négociation\u00a0: un but commun attend votre réponse"), _("Répondre")),
        Ask.STAKE: (_("Négociation\u00a0: dites ce qui compte pour vous"), _("Le dire")),
        Ask.OFFER: (_("Négociation\u00a0: une proposition attend votre réponse"), _("Répondre")),
        Ask.TEXT: (_("Négociation\u00a0: le texte relu attend votre réponse"), _("Relire et répondre")),
    }[ask]


def limit_words(one: Negotiation, day: date, now: date) -> str:
    if one.is_concluded:
        return promised(day, now)
    return _("Date limite le %(day)s, %(distance)s") % {"day": date_long(day), "distance": distance(day, now)}


def refused_cares(member: Member, now: date) -> Iterator[Task]:
    """Cares that the person refuses: to be explained first when they said it themself, then asked again."""
    here = CarePlan.objects.filter(person=OuterRef("person"), step__in=OPEN)
    inside = teams_of(member, "person_id", external=False)
    for refusal in waiting_refusals(member, now + SOON).filter(inside, Exists(here))[:READ]:
        row = Refusal(refusal, refusal.person)
        day = row.where.ask_on
        if day is None:
            continue
        unexplained = row.unexplained and day > now
        group = Group.TODAY if unexplained else group_of(day, now)
        if group is None:
            continue
        yield Task(
            refusal.person,
            group,
            day,
            _("Refus de soins à expliquer") if unexplained else _("Soin refusé, à redemander"),
            promised(day, now),
            share=share_used(refusal.refused_on, day, now),
            text=refusal.care,
            action=_("Compléter") if unexplained else _("Redemander"),
            action_url=link(
                "negotiation:complete_refusal" if unexplained else "negotiation:ask_again", refusal.pk
            ),
        )


def promised(day: date, now: date) -> str:
    return _("Prévu le %(day)s, %(distance)s") % {"day": date_long(day), "distance": distance(day, now)}


KINDS = (
    unanswered,
    goals_to_evaluate,
    positions_to_ask,
    assessments_to_validate,
    teams_to_join,
    balances_to_say,
    talks,
    refused_cares,
)
