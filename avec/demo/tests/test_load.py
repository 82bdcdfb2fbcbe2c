"""What the demonstration holds, and that everything in it could have been done by hand."""

from datetime import timedelta

import pytest
from django.apps import apps
from django.db import models
from django.utils import timezone

from avec.accounts.models import Establishment, Member
from avec.audit.actions import verify_journal
from avec.audit.models import Entry
from avec.barometer.models import Campaign, Comment, Decision, Group, GroupMember, JointRating, SelfRating
from avec.barometer.shown.picture import picture_of
from avec.careplan.models import (
    Activity,
    Answer,
    CarePlan,
    Expectation,
    ExpectationKind,
    Goal,
    Need,
    Position,
    SpokenVoice,
    StepChoice,
)
from avec.careplan.rules import Participation, Reply, Stance
from avec.careplan.rules.wording import easy_hints
from avec.contracts.actions import conditions_for
from avec.contracts.models import (
    CareContract,
    ContractDraft,
    HandingChoice,
    Handover,
    NextStep,
    OutcomeChoice,
    PaperScan,
    ProofReading,
    Signature,
    State,
    TextBeside,
    WayChoice,
)
from avec.contracts.reread import proof_reading_of
from avec.contracts.rules import Measure, changes_between, from_data
from avec.contracts.signatories import mandates_of, measure_for
from avec.demo.checks import DemoRefused
from avec.demo.clock import at, days_ago
from avec.demo.load import ensure_demo, load_demo
from avec.documents.rules import fingerprint
from avec.negotiation.models import CareRefusal, Move, Negotiation
from avec.negotiation.rules import Phase
from avec.people.models import Mandate, Person

pytestmark = pytest.mark.django_db

# Dates that say when something is due or ends: they may be to come.
TO_COME = {
    "due_on",
    "until",
    "ends_on",
    "review_on",
    "ask_again_on",
    "valid_from",
    "valid_until",
    "expires_at",
    "starts_on",
    "come_back_on",
    "expires_on",
    "opens_on",
    "closes_on",
}


def rows():
    for model in apps.get_models():
        if model.__module__.startswith("avec."):
            yield from model._default_manager.all()


def counts():
    return {
        model._meta.label: model._default_manager.count()
        for model in apps.get_models()
        if model.__module__.startswith("avec.")
    }


@pytest.mark.usefixtures("loaded")
def test_loading_twice_changes_nothing():
    before = counts()
    assert not load_demo()
    assert not ensure_demo()
    assert counts() == before


def test_it_is_not_loaded_beside_a_real_establishment():
    Establishment.objects.create(finess="310000001", name="Un vrai foyer")
    with pytest.raises(DemoRefused):
        ensure_demo()
    assert Establishment.objects.count() == 1


@pytest.mark.usefixtures("loaded")
def test_it_holds_two_establishments_and_fourteen_persons():
    assert set(Establishment.objects.values_list("name", "called", "is_demo")) == {
        ("Les Tilleuls", "resident", True),
        ("Les Deux Rives", "supported", True),
    }
    assert len(set(Establishment.objects.values_list("sector", flat=True))) == 2
    assert Person.objects.count() == 14
    assert Person.objects.filter(plans__isnull=True).count() == 1


@pytest.mark.usefixtures("loaded")
def test_every_step_voice_reply_stance_and_share_is_there():
    def told(model, field):
        return set(model.objects.values_list(field, flat=True))

    assert told(CarePlan, "step") == set(StepChoice.values)
    assert told(Expectation, "voice") == set(SpokenVoice.values) - {"professional"}
    assert told(Expectation, "kind") == set(ExpectationKind.values)
    assert told(Answer, "reply") == {reply.value for reply in Reply}
    assert told(Position, "stance") >= {stance.value for stance in Stance} - {"prefers_not"}
    assert told(Activity, "participation") == {share.value for share in Participation} - {""}
    assert told(CareContract, "state") == {
        State.TO_SIGN.value,
        State.IN_FORCE.value,
        State.REFUSED.value,
        State.ENDED.value,
    }
    assert told(Signature, "outcome") == set(OutcomeChoice.values)
    assert told(Signature, "way") == set(WayChoice.values)
    assert told(Handover, "how") == set(HandingChoice.values)
    assert Expectation.objects.unanswered().exists()
    assert Expectation.objects.filter(withdrawn_at__isnull=False).exists()
    assert CareContract.objects.filter(previous__isnull=False, state="to_sign").exists()


@pytest.mark.usefixtures("loaded")
def test_mandates_of_every_sort_are_there():
    assert set(Mandate.objects.values_list("kind", flat=True)) >= {
        "carer",
        "trusted",
        "representation",
        "property",
    }
    assert Mandate.objects.filter(ends_on__lt=timezone.localdate()).exists()
    assert Mandate.objects.filter(revoked_on__isnull=False).exists()


@pytest.mark.usefixtures("loaded")
def test_who_may_see_whom():
    def seen_by(email):
        member = Member.objects.get(user__email=f"{email}@demo.avec.example")
        return {person.called for person in Person.objects.visible_to(member)}

    assert seen_by("fille") == {"Odette"}
    assert seen_by("residente") == {"Odette"}
    assert seen_by("resident") == {"Bernard"}
    assert seen_by("tuteur") == {"Lucien"}
    assert seen_by("infirmier-ailleurs") == {"Yanis", "Nadia"}
    assert len(seen_by("infirmiere")) == 9
    assert seen_by("cadre") == {"Simone"}
    for nobody in ("directrice", "qualite", "administrateur", "chercheuse", "formatrice", "etudiant"):
        assert seen_by(nobody) == set()


@pytest.mark.usefixtures("loaded")
def test_nothing_has_already_happened_tomorrow():
    now = timezone.now()
    for row in rows():
        for field in row._meta.concrete_fields:
            value = getattr(row, field.attname)
            if value is None or field.name in TO_COME or isinstance(row, NextStep):
                continue
            if isinstance(field, models.DateTimeField):
                assert value <= now, f"{row._meta.label}.{field.name}: {value}"
            elif isinstance(field, models.DateField):
                assert value <= timezone.localdate(), f"{row._meta.label}.{field.name}: {value}"


@pytest.mark.usefixtures("loaded")
def test_the_gate_is_open_where_a_contract_was_written_and_for_jeanne():
    jeanne = CarePlan.objects.get(person__given_names="Jeanne")
    assert all(condition.met for condition in conditions_for(jeanne))
    assert not jeanne.contracts.exists()
    therese = CarePlan.objects.get(person__used_name="Thérèse")
    assert not all(condition.met for condition in conditions_for(therese))
    for goal in Goal.objects.prefetch_related("expectations", "needs", "positions"):
        assert goal.due_on
        assert goal.priority
        assert goal.expectations.all() or goal.needs.all()


@pytest.mark.usefixtures("loaded")
def test_every_contract_and_signature_carries_the_fingerprint_of_its_text():
    for contract in CareContract.objects.all():
        assert fingerprint(contract.content) == contract.fingerprint
    for signature in Signature.objects.select_related("line__contract"):
        assert signature.fingerprint == signature.line.contract.fingerprint


@pytest.mark.usefixtures("loaded")
def test_bernard_waits_for_his_own_signature():
    contract = CareContract.objects.get(person__family_name="Castan")
    assert contract.state == "to_sign"
    choices = [
        (line.name.split()[0], signature.outcome)
        for line in contract.lines.all()
        for signature in line.signatures.all()
    ]
    assert choices == [("Sonia", "signed"), ("Bernard", "oral")]
    oral = Signature.objects.get(outcome="oral")
    assert (oral.witness.given_name, oral.come_back_on) == ("Sonia", timezone.localdate())


@pytest.mark.usefixtures("loaded")
def test_odette_has_an_amendment_to_sign_whose_easy_text_is_falc():
    amendment = CareContract.objects.get(person__family_name="Marcillac", state="to_sign")
    assert amendment.why
    assert amendment.starts_on == amendment.previous.ends_on + timedelta(days=1)
    assert "Claire Marcillac" in {line.name for line in amendment.lines.all()}
    text = from_data(amendment.content)
    assert proof_reading_of(amendment.person, text) is not None
    assert ProofReading.objects.filter(person=amendment.person, clear=False).exclude(remarks="").exists()
    changed = [change.words for change in changes_between(from_data(amendment.previous.content), text)]
    assert any("le lundi" in words and "le jeudi" in words for words in changed)
    assert all(activity.picto and activity.easy for clause in text.clauses for activity in clause.activities)
    assert TextBeside.objects.filter(person=amendment.person, kind="stay").exists()


@pytest.mark.usefixtures("loaded")
def test_the_easy_words_of_goals_and_activities_keep_the_firm_rules():
    for model in (Goal, Activity):
        for words in model.objects.exclude(easy_words="").values_list("easy_words", flat=True):
            firm = [hint.words for hint in easy_hints(words) if hint.firm]
            unread = "administratifs" in words  # what the first proof-reading found
            assert unread or not firm, f"{words}: {firm}"


@pytest.mark.usefixtures("loaded")
def test_who_represents_signs_beside_and_one_line_waits_for_the_tutor():
    waiting = CareContract.objects.get(person__family_name="Morel", state="to_sign")
    assert measure_for(mandates_of(waiting.person)) == Measure.REPRESENTATION
    lines = {line.signatory: line for line in waiting.lines.all()}
    assert not lines["guardian"].signatures.exists()
    assert lines["guardian"].relative.member is not None
    mark = lines["person"].signatures.get()
    assert (mark.outcome, mark.way, bool(mark.drawn)) == ("mark", "room", True)
    assert mark.witness not in [line.member for line in lines.values()]
    judged = CareContract.objects.get(person__family_name="Simon")
    assert measure_for(mandates_of(judged.person)) == Measure.ASSISTANCE
    assert judged.lines.get(signatory="guardian").required
    assert judged.state == "in_force"
    assert judged.ends_on < timezone.localdate()


@pytest.mark.usefixtures("loaded")
def test_a_paper_is_light_and_carries_the_code_of_its_version():
    papers = PaperScan.objects.select_related("file", "contract")
    assert papers
    for paper in papers:
        assert paper.file.size < 100_000
        assert paper.signatures.exists()


@pytest.mark.usefixtures("loaded")
def test_a_refusal_is_followed_and_a_draft_runs_out():
    simone = CareContract.objects.get(person__family_name="Aubry")
    assert simone.next_steps.get().on > timezone.localdate()
    assert simone.individual_documents.get().handovers.exists()
    draft = ContractDraft.objects.open().get()
    assert draft.expires_on == timezone.localdate() + timedelta(days=5)
    assert draft.left_out
    assert CareContract.objects.get(state="ended").end.words


@pytest.mark.usefixtures("loaded")
def test_the_journal_is_whole_and_in_the_order_of_time():
    for establishment in Establishment.objects.all():
        assert verify_journal(establishment.pk) == []
    times = list(Entry.objects.order_by("pk").values_list("at", flat=True))
    assert times == sorted(times)
    assert Entry.objects.readings().exists()


@pytest.mark.usefixtures("loaded")
def test_needs_carry_codes_of_the_national_list():
    codes = set(Need.objects.values_list("serafin", flat=True))
    assert all(code.startswith("1.") for code in codes)


def test_inside_the_clock_it_is_that_moment():
    with at(days_ago(100)):
        assert timezone.localdate() == days_ago(100).date()
        assert timezone.now() < timezone.now()
    assert timezone.localdate() == days_ago(0).date()


@pytest.mark.usefixtures("loaded")
def test_a_negotiation_is_in_each_phase_one_is_late_one_concluded_with_reservations():
    told = Negotiation.objects.all()
    assert {one.phase for one in told} == {phase.value for phase in Phase}
    assert told.overdue().exists()
    answers = Move.objects.filter(negotiation__phase="concluded", verb="answer")
    assert "reservations" in {move.detail["answer"] for move in answers}


@pytest.mark.usefixtures("loaded")
def test_a_refused_care_was_asked_again_and_will_be():
    refusal = CareRefusal.objects.get(care__startswith="Les bas")
    assert refusal.asked_again.get().ask_again_on > timezone.localdate()


@pytest.mark.usefixtures("loaded")
def test_a_group_measured_its_partnership_three_times_and_moved():
    group = Group.objects.get(name__startswith="Repas")
    first, _, last = group.campaigns.order_by("opens_on")
    assert (last.opens_on - first.opens_on).days > 500
    picture = picture_of(last, words=True)
    assert (picture.user.answers, picture.professional.answers) == (17, 22)
    assert picture.user.parts == {"person": 11}
    assert [row.criterion.code for row in picture.to_talk_about] == ["information", "decisions"]
    assert len(picture.to_talk_about) < len(picture_of(first).to_talk_about)
    assert not any(
        "chambre" in words for found in picture.comments.values() for said in found.values() for words in said
    )
    assert {one.state for one in Decision.objects.filter(campaign__group=group)} == {"to_do", "doing", "done"}
    assert Decision.objects.filter(
        campaign__group=group, state="to_do", due_on__lt=timezone.localdate()
    ).exists()
    assert JointRating.objects.filter(session__campaign=last, agreed=False).count() == 1
    assert last.together.closed_at
    assert last.together.attendees.count() == 14


@pytest.mark.usefixtures("loaded")
def test_the_other_groups_show_what_a_barometer_may_be():
    assert set(Campaign.objects.values_list("state", flat=True)) == {"draft", "open", "settled"}
    assert set(Campaign.objects.values_list("kind", flat=True)) == {"anonymous", "pseudonymous", "named"}
    few = picture_of(Campaign.objects.get(group__name="Commission des fêtes"))
    assert few.user.answers is None
    assert few.professional.answers == 9
    assert Comment.objects.filter(review="waiting").exists()
    # Of what is counted, only the pair's answers are left.
    kept = SelfRating.objects.filter(campaign__state="settled")
    assert set(kept.values_list("campaign__kind", flat=True)) == {"named"}
    assert GroupMember.objects.filter(agreed_at=None, left_at=None).count() == 2
