import datetime
import subprocess
from urllib.parse import urlencode

import pytest
from django.urls import reverse
from django.utils import timezone

from avec.accounts.models import Role
from avec.audit.models import Entry
from avec.careplan.actions import (
    Replied,
    Said,
    add_activity,
    answer_expectation,
    say,
    take_position,
    write_goal,
)
from avec.careplan.rules import Stance
from avec.contracts.actions import Choice, issue_contract, sign_line
from avec.contracts.models import CareContract, ContractDraft
from avec.contracts.policy import signatory_of
from avec.contracts.rules import Outcome
from avec.contracts.tests.preparing import address, opened, send
from avec.contracts.tests.signing import RIGHTS_READ, line_of, sign_all
from avec.people.models import MandateOrigin
from avec.people.tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def second(scene):
    """Another goal, that the contract could leave for later."""
    wish = say(scene.plan, Said("Je veux écrire à ma sœur."), by=scene.resident)
    goal = write_goal(
        scene.plan,
        statement="Écrire à ma sœur",
        due_on=timezone.localdate() + datetime.timedelta(days=60),
        priority=2,
        by=scene.nurse,
    )
    answer_expectation(wish, Replied("taken_up", goal=goal), by=scene.nurse)
    take_position(goal, Stance.AGREES, by=scene.resident)
    take_position(goal, Stance.AGREES, by=scene.nurse)
    add_activity(scene.plan, goals=[goal], title="Choisir une carte", participation="by", by=scene.nurse)
    return goal


@pytest.fixture
def nurse(client, scene):
    factories.sign_in(client, scene.nurse)
    return client


def aged(draft, days):
    """The same draft, that nobody touched for so long."""
    since = timezone.now() - datetime.timedelta(days=days)
    ContractDraft.objects.filter(pk=draft.pk).update(
        changed_at=since, expires_on=timezone.localdate(since) + datetime.timedelta(days=30)
    )


def test_opening_the_page_writes_no_draft(nurse, scene):
    page = nurse.get(address(scene)).content.decode()
    assert "Pas encore de brouillon" in page
    assert not ContractDraft.objects.exists()


def test_a_draft_says_who_wrote_it_and_until_when(nurse, scene):
    assert send(nurse, scene, "keep").status_code == 302
    draft = ContractDraft.objects.get()
    assert draft.written_by == scene.nurse
    page = nurse.get(address(scene)).content.decode()
    assert f"Brouillon commencé par {scene.nurse.name}" in page
    assert "s’efface de vos propositions le" in page
    assert not CareContract.objects.exists()


def test_what_is_not_ticked_is_for_later_and_the_text_says_so(nurse, scene, second):
    send(nurse, scene, "keep", goes_in=[f"goal:{scene.goal.pk}"])
    draft = ContractDraft.objects.get()
    assert set(draft.left_out) == {f"goal:{second.pk}", "schedule"}
    text = nurse.get(address(scene)).context["preview"].text
    assert [clause.goal for clause in text.clauses] == [str(scene.goal.pk)]
    assert text.left_out == ("Écrire à ma sœur",)
    assert not text.schedule
    assert send(nurse, scene, "issue").status_code == 302
    contract = CareContract.objects.get()
    assert contract.content["left_out"] == ["Écrire à ma sœur"]
    draft.refresh_from_db()
    assert draft.issued == contract


def test_a_contract_has_at_least_one_goal(nurse, scene):
    response = send(nurse, scene, "keep", goes_in=["schedule"])
    assert response.status_code == 422
    assert "Le contrat a au moins un objectif" in response.content.decode()
    assert not ContractDraft.objects.exists()


def test_a_goal_left_for_later_holds_nothing_up(nurse, scene):
    unready = write_goal(scene.plan, statement="Dormir", due_on=None, priority=3, by=scene.nurse)
    assert not nurse.get(address(scene)).context["ready"]
    send(nurse, scene, "keep", goes_in=[f"goal:{scene.goal.pk}"])
    assert nurse.get(address(scene)).context["ready"]
    assert send(nurse, scene, "issue").status_code == 302
    assert str(unready.pk) not in str(CareContract.objects.get().content)


def test_what_is_proposed_is_what_was_read(nurse, scene, second):
    sent = opened(nurse, scene)
    second.statement = "Écrire à mon frère"
    second.save()
    answer = nurse.post(address(scene), sent | {"do": "issue"}, follow=True)
    assert "Le texte a changé depuis que vous l’avez lu" in answer.content.decode()
    assert not CareContract.objects.exists()
    assert send(nurse, scene, "issue").status_code == 302
    assert CareContract.objects.exists()


def test_ticks_that_changed_are_kept_and_read_before_they_are_proposed(nurse, scene, second):
    send(nurse, scene, "issue", goes_in=[f"goal:{scene.goal.pk}", "schedule"])
    assert not CareContract.objects.exists()
    assert ContractDraft.objects.get().left_out == [f"goal:{second.pk}"]


def test_a_goal_that_came_meanwhile_is_not_left_out_unseen(nurse, scene):
    sent = opened(nurse, scene)
    late = write_goal(scene.plan, statement="Dormir", due_on=None, priority=3, by=scene.nurse)
    nurse.post(address(scene), sent | {"do": "keep"})
    assert f"goal:{late.pk}" not in ContractDraft.objects.get().left_out


def test_pressing_twice_makes_one_version(nurse, scene):
    sent = opened(nurse, scene) | {"do": "issue"}
    first = nurse.post(address(scene), sent)
    again = nurse.post(address(scene), sent)
    assert CareContract.objects.count() == 1
    assert again.url == first.url


def test_dates_that_do_not_fit_keep_what_was_typed(nurse, scene, second):
    response = send(
        nurse, scene, "keep", ends_on="2020-01-01", goes_in=[f"goal:{second.pk}"], starts_on="2026-05-01"
    )
    assert response.status_code == 422
    page = response.content.decode()
    assert 'value="2020-01-01"' in page
    ticked = {offer.key: ticked for offer, ticked in response.context["form"].goals}
    assert ticked == {f"goal:{scene.goal.pk}": False, f"goal:{second.pk}": True}
    assert not ContractDraft.objects.exists()


def test_an_expired_draft_is_kept_again_before_it_is_proposed(nurse, scene):
    send(nurse, scene, "keep")
    draft = ContractDraft.objects.get()
    aged(draft, 31)
    page = nurse.get(address(scene)).content.decode()
    assert "Ce brouillon s’est effacé de vos propositions" in page
    response = send(nurse, scene, "issue")
    assert response.status_code == 422
    assert "Le relire et le garder 30 jours de plus" in response.content.decode()
    assert not CareContract.objects.exists()
    assert send(nurse, scene, "keep").status_code == 302
    assert send(nurse, scene, "issue").status_code == 302
    assert CareContract.objects.count() == 1


def test_a_draft_lasts_until_its_last_day(nurse, scene):
    send(nurse, scene, "keep")
    aged(ContractDraft.objects.get(), 30)
    assert not nurse.get(address(scene)).context["expired"]


def test_two_colleagues_choose_at_once_and_nothing_is_lost(nurse, scene, second):
    send(nurse, scene, "keep")
    mine = opened(nurse, scene) | {"do": "keep", "goes_in": [f"goal:{scene.goal.pk}"]}
    send(nurse, scene, "keep", goes_in=[f"goal:{second.pk}"])
    theirs = ContractDraft.objects.get()
    response = nurse.post(address(scene), mine)
    assert response.status_code == 409
    page = response.content.decode()
    assert "Aller au jardin chaque matin" in page
    assert "Écrire à ma sœur" in page
    kept = nurse.post(
        address(scene), mine | {"keep": "mine", "version": theirs.version, "once": "another press"}
    )
    assert kept.status_code == 302
    assert f"goal:{second.pk}" in ContractDraft.objects.get().left_out
    assert nurse.post(address(scene), mine | {"keep": "theirs", "once": "x"}).status_code == 302
    send(nurse, scene, "keep", goes_in=[f"goal:{second.pk}"])
    both = nurse.post(address(scene), mine | {"keep": "both", "once": "y"})
    assert both.status_code == 200
    assert all(ticked for _offer, ticked in both.context["form"].goals)


def test_the_same_choices_kept_twice_are_no_conflict(nurse, scene):
    sent = opened(nurse, scene) | {"do": "keep"}
    send(nurse, scene, "keep")
    assert nurse.post(address(scene), sent).status_code == 302


def test_a_draft_thrown_away_meanwhile_is_said_and_begins_again(nurse, scene):
    send(nurse, scene, "keep")
    sent = opened(nurse, scene) | {"do": "keep", "ends_on": timezone.localdate() + datetime.timedelta(200)}
    sent["review_on"] = timezone.localdate() + datetime.timedelta(100)
    nurse.post(address(scene, "discard"), {"version": 1})
    response = nurse.post(address(scene), sent)
    assert response.status_code == 422
    assert "Ce brouillon n’est plus là" in response.content.decode()
    assert response.context["draft_version"] == 0
    assert nurse.post(address(scene), sent | {"version": 0, "once": "again"}).status_code == 302
    assert ContractDraft.objects.open().count() == 1


def test_throwing_a_draft_away_asks_first_and_loses_nothing_of_the_plan(nurse, scene):
    assert nurse.get(address(scene, "discard")).status_code == 302
    send(nurse, scene, "keep")
    assert "Le projet ne change pas" in nurse.get(address(scene, "discard")).content.decode()
    assert ContractDraft.objects.open().exists()
    assert nurse.post(address(scene, "discard"), {"version": 7}).status_code == 409
    assert nurse.post(address(scene, "discard"), {"version": 1}).status_code == 302
    assert not ContractDraft.objects.open().exists()
    assert scene.plan.goals.count() == 1


def test_a_colleague_is_asked_to_sign_besides(nurse, scene):
    doctor = factories.member(scene.establishment, job="médecin")
    place = factories.in_team(scene.person, doctor)
    assert doctor.name in nurse.get(address(scene)).content.decode()
    send(nurse, scene, "keep", added=[f"team:{place.pk}"])
    row = nurse.get(address(scene)).context["signers"].rows[-1]
    assert row.party.text.name == doctor.name
    assert row.source == "ajouté dans ce brouillon"
    send(nurse, scene, "issue")
    assert not CareContract.objects.get().lines.get(member=doctor).required


def test_each_signatory_comes_with_what_asks_them(nurse, scene):
    soon = timezone.localdate() + datetime.timedelta(days=20)
    factories.relative(
        scene.person,
        kind="representation",
        mandate={"origin": MandateOrigin.JUDGE.value, "ends_on": soon},
    )
    context = nurse.get(address(scene)).context
    signers = context["signers"]
    assert signers.measure == "tutelle"
    guardian = next(row for row in signers.rows if row.party.text.voice == "representative")
    assert "Code civil" in guardian.source
    assert guardian.to_check
    assert any("finit bientôt" in care.words for care in guardian.cares)
    person = next(row for row in signers.rows if row.party.text.voice == "person")
    assert person.demand == "peut signer : rien ne l’attend"


def test_a_mandate_that_is_over_is_said(nurse, scene):
    ended = timezone.localdate() - datetime.timedelta(days=3)
    was = factories.relative(scene.person, kind="assistance", mandate={"co_signs": True, "ends_on": ended})
    signers = nurse.get(address(scene)).context["signers"]
    assert was.name in signers.over[0].words
    assert was.name not in [row.party.text.name for row in signers.rows]


def test_whoever_has_no_account_is_said_so(nurse, scene):
    scene.person.member = None
    scene.person.save()
    page = nurse.get(address(scene)).content.decode()
    assert "n’a pas encore de compte" in page
    assert f"/{scene.person.pk}/inviter/" in page


def test_an_amendment_says_why(nurse, scene, contract, second):
    sign_all(scene, contract)
    assert "Écrire à ma sœur" in nurse.get(address(scene)).context["changes"][0].words
    response = send(nurse, scene, "issue")
    assert response.status_code == 422
    assert "Écrivez pourquoi vous changez le contrat en cours." in response.content.decode()
    send(nurse, scene, "keep", why="Un nouveau souhait.")
    assert send(nurse, scene, "issue").status_code == 302
    amendment = CareContract.objects.get(version=2)
    assert amendment.why == "Un nouveau souhait."
    assert amendment.previous == contract


def test_a_contract_past_its_term_and_a_version_that_waits_too_long_are_said(nurse, scene):
    old = timezone.localdate() - datetime.timedelta(days=400)
    contract = issue_contract(scene.plan, starts_on=old, by=scene.nurse)
    sign_all(scene, contract)
    page = nurse.get(address(scene)).content.decode()
    assert "Le contrat en cours a fini le" in page


def test_a_version_that_waits_too_long_is_said(nurse, scene, monkeypatch):
    contract = issue_contract(scene.plan, starts_on=timezone.localdate(), by=scene.nurse)
    assert "attend des signatures depuis" not in nurse.get(address(scene)).content.decode()
    for module in ("avec.contracts.views.preparing", "avec.contracts.shown.standing"):
        monkeypatch.setattr(f"{module}.is_stale", lambda issued_on, day: True)
    assert "attend des signatures depuis" in nurse.get(address(scene)).content.decode()
    read = nurse.get(f"/contrats/{contract.pk}/")
    assert "Cette version attend des signatures" in read.content.decode()
    factories.sign_in(nurse, scene.resident)
    assert "Cette version attend" not in nurse.get(f"/contrats/{contract.pk}/").content.decode()


@pytest.mark.parametrize("name", ["prepare", "discard", "reread_draft"])
@pytest.mark.parametrize("who", ["resident", "trainee", "stranger", "elsewhere"])
def test_only_who_may_propose_opens_the_workbench(client, scene, name, who):
    members = {
        "resident": scene.resident,
        "trainee": factories.member(scene.establishment, role=Role.TRAINEE),
        "stranger": factories.member(scene.establishment),
        "elsewhere": factories.member(factories.establishment()),
    }
    factories.in_team(scene.person, members["trainee"])
    factories.sign_in(client, members[who])
    assert client.get(address(scene, name)).status_code in {403, 404}
    assert client.post(address(scene, name), {"do": "issue", "version": "0"}).status_code in {403, 404}
    assert not ContractDraft.objects.exists()
    assert not CareContract.objects.exists()


def test_the_page_asks_as_many_questions_for_one_goal_as_for_five(nurse, scene, second):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    nurse.get(address(scene))
    with CaptureQueriesContext(connection) as two:
        nurse.get(address(scene))
    for number in range(3):
        goal = write_goal(scene.plan, statement=f"But {number}", due_on=None, priority=3, by=scene.nurse)
        add_activity(scene.plan, goals=[goal], title=f"Faire {number}", participation="with", by=scene.nurse)
        factories.relative(scene.person)
    with CaptureQueriesContext(connection) as five:
        nurse.get(address(scene))
    assert len(five) == len(two)


def test_the_easy_text_is_checked_and_each_hint_leads_to_its_form(nurse, scene):
    scene.goal.easy_words = "Vous allez au jardin, si le temps le permet, chaque matin (sauf le dimanche)."
    scene.goal.save()
    context = nurse.get(address(scene)).context
    checked = context["checked"]
    found = next(one for one in checked.to_mend if "jardin" in one.words)
    assert str(scene.goal.pk) in found.url
    assert found.hints
    assert any(str(scene.goal.pk) in one.url for one in checked.without_image)
    assert checked.simple < checked.sentences


@pytest.mark.parametrize("reading", ["full", "easy"])
def test_the_draft_prints_as_a_draft(nurse, scene, reading):
    response = nurse.get(address(scene, "draft_pdf", reading))
    assert response.content.startswith(b"%PDF-")
    command = ["pdftotext", "-", "-"]
    words = subprocess.run(command, input=response.content, capture_output=True, check=True).stdout.decode()  # noqa: S603
    assert "Brouillon" in words
    assert "Signature ou croix" not in words
    assert not CareContract.objects.exists()


def test_reading_the_draft_leaves_a_line(nurse, scene):
    nurse.get(address(scene))
    assert Entry.objects.filter(verb="contract_preview.read", actor_id=scene.nurse.pk).count() == 1


def test_an_amendment_asks_again_whom_the_contract_asked_as_well(nurse, scene):
    doctor = factories.member(scene.establishment, job="médecin")
    place = factories.in_team(scene.person, doctor)
    added = [f"team:{place.pk}"]
    contract = issue_contract(scene.plan, starts_on=timezone.localdate(), added=added, by=scene.nurse)
    agreed = Choice(Outcome.SIGNED, rights_read=RIGHTS_READ)
    for who in (scene.nurse, scene.resident):
        line = next(line for line in contract.lines.all() if signatory_of(line) == who)
        sign_line(line, agreed, method="password", by=who)
    page = nurse.get(address(scene))
    assert page.context["form"]["added"].value() == added
    assert not [change for change in page.context["changes"] if doctor.name in change.words]
    # Unticked, it is the choice of who prepares: nobody is asked twice against their wish.
    send(nurse, scene, "keep", added=[])
    assert ContractDraft.objects.get().added == []


def test_the_reserves_on_the_contract_in_force_are_before_who_prepares_the_next(nurse, scene):
    contract = issue_contract(scene.plan, starts_on=timezone.localdate(), by=scene.nurse)
    assert not nurse.get(address(scene)).context["reserves"]
    words = "Pas les jours de pluie."
    reserved = Choice(Outcome.RESERVATIONS, words, RIGHTS_READ, {"1": "in_part"})
    sign_line(line_of(contract, "person"), reserved, method="password", by=scene.resident)
    sign_line(line_of(contract, "professional"), Choice(Outcome.SIGNED), method="password", by=scene.nurse)
    (reserve,) = nurse.get(address(scene)).context["reserves"]
    assert reserve.words == words
    assert len(reserve.articles) == 1
    assert words in nurse.get(address(scene)).content.decode()


def test_a_sentence_is_mended_and_one_is_back_on_the_draft(nurse, scene):
    scene.goal.easy_words = "Vous allez au jardin (le matin) ; quelqu’un vient."
    scene.goal.save()
    checked = nurse.get(address(scene)).context["checked"]
    link = next(one.url for one in checked.to_mend if "jardin" in one.words)
    assert link.endswith("#id_easy_words")
    form = nurse.get(link).context["form"]
    typed = {name: form[name].value() for name in form.fields if form[name].value() is not None}
    answer = nurse.post(link.partition("#")[0], typed | {"easy_words": "Vous allez au jardin."})
    assert answer.headers["Location"] == address(scene) + "#facile"


@pytest.mark.parametrize("elsewhere", ["https://example.org/", "//example.org/", "javascript:alert(1)", "x"])
def test_the_way_back_stays_on_this_site(nurse, scene, elsewhere):
    change = reverse("careplan:change_goal", args=[scene.goal.pk])
    form = nurse.get(change).context["form"]
    typed = {name: form[name].value() for name in form.fields if form[name].value() is not None}
    answer = nurse.post(f"{change}?{urlencode({'next': elsewhere})}", typed)
    assert answer.headers["Location"].startswith(reverse("home:record", args=[scene.person.pk]))
