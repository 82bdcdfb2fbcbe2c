"""What an amendment changes: on its page, side by side, and for whom."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from avec.careplan.actions import add_activity
from avec.contracts.actions import issue_contract
from avec.contracts.tests.signing import sign_all
from avec.people.tests import factories
from avec.ui.words import NBSP

pytestmark = pytest.mark.django_db
WHY = "Odette marche mieux."


@pytest.fixture
def amendment(scene, contract):
    """A second version: the walk moves to the evening, for another reason than before."""
    sign_all(scene, contract)
    activity = scene.goal.activities.get()
    activity.rhythm = "le mardi"
    activity.save()
    return issue_contract(scene.plan, starts_on=timezone.localdate(), why=WHY, by=scene.nurse)


def page(client, name, contract):
    return client.get(reverse(f"contracts:{name}", args=[contract.pk]))


def test_the_page_of_an_amendment_says_what_changes(client, scene, amendment):
    factories.sign_in(client, scene.resident)
    text = page(client, "read", amendment).content.decode()
    assert "Ce qui change avec cet avenant" in text
    assert WHY in text
    assert f"Marcher jusqu’au banc{NBSP}: c’était chaque matin, c’est maintenant le mardi." in text
    assert reverse("contracts:changes", args=[amendment.pk]) in text


def test_the_device_that_goes_round_says_it_too_and_leads_nowhere(client, scene, amendment):
    factories.sign_in(client, scene.nurse)
    there = [str(line.pk) for line in amendment.lines.all()]
    before = reverse("contracts:room_before", args=[amendment.pk])
    client.post(before, {"present": there, "closed": "on"})
    own = amendment.lines.get(voice="person")
    text = client.get(reverse("contracts:room_choose", args=[amendment.pk, own.pk])).content.decode()
    assert WHY in text
    assert "c’est maintenant le mardi." in text
    assert reverse("contracts:changes", args=[amendment.pk]) not in text


def test_the_first_contract_changes_nothing(client, scene, contract):
    factories.sign_in(client, scene.nurse)
    assert "Ce qui change avec cet avenant" not in page(client, "read", contract).content.decode()
    assert page(client, "changes", contract).status_code == 404


def test_both_versions_stand_side_by_side(client, scene, amendment):
    factories.sign_in(client, scene.nurse)
    text = page(client, "changes", amendment).content.decode()
    assert WHY in text
    assert "<mark>chaque</mark> <mark>matin</mark>" in text or "<mark>chaque matin</mark>" in text
    assert f"Lire la version {amendment.previous.version}" in text


def test_a_version_issued_again_is_compared_with_the_one_before(client, scene, contract):
    again = issue_contract(scene.plan, starts_on=timezone.localdate(), by=scene.nurse)
    factories.sign_in(client, scene.nurse)
    assert "Rien ne change dans le texte." in page(client, "changes", again).content.decode()


def test_a_stranger_sees_no_change(client, scene, amendment):
    factories.sign_in(client, factories.member(scene.establishment))
    assert page(client, "changes", amendment).status_code == 404


def test_who_may_not_read_the_former_version_reads_nothing_of_it(client, scene):
    """An amendment may be shared more widely than what it amends."""
    carer = factories.relative(scene.person, "carer")
    scene.goal.level = "C2"
    scene.goal.save()
    sign_all(scene, issue_contract(scene.plan, starts_on=timezone.localdate(), by=scene.nurse))
    scene.goal.level = "C1"
    scene.goal.save()
    amendment = issue_contract(scene.plan, starts_on=timezone.localdate(), why=WHY, by=scene.nurse)
    assert (amendment.previous.level, amendment.level) == ("C2", "C1")
    factories.sign_in(client, carer.member)
    assert "Ce qui change avec cet avenant" not in page(client, "read", amendment).content.decode()
    assert page(client, "changes", amendment).status_code == 404


def test_the_page_costs_the_same_for_one_change_and_for_five(
    client, scene, amendment, django_assert_num_queries
):
    factories.sign_in(client, scene.nurse)
    page(client, "changes", amendment)
    with CaptureQueriesContext(connection) as few:
        page(client, "changes", amendment)
    for number in range(4):
        add_activity(
            scene.plan, goals=[scene.goal], title=f"Action {number}", participation="by", by=scene.nurse
        )
    more = issue_contract(scene.plan, starts_on=timezone.localdate(), by=scene.nurse)
    with django_assert_num_queries(len(few)):
        assert "Action 3" in page(client, "changes", more).content.decode()
